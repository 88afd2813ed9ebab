"""Every kind of PDF that the site makes, for the tests that ask something of them all.

A new kind of document registers here with ``@kind``; ``tests/test_every_pdf.py`` then validates
it with page-validation, and with veraPDF's engine in the full run.
"""

from functools import cache

from django.test import RequestFactory

from budgets.models import BudgetLine
from finsam import pdf, pdf_writer
from interventions import card
from interventions.models import Intervention
from meetings import printing as notes
from meetings.models import Meeting
from plans.models import Plan
from plans.printing import printed

KINDS = {}
LONG_LABEL = "Insats {:03d} med ett namn som tar plats"


def kind(name):
    """Register the decorated function, which returns a printed page, as the document ``name``.

    It is called within a transaction that is rolled back, so it may write what it needs.
    """

    def register(make):
        KINDS[name] = make
        return make

    return register


def pdf_of(name):
    """Return the bytes of the document ``name``, made from the portal's data."""
    return pdf_writer.from_html(**pdf.job_of(KINDS[name]()))


@cache
def made_pdf_of(name):
    """Return the same, made once in a run; for tests that write nothing before."""
    return pdf_of(name)


def plans_of_2020():
    """Return the editions of Södra Vätterbygden's plan for 2020: one adopted, one a draft."""
    return Plan.objects.filter(association__slug="sodra-vatterbygden", year=2020, kind="plan")


def draft_of_2020():
    """Return the draft that revises the plan for 2020."""
    return plans_of_2020().get(adopted_on=None)


def fill_to_300_lines(budget):
    """Add costs to a draft budget until it has 300 lines, with an amount in every column."""
    columns = list(budget.columns.all())
    for number in range(300 - budget.lines.count()):
        line = BudgetLine.objects.create(
            budget=budget, section="cost", position=1000 + number,
            label=LONG_LABEL.format(number), individual=100,
            structural=0, competence=0, administration=0,
        )  # fmt: skip
        for column in columns:
            line.amounts.create(column=column, kronor=1_000 * number + 7)


@kind("plan-2020")
def plan_2020():
    """The adopted plan of 2020, as it was sealed."""
    return printed(plans_of_2020().get(edition=1))


@kind("plan-draft")
def plan_draft():
    """A draft, with its mark on every page."""
    return printed(draft_of_2020())


@kind("plan-300-x-5")
def plan_with_300_lines():
    """A plan whose budget has 300 lines in five columns."""
    draft = draft_of_2020()
    fill_to_300_lines(draft.budget)
    return printed(Plan.objects.get(pk=draft.pk))


EVERY_BLOCK = """[[bidrag]]\n\n[[kapital]]\n\n[[effekter]]\n\n[[styrelse]]\n\n[[medlemmar]]

[[målgrupper]]\n\n[[vision]]\n\n[[kostnadsandelar]]\n\n[[mål enter]]

[[budget kolumner: 2020, plan 2021]]\n\n[[resultat]]\n"""
OF_REPORTS = {"måluppfyllelse", "utfall"}  # blocks that stand in the annual report below


def draft_with_every_block():
    """Return the draft of 2020 with every kind of block of a plan, and the data they need."""
    draft = draft_of_2020()
    for role, person in (("chair", "Ada Ek"), ("member", "Bo Al"), ("deputy", "Cia Asp")):
        draft.association.seats.create(role=role, person=person, known_year=2020)
    paid = Intervention.objects.filter(budget_lines__budget=draft.budget, target_group="")
    Intervention.objects.filter(pk__in=paid.values("pk")).update(target_group="Alla.")
    draft.chapters.filter(position=1).update(body=EVERY_BLOCK)
    return Plan.objects.get(pk=draft.pk)


@kind("plan-every-block")
def plan_with_every_block():
    """A plan with every kind of block that is not a report's."""
    return printed(draft_with_every_block())


def report_of_2019(kind):
    """Return Södra Vätterbygden's draft of a report for 2019."""
    return Plan.objects.get(association__slug="sodra-vatterbygden", year=2019, kind=kind)


@kind("half-year-report")
def half_year_report():
    """A report with the year's forecast against its budget."""
    return printed(report_of_2019("half_year"))


@kind("annual-report")
def annual_report():
    """A report with results, goals with numbers and without, and a count that isn't shown."""
    report = report_of_2019("annual")
    for slug, numbers in (("enter", {"total": 30, "base_count": 40}), ("fia", {"total": 3})):
        intervention = report.association.interventions.get(slug=slug)
        goal = intervention.goals.create(
            kind="count", text="Så många ska ha slutat till arbete.", target=12, year=2019
        )
        intervention.goals.create(kind="direction", text="Fler ska må bättre.", year=2019)
        intervention.results.create(
            goal=goal, measure="slutade till arbete", year=2019, period="2019", base="deltagare",
            **numbers,
        )  # fmt: skip
    report.chapters.create(position=20, title="Mål", body="[[måluppfyllelse]]")
    return printed(report)


@kind("meeting-notes")
def meeting_notes():
    """Public notes of several pages, with decisions, a table and who does what."""
    return notes.printed(Meeting.objects.get(slug="agarmote-2015"), RequestFactory().get("/"))


@kind("meeting-notes-draft")
def meeting_notes_draft():
    """Notes that aren't public, with their mark on every page."""
    meeting = Meeting.objects.get(slug="agarmote-2014")
    meeting.public = False
    return notes.printed(meeting, RequestFactory().get("/"))


NUMBERS = " | ".join(map(str, range(2001, 2041)))
PASTED = f"""2019. Då började vi.\n\n14. 11. 2019 kom beslutet.\n\n- Yttre\n  - Inre\n\n> 65 år

Привет ☑ ½ och \N{SLIGHTLY SMILING FACE}, 中文.[^1] Igen.[^1] `kod` *kursivt* ![Karta](https://a.se/k.png)

    fyra blanksteg

| Kommun | Långtidsarbetslöshet | Ungdomsarbetslöshet | Aktivitetsersättning | Försörjningsstöd |
| --- | --- | --- | --- | --- |
| Habo kommun | {"x" * 60} | 6,0 % | 7,1 % | 8,2 % |

## Många år

| Namn | {NUMBERS} |
| --- {"| --- " * 40}|
| Antal | {NUMBERS} |

Se https://www.samordningsforbundet.se/dokument/{"plan_2020/" * 12}

[^1]: Ett stycke,

    och ett till.
"""


@kind("plan-pasted")
def plan_pasted():
    """A draft with what people paste: dates that are lists, wide tables, signs, notes."""
    draft = draft_of_2020()
    draft.chapters.filter(position=1).update(title="1. Inledning \N{SNOWMAN}", body=PASTED)
    draft.chapters.filter(position__gt=3).delete()
    return printed(Plan.objects.get(pk=draft.pk))


@kind("meeting-notes-pasted")
def meeting_notes_pasted():
    """Notes with the same text in an item, and a title with its own number."""
    meeting = Meeting.objects.get(slug="agarmote-2014")
    meeting.items.exclude(position=1).delete()
    meeting.items.update(title="§ 1 Öppnande \N{SNOWMAN}", text=PASTED)
    return notes.printed(meeting, RequestFactory().get("/"))


@kind("intervention-card")
def intervention_card():
    """The card of an intervention with several payers, with a QR code."""
    found = Intervention.objects.published().with_owners().get(slug="it-sparet")
    return card.printed(found, RequestFactory().get("/"))
