"""Questions about many interventions: what is public, and what is known of their states."""

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from interventions.models.reviews import ReviewedQuerySet


class InterventionQuerySet(ReviewedQuerySet):
    """Interventions."""

    def published(self):
        """Return the interventions that the public may read."""
        return self.filter(public=True)

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
        years = (
            self._budgeted(pk=OuterRef("pk"))
            .values("pk")
            .annotate(last=Max("budget_lines__amounts__column__year"))
            .values("last")
        )
        return self.annotate(planned_to=Subquery(years))

    def ended(self):
        """Return those whose last year is known and past."""
        return self.filter(last_year__lt=timezone.localdate().year)

    def _goes_on(self):
        """Return the condition that one is known to go on, by its last year or by a budget."""
        year = timezone.localdate().year
        budgeted = self._budgeted(budget_lines__amounts__column__year__gte=year)
        return Q(last_year__gte=year) | Q(last_year__isnull=True, pk__in=budgeted.values("pk"))

    def ongoing(self):
        """Return those that are known to go on: by their last year, or by an adopted budget."""
        return self.filter(self._goes_on())

    def unknown(self):
        """Return those of which nothing tells whether they go on."""
        return self.filter(~self._goes_on(), last_year__isnull=True)

    def count_states(self):
        """Return how many are known to go on, have ended, and neither, in one query."""
        return self.order_by().aggregate(**self._states())

    def count_states_by_association(self):
        """Return {association's key: counts as of ``count_states``}, in one query."""
        rows = self.order_by().filter(associations__isnull=False).values("associations")
        counts = rows.annotate(**self._states())
        return {each.pop("associations"): each for each in counts}

    def _states(self):
        """Return what is counted of each state; the three never overlap."""
        goes_on = self._goes_on()
        return {
            "ongoing": Count("pk", filter=goes_on),
            "ended": Count("pk", filter=Q(last_year__lt=timezone.localdate().year)),
            "unknown": Count("pk", filter=~goes_on & Q(last_year__isnull=True)),
        }

    def with_owners(self):
        """Return them with what lists and addresses need, in a constant number of queries."""
        related = self.select_related("lead", "responsible", "source")
        newest = (
            self.model._base_manager.filter(pk=OuterRef("pk"))
            .order_by()
            .values("pk")
            .annotate(newest=Max("results__source__year"))
            .values("newest")
        )
        known = related.annotate(newest_result_told=Subquery(newest))
        return known.prefetch_related("associations").with_planned_to()
