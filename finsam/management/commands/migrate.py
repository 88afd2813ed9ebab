"""``manage.py migrate`` by the tables' owner, who then gives the site's role what it needs.

The owner is in ``DATABASE_OWNER_URL``. Without it the role in ``DATABASE_URL`` owns the tables.
"""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from finsam import database_roles


class Command(migrate.Command):
    def handle(self, *args, **options):
        owner, using = settings.OWNER_DATABASE, options["database"]
        if owner is None:
            return super().handle(*args, **options)
        web = connections[using].settings_dict["USER"]
        database_roles.become_owner(owner, using)
        super().handle(*args, **options)
        database_roles.grant(web, using)
