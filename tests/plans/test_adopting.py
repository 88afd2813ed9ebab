"""Adopting a plan: what is missing, the decision, and the file that is sealed with it."""

import datetime
from hashlib import sha256

import pytest
from django.urls import reverse

from finsam import pdf
from plans.models import Chapter, Plan, SealedFile

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 3)
DECISION = {"on": "2020-03-03", "paragraph": "14", "dnr": "2020:3"}


@pytest.fixture
def draft(adopted):
    """Its revision, whose budget is a draft too."""
    return Plan.objects.filter(replaces=adopted).first()


@pytest.fixture
def ready(draft):
    """The same, when its budget is adopted and the members have got the plan."""
    draft.budget.propose(datetime.date(2020, 2, 1))
    draft.budget.adopt(datetime.date(2020, 3, 1), paragraph="13", dnr="2020:2")
    draft = Plan.objects.get(pk=draft.pk)
    draft.propose(datetime.date(2020, 2, 1))
    return draft


@pytest.fixture
def quick(monkeypatch):
    """No real file: the roof's maker answers at once, and tells how often it was asked."""
    asked = []

    def wait(page, seconds=None):
        asked.append(page)
        return b"%PDF-1.7 " + page.html.encode()

    monkeypatch.setattr("finsam.plan_adopting.pdf_of", wait)
    return asked


def _file(page):
    return b"%PDF-1.7 " + page.html.encode()


def test_what_is_missing_is_said_in_sentences(draft):
    missing = draft.missing_to_adopt()
    assert "Budgeten är inte fastställd. Fastställ den först." in missing
    assert "Planen är inte föreslagen. Medlemmarna ska först få säga sitt." in missing
    assert "Budgeten: Budgeten är inte föreslagen. Medlemmarna ska först få säga sitt." in missing
    draft.chapters.filter(position=2).update(body="")
    draft.chapters.filter(position=3).update(body="[[budgett]]")
    Plan.objects.filter(pk=draft.pk).update(vision="")
    missing = Plan.objects.get(pk=draft.pk).missing_to_adopt()
    assert "Kapitel 2, Vision: Kapitlet har ingen text än." in missing
    assert any(s.startswith("Kapitel 3, ") and "[[budgett]]" in s for s in missing)
    assert "Omslaget saknar vision." in missing
    Plan.objects.filter(pk=draft.pk).update(budget=None)
    assert "Planen har ingen budget." in Plan.objects.get(pk=draft.pk).missing_to_adopt()


def test_the_plans_own_page_tells_what_the_decision_waits_for(client_for, draft, adopted):
    client = client_for("redaktor-sodra")
    page = client.get(reverse("plan_edit", args=[draft.pk])).content.decode()
    missing = draft.missing_to_adopt()
    assert len(missing) > 2 and all(page.count(sentence) == 1 for sentence in missing)
    assert reverse("budget_state", args=[draft.budget_id]) in page
    page = client.get(reverse("plan_edit", args=[adopted.pk])).content.decode()
    assert "Innan styrelsen kan" not in page


def test_nothing_is_missing_when_all_is_there(ready):
    assert ready.missing_to_adopt() == []


def test_an_adopted_plan_is_not_adopted_again(adopted):
    assert adopted.missing_to_adopt() == ["Planen är redan fastställd."]
    with pytest.raises(ValueError, match="redan fastställd"):
        adopted.adopt(DAY, "1", dnr="1", pdf_of=_file)
    with pytest.raises(ValueError, match="redan låst"):
        adopted.seal(pdf_of=_file)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ((None, "1", None, "1"), "Skriv vilken dag"),
        ((datetime.date(2999, 1, 1), "1", None, "1"), "Dagen har inte varit än"),
        ((datetime.date(2020, 1, 31), "1", None, "1"), "före dagen då planen föreslogs"),
        ((datetime.date(2020, 2, 2), "1", None, "1"), "före dagen då budgeten fastställdes"),
        ((DAY, " ", None, "1"), "Skriv paragrafen"),
        ((DAY, "1", None, " "), "Skriv diarienumret"),
    ],
)
def test_a_decision_that_is_not_whole_seals_nothing(ready, decision, said):
    with pytest.raises(ValueError, match=said):
        ready.adopt(*decision, pdf_of=_file)
    assert not Plan.objects.get(pk=ready.pk).is_adopted
    assert not SealedFile.objects.filter(plan=ready).exists()


def test_a_decision_with_a_sign_that_the_font_lacks_seals_nothing(ready):
    with pytest.raises(ValueError, match="U\\+1F642"):
        ready.adopt(DAY, "13 \N{SLIGHTLY SMILING FACE}", dnr="2020:3", pdf_of=_file)
    assert not Plan.objects.get(pk=ready.pk).is_adopted


