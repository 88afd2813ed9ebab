"""The pages of effects: anybody reads and reckons anew, staff of one's own make and change."""

import re

import pytest

from associations.models import Association
from interventions.models import EffectAssumption, EffectCalculation
from tests.counting import queries_of
from tests.factories import AssociationFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/effekter/effekter-2019/"
ALL_ON = {"med-studier": "on", "vag-stod": "on", "skatt-inte-ovanpa": "on"}


def text_of(response):
    """Return the page's text with no-break spaces as ordinary ones."""
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def section(response, name):
    """Return the html from the heading ``name`` to its section's end."""
    text = text_of(response)
    return text[text.index(f'id="{name}"') :].split("</section>")[0]


def calculation(**values):
    """Return a calculation of Höglandet's like the fixtures' one."""
    made = EffectCalculation.objects.create(**{"title": "Ny", "slug": "ny", "year": 2021} | values)
    made.associations.add(Association.objects.get(slug="hoglandet"))
    for each in EffectCalculation.objects.get(slug="effekter-2019").assumptions.all():
        each.pk, each.calculation = None, made
        each.save()
    return made


def test_from_the_start_page_to_the_preset_with_every_figure_and_formula(visitor):
    assert f'href="{ADDRESS}"' in text_of(visitor.get("/"))
    assert f'href="{ADDRESS}"' in text_of(visitor.get("/effekter/"))
    page = visitor.get(ADDRESS)
    sums = section(page, "svar")
    for part in ("13 912 500", "1 397 088", "2 570 832", "17 880 420"):
        assert part in sums
    assert "(20,5 + 34,5 × 0,75) × 25 000 kr × 12" in sums
    assert "(20,5 + 34,5) × 18 000 kr × 12 × 11,76 %" in sums
    left_out = section(page, "utelamnat")
    for part in ("−1 350 000", "−622 242", "−3 967 920", "−3 345 678", "12 562 500"):
        assert part in left_out
    assert "Från 17,9 till 12,6 miljoner kronor" in left_out
    payers = section(page, "betalare")
    assert "1 år och 3 månader" in payers and "Saknar återbetalning" in payers
    assert "inget spann" in section(page, "spann")
    assert "−600 000" in section(page, "kon") and "inte delar heltiderna" in section(page, "kon")
    form = section(page, "andra")
    assert "(−1 350 000 kr ensamt)" in form
    for each in EffectAssumption.objects.filter(calculation__slug="effekter-2019"):
        assert each.meaning in form and each.source_note in form
    assert not visitor.cookies


