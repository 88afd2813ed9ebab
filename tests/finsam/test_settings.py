"""What the settings are in production, and what they refuse to start with."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from finsam import environment

pytestmark = pytest.mark.house

KEY = "q7W-e9Rt_2yUi4Op6As8Df0Gh1Jk3LzXcVbNmQwErTyUiOpAsDf5"
ASKED = """
import json
import django
django.setup()
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from finsam import environment
from django.core.cache import cache
from django.test import RequestFactory
from allauth.core.internal.httpkit import get_client_ip
request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="9.9.9.9, 1.2.3.4", REMOTE_ADDR="10.0.0.1")
cache.add("asked", 0)
print(json.dumps({"ip": get_client_ip(request), "asked": cache.incr("asked")}))
"""


def production(folder, **variables):
    """Return what a process of its own says with the settings of production."""
    environ = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "finsam.settings"}
    environ |= {"DJANGO_SECRET_KEY": KEY, "DJANGO_ALLOWED_HOSTS": "finsam.example"}
    environ |= {"FINSAM_DATA_DIR": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "-c", ASKED],
        env=environ,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_attempts_are_counted_for_each_visitor_and_by_all_workers_together(tmp_path):
    answers = [production(tmp_path, FINSAM_BEHIND_PROXY="1") for _worker in range(2)]
    said = [json.loads(answer.stdout) for answer in answers]
    assert said == [{"ip": "1.2.3.4", "asked": 1}, {"ip": "1.2.3.4", "asked": 2}]
    alone = json.loads(production(tmp_path).stdout)
    assert alone["ip"] == "10.0.0.1", "without a proxy nobody else's word is taken"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DJANGO_SECRET_KEY": "abcdefghij" * 5}, "DJANGO_SECRET_KEY"),
        ({"DJANGO_SECRET_KEY": "abcdefghijkl" * 4 + "abcd"}, "DJANGO_SECRET_KEY"),
        ({"DJANGO_SECRET_KEY": f"django-insecure-{KEY}"}, "DJANGO_SECRET_KEY"),
        ({"DJANGO_ALLOWED_HOSTS": ".se"}, "DJANGO_ALLOWED_HOSTS"),
        ({"DJANGO_ALLOWED_HOSTS": "finsam.example, *"}, "DJANGO_ALLOWED_HOSTS"),
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG"),
        ({"DJANGO_DEBUG": "1", "FINSAM_DEMO": "1"}, "DJANGO_DEBUG"),
    ],
)
def test_it_does_not_start_unsafe(tmp_path, variables, said):
    answer = production(tmp_path, **variables)
    assert answer.returncode != 0 and f"ImproperlyConfigured: {said}" in answer.stderr


def test_it_starts_with_a_key_of_chance_and_names_of_its_own():
    environment.refuse_unsafe_production(secret_key=KEY, allowed_hosts=["finsam.example"])
    with pytest.raises(ImproperlyConfigured):
        environment.refuse_unsafe_production(secret_key=KEY, allowed_hosts=[])
