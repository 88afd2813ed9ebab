"""Sheets about single persons are refused whole, in what is hidden and on other sheets too."""

from dataclasses import replace

from associations import identity
from associations.labels import folded
from associations.sheets import Refused
from interventions.intake import heads

PERSONAL = {
    "namn", "förnamn", "efternamn", "deltagarens namn", "personnummer", "personnr", "pnr",
    "person-id", "samordningsnummer", "födelsedatum", "födelsedag", "född", "deltagare-id",
    "telefon", "telefonnummer", "mobil", "e-post", "epost", "mejl", "adress", "gatuadress",
}  # fmt: skip
NOT_TURNED_TO = "Bladet har uppgifter om enskilda och läses inte."


class PersonsRefused(Refused):
    """The sheet is about single persons; nothing of it is kept."""


def without_persons(sheet):
    """Return the sheet without the workbook's sheets about persons.

    Raises PersonsRefused when it is about persons itself, if only in a hidden column.
    """
    refuse_persons(sheet)
    others = dict(sheet.others)
    for name, other in sheet.others.items():
        try:
            refuse_persons(other)
        except PersonsRefused:
            del others[name]
    names = (
        replace(each, why_not=NOT_TURNED_TO)
        if each.name in sheet.others and each.name not in others
        else each
        for each in sheet.sheets
    )
    return replace(sheet, others=others, sheets=tuple(names))


def refuse_persons(sheet):
    """Raise PersonsRefused for columns about persons, and for identity numbers anywhere."""
    rows = sheet.revealed().rows
    at = heads.find(sheet).row
    personal = [
        cell
        for number, row in enumerate(rows[: heads.WITHIN])
        for cell in row
        if folded(cell) in PERSONAL and (number == at or _names_columns(row))
    ]
    if personal:
        named = ", ".join(f"”{head}”" for head in dict.fromkeys(personal))
        raise PersonsRefused(
            f"Bladet har uppgifter om enskilda: {named}. Här sparas bara antal. Räkna ihop "
            "kvinnor och män i ditt eget blad, och läs in summorna. Inget av bladet är sparat."
        )
    for number, cells in enumerate(rows, start=1):
        for head, cell in zip(rows[at], cells, strict=True):
            if identity.find(cell) is not None:
                raise PersonsRefused(
                    f"Rad {number}, kolumnen ”{head if number > at + 1 else ''}”: där står något "
                    "som ser ut som ett personnummer eller samordningsnummer. Uppgifter om "
                    "enskilda får inte läsas in. Inget av bladet är sparat."
                )


def _names_columns(row):
    return sum(folded(cell) in PERSONAL or folded(cell) in heads.FIELD_OF for cell in row) > 1
