"""A plan as one html page for paper. The roof (``finsam/pdf.py``) turns it into PDF."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from budgets.public import exports
from plans import reading

CSV_SCHEMA = Path(settings.BASE_DIR) / "budgets/schemas/budget-csv.json"


@dataclass(frozen=True)
class Attached:
    """A file that lies within the PDF; ``text`` is UTF-8, with the line ends that it has."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class Printed:
    """What the roof needs: html, the association's colour, the draft's mark or "", a file name.

    ``day`` (YYYY-MM-DD) is the date that the file and its attachments carry.
    """

    html: str
    colour: str
    mark: str
    filename: str
    day: str
    attachments: tuple[Attached, ...] = ()


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
    attachments = attached(plan)
    context["attachments"] = attachments
    context["mark"] = render_to_string("plans/_mark.txt", context).strip()
    return Printed(
        html=render_to_string("plans/print.html", context),
        colour=plan.association.colour,
        mark=context["mark"],
        filename=f"verksamhetsplan-{plan.year}{edition}-{plan.association.slug}{suffix}.pdf",
        day=f"{changed:%Y-%m-%d}",
        attachments=attachments,
    )


def attached(plan):
    """Return the plan's budget as data, and what its columns mean; nothing without a budget."""
    if plan.budget is None:
        return ()
    name = f"budget-{plan.association.slug}-{plan.budget.year}"
    data = exports.data_csv(plan.budget).decode()
    return (
        Attached(f"{name}.csv", "Budgeten som data, en rad för varje belopp.", data),
        Attached(
            f"{name}.schema.json", "Vad kolumnerna i CSV-filen betyder.", CSV_SCHEMA.read_text()
        ),
    )
