"""What the front pages read of each room: queries that are made once. Owners are attached after."""

from associations.models import News
from associations.prepared import Prepared
from budgets.models import Budget
from interventions.models import EffectAssumption, EffectCalculation, Intervention
from meetings.models import Meeting
from plans.models import Plan

SHOWN = 30  # of an association's own interventions, and as many ended, on its front page


def _known():
    """Return public interventions with what lists need; their owners are attached."""
    return Intervention.objects.published().with_owners().prefetch_related(None)


def _own(association, year):
    own = _known().filter(associations=association, lead=association)
    return own.best_known_first(year, few=True)


def _meetings(association):
    known = Meeting.objects.published().with_owners().prefetch_related(None)
    return known.filter(associations=association)


def _calculations():
    return EffectCalculation.objects.published().order_by("-year", "title", "pk")


JOINT = Prepared(lambda: _known().filter(lead__isnull=True))
JOINT_MEETINGS = Prepared(
    lambda: Meeting.objects.published().joint().with_owners().prefetch_related(None)[:3]
)
NEWS = Prepared(lambda today: News.objects.published(today)[:4])

STATES = Prepared(
    lambda association, year: (
        Intervention.objects.published()
        .filter(lead=association, associations=association)
        .counted(year)
    )
)
LASTING = Prepared(lambda association, year: _own(association, year).lasting(year)[:SHOWN])
ENDED = Prepared(lambda association, year: _own(association, year).ended(year)[:SHOWN])
SHARED = Prepared(
    lambda association: _known().filter(associations=association).exclude(lead=association)
)
COMING = Prepared(
    lambda association, today: (
        _meetings(association).filter(date__gte=today).order_by("date", "pk")[:2]
    )
)
HELD = Prepared(
    lambda association, today: (
        _meetings(association).filter(planned=False).exclude(date__gte=today)[:3]
    )
)
OWN_NEWS = Prepared(
    lambda association, today: News.objects.published(today).filter(associations=association)[:3]
)
PLANS = Prepared(
    lambda association: (
        Plan.objects.filter(association=association)
        .published()
        .current()
        .select_related("association")[:3]
    )
)
BUDGET = Prepared(
    lambda association: (
        Budget.objects.filter(association=association)
        .published()
        .current()
        .select_related("association")
        .order_by("-year", "pk")[:1]
    )
)
CALCULATIONS = Prepared(lambda: _calculations()[:1])
OWN_CALCULATIONS = Prepared(
    lambda association: _calculations().filter(associations=association)[:1]
)
ASSUMPTIONS = Prepared(lambda calculation: EffectAssumption.objects.filter(calculation=calculation))
