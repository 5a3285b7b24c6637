"""The Solar Hijri calendar: known days, and the laws of a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.dates import scan
from archiver.dates.solar import MONTHS, YEARS, gregorian, length_of, solar_month

KNOWN = (
    ((1389, 10, 21), date(2011, 1, 11)),
    ((1364, 12, 6), date(1986, 2, 25)),
    ((1375, 1, 1), date(1996, 3, 20)),
    ((1375, 12, 30), date(1997, 3, 20)),
    ((1376, 1, 1), date(1997, 3, 21)),
    ((1386, 12, 29), date(2008, 3, 19)),
    ((1383, 1, 1), date(2004, 3, 20)),
    ((1384, 6, 31), date(2005, 9, 22)),
    ((1468, 12, 29), date(2090, 3, 19)),
)


@pytest.mark.parametrize(("solar", "expected"), KNOWN)
def test_known_days(solar: tuple[int, int, int], expected: date) -> None:
    assert gregorian(*solar) == expected


def test_every_day_of_the_calendar_follows_the_day_before_it() -> None:
    days = [
        gregorian(year, month, day)
        for year in YEARS
        for month in range(1, 13)
        for day in range(1, length_of(year, month) + 1)
    ]
    first = days[0]
    assert first is not None
    assert days == [first + timedelta(days=n) for n in range(len(days))]


def test_every_year_begins_at_the_equinox() -> None:
    for year in YEARS:
        assert gregorian(year, 1, 1) in {date(year + 621, 3, day) for day in (20, 21, 22)}


@given(st.integers(-10_000, 10_000), st.integers(-20, 20), st.integers(-50, 50))
def test_what_is_no_date_is_none(year: int, month: int, day: int) -> None:
    found = gregorian(year, month, day)
    there = year in YEARS and 1 <= month <= 12 and 1 <= day <= length_of(year, month)
    assert (found is not None) == there


@given(st.sampled_from(sorted(MONTHS)), st.integers(1340, 1499), st.integers(1, 29))
def test_dates_with_a_months_name_are_read_as_they_are_counted(name: str, year: int, day: int) -> None:
    expected = gregorian(year, solar_month(name) or 0, day)
    found = scan(f"{day} {name} {year}", "fa")
    if expected is not None and 1970 <= expected.year <= 2099:
        assert [one.date for one in found] == [expected]


@pytest.mark.parametrize(
    "text", ["1400/13/01", "12 خرداد", "1200/03/12", "31 مهر 1400", "30 اسفند 1400", "١٤٤٣/٠٥/١٢", "1443/05/12"]
)
def test_what_cannot_be_told_is_no_date(text: str) -> None:
    assert all(one.day is None or one.year is None for one in scan(text, "ar" if text[-1] in "٢2" else "fa"))
