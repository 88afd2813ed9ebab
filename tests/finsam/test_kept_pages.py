"""Visitors' pages are kept whole, and never older than the last commit, another's or a login's."""

import gzip
import random
from datetime import timedelta

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from associations.models import Association, News, Organisation, Page
from budgets.models import Amount, Budget
from finsam.kept_pages import asked, middleware, public_state
from interventions.models import Intervention
from meetings.models import Meeting
from plans.models import Plan
from tests import factories

PAGES = [
    "/", "/sodra-vatterbygden/", "/sodra-vatterbygden/budget/2020/", "/insatser/",
    "/hoglandet/insatser/it-sparet/", "/moten/", "/sok/?q=kvittenblom",
    "/sodra-vatterbygden/verksamhetsplan/2020/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _kept(settings):
    caches["pages"].clear()
    asked._asked.clear()
    settings.KEEP_PAGES = True
    yield
    caches["pages"].clear()


@pytest.fixture
def makings(monkeypatch):
    """Return the addresses whose pages were made, in order."""
    made, make = [], middleware._make

    def counted(request, *rest):
        made.append(request.get_full_path())
        return make(request, *rest)

    monkeypatch.setattr(middleware, "_make", counted)
    return made


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _renamed(number):
    Intervention.objects.filter(slug="it-sparet").update(summary=f"Kvittenblom {number}")


def _rolled_back(number):
    with pytest.raises(RuntimeError), transaction.atomic():
        _renamed(f"aldrig {number}")
        assert Client().get("/hoglandet/insatser/it-sparet/").status_code == 200  # in the middle
        raise RuntimeError


def _adopted(number):
    Budget.objects.filter(adopted_on=None).update(proposed_on=timezone.localdate())


CHANGES = {
    "a row saved": lambda number: News.objects.first().save(),
    "many rows": _renamed,
    "raw SQL": lambda number: raw(
        "UPDATE associations_association SET vision = %s", f"Kvittenblom {number}"
    ),
    "a new row": lambda number: factories.PageFactory(title=f"Kvittenblom {number}"),
    "a row gone": lambda number: Page.objects.filter(title__startswith="Kvittenblom").delete(),
    "another's name": lambda number: Organisation.objects.filter(kind="region").update(
        short_name=f"Regionen {number}"
    ),
    "an owner more": lambda number: Intervention.objects.get(slug="it-sparet").associations.add(
        *Association.objects.all()
    ),
    "rolled back": _rolled_back,
    "a proposal": _adopted,
    "a proposal's amount": lambda number: Amount.objects.filter(
        line__budget__in=Budget.objects.filter(proposed_on__isnull=False, adopted_on=None)
    ).update(kronor=number + 1),
}


@pytest.mark.django_db(transaction=True)
def test_no_page_is_older_than_the_last_commit(settings, makings):
    chance = random.Random(2026)
    visitor, looked = Client(), 0
    for number in range(30):
        name = chance.choice(list(CHANGES)) if number >= len(CHANGES) else list(CHANGES)[number]
        CHANGES[name](number)
        for page in chance.sample(PAGES, 3):
            kept = [visitor.get(page) for _ in range(2)][1]
            settings.KEEP_PAGES = False
            fresh = visitor.get(page)
            settings.KEEP_PAGES = True
            assert kept.content == fresh.content, (name, page)
            assert kept.has_header("ETag") == (fresh.status_code == 200), page
            assert not fresh.has_header("ETag")
            looked += 1
    assert looked == 90 and 30 <= len(makings) < 90


@pytest.fixture
def rendered(monkeypatch):
    """Return a list that grows by each page that is made from the beginning."""
    made, of = [], middleware.KeptPage.of

    def counted(response):
        made.append(response)
        return of(response)

    monkeypatch.setattr(middleware.KeptPage, "of", counted)
    return made


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_queries_are_answered_as_before_is_not_made_again(rendered, monkeypatch):
    visitor, page = Client(), "/moten/agarmote-2015/"
    first = visitor.get(page)
    for number in range(5):
        CHANGES["many rows"](number)  # an intervention's: another state, the same meeting
        again = visitor.get(page, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])
        assert visitor.get(page).content == first.content
    assert len(rendered) == 1
    Meeting.objects.filter(slug="agarmote-2015").update(place="Kvittenblom")
    assert b"Kvittenblom" in visitor.get(page).content and len(rendered) == 2
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    visitor.get(page)
    assert len(rendered) == 3


