"""A heading that was pasted with its number, so that it isn't numbered twice. Pure."""

import re

OWN = re.compile(
    r"^\s*(?:(?P<paragraph>§+\s*\d+[.:]?|\d+\s*§[.:]?)"
    r"|(?:punkt|kapitel|kap\.?)\s+(?P<named>\d{1,3})\b[.:]?"
    r"|(?P<number>\d{1,3})(?:[.):]|\s+[–-])"
    r"|(?P<parts>\d{1,3}(?:\.\d{1,2})+)[.)]?"
    r"|(?P<bare>\d{1,3})(?=\s+[A-ZÅÄÖ]))\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def own_number(title, position):
    """Return (number as written, the words after it) of a heading numbered by its writer, or None.

    A bare figure ("3 Val av ordförande") counts only where it is the heading's own ``position``
    and a capital follows: "3 insatser" is no numbering.
    """
    found = OWN.match(title)
    if found is None:
        return None
    if found["bare"] and (int(found["bare"]) != position or not found["rest"][0].isupper()):
        return None
    return title[: found.start("rest")].strip(), found["rest"]


def is_position(number, position):
    """Say whether a number as written ("2.", "Kapitel 2") is no more than ``position``."""
    return "§" not in number and re.findall(r"\d+", number) == [str(position)]
