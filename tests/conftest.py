"""What every test may ask for. The database always holds the portal's fixtures and demo logins.

``db`` (or ``@pytest.mark.django_db``): the whole data within a transaction, rolled back after.
``portal_data``: the same, said aloud. ``visitor``: a client without login. ``client_for(name)``: a
client logged in. ``chef_sodra``, ``chef_hoglandet``, ``redaktor_sodra``, ``styrelse_sodra``,
``revisor_sodra``, ``admin``: the demo's users.
"""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests.portal_database import PortalDatabase, copy_sqlite, kept_file
from tests.undefined_variables import refuse_undefined_variables

# Timings never decide a test: a busy machine is slow, not wrong.
hypothesis_settings.register_profile("finsam", deadline=None)
hypothesis_settings.load_profile("finsam")

DATABASE = pytest.StashKey[tuple]()


def _commits(item):
    """Tell whether the test ``item`` commits to the database instead of rolling back."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return bool(
        (marker and marker.kwargs.get("transaction"))
        or "transactional_db" in names
        or "live_server" in names
    )


def pytest_collection_modifyitems(config, items):
    """Run once, on SQLite, what asks no database: PostgreSQL would only say the same again."""
    if connection.vendor == "sqlite":
        return
    asking = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_the_database(item):
    names = set(getattr(item, "fixturenames", ()))
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(item.get_closest_marker("django_db") or names & fixtures)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Lay the portal's data back after a test that committed."""
    try:
        return (yield)
    finally:
        if nextitem and DATABASE in item.config.stash and _commits(item):
            database, blocker = item.config.stash[DATABASE]
            with blocker.unblock():
                database.restore()


@pytest.fixture(scope="session")
def kept_database(pytestconfig):
    """Return the file of a finished SQLite database, or None on another database."""
    if connection.vendor == "sqlite":
        return kept_file(pytestconfig.cache.mkdir("portal"))
    return None


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database, django_db_modify_db_settings):
    """Begin with the finished database when there is one."""
    return bool(kept_database and Path(connection.settings_dict["TEST"]["NAME"]).exists())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, kept_database, tmp_path_factory
):
    """Keep SQLite's test database in a file: the browser tests' server has its own connection."""
    if kept_database:
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
        if kept_database.exists():
            copy_sqlite(kept_database, path)


@pytest.fixture(scope="session")
def django_db_setup(request, kept_database, django_db_keepdb, django_db_setup, django_db_blocker):
    """Load the portal's data into the new test database, once."""
    with django_db_blocker.unblock():
        database = PortalDatabase()
        if not django_db_keepdb:
            database.load()
            if kept_database:
                database.keep(kept_database)
        database.copy()
    request.config.stash[DATABASE] = (database, django_db_blocker)
    yield
    with django_db_blocker.unblock():
        database.drop_copy()


@pytest.fixture(scope="session", autouse=True)
def _no_flush():
    """Let no test empty the tables, which adopted rows refuse: the copy is laid back instead."""
    TransactionTestCase._fixture_teardown = lambda self: None


@pytest.fixture(scope="session", autouse=True)
def _strict_templates(django_test_environment):
    refuse_undefined_variables()


@pytest.fixture(scope="session", autouse=True)
def _files_aside(tmp_path_factory):
    """Keep what tests upload, and what nobody collected, out of the demo's folder."""
    django_settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    django_settings.STATIC_ROOT = str(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session", autouse=True)
def _no_kept_pages():
    """Make every page anew: what a test rolls back never was, and its number comes again."""
    django_settings.KEEP_PAGES = False


@pytest.fixture
def portal_data(db):
    """The three associations' data and the demo's logins."""


@pytest.fixture
def visitor(db):
    """A client of someone who has not logged in."""
    return Client()


@pytest.fixture
def client_for(db):
    """Return a function: username → client logged in as that demo user."""

    def log_in(username):
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        return client

    return log_in


def _demo_user(username):
    @pytest.fixture(name=username.replace("-", "_"))
    def user(db):
        return get_user_model().objects.get(username=username)

    return user


chef_sodra = _demo_user("chef-sodra")
chef_hoglandet = _demo_user("chef-hoglandet")
redaktor_sodra = _demo_user("redaktor-sodra")
styrelse_sodra = _demo_user("styrelse-sodra")
revisor_sodra = _demo_user("revisor-sodra")
admin = _demo_user("admin")
