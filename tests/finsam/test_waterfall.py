"""The waterfall: each change begins where the last ended, and nothing falls outside."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from finsam.waterfall import Step, waterfall

CHANGES = st.lists(st.integers(-(10**9), 10**9), max_size=6)


@given(st.integers(-(10**9), 10**9), CHANGES)
def test_bars_begin_where_the_last_ended_and_stay_inside(first, changes):
    rows = [Step("Först", None, first)]
    for change in changes:
        rows.append(Step("Sedan", change, rows[-1].total + change))
    chart = waterfall([*rows, Step("Till sist", None, rows[-1].total)])
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= 100.02
        assert bar.y + 20 < chart.height
    edges = [{round(bar.x, 1), round(bar.x + bar.width, 1)} for bar in chart.bars]
    for earlier, later in zip(edges, edges[1:], strict=False):
        assert any(abs(a - b) < 0.21 for a in earlier for b in later)


def test_a_fall_hangs_from_the_total_before_it():
    start, fall, end = waterfall(
        [Step("A", None, 200), Step("B", -50, 150), Step("C", None, 150)]
    ).bars
    assert (start.x, start.width) == (0, 100)
    assert (fall.x, fall.width) == (approx(75), approx(25))
    assert (end.x, end.width) == (0, approx(75))
    assert (start.texture, fall.texture) == ("", "lines")


def test_nothing_at_all_is_drawn_without_a_fault():
    assert [bar.width for bar in waterfall([Step("Inget", None, 0)]).bars] == [0]
