"""Which number is the day: the evidence, and what overrides what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.dates import Order, Printed, decide_order, parse_attribute, scan

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


def dates(*texts: str) -> list[Printed]:
    return [printed for text in texts for printed in scan(text)]


DECISIONS = (
    (("01/06/2013", "25/06/2013"), (), None, DAY),
    (("01/06/2013", "06/25/2013"), (), None, MONTH),
    (("25/06/2013",), (), "en-US", DAY),
    (("01/06/2013",), (), None, None),
    (("01/06/2013",), (), "en", None),
    (("01/06/2013",), (), "en-US", MONTH),
    (("01/06/2013",), (), "en_GB", DAY),
    (("01/06/2013",), (), "fr", DAY),
    (("01/06/2013",), (), "pt-BR", DAY),
    (("01/06/2013",), (), "zh", None),
    (("01/06/2013",), (("01/06/2013", "2013-06-01"),), None, DAY),
    (("01/06/2013",), (("01/06/2013", "2013-01-06"),), "fr", MONTH),
    (("01/06/2013",), (("01/06/2013", "2014-01-06"),), None, None),
    (("01/06/2013",), (("01/06/2013", "2013-08-09"),), None, None),
    (("Sunday, 02/12/2018",), (), None, DAY),
    (("Sunday, 12/02/2018",), (), None, MONTH),
    (("Friday, 12/02/2018",), (), None, None),
    (("25/06/2013", "06/25/2013"), (), "fr", None),
    (("25/06/2013", "24/06/2013", "23/06/2013", "22/06/2013", "06/25/2013"), (), None, DAY),
    (("06/06/2013",), (), None, None),
    (("2018-12-25",), (), None, None),
    ((), (), None, None),
)


@pytest.mark.parametrize(("texts", "pairs", "language", "expected"), DECISIONS)
def test_decisions(
    texts: tuple[str, ...], pairs: tuple[tuple[str, str], ...], language: str | None, expected: Order | None
) -> None:
    certain = [(dates(one)[0], parsed) for one, other in pairs if (parsed := parse_attribute(other))]
    assert len(certain) == len(pairs)
    assert decide_order(dates(*texts), certain, language) == expected


@given(
    days=st.lists(st.tuples(st.integers(1, 28), st.integers(1, 12)), min_size=1, max_size=30),
    first=st.sampled_from(Order),
)
def test_a_consistent_blog_is_never_read_the_other_way(days: list[tuple[int, int]], first: Order) -> None:
    form = "{0}/{1}/2013" if first is DAY else "{1}/{0}/2013"
    decided = decide_order(dates(*(form.format(day, month) for day, month in days)))
    assert decided == (first if any(day > 12 for day, _ in days) else None)
