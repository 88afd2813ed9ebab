"""The heads of a sheet with results: which columns are read, and which are about persons."""

from associations import identity
from associations.labels import folded
from associations.sheets import Refused
from interventions.result_rows import HEADS

# How sheets call the columns, folded. The first of each is what our own files say.
CALLED = {
    "intervention": {"insats", "insatsens adress", "insatsens namn", "aktivitet", "projekt"},
    "measure": {"vad som räknas", "mått", "resultat", "indikator", "utfall"},
    "year": {"år"},
    "period": {"period", "tidsperiod"},
    "women": {"kvinnor", "antal kvinnor"},
    "men": {"män", "antal män"},
    "total": {"totalt", "antal", "antal totalt", "summa", "total", "samtliga"},
    "base_count": {"av antal", "bas", "antal i basen"},
    "base": {"av vilka", "basen"},
    "percent": {"procent", "andel", "andel (procent)"},
    "qualifier": {"noggrannhet"},
    "counts_persons": {"räknar deltagare"},
    "source_note": {"plats i källan"},
}
PERSONAL = {
    "namn", "förnamn", "efternamn", "deltagarens namn", "personnummer", "personnr", "pnr",
    "person-id", "samordningsnummer", "födelsedatum", "födelsedag", "född", "deltagare-id",
    "telefon", "telefonnummer", "mobil", "e-post", "epost", "mejl", "adress", "gatuadress",
}  # fmt: skip


class PersonsRefused(Refused):
    """The sheet is about single persons; nothing of it is kept."""


def columns_of(heads):
    """Return ({field: column}, heads that mean nothing). Raises Refused for a head twice."""
    columns, strange = {}, []
    for at, head in enumerate(heads):
        name = next((name for name, words in CALLED.items() if folded(head) in words), None)
        if name in columns:
            raise Refused(f"Två kolumner betyder ”{HEADS[name]}”. Ta bort en av dem.")
        if name is not None:
            columns[name] = at
        elif head.strip() and folded(head) not in PERSONAL:
            strange.append(head)
    return columns, strange


def refuse_persons(heads, body):
    """Raise PersonsRefused for columns about persons, and for identity numbers anywhere."""
    personal = [head for head in heads if folded(head) in PERSONAL]
    if personal:
        named = ", ".join(f"”{head}”" for head in personal)
        raise PersonsRefused(
            f"Bladet har uppgifter om enskilda: {named}. Här sparas bara antal. Räkna ihop "
            "kvinnor och män i ditt eget blad, och läs in summorna. Inget av bladet är sparat."
        )
    for number, cells in enumerate([heads, *body], start=1):
        for head, cell in zip(heads, cells, strict=True):
            if identity.find(cell) is not None:
                raise PersonsRefused(
                    f"Rad {number}, kolumnen ”{head if number > 1 else ''}”: där står något som "
                    "ser ut som ett personnummer eller samordningsnummer. Uppgifter om enskilda "
                    "får inte läsas in. Inget av bladet är sparat."
                )