@pytest.mark.django_db(transaction=True)
def test_what_changes_while_a_page_is_made_is_not_taken_for_what_it_tells(monkeypatch):
    visitor, page, total = Client(), "/moten/agarmote-2015/", asked._total

    def late(queries):
        monkeypatch.setattr(asked, "_total", total)
        Meeting.objects.filter(slug="agarmote-2015").update(place="Kvittenblom")
        return total(queries)

    monkeypatch.setattr(asked, "_total", late)
    assert b"Kvittenblom" not in visitor.get(page).content
    assert b"Kvittenblom" in visitor.get(page).content
    CHANGES["many rows"](1)
    assert b"Kvittenblom" in visitor.get(page).content


def test_only_pages_that_just_read_are_taken_for_the_same(db):
    with asked.listening() as heard:
        list(News.objects.all())
        News.objects.filter(pk=-1).update(title="x")
    assert heard[0] and heard[-1] is None
    asked.remember("a place", heard, "2026-12-01", "key", public_state.current())
    assert asked.still_right("a place", "2026-12-01") is None
    asked.remember("a place", heard[:1], "2026-12-01", "key", public_state.current())
    assert asked.still_right("a place", "2026-12-01") == "key"
    assert asked.still_right("a place", "2026-12-02") is None


@pytest.mark.django_db(transaction=True)
def test_the_day_is_part_of_it(monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.NewsFactory(
        title="Kvittenblom", published_on=tomorrow, associations=[Association.objects.first()]
    )
    address = f"/{Association.objects.first().slug}/nyheter/"
    assert "Kvittenblom" not in Client().get(address).content.decode()
    now = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert "Kvittenblom" in Client().get(address).content.decode()


def test_every_public_table_advances_the_state(db):
    tables = public_state.public_tables()
    assert len(tables) > 35 and not public_state.PRIVATE & set(tables)
    advanced = 0
    for table in set(tables) - set(public_state.WHEN):
        before = _count()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if not cursor.fetchone()[0]:
                continue
        with pytest.raises(RuntimeError), transaction.atomic():
            try:
                raw(f"UPDATE {table} SET id = id")
            except DatabaseError:  # sealed: it never changes
                raise RuntimeError from None
            assert _count() != before, table
            advanced += 1
            _forget_own()
            raise RuntimeError
    assert advanced > 20


def _count():
    return public_state.current()


def _forget_own():
    """On PostgreSQL a transaction is one row; let each table's change be the first."""
    if connection.vendor == "postgresql":
        raw(f"DELETE FROM {public_state.TABLE} WHERE NOT added")


@pytest.mark.django_db(transaction=True)
def test_the_state_never_comes_again_and_its_rows_are_few():
    page, seen = factories.PageFactory().pk, [_count()]
    for _ in range(3 * public_state.ADDED_EACH):
        raw("UPDATE associations_page SET id = id WHERE id = %s", page)
        seen.append(_count())
    assert len(set(seen)) == len(seen)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {public_state.TABLE}")
        assert cursor.fetchone()[0] <= public_state.ADDED_EACH + 1


def test_drafts_logins_and_the_history_do_not(db, client_for, makings):
    visitor = Client()
    visitor.get("/")
    before = public_state.current()
    draft = Budget.objects.filter(adopted_on=None, published_in=None, proposed_on=None).first()
    line = draft.lines.filter(section="cost").first()
    amount = line.amounts.first()
    amount.kronor += 1
    amount.save()
    draft.save()
    Plan.objects.filter(adopted_on=None, proposed_on=None, published_in=None).first().save()
    client_for("chef-sodra").get("/arbeta/")
    get_user_model().objects.first().save()
    assert public_state.current() == before
    visitor.get("/")
    assert len(makings) == 1
    Amount.objects.filter(pk=amount.pk).update(kronor=1)
    assert public_state.current() == before


def test_a_kept_page_is_a_visitors_own_and_a_logins_never(db, client_for):
    visitor, chef = Client(), client_for("chef-sodra")
    chef.get("/")
    first, second = visitor.get("/"), visitor.get("/")
    assert first.content == second.content and b"chef-sodra" not in first.content
    assert b"Inloggad som chef-sodra" in chef.get("/").content
    assert chef.get("/")["Cache-Control"] == "private, no-store"
    assert not second.cookies and second["Cache-Control"] == "no-cache"
    assert second["Content-Security-Policy"] == chef.get("/")["Content-Security-Policy"]
    assert visitor.get("/", headers={"host": "127.0.0.1"})["ETag"]


def test_it_is_compressed_once_and_not_sent_again(db):
    visitor = Client()
    plain = visitor.get("/insatser/")
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress}
    for accepted, way in [
        ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0", ""),
        ("br;q=1.2.3, gzip;q=0.5", "gzip"), ("gzip;q=, br;q=.", ""),
    ]:  # fmt: skip
        answer = visitor.get("/insatser/", headers={"accept-encoding": accepted})
        assert answer.get("Content-Encoding", "") == way
        assert unpacked.get(way, bytes)(answer.content) == plain.content
        assert int(answer["Content-Length"]) == len(answer.content)
        again = visitor.get(
            "/insatser/", headers={"accept-encoding": accepted, "if-none-match": answer["ETag"]}
        )
        assert (again.status_code, again.content) == (304, b"") and again["ETag"] == answer["ETag"]
    head = visitor.head("/insatser/")
    assert head.status_code == 200 and head.content == b""
    _renamed(7)
    changed = visitor.get("/insatser/", headers={"if-none-match": plain["ETag"]})
    assert changed.status_code == 200 and b"Kvittenblom 7" in changed.content