def test_the_address_holds_the_choices_and_the_answer_follows(visitor):
    page = visitor.get(ADDRESS, ALL_ON)
    assert (
        "12 562 500" in section(page, "svar")
        and "varav skatt till regionen" in text_of(page).lower()
    )
    assert section(page, "andra").count(" checked") == 3
    half = visitor.get(ADDRESS, {"anda": "50"})
    assert "8 940 210" in section(half, "svar") and "× 50 %" in section(half, "svar")
    more = visitor.get(
        ADDRESS, {"heltider": "21,5", "bidrag-region": "2 500 000", "spridning": "10"}
    )
    assert "Dina ändrade antaganden" in text_of(more) and "Förbunden räknar med 20,5" in text_of(
        more
    )
    assert "Har fått igen det efter ungefär 1 år och 9 månader" in section(more, "betalare")
    assert len(re.findall(r"[\d,]+ mnkr", section(more, "spann"))) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"heltider": "1.000"}, "kan läsas på flera sätt"),
        ({"varde": ""}, "Skriv ett tal, 0 om inget."),
        ({"andel-stod": "75 %"}, "tre fjärdedelar skrivs 0,75"),
        ({"skatt-region": "101"}, "från 0 till 100 procent"),
        ({"anda": "-1"}, "från 0 till 100"),
        ({"spridning": "34"}, "Välj högst 33 procent"),
        ({"bidrag-region": "1", "bidrag-kommuner": "2"}, "blir 3 kr tillsammans"),
        ({"med-studier": "on", "andel-studier": ""}, "Fyll i hur studierna ändrades"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_stays(visitor, typed, sentence):
    page = visitor.get(ADDRESS, typed)
    form = section(page, "andra")
    assert page.status_code == 200 and sentence in form
    for value in typed.values():
        assert f'value="{value}"' in form or value in ("", "on")
    assert 'id="svar"' not in text_of(page)
    assert visitor.get("/effekter/effekter-2019.csv", typed).status_code == 302


def test_the_file_has_every_assumption_with_its_source_and_every_result(visitor):
    response = visitor.get("/effekter/effekter-2019.csv", ALL_ON | {"heltider": "21"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert "effekter-2019.csv" in response["Content-Disposition"]
    assert len({line.count(";") for line in lines}) == 1
    assert any(line.startswith('"antagande, ändrat"') and ";21;" in line for line in lines)
    assert any("bilden Tillväxt i samhället" in line and ";0,75;" in line for line in lines)
    assert '"val, ensamt";"Räkna med studierna";-1350000;"kronor på ett år";"";"";""' in lines
    assert sum(line.startswith('"antagande') for line in lines) == 12


def test_a_draft_is_only_for_those_who_work_there(visitor, client_for):
    draft = calculation(title="Hemligt utkast")
    own, stranger = client_for("chef-hoglandet"), client_for("chef-sodra")
    for address in (draft.get_absolute_url(), "/effekter/ny.csv"):
        assert visitor.get(address).status_code == stranger.get(address).status_code == 404
        assert own.get(address).status_code == 200
    assert "Bara ni som arbetar" in text_of(own.get(draft.get_absolute_url()))
    assert "Hemligt" in text_of(own.get("/effekter/"))
    assert "Hemligt" not in text_of(visitor.get("/effekter/")) + text_of(visitor.get("/"))


def test_a_calculation_that_lacks_something_says_what(visitor):
    made = calculation(public=True)
    made.assumptions.filter(key="value_full_time").delete()
    page = visitor.get(made.get_absolute_url())
    assert "Beräkningen saknar antaganden: värdet av en heltid." in text_of(page)
    assert "saknar antaganden" in text_of(visitor.get("/effekter/"))
    assert "17 880 420" in text_of(visitor.get(made.get_absolute_url(), {"varde": "25000"}))


def test_a_range_of_a_source_gives_low_and_high_without_a_spread(visitor):
    each = EffectAssumption.objects.get(calculation__slug="effekter-2019", key="value_full_time")
    each.low, each.high, each.range_note = 20_000, 30_000, "rapportens tabell 2"
    each.full_clean()
    each.save()
    page = visitor.get(ADDRESS)
    for total in ("15,1 mnkr", "17,9 mnkr", "20,7 mnkr"):
        assert total in section(page, "spann")
    assert "rapportens tabell 2" in section(page, "andra")


def test_staff_change_their_own_in_the_admin_and_nonsense_is_refused(client_for):
    made = calculation(public=True)
    own = client_for("chef-hoglandet")
    each = made.assumptions.get(key="factor_subsidised")
    address = f"/admin/interventions/effectassumption/{each.pk}/change/"
    data = {"calculation": made.pk, "key": each.key, "meaning": each.meaning, "unit": each.unit}
    refused = own.post(address, data | {"value": "2"})
    assert "En andel är från 0 till 1" in text_of(refused)
    unfounded = own.post(address, data | {"value": "0.5", "low": "0.4", "high": "0.6"})
    assert "Ett spann har lägst, högst och var det står" in text_of(unfounded)
    assert own.post(address, data | {"value": "0.5"}).status_code == 302
    assert made.effects().growth == (20.5 + 34.5 * 0.5) * 25_000 * 12
    assert client_for("chef-sodra").get(address).status_code == 404


def test_pages_hold_their_query_count(visitor):
    before = [queries_of(visitor, address) for address in ("/effekter/", ADDRESS)]
    for number in range(12):
        made = calculation(slug=f"nr-{number}", public=True)
        made.associations.add(AssociationFactory())
    EffectCalculation.objects.get(slug="effekter-2019").associations.add(*Association.objects.all())
    assert [queries_of(visitor, address) for address in ("/effekter/", ADDRESS)] == before
