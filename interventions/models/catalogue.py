"""Questions about many interventions: what is public, and what is known of their states."""

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from associations.ownership import OwnedQuerySet


class InterventionQuerySet(OwnedQuerySet):
    """Interventions."""

    def published(self):
        """Return the interventions that the public may read."""
        return self.filter(public=True)

    def national_systems(self):
        """Return the systems of the whole country, which no association pays as its own work."""
        return self.filter(form=self.model.Form.SYSTEM)

    def with_planned_to(self):
        """Annotate ``planned_to``: the last year with money in an adopted budget, or None."""
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
        years = (
            self.model._base_manager.filter(lasting & paid, pk=OuterRef("pk"))
            .order_by()
            .values("pk")
            .annotate(last=Max(f"{line}__amounts__column__year"))
            .values("last")
        )
        return self.annotate(planned_to=Subquery(years))

    def ended(self):
        """Return those whose last year is known and past."""
        return self.filter(last_year__lt=timezone.localdate().year)

    def ongoing(self):
        """Return those that are known to go on: by their last year, or by an adopted budget."""
        year = timezone.localdate().year
        budgeted = Q(last_year__isnull=True, planned_to__gte=year)
        return self.with_planned_to().filter(Q(last_year__gte=year) | budgeted)

    def unknown(self):
        """Return those of which nothing tells whether they go on."""
        past = Q(planned_to__isnull=True) | Q(planned_to__lt=timezone.localdate().year)
        return self.with_planned_to().filter(past, last_year__isnull=True)

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
