"""What an association's own sheets call the rows and columns of its budget."""

from django.db import models

from associations.models import Association
from associations.ownership import Owned


class ImportMemory(Owned):
    """One choice that a person made when a sheet was read in, to be made by itself next time.

    A row goes by its section and its label as ``heads.folded``; it leads to a line's label,
    folded, within the section ``target_section``, or to the row of opening money. A column goes
    by its head as ``heads.remembered``; it leads to a kind and a distance in years from the
    budget's, such as ``forecast:-1``. ``-`` leaves the row or column out.
    """

    class Axis(models.TextChoices):
        ROW = "row", "rad"
        COLUMN = "column", "kolumn"

    association = models.ForeignKey(
        Association, models.CASCADE, verbose_name="förbund", related_name="import_memories"
    )
    axis = models.CharField("rad eller kolumn", max_length=10, choices=Axis)
    section = models.CharField("del av bladet", max_length=10, blank=True)
    label = models.CharField("text i bladet", max_length=200)
    target_section = models.CharField("del av budgeten", max_length=10, blank=True)
    target = models.CharField("leder till", max_length=200)

    class Meta:
        verbose_name = "minne från inläsning"
        verbose_name_plural = "minnen från inläsningar"
        ordering = ["association", "axis", "section", "label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "axis", "section", "label"],
                name="import_memory_once",
                violation_error_message="Texten leder redan någonstans.",
            )
        ]

    def __str__(self):
        return f"{self.get_axis_display()} ”{self.label}”"
