import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates files with veraPDF's engine, each as PDF/UA-1 and as PDF/A-3a. Prints a line for each
 * file and standard: file, standard, number of checks, whether it complies; and a line that begins
 * with a tab for each kind of failure. tests/test_every_pdf.py reads them.
 */
public class Verify {
    private static final PDFAFlavour[] STANDARDS = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_3_A};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour standard : STANDARDS) {
                print(file, standard);
            }
        }
    }

    private static void print(String file, PDFAFlavour standard) throws Exception {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false);
        try (InputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, standard)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s\t%s\t%d\t%b%n", file, standard.getId(),
                    result.getTotalAssertions(), result.isCompliant());
            result.getTestAssertions().stream()
                    .map(each -> each.getRuleId().getClause() + " " + each.getMessage())
                    .distinct()
                    .forEach(each -> System.out.println("\t" + each));
        }
    }
}