def test_text_and_file_are_sealed_together(ready, adopted):
    ready.adopt(DAY, "14", dnr="2020:3", pdf_of=_file)
    assert (ready.adopted_on, ready.paragraph_words, ready.dnr) == (DAY, "§\u00a014", "2020:3")
    file = ready.sealed_file
    assert file.sha256 == sha256(bytes(file.data)).hexdigest()
    assert "3\u00a0mars 2020" in bytes(file.data).decode() and "utgava-2" in file.filename
    assert ready.state == "adopted" and Plan.objects.get(pk=adopted.pk).state == "replaced"


def test_the_auditor_reads_when_it_was_proposed_and_adopted(client_for, ready):
    ready.adopt(DAY, "14", dnr="2020:3", pdf_of=_file)
    auditor, history = client_for("revisor-sodra"), f"/admin/plans/plan/{ready.pk}/history/"
    assert history in auditor.get(reverse("plan_edit", args=[ready.pk])).content.decode()
    changes = [
        (change["field"], change["new"])
        for record in auditor.get(history).context["page_obj"]
        for change in getattr(record, "history_delta_changes", [])
    ]
    assert {("Föreslagen", "2020-02-01"), ("Fastställd", "2020-03-03"), ("§", "14")} <= set(changes)
    board = client_for("styrelse-sodra").get(reverse("plan_edit", args=[ready.pk]))
    assert history not in board.content.decode()


def test_a_text_that_changes_meanwhile_stops_it(ready):
    def slow(page):
        Chapter.objects.filter(plan=ready, position=1).update(body="Ändrad under tiden.")
        return _file(page)

    with pytest.raises(ValueError, match="ändrades medan"):
        ready.adopt(DAY, "14", dnr="2020:3", pdf_of=slow)
    assert not Plan.objects.get(pk=ready.pk).is_adopted


@pytest.mark.parametrize("username", ["chef-sodra", "styrelse-sodra"])
def test_the_director_and_the_board_adopt(client_for, visitor, ready, quick, username):
    client, address = client_for(username), reverse("plan_adopt", args=[ready.pk])
    assert address in client.get(reverse("plan_edit", args=[ready.pk])).content.decode()
    form = client.get(address).context["form"]
    loaded = {"loaded": form["loaded"].value()}
    answer = client.post(address, {**DECISION, **loaded, "paragraph": ""})
    assert answer.status_code == 422 and "Skriv paragrafen" in answer.content.decode()
    answer = client.post(address, DECISION | loaded, follow=True)
    assert "dess fil låst" in answer.content.decode() and len(quick) == 1
    public = visitor.get("/sodra-vatterbygden/verksamhetsplan/2020/").content.decode()
    file = SealedFile.objects.get(plan=ready)
    assert file.sha256 in public.replace("<wbr>", "") and "§\u00a014" in public
    data = visitor.get("/sodra-vatterbygden/verksamhetsplan/2020.pdf")
    assert data.content == bytes(file.data) and data["ETag"] == f'"{file.sha256}"'
    headers = {"If-None-Match": data["ETag"]}
    again = visitor.get("/sodra-vatterbygden/verksamhetsplan/2020.pdf", headers=headers)
    assert again.status_code == 304
    old = visitor.get("/sodra-vatterbygden/verksamhetsplan/2020/utgava/1.pdf")
    assert old.status_code == 200 and old.content != data.content


def test_a_page_that_is_out_of_date_adopts_nothing(client_for, ready, quick):
    client, address = client_for("chef-sodra"), reverse("plan_adopt", args=[ready.pk])
    loaded = {"loaded": client.get(address).context["form"]["loaded"].value()}
    ready.chapters.filter(position=1).update(body="Ny text.")
    answer = client.post(address, DECISION | loaded)
    assert answer.status_code == 422 and "ändrade texten medan" in answer.content.decode()
    assert not quick and not Plan.objects.get(pk=ready.pk).is_adopted


@pytest.mark.parametrize(
    ("username", "status"),
    [("redaktor-sodra", 403), ("revisor-sodra", 403), ("chef-hoglandet", 404)],
)
def test_nobody_else_adopts(client_for, ready, quick, username, status):
    client = client_for(username)
    for name in ("plan_adopt", "plan_seal"):
        assert client.post(reverse(name, args=[ready.pk]), DECISION).status_code == status
    assert not Plan.objects.get(pk=ready.pk).is_adopted


