"""The roof's own table: what search finds. The database keeps it, see ``finsam/search``."""

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
