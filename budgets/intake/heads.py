"""The words that a sheet's rows and columns go by: pure readings, with no budget at hand.

A head such as ``Bu 2020`` or ``Prognos helår 2019`` is read only when every word in it is known;
what is read half is not read.
"""

import re
from dataclasses import dataclass

from associations.labels import folded

KINDS = {
    "budget": ("budget", "bu", "bud", "budgeterat", "budgetförslag"),
    "forecast": ("prognos", "progn", "helårsprognos"),
    "actual": ("utfall", "bokslut"),
    "plan": ("plan",),
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
FILLING = {
    "helår", "kr", "tkr", "sek", "tsek", "kkr", "mnkr", "mkr", "msek", "kronor", "år", "för", "i",
    "tusental", "enl",
}  # fmt: skip
# How far a budget has come. Of two columns of one year and kind these need to be chosen between.
STAGES = {
    "förslag", "till", "prel", "preliminär", "preliminärt", "beslutad", "antagen", "fastställd",
    "budgetförslag",
}  # fmt: skip
_OWN = r"(?:(?:övriga|verksamhetens|förbundets|totala|gemensamma|externa|egna) )?"
SECTIONS = {
    "income": re.compile(
        rf"{_OWN}(?:intäkt|inkomst|inbetalning)(?:er|erna)?\b|finansiering\b|anslag\b"
        r"|(?:bidrag|medel|avgifter) från\b|bidrag till förbundet$"
        r"|(?:medlems|stats)?bidrag(?:en)?$|medlemsavgifter$"
        r"|(?:tillförda|tilldelade|tillgängliga) medel|medel in$"
    ),
    "cost": re.compile(
        rf"{_OWN}(?:kostnad|utgift|utbetalning)(?:er|erna)?\b|insatser\b|förbrukning\b|användning\b"
        r"|(?:\w+ )?\w*(?:kostnad|utgift)(?:er|erna)$"
    ),
}
# Words that begin costs only where no income has begun: a grant may be called so too.
_MAY_BE_COST = re.compile(
    r"verksamhet|verksamheten|verksamheter|projekt|aktiviteter|åtgärder|medel ut|drift"
    r"|\w+a (?:insatser|projekt|aktiviteter)"
)
_SUMMED = re.compile(r"^(?:summa|s:a|s:ma|delsumma|totalt?|totala) |,? (?:totalt?|summa)$")
CATEGORIES = {
    "individual": re.compile(r"(?:\w+ )?individ"),
    "structural": re.compile(r"(?:\w+ )?(?:struktur|strategisk)"),
    "competence": re.compile(r"(?:\w+ )?(?:kompetens|utbildning)"),
    "administration": re.compile(
        r".*(?:administrati|kansli|förvaltning)|(?:styrelse|revision)\w*$"
    ),
}
_WHOLE = re.compile(
    r"(?:(?:summa|s:a|s:ma|sum|totalt?|totala|totalsumma|sammanlagda?)\b[\s,:]*)?"
    r"(?:(?:verksamhetens|förbundets|samtliga|alla) )?(?:total)?"
    r"(?:(?P<income>intäkt|inkomst|finansiering|inbetalning)|kostnad|utgift|utbetalning)"
    r"(?:en|er|erna)?(?:[\s,:]*(?:totalt?|summa|i kr|i tkr))?"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WHOLE_YEAR = re.compile(
    r"\b((?:19|20)[0-9]{2})-01-01(?: ?[-\u2013] ?\1-12-31)?\b|\b((?:19|20)[0-9]{2})-12-31\b"
)
_SHORT_YEAR = re.compile(r"(?<=[a-zåäö] )[-'\u2019\u00b4\u2013]([0-9]{2})(?![0-9])(?!\S)")
_AMOUNT = re.compile(
    r"(?:kr|sek)? ?[-\u2212+(]? ?[0-9][0-9 \u00a0\u202f\u2009.,'\u2019]*\)?-? ?(?:kr|sek|:-)?", re.I
)
_NUMBERS = re.compile(
    r"(?=.*[0-9])[-\u2212\u2013+0-9\s.,:;'\u2019()/%]*(?:(?:t|m|mn)?kr|(?:t|m)?sek)?", re.I
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+|%")


@dataclass(frozen=True)
class Head:
    """What a column's head says: its kind (a BudgetColumn.Kind) and year, where it does."""

    kind: str | None
    year: int


def read(text):
    """Return the Head that a column's head says, or None when it says anything more or less.

    A year's first or last day, which a spreadsheet shows as the year, is the year.
    """
    text = _SHORT_YEAR.sub(r"20\1", _WHOLE_YEAR.sub(r"\1\2", folded(text)))
    words = _WORDS.findall(text)
    years = [word for word in words if _YEAR.fullmatch(word)]
    kinds = {KIND_OF[word] for word in words if word in KIND_OF}
    rest = [word for word in words if word not in {*KIND_OF, *FILLING, *STAGES, *years}]
    if len(years) != 1 or len(kinds) > 1 or rest:
        return None
    return Head(kinds.pop() if kinds else None, int(years[0]))


def stage(text):
    """Return the words of a head that tell how far its budget has come."""
    return STAGES.intersection(_WORDS.findall(folded(text)))


def remembered(text, year):
    """Return the head as it is remembered: each year in it by its distance from ``year``."""
    return _YEAR.sub(lambda found: f"{{{int(found[0]) - year}}}", folded(text))


def is_amount(cell):
    """True for a cell that looks like an amount, however it is to be read. A year is none."""
    return bool(cell) and bool(_AMOUNT.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def is_of_numbers(cell):
    """True for a cell of numbers alone, though they may be two amounts or a per cent."""
    other = _YEAR.fullmatch(cell) or _DAY.fullmatch(cell)
    return is_amount(cell) or bool(_NUMBERS.fullmatch(cell) and not other)


def section_of(label):
    """Return ``income`` or ``cost`` when a row without amounts begins that part; or ""."""
    return _begins(folded(label), SECTIONS)


def category_of(label):
    """Return the cost category that a row without amounts begins; or ""."""
    return _begins(folded(label), CATEGORIES)


def summed(label):
    """Return what a sum's label says that it sums, folded: ”S:a bidrag” is ”bidrag”; or ""."""
    key = folded(label)
    rest = _SUMMED.sub("", key)
    return rest if rest != key else ""


def may_begin_cost(label):
    """True for a head such as ”Verksamhet”, which is one of costs when no income has begun."""
    return bool(_MAY_BE_COST.fullmatch(folded(label)))


def _begins(label, words):
    return next((name for name, starts in words.items() if starts.match(label)), "")


def sums_section(label):
    """Return the part that a sum is of as a whole: ”S:a kostnader”, ”Intäkter totalt”; or ""."""
    whole = _WHOLE.fullmatch(folded(label))
    if not whole:
        return ""
    return "income" if whole["income"] else "cost"
