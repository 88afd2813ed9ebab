"""What the pages of the import send: a sheet, choices about it, and the plan that was shown."""

from django import forms

from associations import files, sheets
from associations.signed import SignedField
from budgets.intake import questions, tables
from budgets.intake.matching import LEAVE, SKIP, UNITS, Choice
from budgets.sums import CATEGORIES

# What a signature is for; a Plan of another shape has another number, so that an older is stale.
SHEET, PLAN = "budgets.import.sheet.2", "budgets.import.plan.3"
CATEGORY_WORDS = {
    "individual": "individinriktat",
    "structural": "strukturövergripande",
    "competence": "kompetensutveckling",
    "administration": "administration",
}
UNIT_WORDS = [("", "det som bladet säger, annars kronor"), *UNITS.items()]
SIGN_WORDS = [
    ("", "Bladet har inga sådana, eller jag har inte valt"),
    (questions.TURN, "Vänd tecknet, så att de blir över noll"),
    (questions.KEEP, "Låt dem vara under noll"),
]


class HowForm(forms.Form):
    """How a sheet is to be read."""

    unit = forms.ChoiceField(label="Beloppen i bladet är i", choices=UNIT_WORDS, required=False)
    skip_empty = forms.BooleanField(
        label="Hoppa över tomma celler",
        required=False,
        help_text="Då står beloppet kvar. Annars tar en tom cell i bladet bort det.",
    )
    add_missing = forms.BooleanField(
        label="Lägg till rader och kolumner som budgeten saknar",
        required=False,
        help_text="Annars listas de, och du väljer för var och en.",
    )
    chain = forms.BooleanField(
        label="Nya kolumner öppnar med resultatet året före",
        required=False,
        initial=True,
        help_text="Om bladet saknar en rad för pengar från tidigare år.",
    )
    new_cost = forms.ChoiceField(
        label="Nya kostnader utan rubrik räknas som",
        choices=[(name, CATEGORY_WORDS[name]) for name in CATEGORIES],
        initial="individual",
        help_text="Fördelningen går att ändra på varje rad efteråt.",
    )


class SheetForm(HowForm):
    """How a sheet that is shown is to be read: also what only its preview can ask."""

    signs = forms.ChoiceField(
        label="När alla intäkter eller kostnader är under noll", choices=SIGN_WORDS, required=False
    )
    hidden = forms.BooleanField(
        label="Läs också dolda rader och kolumner",
        required=False,
        help_text="Annars läses de inte.",
    )
    name = forms.ChoiceField(label="Blad", required=False)

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in (sheet.name, *sheet.others)]
        if not sheet.others:
            del self.fields["name"]
        if not sheet.hidden and not any(each.hidden for each in sheet.others.values()):
            del self.fields["hidden"]


class ImportForm(HowForm):
    """A pasted block or a file; ``anchor`` is the cell that a bare block is laid out from."""

    text = forms.CharField(
        label="Klistra in",
        required=False,
        strip=False,
        help_text="Markera cellerna i Excel eller LibreOffice, kopiera och klistra in här.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Eller välj en fil",
        required=False,
        allow_empty_file=True,
        help_text="CSV eller XLSX, högst 5 MB. Har filen flera blad väljer du sedan.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    anchor = forms.ChoiceField(
        label="Första cellen",
        required=False,
        help_text="Behövs bara när det du klistrar in saknar rader eller kolumner med namn.",
    )
    field_order = [
        "text",
        "file",
        "unit",
        "anchor",
        "skip_empty",
        "add_missing",
        "chain",
        "new_cost",
    ]

    def __init__(self, *args, target, **kwargs):
        super().__init__(*args, **kwargs)
        cells = [
            (ident, f"{row.label}, {column.label}")
            for row in target.rows
            for column in target.columns
            for ident, _ in [target.cells.get((row.ident, column.ident), ("", None))]
            if ident
        ]
        self.fields["anchor"].choices = [("", "Ingen: rader och kolumner har namn"), *cells]
        files.ask_again(self)

    def clean(self):
        """Read ``sheet`` (sheets.Sheet) from what was sent."""
        cleaned = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if bool(text.strip()) == bool(file):
            raise forms.ValidationError("Klistra in celler eller välj en fil, ett av dem.")
        try:
            sheet = _uploaded(file) if file else sheets.pasted(text)
            tables.check_size(sheet)
            cleaned["sheet"] = sheet
        except sheets.Refused as refused:
            self.add_error("file" if file else "text", str(refused))
        return cleaned


def _uploaded(file):
    if file.size > sheets.LARGEST_FILE:
        raise sheets.Refused(sheets.TOO_LARGE)
    return sheets.uploaded(file.read())


class ChoicesForm(HowForm):
    """The preview's own choices: ``row-<number>`` and ``column-<number>`` beside the sheet."""

    sheet = SignedField(SHEET)
    leave_rest = forms.BooleanField(required=False)
    signs = forms.ChoiceField(choices=SIGN_WORDS, required=False)
    hidden = forms.BooleanField(required=False)
    name = forms.CharField(required=False)

    def clean(self):
        """Collect ``rows`` and ``columns`` (number → choice)."""
        cleaned = super().clean()
        cleaned["rows"], cleaned["columns"] = self._chosen("row-"), self._chosen("column-")
        return cleaned

    def _chosen(self, prefix):
        named = {k.removeprefix(prefix): v for k, v in self.data.items() if k.startswith(prefix)}
        return {int(at): v for at, v in named.items() if at.isdecimal() and len(at) < 10 and v}


class DoForm(forms.Form):
    """The plan that was shown, and the sheet it came from, to show again when it is refused.

    ``confirmed`` are the keys of the differences and doubts that the person has ticked.
    """

    plan = SignedField(PLAN)
    sheet = SignedField(SHEET)

    def clean(self):
        """Collect ``confirmed``."""
        cleaned = super().clean()
        cleaned["confirmed"] = set(self.data.getlist("confirm"))
        return cleaned


def choice_of(cleaned, remembered, allowed, said):
    """Return the matching.Choice of a form's cleaned data; choices not ``allowed`` are left out.

    ``remembered`` is (rows, columns) of import_memory.recall; ``allowed`` (rows, columns);
    ``said`` the units that the sheet names.
    """
    may_rows, may_columns = allowed
    return Choice(
        unit=questions.unit_of(cleaned["unit"], said),
        chosen_unit=cleaned["unit"],
        said_units=said,
        signs=cleaned.get("signs", ""),
        rows=_among(may_rows, cleaned.get("rows", {})),
        columns=_among(may_columns, cleaned.get("columns", {})),
        remembered_rows=remembered[0],
        remembered_columns=remembered[1],
        add_missing=cleaned["add_missing"],
        new_cost=cleaned["new_cost"],
        skip_empty=cleaned["skip_empty"],
        chain=cleaned["chain"],
    )


def _among(allowed, chosen):
    return {
        number: each for number, each in chosen.items() if each in (SKIP, LEAVE) or each in allowed
    }
