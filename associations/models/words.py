"""Words of the trade, each explained once where it first stands on a page."""

from django.db import models

from associations.ownership import Sourced
from associations.recording import Records


class Term(Sourced):
    """A word that a reader may not know, and what it means in a plain sentence."""

    word = models.CharField("ord", max_length=80, unique=True)
    other_forms = models.CharField(
        "andra former",
        max_length=300,
        blank=True,
        help_text="Böjningar och förkortningar, med komma emellan: ”remittera, remisser”.",
    )
    meaning = models.TextField("förklaring", help_text="En eller två hela meningar.")

    history = Records()

    class Meta:
        verbose_name = "ord som förklaras"
        verbose_name_plural = "ord som förklaras"
        ordering = ["word", "pk"]

    def __str__(self):
        return self.word

    @property
    def forms(self):
        """The word and its other forms, as they may stand in a text."""
        others = (form.strip() for form in self.other_forms.split(","))
        return (self.word, *(form for form in others if form))
