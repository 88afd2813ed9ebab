"""A prepared query tells what its queryset tells, whatever it is asked with, on both databases."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from associations.models import Association, Document, Membership, Organisation
from associations.prepared import Prepared, attach
from interventions.models import Intervention
from meetings.models import Meeting

QUERIES = {  # (a queryset, its values): instances and plain values, each kind of value, mixed
    "instances": (lambda key: Organisation.objects.filter(pk=key), "key"),
    "joined": (
        lambda keys: (
            Membership.objects.filter(association__in=keys, valid_to__isnull=True)
            .select_related("organisation", "association", "source")
            .annotate(owner=F("association"))
            .order_by("-pk")
        ),
        "keys",
    ),
    "narrowed": (
        lambda slug, first, last: Meeting.objects.published().filter(
            associations__slug=slug, year__gte=first, year__lt=last
        ),
        "slug year year",
    ),
    "days": (
        lambda day, key: (
            Meeting.objects.exclude(date__gte=day)
            .filter(associations=key, planned=False)
            .values_list("pk", "date", "public", "title")
        ),
        "day association",
    ),
    "sums": (
        lambda keys, year: (
            Intervention.objects.published()
            .exclude(associations__in=keys)
            .filter(first_year__lte=year)
            .values_list("form")
            .annotate(rows=Count("pk", distinct=True))
            .order_by("form")
        ),
        "keys year",
    ),
    "flat": (
        lambda key, keys: (
            Document.objects.filter(associations=key, pk__in=keys)
            .distinct()
            .values_list("title", flat=True)
        ),
        "association many",
    ),
    "nothing asked": (lambda: Association.objects.all()[:2], ""),
}
keys = st.integers(-1, 40) | st.sampled_from([2**31, 2**63 - 1])
VALUES = {
    "key": keys,
    "keys": st.lists(keys, max_size=12),
    "association": st.integers(1, 4),
    "many": st.lists(st.integers(1, 60), min_size=20, max_size=40),
    "year": st.integers(2010, 2030),
    "slug": st.sampled_from(["hoglandet", "sodra-vatterbygden", "finnveden", "å'%s;--"]),
    "day": st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 1, 1)),
}


def told(row):
    """Return all that a row tells, with what was joined to it."""
    if not hasattr(row, "__dict__"):
        return row
    state = row._state
    joined = {name: other and told(other) for name, other in state.fields_cache.items()}
    return {**row.__dict__, "_state": (state.db, state.adding, type(row), joined)}


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUERIES)
def test_the_rows_are_those_of_the_queryset(name):
    build, kinds = QUERIES[name]
    ask, seen = Prepared(build), []

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.tuples(*(VALUES[kind] for kind in kinds.split())))
    def compare(values):
        expected = list(build(*values))
        assert list(map(told, ask(*values))) == list(map(told, expected))
        seen.append(len(expected))

    compare()
    assert any(seen), "No example found a row."


@pytest.mark.django_db(transaction=True)
def test_a_query_is_asked_again_after_a_failure_and_on_a_new_connection():
    ask = Prepared(
        lambda key: Organisation.objects.filter(pk=key).order_by().values_list("name", "pk")
    )
    row = Organisation.objects.first()
    expected = [(row.name, row.pk)]
    assert ask(row.pk) == ask(row.pk) == expected
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        ask(row.pk)
        cursor.execute("SELECT nothing FROM nowhere")
    assert ask(row.pk) == expected
    connection.close()
    assert ask(row.pk) == expected
    assert ask(-1) == ask(10**20) == []


@pytest.mark.django_db
def test_a_number_that_no_database_holds_is_nobodys_key(django_assert_num_queries):
    ask = Prepared(lambda keys: Association.objects.filter(pk__in=keys).order_by("pk"))
    own = list(Association.objects.order_by("pk"))
    ask([-1])  # PostgreSQL prepares it
    with django_assert_num_queries(2):
        assert ask([10**20, *(each.pk for each in own), -(10**30)]) == own
        assert ask([]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "build",
    [
        lambda year: Meeting.objects.filter(year=year + 1),
        lambda year: Meeting.objects.filter(title__contains=year),
        lambda year: Meeting.objects.filter(year__in=[year] * (year % 1000)),
        lambda year: Meeting.objects.filter(year=year).prefetch_related("associations"),
    ],
)
def test_what_would_not_hold_for_other_values_is_refused(build):
    with pytest.raises((TypeError, ValueError)):
        Prepared(build)(2019)
    with pytest.raises(TypeError, match="takes no float"):
        Prepared(lambda year: Meeting.objects.filter(year=year))(2019.0)


@pytest.mark.django_db
def test_attached_rows_are_given_whole_and_never_narrowed(django_assert_num_queries):
    meetings = list(Meeting.objects.all()[:2])
    own = list(Association.objects.all())
    attach(meetings, "associations", Association, {meetings[0].pk: own})
    with django_assert_num_queries(0):
        assert [list(each.associations.all()) for each in meetings] == [own, []]
        assert meetings[0].associations.count() == len(own)
        assert not meetings[1].associations.exists()
        with pytest.raises(TypeError, match="read already"):
            meetings[0].associations.filter(slug="x")


@pytest.mark.django_db
def test_no_prepared_query_holds_the_day_on_which_it_was_made(visitor, monkeypatch):
    for page in ("/", "/sodra-vatterbygden/", "/insatser/", "/insatser/hitta/", "/moten/"):
        assert visitor.get(page).status_code == 200
    own = connection.vendor
    made = [
        (each, kinds) for each in Prepared.every for vendor, kinds in each.made if vendor == own
    ]
    before = [_without_name(each._make(kinds)) for each, kinds in made]
    later = timezone.now() + datetime.timedelta(days=800)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert len(before) > 20
    for (each, kinds), known in zip(made, before, strict=True):
        assert _without_name(each._make(kinds)) == known, known[0]
    dated = Prepared(lambda key: Meeting.objects.filter(pk=key, date__gte=timezone.localdate()))
    assert str(later.date()) in [str(param) for param, own in dated._make((int,)).params]


def _without_name(made):
    return made.sql, made.params
