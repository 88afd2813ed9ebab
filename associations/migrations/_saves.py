"""What gives a history its saves; shared by the migrations of all rooms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from associations.recording import current_save


def save_ids(*names):
    """Return operations that give each history (a model's name) its save and a user who stays.

    The column comes without a value: a default would let all older records be one save.
    """
    empty = {"db_index": True, "editable": False, "null": True, "verbose_name": "sparning"}
    user = models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )
    for name in names:
        field = models.UUIDField(**empty)
        filled = models.UUIDField(**empty, default=current_save)
        yield migrations.SeparateDatabaseAndState(
            [migrations.AddField(name, "save_id", field)],
            [migrations.AddField(name, "save_id", filled)],
        )
        yield migrations.AlterField(name, "history_user", user.clone())
