"""A plan or a report as one html page for paper. The roof (``finsam/pdf.py``) turns it into PDF."""

import re
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from associations.paper import Attached, Printed
from budgets.public import exports
from plans import reading
from plans.versions import version

CSV_SCHEMA = Path(settings.BASE_DIR) / "budgets/schemas/budget-csv.json"


def printed(plan):
    """Return ``plan`` as Printed. The same data give the same text, to the letter."""
    changed = plan.last_changed()
    words = {"draft": "Utkast", "proposed": "Förslag"}.get(plan.state, "")
    edition = f"-utgava-{plan.edition}" if plan.edition > 1 else ""
    context = {
        "plan": plan,
        "title_words": _words_of(plan),
        "chapters": reading.read(plan, printed=True),
        "changed": changed,
        "state_word": words,
        "version": version(plan) if words else "",
    }
    suffix = f"-{words.lower().replace('ö', 'o')}-{context['version']}" if words else ""
    attachments = attached(plan)
    context["attachments"] = attachments
    context["mark"] = render_to_string("plans/_mark.txt", context).strip()
    return Printed(
        html=render_to_string("plans/print.html", context),
        colour=plan.association.colour,
        mark=context["mark"],
        filename=f"{plan.kind_words.address}-{plan.year}{edition}-{plan.association.slug}{suffix}.pdf",
        day=f"{changed:%Y-%m-%d}",
        attachments=attachments,
        chapters=tuple((chapter.anchor, chapter.title) for chapter in context["chapters"]),
    )


def _words_of(plan):
    """Return the title without the year that stands large beside it; "2020–2022" stays whole."""
    alone = re.compile(rf"(?<![\d/–-]){plan.year}(?!\d|\s?[/–-]\s?\d)")
    return " ".join(alone.sub("", plan.title).split())


def attached(plan):
    """Return the plan's budget as data, and what its columns mean; nothing without a budget."""
    if plan.budget is None or plan.hides_budget:
        return ()
    name = f"budget-{plan.association.slug}-{plan.budget.year}"
    data = exports.data_csv(plan.budget).decode()
    return (
        Attached(f"{name}.csv", "Budgeten som data, en rad för varje belopp.", data),
        Attached(
            f"{name}.schema.json", "Vad kolumnerna i CSV-filen betyder.", CSV_SCHEMA.read_text()
        ),
    )
