"""Every kind of PDF that the site makes, for the tests that ask something of them all.

A new kind of document registers here with ``@kind``; ``tests/test_every_pdf.py`` then validates
it with page-validation, and with veraPDF's engine in the full run.
"""

from budgets.models import BudgetLine
from finsam import pdf, pdf_writer
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
