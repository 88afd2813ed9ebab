"""What a spreadsheet makes of a text: told here once, for every file that is written."""

import unicodedata

STARTS_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
STARTS_CELL = frozenset("\t\r\n")
MARK = "'"
SPLITS = frozenset(';,\t|"\r\n')


def looks_like_formula(text):
    """True when some spreadsheet would run ``text`` as a formula.

    Blanks and signs that are not seen (Unicode's Cf) are passed by; wide and small forms of a
    sign count as the sign, as programs read them so. A tab or line feed first moves to a new cell.
    """
    for sign in text:
        if sign in STARTS_CELL:
            return True
        if sign.isspace() or unicodedata.category(sign) == "Cf":
            continue
        return unicodedata.normalize("NFKC", sign)[:1] in STARTS_FORMULA
    return False


def marked(text):
    """Return ``text`` behind an apostrophe when a spreadsheet would run it.

    So is a text that already stands behind some: ``unmarked`` gives back what was written.
    """
    return f"{MARK}{text}" if looks_like_formula(text.lstrip(MARK)) else text


def unmarked(text):
    """Take away the apostrophe that ``marked`` put before a text."""
    return text[1:] if text.startswith(MARK) and marked(text[1:]) == text else text


def in_csv(text):
    """Return ``text`` as one cell of a CSV file, whichever of the usual separators is split at.

    LibreOffice splits at commas, semicolons and tabs alike, and would run what stands after one.
    """
    if SPLITS.isdisjoint(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
