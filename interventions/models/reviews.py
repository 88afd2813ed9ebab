"""Which pages are to be reviewed, asked of the database so that lists can be sorted by it."""

from django.db.models import BooleanField, Case, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear
from django.utils import timezone

from associations.ownership import PublicQuerySet


class ReviewedQuerySet(PublicQuerySet):
    """Pages with a rhythm of review."""

    def with_review(self):
        """Annotate ``review_every`` (months) and ``review_overdue``.

        The rhythm is the intervention's own, its leading association's, or the shortest of its
        associations'. What has ended, or isn't public, needs no review; what is public and was
        never reviewed is overdue. ``reviewing.months_after`` gives the same day.
        """
        today = timezone.localdate()
        shortest = (
            self.model._base_manager.filter(pk=OuterRef("pk"))
            .order_by()
            .values("pk")
            .annotate(least=Min("associations__review_months"))
            .values("least")
        )
        reviewed = ExtractYear("reviewed_on") * 12 + ExtractMonth("reviewed_on")
        rows = self.annotate(
            review_every=Coalesce("review_months", "lead__review_months", Subquery(shortest)),
            _months=Value(today.year * 12 + today.month) - reviewed,
        )
        past = Q(_months__gt=F("review_every")) | Q(
            _months=F("review_every"), reviewed_on__day__lt=today.day
        )
        goes_on = Q(last_year__isnull=True) | Q(last_year__gte=today.year)
        overdue = goes_on & Q(public=True) & (Q(reviewed_on__isnull=True) | past)
        flag = Case(When(overdue, then=True), default=False, output_field=BooleanField())
        return rows.annotate(review_overdue=flag)

    def overdue(self):
        """Return those that are to be reviewed: never reviewed first, then the oldest."""
        return self.with_review().filter(review_overdue=True).overdue_first()

    def overdue_first(self):
        """Return them with those to be reviewed first; needs ``with_review()``."""
        return self.order_by(
            "-review_overdue", F("reviewed_on").asc(nulls_first=True), "name", "pk"
        )
