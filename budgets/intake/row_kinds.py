"""What kind of row a label's words make it: only amounts are ever added (domain.md, rule 18).

Pure readings of words. What the row's numbers say is ``outline.py``'s; where the two disagree the
person is asked.
"""

import re

from budgets.intake.heads import folded

AMOUNT, SUM, RESULT, BALANCE = "amount", "sum", "result", "balance"
SHARE, COUNT, PART, TEXT = "share", "count", "part", "text"
WORDS = {
    SUM: "summa",
    RESULT: "resultat",
    BALANCE: "kapital eller kassa",
    SHARE: "andel",
    COUNT: "antal",
    PART: "del av raden ovanför",
}
# The first that fits is the kind: ”Summa eget kapital” is a balance, ”Totalt resultat” a result.
_KINDS = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (PART, r"(?:varav|därav|däri|av vilka|av vilket|därutav)\b"),
        (COUNT, r"(?:antal|deltagare|årsarbet\w+|helårs(?:person|plats)\w*|platser)\b|.*\bantal\b"),
        (COUNT, r"(?:invånare|invånarantal|folkmängd|befolkning)\b"),
        (SHARE, r"andel\w*|.*(?<![0-9] )\bprocent\b|.*(?<![0-9])(?<![0-9] )%|(?:kvot|soliditet)\b"),
        (SHARE, r".*\bper (?:invånare|deltagare|plats|person|capita)\b|förändring\b"),
        (
            BALANCE,
            r".*\b(?:eget|egna|bundet|fritt) kapital\w*|.*\bbalansera(?:t|de|d)\b"
            r"|(?:ingående|utgående|ib|ub|balans)\b"
            r"|(?:kassan?|kassabehållning|likvida medel|banksaldo|behållning)\b"
            r"|.*\b(?:sparade|kvarvarande|återstående|överförda|ingående|utgående) medel\b"
            r"|överfört\b|överskott från\b|.*\bfrån (?:föregående|tidigare|förra) år",
        ),
        (
            RESULT,
            r".*\b(?:\w*resultat(?:et)?|netto\w*|differens\w*|diff|\w*överskott(?:et)?|saldo)\b"
            r"|.*\b(?:\w*underskott(?:et)?|vinst|förlust)\b|över-? ?(?:/|och) ?under"
            r"|(?:budget)?avvikelser?(?: .*(?:budget|utfall|prognos).*)?$",
        ),
        (
            SUM,
            r".*\b(?:\w*summa|summan|totalt?|totala|totalen|totaler|sammanlagt|sammanlagda)\b"
            r"|s:a\b|s:ma\b|sum\b|total(?:kostnad|intäkt|budget)\w*",
        ),
    )
)
# One who pays by the act's shares: the state's half is the sum of the others' quarters.
_PAYER = re.compile(
    r"(?:.*\b(?:staten|statens|statsbidrag\w*|statlig\w*|försäkringskassan\w*|arbetsförmedlingen\w*)"
    r"|.*\bregion(?!er)\w*|landstinget|.*\b\w+ (?:kommun|stad)s?|.*kommunförbund)\b"
)
# A payer told by its kind alone. ”Statliga medel” may be of other kinds of state money.
_KIND_OF_PAYER = {
    "state_agency": re.compile(
        r"(?:stat|staten|statsbidrag|statsbidraget|staten?s (?:bidrag|andel))"
    ),
    "region": re.compile(r"(?:region|regionen|regionbidrag|regionens (?:bidrag|andel))"),
    "municipality": re.compile(r"(?:kommun|kommunen|kommunbidrag|kommunens (?:bidrag|andel))"),
}
_BARE_SECTION = re.compile(
    r"(?:(?:verksamhetens|förbundets|rörelsens|totala) )?"
    r"(?:intäkter|inkomster|kostnader|utgifter|intäkt|kostnad)"
)
_UNCHECKED = re.compile(r"ingående|ib\b|.*avvikelse|kassa|likvida|banksaldo|behållning")


def of_words(label, texts=()):
    """Return the kind that a row's label and cells make it by their words, or "" for none.

    ``texts`` are its cells: a row of per cents is a share whatever it is called.
    """
    key = folded(label)
    said = [text for text in texts if text]
    if said and all(text.endswith("%") for text in said):
        return SHARE
    return next((kind for kind, words in _KINDS if words.match(key)), "")


def is_payer(label):
    """True for the name of one payer, whose amount may equal a sum of others' by law."""
    return bool(_PAYER.match(folded(label)))


def payer_kind(label):
    """Return the kind of member (Organisation.Kind) that ”Staten” or ”Regionen” is; or ""."""
    key = folded(label)
    return next((kind for kind, words in _KIND_OF_PAYER.items() if words.fullmatch(key)), "")


def is_of_several(label):
    """True for what several pay together, such as ”Kommunbidrag”: no one's own contribution."""
    return folded(label).startswith("kommunbidrag")


def is_bare_section(label):
    """True for ”Intäkter” or ”Kostnader” alone: with amounts it is the sum of what is below it."""
    return bool(_BARE_SECTION.fullmatch(folded(label)))


def is_checked(label):
    """True for a result or balance that follows from the sheet's other rows.

    What an account held to begin with, or how far off a budget was, doesn't.
    """
    return not _UNCHECKED.match(folded(label))
