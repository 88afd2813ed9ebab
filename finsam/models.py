"""The roof's own tables: what search finds (``finsam/search``), and which forms have been sent."""

from django.db import models


class SearchEntry(models.Model):
    """What can be found of one thing: its title, its other names, its lead and its text.

    Nothing here decides who may read it: that is asked of the thing itself. Triggers write the
    rows (``search/index.py``); Python never does.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.TextField()
    names = models.TextField()
    lead = models.TextField()
    body = models.TextField()

    class Meta:
        verbose_name = "sökpost"
        verbose_name_plural = "sökposter"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class FormSent(models.Model):
    """A form that somebody has sent, and where its answer led; kept for a day (``forms_sent``).

    ``key`` is a sum of who sent what, so nothing of it can be read here.
    """

    key = models.CharField(max_length=64, primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)
    led_to = models.TextField(blank=True)

    class Meta:
        verbose_name = "skickat formulär"
        verbose_name_plural = "skickade formulär"

    def __str__(self):
        return self.key
