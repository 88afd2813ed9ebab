"""Where on a page a word of the trade first stands, so that it is explained there. Pure."""

import re


def first_places(texts, terms):
    """Return {name of a text: [terms that first stand there]}, in the order of the page.

    ``texts`` is [(name, text)] from the top of the page; ``terms`` have ``forms``, the ways that
    a word may be written. A word stands for itself, not as a part of a longer one, and in any
    case; one with capitals only (SUS) in just those.
    """
    places = {name: [] for name, _ in texts}
    for term in terms:
        pattern = _pattern(term.forms)
        name = next((name for name, text in texts if text and pattern.search(text)), None)
        if name is not None:
            places[name].append(term)
    return places


def _pattern(forms):
    """Return the pattern of any of the forms, the longest first."""
    ordered = sorted(forms, key=len, reverse=True)
    either = "|".join(
        re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})" for form in ordered
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
