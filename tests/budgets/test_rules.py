"""Findings: each appears for its reason, points at its cell, and goes when the cell is right."""

import pytest

from budgets import grid, rules, sums
from budgets.rules import Known, Shared

FUNDING = [
    ("Staten", "state_agency", 3_340_000),
    ("Regionen", "region", 1_670_000),
    ("Habo", "municipality", 1_670_000),
]


def table(cost=6_000_000, opening=None, contributions=FUNDING, split=(("individual", 100),)):
    """Return a table of one year with one cost."""
    lines = [
        sums.Line(number, "income", label, payer)
        for number, (label, payer, _) in enumerate(contributions)
    ]
    lines.append(sums.Line(99, "cost", "Enter", split=split))
    amounts = {(number, 1): kronor for number, (*_, kronor) in enumerate(contributions)}
    amounts[99, 1] = cost
    return sums.table(
        [sums.Column(1, 2020, "budget", "Budget 2020", None, opening)], lines, amounts
    )


def found(a_table, **known):
    """Return the findings by rule."""
    return {finding.rule: finding for finding in rules.findings(a_table, Known(**known))}


def test_a_sound_budget_has_no_findings():
    assert found(table()) == {}


@pytest.mark.parametrize(
    ("a_table", "known", "rule", "severity", "words"),
    [
        (table(cost=6_700_000, opening=0), {}, "debt", rules.ERROR, "20\xa0000 kr under noll"),
        (table(cost=6_700_000), {}, "deficit-uncovered", rules.WARNING, "ingen rad"),
        (table(cost=7_328_800, opening=785_670), {}, "deficit-covered", rules.WARNING,
         "kostar 648\xa0800 kr mer än årets intäkter"),
        (table(cost=7_328_800, opening=785_670), {"deficit_explained": True}, "deficit-covered",
         rules.NOTICE, "136\xa0870"),
        (table(cost=1), {"capital_cap_percent": 20}, "capital", rules.WARNING, "20 procent"),
        (table(cost=-5), {}, "negative", rules.WARNING, "Enter, budget 2020"),
        (table(cost=400_001), {"granted": {(99, 1): 400_000}}, "over-granted", rules.WARNING,
         "400\xa0000 kr är beviljat"),
        (table(), {"shared": {(99, 1): Shared(2_450_001, 2_450_000)}}, "shared-total",
         rules.WARNING, "2\xa0450\xa0000"),
        (table(split=(("individual", 60), ("structural", 30))), {}, "split", rules.ERROR,
         "90 procent"),
        (table(), {"published": {1: (("löptexten", 6_681_000),)}}, "published", rules.NOTICE,
         "löptexten anger 6\xa0681\xa0000"),
    ],
)  # fmt: skip
def test_each_finding_has_its_reason(a_table, known, rule, severity, words):
    finding = found(a_table, **known)[rule]
    assert finding.severity == severity
    assert words in finding.sentence
    assert finding.formula
    assert finding.source


def test_shares_tolerate_rounding_and_report_more():
    hoglandet_2017 = [
        ("Staten", "state_agency", 2_563_500),
        ("Regionen", "region", 1_281_500),
        ("Kommunerna", "municipality", 1_282_000),
    ]
    assert "shares" not in found(table(cost=1, contributions=hoglandet_2017))
    skewed = [*FUNDING[:2], ("Habo", "municipality", 1_600_000)]
    by_share = [f for f in rules.findings(table(contributions=skewed)) if f.rule == "shares"]
    assert len(by_share) == 3
    assert "Kommunerna betalar" in by_share[2].sentence
    assert "mindre än 25 procent" in by_share[2].sentence


def test_findings_point_at_their_cell_and_errors_come_first():
    a_table = table(cost=-5, split=(("individual", 99),))
    findings = rules.findings(a_table)
    assert [finding.severity for finding in findings] == [rules.ERROR, rules.WARNING]
    assert [(finding.line, finding.column) for finding in findings] == [(99, None), (99, 1)]


@pytest.mark.parametrize(
    ("payers", "order"),
    [
        ("gg-", ["0", "1", "Medlemmarnas bidrag", "2", "Balanserat resultat", "Summa intäkter"]),
        ("g-g", ["0", "1", "2", "Varav medlemmarnas bidrag", "Balanserat resultat",
                 "Summa intäkter"]),
        ("-", ["0", "Varav medlemmarnas bidrag", "Balanserat resultat", "Summa intäkter"]),
    ],
)  # fmt: skip
def test_the_sum_of_contributions_stands_after_them_or_says_that_it_is_a_part(payers, order):
    lines = [(str(at), "region" if sign == "g" else None, 7) for at, sign in enumerate(payers)]
    income = grid.build(table(contributions=lines, opening=1), 2020).groups[0]
    assert [row.label for row in income.rows] == order
    (said,) = (row for row in income.rows if row.kind == "subtotal")
    assert said.cells[0].value == 7 * payers.count("g")
