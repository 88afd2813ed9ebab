"""What an association's own sheets call the columns of its results."""

from django.db import models

from associations.models import Association
from associations.ownership import Owned


class HeadMemory(Owned):
    """A column's head (folded) and the field of ``result_rows.HEADS`` that a person chose for it.

    It is chosen by itself the next time that a sheet with results has that head.
    """

    association = models.ForeignKey(
        Association, models.CASCADE, verbose_name="förbund", related_name="head_memories"
    )
    label = models.CharField("rubrik i bladet", max_length=200)
    field = models.CharField("betyder", max_length=20)

    class Meta:
        verbose_name = "minne av en rubrik"
        verbose_name_plural = "minnen av rubriker"
        ordering = ["association", "label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "label"],
                name="head_memory_once",
                violation_error_message="Rubriken betyder redan något.",
            )
        ]

    def __str__(self):
        return f"”{self.label}”"
