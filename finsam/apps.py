from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from finsam import triggers


class FinsamConfig(AppConfig):
    name = "finsam"
    verbose_name = "Finsam"

    def ready(self):
        """Let ``migrate`` take the triggers down first, and put them up last."""
        pre_migrate.connect(triggers.take_down, sender=self, dispatch_uid="triggers")
        post_migrate.connect(triggers.put_up, sender=self, dispatch_uid="triggers")
