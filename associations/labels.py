"""How a word that a person or a program wrote is compared with another: one folding for all files.

Two labels that look the same are the same: whatever normal form their letters are in (a Mac's file
names and many PDFs take å apart), whatever kind of space or hyphen, and with or without a note's
mark, a soft hyphen or a sign that isn't seen.
"""

import re
import unicodedata

# Dashes that don't break or only look like a hyphen. En and em dashes are words' own.
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2043\u2212\ufe63\uff0d"), "-")
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
# Never what stands in brackets of its own: "Insats (2)" is another than "Insats".
_MARK = "|".join(
    (
        r"\*+",
        "[\u2020\u2021]+",
        rf"[{_RAISED}]+\)?",
        r"(?<![\w(])(?:[a-zåäö]|[0-9]{1,2})\)",
        r"\[[a-zåäö0-9]{1,2}\]",
    )
)
_MARKS = re.compile(rf"(?:\s*(?:{_MARK}))+$")


def visible(text):
    """Return ``text`` in NFC, without signs that aren't seen, with plain spaces and hyphens.

    A control sign is a space, as our own files write it.
    """
    whole = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    seen = (
        " " if sign.isspace() or unicodedata.category(sign) == "Cc" else sign
        for sign in whole
        if unicodedata.category(sign) != "Cf"
    )
    return " ".join("".join(seen).split())


def folded(label):
    """Return ``label`` as it is compared: visible, lower case, no note mark, no colon at the end.

    Nor the dash or dot that makes it an item of a list, nor the apostrophe by which our own files
    keep it from being a formula.
    """
    words = visible(label).lstrip("' -\u2013\u2022").casefold()
    return _MARKS.sub("", words.removesuffix(":").rstrip()).removesuffix(":").rstrip()
