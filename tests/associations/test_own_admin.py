"""The admin's pages: what is adopted or shared, what a form keeps, and its words."""

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.exceptions import ValidationError

from associations.models import Association, News, OfficePost, Organisation
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine, StateAllocation
from interventions.models import Intervention
from plans.models import Chapter, Plan
from tests.admin_pages import address, refusals, upload
from tests.factories import BudgetFactory
from tests.reading import get


def test_adopted_rows_are_shown_and_not_changed(chef, adopted):
    page = chef.get(address(Budget, "change", adopted.pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert chef.post(address(Budget, "change", adopted.pk), {}).status_code == 403
    assert chef.post(address(Budget, "delete", adopted.pk), {"post": "yes"}).status_code == 403
    line = adopted.lines.first()
    assert chef.post(address(BudgetLine, "delete", line.pk), {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [adopted.pk], "post": "yes"}
    chef.post(address(Budget, "changelist"), form)
    adopted.refresh_from_db()


def test_a_draft_is_deleted_whole(chef, draft):
    draft.plans.all().delete()
    answer = chef.post(address(Budget, "delete", draft.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert not Budget.objects.filter(pk=draft.pk).exists()


def test_kronor_in_the_admin_are_swedish(chef, draft):
    amount = Amount.objects.filter(line__budget=draft).first()
    url = address(Amount, "change", amount.pk)
    assert (
        "1\u00a0518\u00a0000"
        in chef.get(
            address(
                Amount, "change", Amount.objects.filter(line__budget=draft, kronor=1_518_000)[0].pk
            )
        ).content.decode()
    )
    fields = {"line": amount.line_id, "column": amount.column_id}
    answer = chef.post(url, fields | {"kronor": "1.500"})
    assert "flera sätt" in answer.content.decode() and "1.500" in answer.content.decode()
    assert chef.post(url, fields | {"kronor": "−1 500 kr"}).status_code == 302
    amount.refresh_from_db()
    assert amount.kronor == -1500


def test_saving_a_shared_row_keeps_its_other_owners(chef):
    shared = Intervention.objects.get(slug="it-sparet")
    before = set(shared.associations.values_list("slug", flat=True))
    assert "hoglandet" in before
    page = chef.get(address(Intervention, "change", shared.pk))
    form = page.context["adminform"].form
    own = [a.pk for a in shared.associations.exclude(slug="hoglandet")]
    held = [a.pk for a in shared.associations.all()]
    for chosen, refused in [(own, True), (held, False)]:
        sent = {name: value for name, value in form.initial.items() if value is not None}
        sent |= {"associations": chosen, "municipalities": []}
        bound = type(form)(sent, instance=Intervention.objects.get(pk=shared.pk))
        assert ("associations" in bound.errors) is refused, bound.errors
    hoglandet = Association.objects.get(slug="hoglandet")
    bound = type(form)({"associations": [hoglandet.pk]}, instance=shared)
    assert "associations" in bound.errors


def test_a_post_may_be_sold_to_any_association(chef):
    own = Association.objects.get(slug="sodra-vatterbygden")
    buyer = Association.objects.get(slug="hoglandet")
    fields = {"association": own.pk, "title": "Prov", "year": 2020, "percent": 50}
    answer = chef.post(
        address(OfficePost, "add"), fields | {"sold_to": buyer.pk, "sold_percent": 10}
    )
    assert answer.status_code == 302
    assert OfficePost.objects.get(title="Prov").sold_to == buyer


def test_what_stands_in_the_way_is_named_unless_it_is_the_neighbours(chef):
    body = Organisation.objects.create(name="Fonden", short_name="Fonden", kind="other")
    theirs = BudgetFactory(association=Association.objects.get(slug="hoglandet"), year=1999)
    theirs.lines.filter(section="income").update(organisation=body, label="Hemlig rad")
    page = chef.get(address(Organisation, "delete", body.pk)).content.decode()
    assert "hos ett annat förbund" in page
    assert "Hemlig rad" not in page


def test_every_admin_page_speaks_swedish(chef):
    said = set()
    for page in ("", "budgets/amount/", "budgets/amount/import/", "budgets/amount/export/"):
        said |= set(get(chef, f"/admin/{page}").html.links)
        text = chef.get(f"/admin/{page}").content.decode()
        for english in (">Import<", ">Export<", "Submit", "Format is", "Select", "This importer"):
            assert english not in text, (page, english)
    assert len(said) > 20


def _translations(catalogue):
    """Return message → words, a plural message under its singular."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: list(message.string)
        for message in catalogue
        if message.id
    }


def test_the_catalogue_is_compiled_and_whole():
    folder = settings.BASE_DIR / "locale/sv/LC_MESSAGES"
    with (folder / "django.po").open("rb") as po, (folder / "django.mo").open("rb") as mo:
        words, compiled = read_po(po), read_mo(mo)
    assert _translations(words) == _translations(compiled)
    assert len([m for m in words if m.id]) > 100
    assert not [m.id for m in words if m.id and not m.string]


def test_an_address_is_read_without_slashes_and_the_row_keeps_its_name_when_refused(chef):
    own = Association.objects.get(slug="sodra-vatterbygden")
    sent = {"associations": [own.pk], "title": "Nytt", "slug": "/Nytt-Varv/", "published_on": ""}
    assert chef.post(address(News, "add"), sent).status_code == 302
    made = News.objects.get(slug="nytt-varv")
    page = chef.post(address(News, "change", made.pk), sent | {"title": "", "slug": "nytt/varv"})
    text = page.content.decode()
    assert "Skriv till exempel nyttvarv." in text and "Fyll i det här." in text
    assert "› Nytt" in text.replace("&rsaquo;", "›")


def test_state_money_is_the_directors(client_for):
    url = address(StateAllocation, "add")
    assert client_for("chef-sodra").get(url).status_code == 200
    assert client_for("redaktor-sodra").get(url).status_code == 403
    assert (
        client_for("redaktor-sodra").get(address(StateAllocation, "changelist")).status_code == 200
    )


def test_the_admin_is_entered_through_the_sites_login(visitor):
    answer = visitor.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/konto/login/")


@pytest.mark.parametrize("address", ["associations/document", "meetings/meeting"])
def test_nothing_new_is_public_unless_one_says_so(chef, address):
    form = chef.get(f"/admin/{address}/add/").context["adminform"].form
    assert form["public"].initial is False and "får alla läsa" in form["public"].help_text


def test_empty_choices_are_words_and_the_source_comes_last(chef):
    page = chef.get("/admin/meetings/meeting/add/")
    shown = [name for line in page.context["adminform"] for name in line.fields]
    assert shown[-2:] == ["source", "source_note"]
    text = page.content.decode()
    assert "inget valt" in text and "-----" not in text
    assert "-----" not in chef.get("/admin/meetings/meeting/").content.decode()
    assert "L\\u00e4gg till: Punkt" in text


def test_the_index_names_parts_after_what_they_are_parts_of(chef):
    rooms = {app["app_label"]: app for app in chef.get("/admin/").context["app_list"]}
    names = [each["object_name"] for each in rooms["budgets"]["models"]]
    assert set(names[:2]) == {"Budget", "StateAllocation"} and names[-1] == "Amount"
    assert "Senaste händelser" in chef.get("/admin/").content.decode()


@pytest.mark.parametrize("model", [Budget, Plan])
def test_whose_and_which_years_an_edition_is_does_not_change(chef, model):
    row = model.objects.get(association__slug="sodra-vatterbygden", year=2020, adopted_on=None)
    other = Association.objects.get(slug="finnveden")
    page = chef.get(address(model, "change", row.pk))
    fields = page.context["adminform"].form.fields
    assert all(fields[name].disabled for name in model.FIXED)
    sent = {"association": other.pk, "year": 2031, "edition": 7, "title": "x", "result_label": "x"}
    chef.post(address(model, "change", row.pk), sent)
    heads = [("förbund", "finnveden"), ("år", 2031), ("utgåva", 7)]
    for head, value in [*heads, *[("slag", "annual")] * (model is Plan)]:
        said = refusals(upload(chef, model, f"id;{head}\n{row.pk};{value}\n"))
        assert any("ändras inte när utgåvan väl finns" in sentence for sentence in said), head
    again = model.objects.get(pk=row.pk)
    assert [again.association, again.year, again.edition] == [
        row.association, row.year, row.edition,
    ]  # fmt: skip


def test_an_edition_replaces_one_of_the_same_year(draft):
    draft.clean()
    draft.replaces = Budget.objects.filter(association__slug="hoglandet").first()
    with pytest.raises(ValidationError, match="samma förbunds"):
        draft.clean()


@pytest.mark.parametrize("wrong", ["line", "column"])
def test_a_part_of_nothing_is_refused_in_words(chef, draft, wrong):
    amount = Amount.objects.filter(line__budget=draft).first()
    sent = {"line": amount.line_id, "column": amount.column_id, "kronor": "5", wrong: 999_999}
    answer = chef.post(address(Amount, "change", amount.pk), sent)
    assert answer.status_code == 200 and wrong in answer.context["adminform"].form.errors
    answer = chef.post(address(Amount, "add"), sent)
    assert answer.status_code == 200 and wrong in answer.context["adminform"].form.errors
    heads = "rad;kolumn;belopp (kronor)"
    row = f"{sent['line']};{sent['column']};5"
    assert refusals(upload(chef, Amount, f"{heads}\n{row}\n"))
    for model in (BudgetColumn, BudgetLine, Chapter):
        answer = chef.post(address(model, "add"), {"budget": 999_999, "plan": 999_999, "year": "x"})
        assert answer.status_code == 200, model
        assert refusals(upload(chef, model, "ordning\n1\n")), model
