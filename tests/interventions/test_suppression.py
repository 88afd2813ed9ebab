"""No public count points at a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.suppression import FEW, WITHHELD, PublicCounts, public_counts, public_result

COUNTS = st.integers(min_value=0, max_value=60)


@pytest.mark.parametrize(
    ("women", "men", "total", "shown"),
    [
        (36, 34, None, (36, 34, 70)),
        (2, 10, None, (FEW, WITHHELD, 12)),
        (10, 4, None, (WITHHELD, FEW, 14)),
        (2, 3, None, (FEW, FEW, 5)),
        (1, 2, None, (FEW, FEW, FEW)),
        (0, 12, None, (0, 12, 12)),
        (0, 3, None, (WITHHELD, FEW, FEW)),
        (None, None, 4, (None, None, FEW)),
        (None, None, 5, (None, None, 5)),
        (None, None, None, (None, None, None)),
    ],
)
def test_what_is_shown(women, men, total, shown):
    assert public_counts(women, men, total) == PublicCounts(*shown)


@given(COUNTS, COUNTS)
def test_a_few_cannot_be_reckoned_from_the_rest(women, men):
    shown = public_counts(women, men)
    known = [count for count in (shown.women, shown.men, shown.total) if isinstance(count, int)]
    if 0 < women < 5 or 0 < men < 5:
        assert len(known) < 2
        assert shown.suppressed
    assert not any(0 < count < 5 for count in known)


def test_a_rate_needs_a_base_and_a_count_that_may_be_shown():
    def rate(count, base):
        shown = public_result(
            women=None, men=None, total=count, base_count=base, rate=100 * count / base
        )
        return shown.rate

    assert round(rate(9, 19)) == 47
    assert rate(8, 9) is None
    assert rate(4, 33) is None


def test_what_counts_no_persons_is_shown_whole():
    shown = public_result(
        women=None, men=None, total=3, base_count=8, rate=37.5, counts_persons=False
    )
    assert (shown.counts.total, shown.base_count, shown.rate) == (3, 8, 37.5)
    assert not shown.suppressed