def test_what_may_not_be_kept_is_made_each_time(db, makings):
    visitor = Client()
    for address in ("/insatser/it-sparet/fel/", "/konto/login/", "/finns-inte/", "/arbeta/"):
        answers = [visitor.get(address) for _ in range(2)]
        assert not any(answer.has_header("ETag") for answer in answers), address
        assert makings.count(address) == 2


def test_with_the_database_down_the_last_page_is_served(db, monkeypatch):
    visitor = Client()
    page = visitor.get("/insatser/")

    def down():
        raise DatabaseError

    monkeypatch.setattr(public_state, "current", down)
    assert visitor.get("/insatser/").content == page.content
    assert visitor.get("/moten/").status_code == 200  # never seen: made, when it can be


def test_with_the_database_down_nothing_taken_away_comes_back(db, monkeypatch):
    visitor, address = Client(), "/hoglandet/insatser/it-sparet/"
    visitor.get(address)
    Intervention.objects.filter(slug="it-sparet").update(public=False)
    assert visitor.get(address).status_code == 404

    def down():
        raise DatabaseError

    monkeypatch.setattr(public_state, "current", down)
    assert visitor.get(address).status_code == 404


def test_a_page_that_fails_is_not_waited_for(db, monkeypatch):
    visitor = Client(raise_request_exception=False)
    monkeypatch.setattr(middleware.KeptPage, "of", lambda response: 1 / 0)
    assert visitor.get("/insatser/").status_code == 500
    monkeypatch.undo()
    assert visitor.get("/insatser/").status_code == 200


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("WITH seen AS MATERIALIZED (SELECT 1) SELECT * FROM seen", True),
        ("EXECUTE finsam_17 (%s)", True),
        ("EXECUTE finsam_amount_kronor_counted (%s)", False),
        ("WITH changed AS (UPDATE a SET b = 1 RETURNING 1)\n INSERT INTO c SELECT 1", False),
        ("UPDATE a SET b = 1", False),
    ],
)
def test_what_may_be_asked_again(sql, reads):
    assert bool(asked.READS.match(sql)) is reads
