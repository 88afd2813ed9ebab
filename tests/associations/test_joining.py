"""A new association made whole by an administrator, and accounts by invitation."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from associations import roles
from associations.joining import bodies
from associations.models import Access, Association, Organisation, Seat, User

NEW = "/arbeta/nytt-forbund/"
USERS = "/arbeta/anvandare/"


def role(name):
    return Group.objects.get(name=name).pk


def sent(**more):
    """Return what the form of a new association sends, with seven members and a director."""
    return {
        "name": "Samordningsförbundet Östra Åke",
        "short_name": "",
        "slug": "",
        "formed_on": "",
        "colour": "#3a4750",
        "colour_dark": "#b8c4cc",
        "members": ["FK", "AF", "24", "2480", "2404", "2401", "2409"],
        "others": "",
        "seats": "Berit Åkesdotter, ordförande\nNils Näslund\tledamot\nSten Ek; ersättare",
        "people-TOTAL_FORMS": "3",
        "people-INITIAL_FORMS": "0",
        "people-0-first_name": "Åsa",
        "people-0-last_name": "Östman",
        "people-0-email": "Asa.Ostman@ostra-ake.example",
        "people-0-role": role(roles.DIRECTOR),
        **more,
    }


@pytest.fixture
def administrator(client_for):
    return client_for("admin")


def test_every_municipality_and_region_has_its_code():
    by_kind = {}
    for body in bodies.known().values():
        by_kind.setdefault(body.kind, []).append(body)
    assert {kind: len(rows) for kind, rows in by_kind.items()} == {
        "municipality": 290, "region": 21, "state_agency": 2,
    }  # fmt: skip
    regions = {body.code for body in by_kind["region"]}
    for body in by_kind["municipality"]:
        assert re.fullmatch(r"\d{4}", body.code) and body.code[:2] in regions
        assert body.name.endswith(" kommun") and body.short_name[:3] == body.name[:3]
    known = bodies.known()
    assert [known[code].name for code in ("0180", "0680", "1480", "2080", "2584", "14", "23")] == [
        "Stockholms kommun", "Jönköpings kommun", "Göteborgs kommun", "Falu kommun",
        "Kiruna kommun", "Västra Götalandsregionen", "Region Jämtland Härjedalen",
    ]  # fmt: skip
    assert len({body.name for body in known.values()}) == 313
    assert sum(len(group) for _head, group in bodies.grouped()) == 313


def test_the_fixtures_bodies_are_the_tables(portal_data):
    stored = Organisation.objects.exclude(code=None)
    assert stored.count() == 16
    assert all(bodies.known()[each.code].name == each.name for each in stored)


def test_an_association_is_made_whole(administrator):
    fk = Organisation.objects.get(code="FK")
    answer = administrator.post(NEW, sent(others="Kommunalförbundet Åkes väl"))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Association.objects.get(slug="ostra-ake")
    assert made.short_name == "Östra Åke"
    members = {m.organisation.name: m.organisation for m in made.memberships.all()}
    assert members["Försäkringskassan"] == fk
    assert members["Vindelns kommun"].kind == "municipality"
    assert members["Kommunalförbundet Åkes väl"].kind == "other" and len(members) == 8
    assert set(made.seats.values_list("person", "role")) == {
        ("Berit Åkesdotter", "chair"), ("Nils Näslund", "member"), ("Sten Ek", "deputy"),
    }  # fmt: skip
    director = User.objects.get(username="asa.ostman@ostra-ake.example")
    assert [group.name for group in director.groups.all()] == [roles.DIRECTOR]
    assert list(director.associations.all()) == [made] and not director.has_usable_password()
    assert Client().get("/ostra-ake/").status_code == 200


def test_the_invited_chooses_a_password_and_works(administrator):
    administrator.post(NEW, sent())
    letter = mail.outbox[0]
    assert letter.to == ["asa.ostman@ostra-ake.example"]
    assert "Samordningsförbundet Östra Åke" in letter.body
    address = re.search(r"http://testserver(/konto/\S+)", letter.body)[1]
    person = Client()
    page = person.get(address, follow=True)
    chosen = {"password1": "en lång lösenmening", "password2": "en lång lösenmening"}
    assert person.post(page.request["PATH_INFO"], chosen, follow=True).status_code == 200
    login = {"login": "asa.ostman@ostra-ake.example", "password": "en lång lösenmening"}
    answer = person.post("/konto/login/", login, follow=True)
    assert answer.redirect_chain[-1][0] == "/arbeta/"
    assert "Östra Åke" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "where", "sentence"),
    [
        ({"name": "Samordningsförbundet Höglandet"}, "short_name", "Skriv ett annat."),
        ({"name": "NAMN"}, "name", "Det finns redan ett förbund med det namnet."),
        ({"slug": "hoglandet"}, "slug", "har redan adressen hoglandet. hoglandet-2 är ledig"),
        ({"slug": "arbeta"}, "slug", "används redan av webbplatsen"),
        ({"slug": "a/b"}, "slug", "Skriv till exempel ab."),
        ({"name": "x" * 121}, "name", "högst 120"),
        ({"colour": "#dddddd"}, "colour", "syns för dåligt mot ljus bakgrund"),
        ({"members": []}, "members", "Kryssa för minst en medlem."),
        ({"seats": "Sten Ek"}, "seats", "Rad 1, ”Sten Ek”: skriv namn, komma och uppdrag."),
        ({"seats": "Sten Ek, kung"}, "seats", "”kung” är inget uppdrag"),
        ({"others": "y" * 121}, "others", "fler än 120 tecken"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_saved(
    administrator, wrong, where, sentence
):
    if wrong == {"name": "NAMN"}:
        taken = Association.objects.get(slug="hoglandet").name
        wrong = {"name": taken, "short_name": "Annat"}
    before = [m.objects.count() for m in (Association, Organisation, Seat, User, Access)]
    answer = administrator.post(NEW, sent(**wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [where]
    assert sentence in str(answer.context["form"].errors[where])
    text = answer.content.decode()
    assert "Berit Åkesdotter" in text or where == "seats"
    assert "asa.ostman" in text.lower() and 'value="2404" checked' in text or where == "members"
    after = [m.objects.count() for m in (Association, Organisation, Seat, User, Access)]
    assert after == before and not mail.outbox


def test_a_first_person_who_has_an_account_stops_all(administrator):
    User.objects.create(username="asa", email="asa.ostman@ostra-ake.example")
    answer = administrator.post(NEW, sent())
    assert answer.status_code == 422 and "redan ett konto" in answer.content.decode()
    assert not Association.objects.filter(slug="ostra-ake").exists()


@pytest.mark.parametrize("username", ["chef-sodra", "redaktor-sodra", "revisor-sodra"])
def test_only_administrators_add_associations(client_for, username):
    assert client_for(username).get(NEW).status_code == 403
    assert client_for(username).post(NEW, {}).status_code == 403


def invitation(**more):
    sodra = Association.objects.get(slug="sodra-vatterbygden")
    return {
        "first_name": "Prov", "last_name": "Provsson", "email": "prov@example.se",
        "role": role(roles.EDITOR), "associations": [sodra.pk], **more,
    }  # fmt: skip


def test_a_director_invites_into_her_own_associations_only(client_for):
    chef = client_for("chef-sodra")
    hoglandet = Association.objects.get(slug="hoglandet")
    assert chef.post(f"{USERS}ny/", invitation(associations=[hoglandet.pk])).status_code == 422
    other = Group.objects.create(name="något annat")
    assert chef.post(f"{USERS}ny/", invitation(role=other.pk)).status_code == 422
    extra = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    answer = chef.post(f"{USERS}ny/", invitation(**extra))
    assert answer.status_code == 302
    made = User.objects.get(username="prov@example.se")
    assert not made.is_superuser and not made.user_permissions.exists() and len(mail.outbox) == 1
    assert made.get_full_name() == "Prov Provsson"
    again = chef.post(f"{USERS}ny/", invitation(email="PROV@example.se"))
    assert again.status_code == 422 and "redan ett konto" in again.content.decode()


@pytest.mark.parametrize("username", ["redaktor-sodra", "styrelse-sodra", "revisor-sodra"])
def test_only_directors_see_the_users(client_for, username):
    for address in ("", "ny/", f"{User.objects.get(username='chef-sodra').pk}/"):
        assert client_for(username).get(f"{USERS}{address}").status_code == 403


def test_a_director_changes_only_those_who_work_for_hers_alone(client_for, chef_sodra):
    chef = client_for("chef-sodra")
    own = User.objects.get(username="redaktor-sodra")
    shown = chef.get(USERS).content.decode()
    assert "redaktor-sodra" in shown and "chef-hoglandet" not in shown and ">admin<" not in shown
    for hidden in ("chef-hoglandet", "admin"):
        key = User.objects.get(username=hidden).pk
        for address in (f"{key}/", f"{key}/lank/", f"{key}/oppet/"):
            assert chef.post(f"{USERS}{address}", {"open": "0"}).status_code == 404
    assert chef.post(f"{USERS}{chef_sodra.pk}/oppet/", {"open": "0"}).status_code == 403
    change = {
        "first_name": "Röd", "last_name": "Aktör", "role": role(roles.AUDITOR),
        "associations": [Association.objects.get(slug="finnveden").pk],
    }  # fmt: skip
    assert chef.post(f"{USERS}{own.pk}/", change).status_code == 302
    own.refresh_from_db()
    assert [group.name for group in own.groups.all()] == [roles.AUDITOR]
    assert [each.slug for each in own.associations.all()] == ["finnveden"]
    own.associations.add(Association.objects.get(slug="hoglandet"))
    assert "också för ett annat förbund" in chef.get(f"{USERS}{own.pk}/").content.decode()
    for row in chef.get(USERS).context["rows"]:
        assert not {"hoglandet"} & {each.slug for each in row["associations"]}
    for address in ("", "oppet/", "lank/"):
        answer = chef.post(f"{USERS}{own.pk}/{address}", change | {"open": "0"})
        assert answer.status_code == 403
    own.refresh_from_db()
    assert own.is_active


def test_an_account_is_closed_and_opened_not_removed(client_for):
    chef, own = client_for("chef-sodra"), User.objects.get(username="redaktor-sodra")
    theirs = client_for("redaktor-sodra")
    for _twice in range(2):
        chef.post(f"{USERS}{own.pk}/oppet/", {"open": "0"})
    assert theirs.get("/arbeta/").status_code == 302
    assert "Kontot är stängt." in chef.get(f"{USERS}{own.pk}/").content.decode()
    chef.post(f"{USERS}{own.pk}/oppet/", {"open": "1"})
    assert theirs.get("/arbeta/").status_code == 200


def test_a_link_is_shown_only_before_a_password_is_chosen(client_for):
    chef = client_for("chef-sodra")
    chef.post(f"{USERS}ny/", invitation())
    made = User.objects.get(username="prov@example.se")
    page = chef.post(f"{USERS}{made.pk}/lank/").content.decode()
    assert "/konto/password/reset/key/" in page and "gäller i 3 dagar" in page
    made.set_password("en lång lösenmening")
    made.save()
    page = chef.post(f"{USERS}{made.pk}/lank/", follow=True).content.decode()
    assert "/konto/password/reset/key/" not in page and "redan valt ett lösenord" in page


def test_the_letter_s_link_lets_one_choose_and_an_old_one_says_so(client_for, visitor):
    client_for("chef-sodra").post(f"{USERS}ny/", invitation())
    link = re.search(r"http://[^/]+(/konto/\S+)", mail.outbox[-1].body)[1]
    page = visitor.get(link, follow=True)
    assert "<h1>Välj lösenord</h1>" in page.text
    refused = visitor.post(page.wsgi_request.path, {"password1": "kort", "password2": "kort"})
    assert "Lösenordet är inte sparat." in refused.text and "minst 12 tecken" in refused.text
    sent = dict.fromkeys(("password1", "password2"), "en lång lösenmening")
    visitor.post(page.wsgi_request.path, sent)
    assert "Länken gäller inte längre" in visitor.get(link, follow=True).text


def test_a_letter_that_cannot_be_sent_is_told(client_for, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    page = client_for("chef-sodra").post(f"{USERS}ny/", invitation(), follow=True)
    assert "brevet gick inte att skicka" in page.content.decode()
    assert "Visa en länk att ge personen" in page.content.decode()


def test_the_users_page_holds_its_query_count(client_for, django_assert_max_num_queries):
    admin = client_for("admin")
    for number in range(12):
        made = User.objects.create(username=f"n{number}")
        made.associations.set(Association.objects.all())
    with django_assert_max_num_queries(9):
        assert admin.get(USERS).status_code == 200


def test_a_letter_has_the_name_on_one_line(client_for):
    chef = client_for("chef-sodra")
    name = "Siv\n\nKlicka på https://annan.example/"
    assert chef.post(f"{USERS}ny/", invitation(first_name=name)).status_code == 302
    assert mail.outbox[0].body.startswith("Hej Siv Klicka på https://annan.example/,\n")
