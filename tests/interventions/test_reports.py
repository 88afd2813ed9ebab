"""”Är något fel?”: from the visitor's words to the staff's deed."""

import html
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from associations import identity
from interventions import report_form, report_limits
from interventions.models import Intervention, Report
from interventions.models.reports import ANSWER_DAYS
from tests.factories import AssociationFactory, InterventionFactory

pytestmark = pytest.mark.django_db

PAGE = "/hoglandet/insatser/it-sparet/fel/"
NUMBER = "19121212-1212"


@pytest.fixture(autouse=True)
def nobody_counted():
    """Begin each test with no visitor counted."""
    cache.clear()


@pytest.fixture
def no_hurry(monkeypatch):
    """Let a form be sent at once."""
    monkeypatch.setattr(report_form, "FASTEST", -1)


def fields(visitor, address=PAGE, **more):
    """Return what a browser would send from the page."""
    form = visitor.get(address).context["form"]
    return {"stamp": form["stamp"].value(), "homepage": "", "reply_to": "", **more}


def test_from_a_visitors_words_to_done(visitor, client_for, no_hurry):
    sent = fields(visitor, text="Adressen är gammal.", reply_to="nagon@example.org")
    answer = visitor.post(PAGE, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?skickat=ja")
    thanks = visitor.get(answer["Location"])
    assert "Tack" in thanks.content.decode() and not thanks.cookies and not answer.cookies
    report = Report.objects.get()
    assert (report.text, report.reply_to) == ("Adressen är gammal.", "nagon@example.org")

    chef = client_for("chef-hoglandet")
    for address in ("/arbeta/", "/arbeta/insatser/"):
        page = chef.get(address).content.decode()
        assert "Adressen är gammal." in page and "nagon@example.org" in page
        assert page.index("Adressen är gammal.") < page.index('class="aside"' if address ==
            "/arbeta/" else "<table")  # fmt: skip
    done = chef.post(f"/arbeta/fel/{report.pk}/atgardat/", {"back": "start"})
    assert (done.status_code, done["Location"]) == (302, "/arbeta/")
    report.refresh_from_db()
    assert report.handled_on is not None and report.reply_to == ""
    assert "Adressen är gammal." not in chef.get("/arbeta/").content.decode()
    stored = [record.__dict__ for record in Report.history.all()]
    assert len(stored) == 2 and "nagon@example.org" not in str(stored)
    assert "Adressen är gammal." not in str(stored)  # a visitor may have named somebody
    assert chef.get(f"/admin/interventions/report/{report.pk}/history/").status_code == 200
    pk = report.pk
    report.delete()
    assert chef.get(f"/admin/interventions/report/{pk}/history/").status_code in (200, 404)
    assert chef.get("/admin/interventions/report/").status_code == 200


def test_the_form_sets_no_cookie_and_asks_no_login(visitor):
    page = visitor.get(PAGE)
    assert page.status_code == 200 and not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "hidden" in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [NUMBER, "１９１２１２１２ １２１２", "Gäller 19121212\n1212.", "191212121212"],
)
def test_an_identity_number_is_refused_and_the_words_stay(visitor, no_hurry, text):
    written = f"Det står fel om {text} på sidan."
    answer = visitor.post(PAGE, fields(visitor, text=written, reply_to="a@example.org"))
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and identity.SENTENCE in said
    assert answer.context["form"]["text"].value() == written
    assert answer.context["form"]["reply_to"].value() == "a@example.org"
    assert not Report.objects.exists()


def test_a_machine_is_refused_and_a_person_gets_through(visitor, monkeypatch):
    monkeypatch.setattr(report_form, "FASTEST", 60)
    fast = visitor.post(PAGE, fields(visitor, text="Snabbt"))
    assert fast.status_code == 422 and "för" not in fast.context["form"].errors
    assert "Vänta lite" in fast.content.decode() and not Report.objects.exists()
    monkeypatch.setattr(report_form, "FASTEST", -1)
    for stamp in ("", "inget", signing.TimestampSigner(salt="annat").sign("3")):
        stale = visitor.post(PAGE, fields(visitor, text="Gammalt") | {"stamp": stamp})
        assert stale.status_code == 422 and "legat öppen" in stale.content.decode()
        again = stale.context["form"]["stamp"].value()
        assert again != stamp
    trap = visitor.post(PAGE, fields(visitor, text="Fälla") | {"homepage": "http://x.example"})
    assert trap.status_code == 422 and "ska vara tom" in trap.content.decode()
    assert trap.context["form"]["homepage"].value() == ""
    assert visitor.post(PAGE, fields(visitor, text="Fälla")).status_code == 302
    other = fields(visitor, "/insatser/sus/fel/", text="Fel sidas stämpel")
    assert visitor.post(PAGE, other).status_code == 422
    assert Report.objects.count() == 1


def test_so_many_an_hour_and_the_same_words_once(visitor, no_hurry, monkeypatch):
    for _ in range(2):
        assert visitor.post(PAGE, fields(visitor, text="Samma ord")).status_code == 302
    assert Report.objects.count() == 1
    monkeypatch.setattr(report_limits, "MOST_OF_ONE", 2)
    assert visitor.post(PAGE, fields(visitor, text="Andra ord")).status_code == 302
    full = visitor.post(PAGE, fields(visitor, text="Tredje ord"))
    assert full.status_code == 429 and "Skicka igen om en stund" in full.content.decode()
    assert full.context["form"]["text"].value() == "Tredje ord"
    monkeypatch.setattr(report_limits, "MOST_OF_ALL", 2)
    page = "/insatser/sus/fel/"
    assert visitor.post(page, fields(visitor, page, text="Om SUS")).status_code == 429


