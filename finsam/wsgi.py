"""The entry point that gunicorn serves: ``gunicorn --preload finsam.wsgi``."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
application = get_wsgi_application()
# The addresses, and with them every view, before the workers fork: read once, shared by them all.
import_module("finsam.urls")
