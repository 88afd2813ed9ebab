"""The staff's own pages: own rows only, sorted, narrowed, exported, in constant queries."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from associations.models import Association, Document, News
from budgets.models import Budget
from interventions.models import Intervention
from meetings.models import Meeting
from plans.models import Plan

LISTS = ["budgetar", "planer", "insatser", "resultat", "fel", "moten", "dokument", "nyheter"]


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def make(number, association):
    """Make ``number`` rows of every list for ``association``."""
    for n in range(number):
        Budget.objects.create(association=association, year=1900 + n)
        Plan.objects.create(association=association, year=1900 + n, title=f"Plan {n}")
        shared = [
            Meeting.objects.create(
                kind="board", title=f"Möte {n}", slug=f"prov-{n}", year=1, date_note="?"
            ),
            Document.objects.create(title=f"D {n}", slug=f"prov-{n}", kind="other", year=1),
            News.objects.create(title=f"N {n}", slug=f"prov-{n}"),
            Intervention.objects.create(name=f"I {n}", slug=f"prov-{n}", form="other", summary="x"),
        ]
        for row in shared:
            row.associations.add(association)
        shared[-1].results.create(measure="deltagare", period="1901", total=n)
        shared[-1].reports.create(text=f"Fel {n}", reply_to="nagon@example.se")


@pytest.fixture
def empty(db, chef_hoglandet):
    """An association without anything, that Höglandet's director also serves."""
    association = Association.objects.create(name="Prov", short_name="Prov", slug="prov")
    chef_hoglandet.associations.add(association)
    return association


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_their_query_count(client_for, empty, name):
    client = client_for("chef-hoglandet")
    address = f"/arbeta/{name}/?association={empty.pk}"
    make(1, empty)
    one = queries(client, address)
    for row in (Meeting, Document, News, Intervention):
        row.objects.filter(slug="prov-0").delete()
    Budget.objects.filter(association=empty).delete()
    Plan.objects.filter(association=empty).delete()
    make(20, empty)
    assert queries(client, address) == one


def test_the_start_page_holds_its_query_count(client_for, empty, chef_hoglandet):
    client = client_for("chef-hoglandet")
    make(1, empty)
    one = queries(client, "/arbeta/")
    for row in (Meeting, Document, News, Intervention):
        row.objects.filter(slug="prov-0").delete()
    Budget.objects.filter(association=empty).delete()
    Plan.objects.filter(association=empty).delete()
    make(20, empty)
    assert queries(client, "/arbeta/") == one


@pytest.mark.parametrize("username", ["chef-sodra", "redaktor-sodra", "styrelse-sodra"])
def test_nothing_of_the_neighbours_is_listed(client_for, username):
    client = client_for(username)
    for name in LISTS:
        page = client.get(f"/arbeta/{name}/")
        assert page.status_code == 200
        own = Association.objects.for_user(page.wsgi_request.user)
        rows = [row.record for row in page.context["table"].rows]
        for row in rows:
            shared = getattr(row, "intervention", row)
            owners = [row.association] if hasattr(row, "association") else shared.associations.all()
            assert set(owners) & set(own)
        assert "Höglandet: " not in page.content.decode()
        answer = client.get(f"/arbeta/{name}/?format=csv").content.decode()
        assert answer.startswith("\ufeffid;")
    neighbour = Association.objects.get(slug="hoglandet")
    page = client.get(f"/arbeta/insatser/?association={neighbour.pk}")
    assert len(page.context["table"].rows) == 0


def listed(client, query, name):
    """Return one field of all interventions that the list holds, in its order."""
    table = client.get(f"/arbeta/insatser/?{query}").context["table"]
    return [getattr(row.record, name) for row in table.rows]