@pytest.fixture
def idle(settings, tmp_path, monkeypatch):
    """A folder of one's own for jobs, and an engine that makes none; the test makes them."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(pdf.engine, "make", lambda key: None)
    return pdf.folder()


def _press(client, address, **changed):
    """Fill in the form of the decision as it stands and press its button."""
    form = client.get(address).context["form"]
    return client.post(address, DECISION | {"loaded": form["loaded"].value()} | changed)


def test_adopting_waits_as_for_any_pdf_and_two_presses_adopt_once(client_for, ready, idle):
    client, address = client_for("chef-sodra"), reverse("plan_adopt", args=[ready.pk])
    again = _press(client, address)["Location"]
    assert _press(client, address).status_code == 302 and len(list(idle.glob("*.job"))) == 1
    waits = client.get(again)
    assert waits.status_code == 202 and "Inget är låst" in waits.content.decode()
    assert waits["Refresh"] == f"2; url={again}"
    assert client.get(again.replace("vantar=", "vantar=x")).status_code == 200
    assert client_for("styrelse-sodra").get(again).status_code == 200  # the decision is another's
    job = next(idle.glob("*.job"))
    job.rename(job.with_suffix(".pdf")).write_bytes(b"%PDF-1.7 made")
    page = client.get(again)
    assert "data-press" in page.content.decode() and "press-again.js" in page.content.decode()
    assert not Plan.objects.get(pk=ready.pk).is_adopted
    shown = {name: page.context["form"][name].value() for name in (*DECISION, "loaded")}
    assert shown == DECISION | {"loaded": shown["loaded"]}
    for said in ("dess fil låst", "redan fastställd"):
        answer = client.post(address, shown, follow=True)
        assert said in answer.content.decode() and answer.status_code == 200
    assert bytes(SealedFile.objects.get(plan=ready).data) == b"%PDF-1.7 made"
    assert "data-press" not in client.get(again).content.decode()


@pytest.mark.parametrize("name", ["plan_adopt", "plan_seal"])
def test_of_two_presses_at_once_the_second_finds_it_done(client_for, ready, monkeypatch, name):
    if name == "plan_seal":
        adopted = {"adopted_on": DAY, "adopted_paragraph": "14", "dnr": "2020:3"}
        Plan.objects.filter(pk=ready.pk).update(**adopted)  # as fixtures do

    def another_first(page):
        plan = Plan.objects.get(pk=ready.pk)
        if name == "plan_adopt":
            plan.adopt(DAY, "14", dnr="2020:3", pdf_of=_file)
        else:
            plan.seal(pdf_of=_file)
        return _file(page)

    monkeypatch.setattr("finsam.plan_adopting.pdf_of", another_first)
    client, address = client_for("chef-sodra"), reverse(name, args=[ready.pk])
    if name == "plan_adopt":
        _press(client, address)
    else:
        client.post(address)
    page = client.get(reverse("plan_edit", args=[ready.pk])).content.decode()
    assert "är redan" in page and "Fel." not in page
    assert SealedFile.objects.filter(plan=ready).count() == 1


def test_a_text_changed_while_one_waits_is_not_adopted(client_for, ready, idle):
    client, address = client_for("chef-sodra"), reverse("plan_adopt", args=[ready.pk])
    again = _press(client, address)["Location"]
    job = next(idle.glob("*.job"))
    job.rename(job.with_suffix(".pdf"))
    ready.chapters.filter(position=1).update(body="Ny text.")
    page = client.get(again)
    assert "data-press" not in page.content.decode()
    assert "ändrade texten medan" in page.content.decode()


def test_a_file_that_cannot_be_made_seals_nothing_and_keeps_what_was_typed(
    client_for, ready, idle, monkeypatch
):
    client, address = client_for("chef-sodra"), reverse("plan_adopt", args=[ready.pk])
    again = _press(client, address)["Location"]
    job = next(idle.glob("*.job"))
    job.rename(job.with_suffix(".fault")).write_text('{"why": "engine"}')
    for answer in (client.get(again), client.post(address, _typed(client, again), follow=True)):
        html = answer.content.decode()
        assert "inget är låst. Felet ligger hos oss, inte i texten" in html
        assert 'value="2020:3"' in html and "data-press" not in html
    assert not Plan.objects.get(pk=ready.pk).is_adopted


def _typed(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in (*DECISION, "loaded")}


def test_a_file_is_sealed_later_by_the_same_road(client_for, ready, idle):
    adopted = {"adopted_on": DAY, "adopted_paragraph": "14", "dnr": "2020:3"}
    Plan.objects.filter(pk=ready.pk).update(**adopted)  # as fixtures do
    client, address = client_for("chef-sodra"), reverse("plan_seal", args=[ready.pk])
    assert client.get(address).status_code == 302
    again = client.post(address)["Location"]
    assert client.get(again).status_code == 202
    job = next(idle.glob("*.job"))
    job.rename(job.with_suffix(".pdf")).write_bytes(b"%PDF-1.7 later")
    assert "data-press" in client.get(again).content.decode()
    assert "fil är låst" in client.post(address, follow=True).content.decode()
    assert "redan låst" in client.post(address, follow=True).content.decode()
    assert bytes(SealedFile.objects.get(plan=ready).data) == b"%PDF-1.7 later"
