"""Questions about many interventions: what is public, and what is known of their states."""

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from interventions.models.reviews import ReviewedQuerySet


class InterventionQuerySet(ReviewedQuerySet):
    """Interventions."""

    def for_persons(self):
        """Return those where persons take part, and those of which it isn't known.

        What is wholly structural, and training and cooperation between those who work there, is
        for organisations.
        """
        known = Q(individual_percent__gt=0)
        form = self.model.Form
        unknown = Q(individual_percent__isnull=True, form__in=(form.PROJECT, form.LIV))
        return self.filter(known | unknown).exclude(form=form.SYSTEM)

    def _budgeted(self, **conditions):
        """Return all interventions with money in an adopted budget, where ``conditions`` hold."""
        line = "budget_lines"
        lasting = Q(**{f"{line}__budget__adopted_on__isnull": False}) & (
            Q(**{f"{line}__budget__replaced_by__isnull": True})
            | Q(**{f"{line}__budget__replaced_by__adopted_on__isnull": True})
        )
        paid = Q(
            **{
                f"{line}__amounts__kronor__gt": 0,
                f"{line}__amounts__column__kind__in": ("budget", "plan"),
            }
        )
        return self.model._base_manager.filter(lasting & paid, **conditions).order_by()

    def with_planned_to(self):
        """Annotate ``planned_to``: the last year with money in an adopted budget, or None."""
        return self.annotate(planned_to=self._planned_to())

    def _planned_to(self):
        rows = self._budgeted(pk=OuterRef("pk")).values("pk")
        return Subquery(
            rows.annotate(last=Max("budget_lines__amounts__column__year")).values("last")
        )

    def _newest_result(self):
        """Return the newest year of a source of results, or NULL."""
        rows = self.model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Subquery(rows.annotate(newest=Max("results__source__year")).values("newest"))

    def ended(self, year=None):
        """Return those whose last year is known and past; ``year`` is this one unless told."""
        return self.filter(last_year__lt=year or timezone.localdate().year)

    def lasting(self, year=None):
        """Return those that are not known to have ended."""
        return self.exclude(last_year__lt=year or timezone.localdate().year)

    def _goes_on(self, year=None, few=False):
        """Return the condition that one is known to go on, by its last year or by a budget."""
        year = year or timezone.localdate().year
        money = self._has_money(few, budget_lines__amounts__column__year__gte=year)
        return Q(last_year__gte=year) | Q(last_year__isnull=True) & money

    def _has_money(self, few, **conditions):
        """Return the condition that an adopted budget has money for one, where ``conditions`` hold.

        ``few``: the rows asked about are an association's own, so each is looked up by itself;
        else all that have money are gathered once.
        """
        if few:
            return Q(Exists(self._budgeted(pk=OuterRef("pk"), **conditions)))
        return Q(pk__in=self._budgeted(**conditions).values("pk"))

    def ongoing(self):
        """Return those that are known to go on: by their last year, or by an adopted budget."""
        return self.filter(self._goes_on())

    def unknown(self):
        """Return those of which nothing tells whether they go on."""
        return self.filter(~self._goes_on(), last_year__isnull=True)

    def best_known_first(self, year=None, few=False):
        """Order those that are known to go on first, then by the last year anything is known of.

        What is planned in an adopted budget, and the years of its own source and its results'.
        """
        every = self.model._base_manager.order_by()
        sourced = every.filter(results__source__isnull=False)
        # Few have either, and only for those it is worth asking which year.
        planned = When(self._has_money(few), then=self._planned_to())
        told = When(pk__in=sourced.values("pk"), then=self._newest_result())
        years = [Case(planned), F("source__year"), Case(told)]
        return self.order_by(
            Case(When(self._goes_on(year, few), then=0), default=1),
            Greatest(*(Coalesce(year, 0) for year in years)).desc(),
            "name",
            "pk",
        )

    def count_states(self, few=False):
        """Return what ``page.States.of`` takes, in one query."""
        return tuple(self.order_by().aggregate(**self._counted(few=few)).values())

    def counted(self, year):
        """Return one row as of ``count_states``, of few; none when there are none."""
        counted = self._counted(year, few=True)
        every = self.order_by().annotate(every=Value(1)).values("every")
        return every.annotate(**counted).values_list(*counted)

    def counted_by_association(self, year):
        """Return such a row for each association, after its key."""
        rows = self.order_by().filter(associations__isnull=False).values("associations")
        counted = self._counted(year)
        return rows.annotate(**counted).values_list("associations", *counted)

    def _counted(self, year=None, few=False):
        """Return what is counted; ``endless`` have no known last year. Money is looked for once."""
        year = year or timezone.localdate().year
        money = self._has_money(few, budget_lines__amounts__column__year__gte=year)
        return {
            "ended": Count("pk", filter=Q(last_year__lt=year)),
            "lasting": Count("pk", filter=Q(last_year__gte=year)),
            "endless": Count("pk", filter=Q(last_year__isnull=True)),
            "budgeted": Count("pk", filter=Q(last_year__isnull=True) & money),
        }

    def with_owners(self):
        """Return them with what lists and addresses need, in a constant number of queries."""
        related = self.select_related("lead", "responsible", "source")
        known = related.annotate(newest_result_told=self._newest_result())
        return known.prefetch_related("associations").with_planned_to()