def test_a_list_is_narrowed_and_sorted(client_for):
    client = client_for("chef-sodra")
    found = set(listed(client, "q=it-spåret", "slug"))
    assert {"it-sparet"} <= found < set(listed(client, "", "slug"))
    rising, falling = (
        [
            row.record.name
            for row in client.get(f"/arbeta/insatser/?sort={by}").context["table"].rows
        ]
        for by in ("name", "-name")
    )  # in the database's own order: PostgreSQL's is Swedish
    assert falling == rising[::-1] and len(set(rising)) > 5
    years = client.get("/arbeta/budgetar/?state=utkast").context["table"].rows
    assert [row.record.state for row in years] == ["draft"]
    refused = client.get("/arbeta/budgetar/?year=tjugo")
    assert len(refused.context["table"].rows) == 0 and refused.context["filter"].form.errors


def test_the_choice_is_what_is_exported(client_for):
    client = client_for("chef-sodra")
    book = client.get("/arbeta/insatser/?q=it-spåret&format=xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert len(rows) == 1 + len(listed(client, "q=it-spåret", "name")) < 5
    assert any("it-sparet" in row for row in rows)
    assert client.get("/arbeta/insatser/?format=exe").status_code == 404


def test_the_file_stands_in_the_pages_order(client_for, empty):
    make(3, empty)
    client = client_for("chef-hoglandet")
    falling = client.get(f"/arbeta/budgetar/?association={empty.pk}&sort=-name&format=csv")
    rows = csv.DictReader(falling.content.decode("utf-8-sig").splitlines(), delimiter=";")
    assert [row["år"] for row in rows] == ["1902", "1901", "1900"]


def test_results_and_faults_are_narrowed_and_exported(client_for, empty):
    make(3, empty)
    client = client_for("chef-hoglandet")
    found = client.get(f"/arbeta/resultat/?association={empty.pk}&q=deltagare&sort=-intervention")
    assert [row.record.count for row in found.context["table"].rows] == [2, 1, 0]
    assert "Nytt resultat" in found.content.decode()
    done = Intervention.objects.get(slug="prov-1").reports.get()
    done.handle()
    waiting = client.get(f"/arbeta/fel/?association={empty.pk}&state=vantar")
    assert len(waiting.context["table"].rows) == 2
    sent = client.get("/arbeta/fel/?q=prov&format=csv&state=klart").content.decode()
    assert "Fel 1" not in sent
    sent = client.get(f"/arbeta/fel/?association={empty.pk}&format=csv").content.decode()
    assert sent.count("Fel ") == 3 and "example.se" not in sent
    assert client.get("/arbeta/fel/?year=2020").status_code == 200
    board = client_for("styrelse-sodra")
    assert "Fel 0" not in board.get("/arbeta/fel/").content.decode()


def test_news_are_narrowed_by_their_state_and_exported(client_for, empty):
    make(3, empty)
    client = client_for("chef-hoglandet")
    day = {"prov-1": "2020-02-01", "prov-2": "2999-01-01"}
    for slug, published_on in day.items():
        News.objects.filter(slug=slug).update(published_on=published_on)
    address = f"/arbeta/nyheter/?association={empty.pk}"
    assert address.split("?")[0] in client.get("/arbeta/").content.decode()
    for number, state in enumerate(["utkast", "publicerad", "kommande"]):
        answer = client.get(f"{address}&state={state}")
        rows = answer.context["table"].rows
        assert [(row.record.title, row.get_cell("state")) for row in rows] == [
            (f"N {number}", state)
        ]
    page = client.get(f"{address}&sort=-published_on").content.decode()
    assert page.index("N 2") < page.index("N 1") and "Ny nyhet" in page
    assert len(client.get(f"{address}&q=N 1&year=2020").context["table"].rows) == 1
    sent = client.get(f"{address}&format=csv&state=kommande").content.decode()
    assert "N 2" in sent and "N 1" not in sent
    assert "N 0" not in client_for("chef-sodra").get("/arbeta/nyheter/").content.decode()


def test_the_start_page_tells_what_waits_and_what_changed(client_for):
    client = client_for("chef-sodra")
    draft = Budget.objects.get(association__slug="sodra-vatterbygden", adopted_on=None)
    page = client.get("/arbeta/").content.decode()
    assert f"/arbeta/budget/{draft.pk}/" in page
    assert "Södra Vätterbygden" in page and "Finnveden" in page
    assert "Senaste ändringarna" not in page
    line = draft.lines.first()
    url = f"/admin/budgets/budgetline/{line.pk}/change/"
    fields = {name: getattr(line, name) for name in ("section", "position", "label")}
    shares = ("individual", "structural", "competence", "administration")
    fields |= {name: getattr(line, name) for name in shares}
    fields |= {"budget": draft.pk, "note": "Ny not"}
    fields |= {
        "organisation": line.organisation_id or "",
        "intervention": line.intervention_id or "",
    }
    assert client.post(url, fields).status_code == 302
    page = client.get("/arbeta/").content.decode()
    assert "Senaste ändringarna" in page and "chef-sodra" in page and line.label in page
    assert "Senaste ändringarna" in client_for("revisor-sodra").get("/arbeta/").content.decode()
    assert (
        "Senaste ändringarna" not in client_for("styrelse-sodra").get("/arbeta/").content.decode()
    )
    assert "chef-sodra" not in client_for("chef-hoglandet").get("/arbeta/").content.decode()


def test_what_the_members_have_is_called_a_proposal(client_for, portal_data):
    draft = Budget.objects.filter(adopted_on=None, association__slug="sodra-vatterbygden").get()
    client = client_for("chef-sodra")
    assert "status-proposed" not in client.get("/arbeta/").content.decode()
    draft.propose(draft.association.budgets.adopted().latest("adopted_on").adopted_on)
    assert "status-proposed" in client.get("/arbeta/").content.decode()
    table = client.get(f"/arbeta/budget/{draft.pk}/").content.decode()
    assert "ett förslag som alla kan läsa" in table


def test_shortcuts_follow_the_role(client_for):
    assert "Lägg till" in client_for("redaktor-sodra").get("/arbeta/").content.decode()
    assert "Lägg till" not in client_for("styrelse-sodra").get("/arbeta/").content.decode()
    assert "Användare" in client_for("admin").get("/arbeta/").content.decode()


def test_those_who_only_read_find_the_plan_as_pdf(client_for):
    plan = Plan.objects.filter(association__slug="sodra-vatterbygden", adopted_on=None).first()
    in_force = Plan.objects.adopted().filter(association__slug="sodra-vatterbygden").first()
    public = f"/sodra-vatterbygden/verksamhetsplan/{in_force.year}.pdf"
    board = client_for("styrelse-sodra").get("/arbeta/").content.decode()
    assert public in board and "Att läsa" in board and "Att göra klart" not in board
    assert board.index(public) < board.index("Att läsa")
    assert plan is None or f"/arbeta/plan/{plan.pk}/pdf/" in board
    editor = client_for("redaktor-sodra").get("/arbeta/").content.decode()
    assert "Att göra klart" in editor and public not in editor


def test_editions_are_named_by_year_and_edition(client_for, empty):
    Budget.objects.create(association=empty, year=1951)
    Budget.objects.create(association=empty, year=1951, edition=2)
    page = client_for("chef-hoglandet").get(f"/arbeta/budgetar/?association={empty.pk}")
    text = page.content.decode()
    assert ">Budget 1951</a>" in text and ">Budget 1951, utgåva 2</a>" in text
    assert 'class="button" href="/arbeta/budget/ny/"' in text


def test_visitors_are_sent_to_the_login(visitor):
    for name in ["", *(f"{name}/" for name in LISTS)]:
        answer = visitor.get(f"/arbeta/{name}")
        assert answer.status_code == 302 and answer.url.startswith("/konto/login/")
