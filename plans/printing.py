"""A plan as one html page for paper. The roof (``finsam/pdf.py``) turns it into PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from plans import reading


@dataclass(frozen=True)
class Printed:
    """What the roof needs: html, the association's colour, the draft's mark or "", a file name."""

    html: str
    colour: str
    mark: str
    filename: str


def printed(plan):
    """Return ``plan`` as Printed. The same data give the same text, to the letter."""
    changed = plan.last_changed()
    words = {"draft": "Utkast", "proposed": "Förslag"}.get(plan.state, "")
    edition = f"-utgava-{plan.edition}" if plan.edition > 1 else ""
    suffix = f"-{words.lower().replace('ö', 'o')}-{changed:%Y-%m-%d}" if words else ""
    context = {
        "plan": plan,
        "title_words": plan.title.replace(str(plan.year), "").strip(),
        "chapters": reading.read(plan, printed=True),
        "changed": changed,
        "state_word": words,
    }
    context["mark"] = render_to_string("plans/_mark.txt", context).strip()
    return Printed(
        html=render_to_string("plans/print.html", context),
        colour=plan.association.colour,
        mark=context["mark"],
        filename=f"verksamhetsplan-{plan.year}{edition}-{plan.association.slug}{suffix}.pdf",
    )
