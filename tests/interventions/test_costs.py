"""Cost per person: the year's own money and counts, never a small group, never what is planned."""

from types import SimpleNamespace

import pytest

from interventions import costs, payers, suppression


def result(**values):
    """Return an outcome as the page has it: a result with what the public may see of it."""
    row = {
        "year": 2019, "period": "2019", "measure": "fick arbete", "base": "", "qualifier": "",
        "counts_persons": True, "total": 20, "base_count": None,
    } | values  # fmt: skip
    total = row["total"] if row["total"] >= suppression.FEWEST else suppression.FEW
    public = SimpleNamespace(base_count=row["base_count"], counts=SimpleNamespace(total=total))
    words = {"base_text": row["base"], "measure_text": row["measure"]}
    return SimpleNamespace(result=SimpleNamespace(**row), public=public, **words)


def reckoned(*outcomes, **payment):
    money = payers.table([payers.Payment(payer="Ett", year=2019, **({"granted": 600} | payment))])
    return costs.of(money, outcomes)


def test_the_years_money_is_divided_by_its_base_and_its_results():
    (year,) = reckoned(result(total=15, base="deltagare", base_count=60))
    assert (year.kronor, year.kinds) == (600, "beviljat")
    assert [(part.words, part.kronor) for part in year.parts] == [
        ("deltagare", 10),
        ("fick arbete", 40),
    ]


def test_nothing_under_ten_and_nothing_that_is_hidden():
    (year,) = reckoned(result(total=9, base="avslutade", base_count=19))
    assert [part.words for part in year.parts] == ["avslutade"]
    assert reckoned(result(total=9)) == []
    assert reckoned(result(total=3)) == []


def test_another_time_other_counts_and_unsure_money_give_no_cost():
    assert reckoned(result(period="sedan starten")) == []
    assert reckoned(result(year=2018, period="2018")) == []
    assert reckoned(result(counts_persons=False)) == []
    assert reckoned(result(), granted=None, applied=600) == []
    assert reckoned(result(), granted=None, budgeted=600, planned=True) == []
    assert len(reckoned(result(), granted=None, budgeted=600)) == 1


def test_one_unknown_payer_leaves_the_year_out():
    known = payers.Payment(payer="Ett", year=2019, granted=600)
    unknown = payers.Payment(payer="Två", year=2019, note="Beloppet är inte känt")
    assert costs.of(payers.table([known, unknown]), [result()]) == []


@pytest.mark.django_db
def test_the_page_tells_cost_per_person_with_its_caution(visitor):
    page = visitor.get("/sodra-vatterbygden/insatser/fia/").content.decode()
    text = page.replace("\N{NO-BREAK SPACE}", " ")
    section = text[text.index('id="per-person"') :].split("</section>")[0]
    assert "Fick stöd under året" in section and "15 278" in section and "28 947" in section
    assert "61 111" not in text  # 550 000 by the nine who went to work
    assert "inte vad insatsen kostar för en person" in section
