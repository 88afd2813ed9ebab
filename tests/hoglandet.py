"""One row of every owned kind that belongs to Höglandet alone: what an attacker reaches for."""

import datetime

from django.core.files.base import ContentFile

from associations import models as ground
from budgets import models as money
from interventions import models as work
from meetings import models as talk
from plans import models as plan

SECRET = "Hemligt hos grannen"


def _with_owner(model, association, **values):
    row = model.objects.create(**values)
    row.associations.add(association)
    return row


def rows():
    """Make and return the rows, one of each model, each named so that it shows if it leaks."""
    own = ground.Association.objects.get(slug="hoglandet")
    body = ground.Organisation.objects.create(
        name=SECRET, short_name=SECRET, kind=ground.Organisation.Kind.MUNICIPALITY
    )
    document = _with_owner(ground.Document, own, title=SECRET, slug="hemlig", kind="other", year=1)
    meeting = _with_owner(
        talk.Meeting, own, kind="board", title=SECRET, slug="hemligt", year=1, date_note="?"
    )
    intervention = _with_owner(
        work.Intervention,
        own,
        name=SECRET,
        slug="hemlig",
        form="project",
        summary=SECRET,
        lead=own,
        public=False,
    )
    calculation = _with_owner(
        work.EffectCalculation, own, title=SECRET, slug="hemlig-effekt", year=1
    )
    budget = money.Budget.objects.create(association=own, year=1999, comment=SECRET)
    column = money.BudgetColumn.objects.create(budget=budget, position=1, year=1999, kind="budget")
    line = money.BudgetLine.objects.create(
        budget=budget, section="income", position=1, label=SECRET
    )
    draft = plan.Plan.objects.create(association=own, year=1999, title=SECRET, budget=budget)
    of_it = {"intervention": intervention}
    return [
        ground.Association.objects.get(pk=own.pk),
        body,
        document,
        meeting,
        intervention,
        calculation,
        budget,
        column,
        line,
        draft,
        ground.Membership.objects.create(association=own, organisation=body),
        ground.Population.objects.create(
            organisation=body, date=datetime.date(1999, 1, 1), inhabitants=77
        ),
        ground.Seat.objects.create(association=own, person=SECRET, role="chair"),
        ground.OfficePost.objects.create(association=own, title=SECRET, year=1, percent=10),
        _with_owner(ground.News, own, title=SECRET, slug="hemlig-nyhet"),
        _with_owner(ground.Figure, own, key="hemlig", subject=SECRET, unit="count", value=1),
        talk.AgendaItem.objects.create(meeting=meeting, position=1, title=SECRET),
        talk.Decision.objects.create(meeting=meeting, text=SECRET),
        talk.ActionPoint.objects.create(meeting=meeting, text=SECRET, owner=SECRET),
        work.Goal.objects.create(kind="direction", text=SECRET, **of_it),
        work.Result.objects.create(measure=SECRET, period="1", total=1, **of_it),
        work.Financing.objects.create(association=own, year=1, note=SECRET, **of_it),
        work.AlternativeName.objects.create(name=SECRET, **of_it),
        work.Contact.objects.create(function=SECRET, **of_it),
        work.Link.objects.create(title=SECRET, url="https://example.org/", **of_it),
        work.Attachment.objects.create(
            title=SECRET, file=ContentFile(b"hemligt", name="hemlig.txt"), **of_it
        ),
        work.Milestone.objects.create(year=1999, text=SECRET, **of_it),
        work.Story.objects.create(title=SECRET, text=SECRET, **of_it),
        work.Film.objects.create(title=SECRET, url="https://example.org/", seconds=1, **of_it),
        work.Report.objects.create(text=SECRET, **of_it),
        work.EffectAssumption.objects.create(
            calculation=calculation, key="k", meaning=SECRET, value=1, unit="kr"
        ),
        money.Amount.objects.create(line=line, column=column, kronor=5),
        money.StateAllocation.objects.create(
            association=own, year=1999, grant=1, per_inhabitant=1, ceiling=1
        ),
        plan.Chapter.objects.create(plan=draft, position=1, title=SECRET),
    ]