def test_one_machine_takes_nobody_elses_room(visitor, no_hurry, settings):
    sent = fields(visitor)

    def status(text, address, **headers):
        return visitor.post(
            PAGE, sent | {"text": text}, REMOTE_ADDR=address, headers=headers
        ).status_code

    # only a proxy that one has said is there may tell whose address it is
    told = [status(f"Nr {n}", "192.0.2.7", x_forwarded_for=f"198.51.100.{n}") for n in range(11)]
    assert told == [302] * 10 + [429] and Report.objects.count() == 10
    full = visitor.post(PAGE, sent | {"text": "Kvar"}, REMOTE_ADDR="192.0.2.7")
    assert "Härifrån har det kommit många" in full.content.decode() and not full.cookies
    assert full.context["form"]["text"].value() == "Kvar"
    assert status("Granne", "192.0.2.8") == 302
    told = [status(f"Sexa {n}", f"2001:db8:0:1::{n:x}") for n in range(11)]
    assert told[-2:] == [302, 429] and status("Annan sexa", "2001:db8:0:2::1") == 302
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert status("Via ombud", "192.0.2.7", x_forwarded_for="192.0.2.7, 198.51.100.1") == 302
    assert status("Via ombud igen", "192.0.2.9", x_forwarded_for="8.8.8.8, 192.0.2.7") == 429
    kept = str(vars(cache._connections[cache._alias])["_cache"])
    assert "fault" in kept and not re.search(r"192\.0|2001:db8", kept)


def test_an_address_for_an_answer_has_a_last_day(visitor, no_hurry, client_for):
    own = Intervention.objects.get(slug="it-sparet")
    for days in (ANSWER_DAYS + 1, ANSWER_DAYS - 1):
        Report.objects.create(
            intervention=own,
            text=f"För {days} dagar sedan",
            reply_to=f"a{days}@example.org",
            sent_at=timezone.now() - timedelta(days=days),
        )
    kept = Report.objects.exclude(reply_to="")
    call_command("forget")
    assert [each.reply_to for each in kept] == [f"a{ANSWER_DAYS - 1}@example.org"]
    assert Report.objects.waiting().count() == 2  # the words stay until they are dealt with
    kept.update(sent_at=timezone.now() - timedelta(days=ANSWER_DAYS + 1))
    visitor.post(PAGE, fields(visitor, text="Ett nytt"))  # so it is without anybody's nightly deed
    assert not kept.exists()
    assert f"senast efter {ANSWER_DAYS} dagar" in visitor.get(PAGE).content.decode()


def test_an_empty_or_endless_text_is_refused(visitor, no_hurry):
    assert visitor.post(PAGE, fields(visitor, text="  ")).status_code == 422
    long = visitor.post(PAGE, fields(visitor, text="å" * (report_form.LONGEST + 1)))
    assert long.status_code == 422 and "Högst 2000" in html.unescape(long.content.decode())
    assert not Report.objects.exists()


def test_only_the_owners_see_and_handle_it(visitor, client_for, no_hurry):
    own = Intervention.objects.get(slug="jobbcenter-unga")  # Finnveden's
    report = Report.objects.create(intervention=own, text="Bara för Finnveden")
    deed = f"/arbeta/fel/{report.pk}/atgardat/"
    assert client_for("chef-hoglandet").post(deed).status_code == 404
    assert "Bara för" not in client_for("chef-hoglandet").get("/arbeta/").content.decode()
    assert client_for("chef-sodra").get(deed).status_code == 405
    assert visitor.post(deed).status_code == 401
    theirs = Report.objects.create(
        intervention=Intervention.objects.get(slug="enter"), text="Om Enter"
    )
    deed = f"/arbeta/fel/{theirs.pk}/atgardat/"
    board = client_for("styrelse-sodra")
    assert "Om Enter" in board.get("/arbeta/").content.decode()
    assert board.post(deed).status_code == 403
    report.refresh_from_db()
    theirs.refresh_from_db()
    assert report.handled_on is None and theirs.handled_on is None


def test_what_is_not_public_has_no_form(visitor):
    one = AssociationFactory()
    hidden = InterventionFactory(lead=one, public=False)
    assert visitor.get(hidden.fault_url).status_code == 404
    assert visitor.post(hidden.fault_url, {}).status_code == 404
    assert visitor.get(f"/{one.slug}/insatser/it-sparet/fel/").status_code == 404


def test_an_older_address_leads_to_the_forms_own_and_loses_no_words(visitor, no_hurry):
    answer = visitor.get("/insatser/it-sparet/fel/")
    assert (answer.status_code, answer["Location"]) == (301, PAGE)
    sent = fields(visitor, text="Sänt till den gamla adressen.")
    answer = visitor.post("/insatser/it-sparet/fel/", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?skickat=ja")
    assert Report.objects.get().text == "Sänt till den gamla adressen."
    two = [AssociationFactory(), AssociationFactory()]
    shared = InterventionFactory(lead=two[0], associations=two)
    other = shared.fault_url.replace(two[0].slug, two[1].slug)
    assert visitor.get(other)["Location"] == shared.fault_url
    InterventionFactory(lead=two[1], slug=shared.slug)  # two have the name: neither is guessed
    assert visitor.get(f"/insatser/{shared.slug}/fel/").status_code == 404
