"""One factory for each thing that tests make: plausible, public, and the least that is valid.

``AssociationFactory(members=3)`` also makes that many member municipalities.
``BudgetFactory(year=2020, costs=[…], contributions=[…])`` makes a column of kind budget with a
line and an amount for each number, and ``adopted=True`` then seals it.
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from associations.models import (
    Association,
    Document,
    Figure,
    Membership,
    News,
    Organisation,
    Page,
    Seat,
)
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from interventions.models import Financing, Goal, Intervention, Result
from meetings.models import ActionPoint, AgendaItem, Decision, Meeting

ADOPTED_ON = datetime.date(2019, 11, 19)


class OrganisationFactory(DjangoModelFactory):
    """A municipality."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Provby {n} kommun")
    short_name = factory.Sequence(lambda n: f"Provby {n}")
    kind = Organisation.Kind.MUNICIPALITY


class AssociationFactory(DjangoModelFactory):
    """An association, by itself or with ``members`` municipalities."""

    class Meta:
        model = Association
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Samordningsförbundet Provbygden {n}")
    short_name = factory.Sequence(lambda n: f"Provbygden {n}")
    slug = factory.Sequence(lambda n: f"provbygden-{n}")
    position = 9

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for _ in range(extracted or 0):
            MembershipFactory(association=self)


class MembershipFactory(DjangoModelFactory):
    """That a municipality is a member."""

    class Meta:
        model = Membership

    association = factory.SubFactory(AssociationFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class SeatFactory(DjangoModelFactory):
    """A member of the board."""

    class Meta:
        model = Seat

    association = factory.SubFactory(AssociationFactory)
    person = factory.Sequence(lambda n: f"Prov Ledamot {n}")
    role = Seat.Role.MEMBER


class _SharedFactory(DjangoModelFactory):
    """Something with ``associations``: give a list, or get one of its own."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def associations(self, create, extracted, **kwargs):
        own = [AssociationFactory()] if extracted is None else extracted
        self.associations.set(own)


class DocumentFactory(_SharedFactory):
    """A public document without a file."""

    class Meta:
        model = Document

    title = factory.Sequence(lambda n: f"Provhandling {n}")
    slug = factory.Sequence(lambda n: f"provhandling-{n}")
    kind = Document.Kind.REPORT
    year = 2020
    public = True


class NewsFactory(_SharedFactory):
    """A published news item."""

    class Meta:
        model = News

    title = factory.Sequence(lambda n: f"Provnyhet {n}")
    slug = factory.Sequence(lambda n: f"provnyhet-{n}")
    published_on = datetime.date(2020, 5, 13)


class FigureFactory(_SharedFactory):
    """A printed total of a budget, in kronor."""

    class Meta:
        model = Figure

    key = "budget-total"
    subject = "budgetens summa"
    year = 2020
    value = 1_000_000
    unit = Figure.Unit.KRONOR


class PageFactory(DjangoModelFactory):
    """A page about the whole site."""

    class Meta:
        model = Page

    title = factory.Sequence(lambda n: f"Provsida {n}")
    slug = factory.Sequence(lambda n: f"provsida-{n}")
    body = "Text."


class MeetingFactory(_SharedFactory):
    """A public owner meeting that was held."""

    class Meta:
        model = Meeting

    kind = Meeting.Kind.OWNER
    title = factory.Sequence(lambda n: f"Provmöte {n}")
    slug = factory.Sequence(lambda n: f"provmote-{n}")
    year = 2015
    date = datetime.date(2015, 2, 27)
    public = True


class AgendaItemFactory(DjangoModelFactory):
    """An item of a meeting."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = "Inledning"


class DecisionFactory(DjangoModelFactory):
    """A decision of a meeting."""

    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory)
    text = "Mötet godkände dagordningen."


class ActionPointFactory(DjangoModelFactory):
    """Something that somebody undertook at a meeting."""

    class Meta:
        model = ActionPoint

    meeting = factory.SubFactory(MeetingFactory)
    text = "Bjuda in till nästa möte."
    owner = "Kansliet"


class InterventionFactory(_SharedFactory):
    """A public individual project, led by the first of its associations unless ``lead=None``."""

    class Meta:
        model = Intervention

    name = factory.Sequence(lambda n: f"Provinsats {n}")
    slug = factory.Sequence(lambda n: f"provinsats-{n}")
    form = Intervention.Form.PROJECT
    summary = "Stöd på vägen till arbete."
    target_group = "Du som söker arbete."
    individual_percent = 100
    public = True
    lead = factory.SubFactory(AssociationFactory)

    @factory.post_generation
    def associations(self, create, extracted, **kwargs):
        own = [self.lead] if self.lead is not None else []
        self.associations.set(own if extracted is None else extracted)


class GoalFactory(DjangoModelFactory):
    """A goal in per cent."""

    class Meta:
        model = Goal

    intervention = factory.SubFactory(InterventionFactory)
    kind = Goal.Kind.PERCENT
    text = "Deltagare som går till arbete eller studier."
    target = 40
    base = "avslutade deltagare"


class ResultFactory(DjangoModelFactory):
    """A result: women and men."""

    class Meta:
        model = Result

    intervention = factory.SubFactory(InterventionFactory)
    measure = "Deltagare"
    year = 2019
    period = "2019"
    women = 36
    men = 34


class FinancingFactory(DjangoModelFactory):
    """What one association granted in one year."""

    class Meta:
        model = Financing

    intervention = factory.SubFactory(InterventionFactory)
    association = factory.SubFactory(AssociationFactory)
    year = 2020
    granted = 400_000


class BudgetFactory(DjangoModelFactory):
    """A budget with one column; see the module's docstring."""

    class Meta:
        model = Budget
        skip_postgeneration_save = True

    association = factory.SubFactory(AssociationFactory)
    year = 2020

    @factory.post_generation
    def contributions(self, create, extracted, **kwargs):
        for position, kronor in enumerate(extracted or [1_000_000]):
            payer = OrganisationFactory()
            line = BudgetLine.objects.create(
                budget=self, section="income", position=position, label=payer.short_name,
                organisation=payer,
            )  # fmt: skip
            Amount.objects.create(line=line, column=budget_column(self), kronor=kronor)

    @factory.post_generation
    def costs(self, create, extracted, **kwargs):
        for position, kronor in enumerate(extracted or [900_000]):
            intervention = kronor[0] if isinstance(kronor, tuple) else None
            line = BudgetLine.objects.create(
                budget=self, section="cost", position=position, label=f"Kostnad {position}",
                individual=100, intervention=intervention,
            )  # fmt: skip
            amount = kronor[1] if isinstance(kronor, tuple) else kronor
            Amount.objects.create(line=line, column=budget_column(self), kronor=amount)

    @factory.post_generation
    def adopted(self, create, extracted, **kwargs):
        if extracted:
            self.adopted_on = ADOPTED_ON
            self.save()


def budget_column(budget):
    """Return the budget's one column of its own year, made when it is missing."""
    return BudgetColumn.objects.get_or_create(
        budget=budget, year=budget.year, kind=BudgetColumn.Kind.BUDGET, defaults={"position": 0}
    )[0]
