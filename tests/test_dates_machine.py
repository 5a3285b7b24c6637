"""Attributes and addresses: a row for each form, and what is neither."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.dates import from_url, parse_attribute

ATTRIBUTES: tuple[tuple[str, tuple[int | None, ...], tuple[int | None, ...]], ...] = (
    ("2018-12-02T10:00:00+08:00", (2018, 12, 2), (10, 0, 0, 480)),
    ("2018-12-02T10:00:00+0800", (2018, 12, 2), (10, 0, 0, 480)),
    ("2018-12-02T10:00:00.123Z", (2018, 12, 2), (10, 0, 0, 0)),
    ("2018-12-02T10:00:00.123456789Z", (2018, 12, 2), (10, 0, 0, 0)),
    ("2018-12-02T10:00-03:00", (2018, 12, 2), (10, 0, 0, -180)),
    ("2018-12-02T10:00", (2018, 12, 2), (10, 0, 0, None)),
    ("20181202T100000Z", (2018, 12, 2), (10, 0, 0, 0)),
    ("20181202100000", (2018, 12, 2), (10, 0, 0, None)),
    ("20181202", (2018, 12, 2), (None, None, None, None)),
    ("2018-12-02", (2018, 12, 2), (None, None, None, None)),
    ("2018-12-02+08:00", (2018, 12, 2), (None, None, None, None)),
    ("2018-W48-7", (2018, 12, 2), (None, None, None, None)),
    ("2018-1-2", (2018, 1, 2), (None, None, None, None)),
    ("2018-12", (2018, 12, None), (None, None, None, None)),
    ("2018", (2018, None, None), (None, None, None, None)),
    (" 2018-12-02 10:00:00 ", (2018, 12, 2), (10, 0, 0, None)),
    ("2018-12-02 10:00:00 +0800 CST", (2018, 12, 2), (10, 0, 0, 480)),
    ("2018-12-02 10:00:00 +0000 UTC", (2018, 12, 2), (10, 0, 0, 0)),
    ("2018-12-02 10:00:00.5 +0800 CST m=+0.1", (2018, 12, 2), (10, 0, 0, 480)),
    ("2018/12/02 10:00:00", (2018, 12, 2), (10, 0, 0, None)),
    ("2018-12-02T25:00:00", (2018, 12, 2), (None, None, None, None)),
    ("Sun, 02 Dec 2018 10:00:00 +0800", (2018, 12, 2), (10, 0, 0, 480)),
    ("Sun, 2 Dec 2018 10:00:00 GMT", (2018, 12, 2), (10, 0, 0, 0)),
    ("Sunday, 02-Dec-18 10:00:00 UTC", (2018, 12, 2), (10, 0, 0, 0)),
    ("Sun Dec 02 2018 10:00:00 GMT+0800 (China Standard Time)", (2018, 12, 2), (10, 0, 0, 480)),
    ("Sun Dec 02 10:00:00 CST 2018", (2018, 12, 2), (10, 0, 0, None)),
    ("Dec 2, 2018, 10:00:00 AM", (2018, 12, 2), (10, 0, 0, None)),
    ("1543716000", (2018, 12, 2), (2, 0, 0, 0)),
    ("1543716000000", (2018, 12, 2), (2, 0, 0, 0)),
)


@pytest.mark.parametrize(("value", "day", "clock"), ATTRIBUTES)
def test_attributes(value: str, day: tuple[int | None, ...], clock: tuple[int | None, ...]) -> None:
    found = parse_attribute(value)
    assert found is not None
    assert (found.year, found.month, found.day) == day
    assert (found.hour, found.minute, found.second, found.offset) == clock
    assert found.problem == ""


@pytest.mark.parametrize("value", ["1818-12-02", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31"])
def test_years_that_no_post_can_have_are_flagged(value: str) -> None:
    found = parse_attribute(value)
    assert found is not None
    assert found.problem == f"year {int(value[:4])}"


NO_ATTRIBUTES = (
    "",
    "  ",
    "garbage",
    "12345",
    "99999999999",
    "18-12-02",
    "0000000001",
    "9999999999999",
    "2018-13-45",
    "1.2.3",
)


@pytest.mark.parametrize("value", NO_ATTRIBUTES)
def test_values_without_a_date(value: str) -> None:
    assert parse_attribute(value) is None


MOMENTS = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2098, 12, 31),
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(moment=MOMENTS)
def test_a_moment_in_iso_form_reads_back(moment: datetime) -> None:
    found = parse_attribute(moment.isoformat())
    offset = moment.utcoffset()
    assert found is not None
    assert offset is not None
    assert found.date == moment.date()
    assert (found.hour, found.minute, found.second) == (moment.hour, moment.minute, moment.second)
    assert found.offset == offset.total_seconds() // 60


@given(
    moment=MOMENTS,
    form=st.sampled_from(["%a, %d %b %Y %H:%M:%S %z", "%Y-%m-%d %H:%M:%S %z", "%a %b %d %Y %H:%M:%S GMT%z"]),
)
def test_a_moment_in_other_forms_reads_back(moment: datetime, form: str) -> None:
    found = parse_attribute(moment.strftime(form))
    assert found is not None
    assert found.date == moment.date()
    assert found.offset is not None
    there = datetime(*moment.timetuple()[:6], tzinfo=timezone(timedelta(minutes=found.offset)))
    assert there.astimezone(UTC) == moment.replace(microsecond=0).astimezone(UTC)


@given(value=st.text(max_size=200))
@settings(deadline=None)
def test_attributes_never_raise(value: str) -> None:
    found = parse_attribute(value)
    assert found is None or found.year is not None or found.ago is not None


ADDRESSES: tuple[tuple[str, tuple[int | None, ...] | None], ...] = (
    ("/2018/12/02/slug", (2018, 12, 2)),
    ("/2018/12/2/slug/", (2018, 12, 2)),
    ("/blog/2018/dec/02/slug/", (2018, 12, 2)),
    ("/blog/2018/December/02/slug", (2018, 12, 2)),
    ("/2018/12/02.html", (2018, 12, 2)),
    ("/2018-12-02-slug", (2018, 12, 2)),
    ("/posts/2018-12-02-slug.html", (2018, 12, 2)),
    ("/posts/2018_12_02_slug/", (2018, 12, 2)),
    ("/20181202/", (2018, 12, 2)),
    ("/20181202-slug", (2018, 12, 2)),
    ("/index.php/2018/12/02/slug", (2018, 12, 2)),
    ("/%E5%8D%9A/2018/12/02/slug", (2018, 12, 2)),
    ("/2018/12/slug", (2018, 12, None)),
    ("/2018/12/5-things/", (2018, 12, None)),
    ("/2018/12/10-things/", (2018, 12, None)),
    ("/2018-12/slug", (2018, 12, None)),
    ("/2018/slug", (2018, None, None)),
    ("/blog/2018/slug.html", (2018, None, None)),
    ("/2018/12/", None),
    ("/2018/", None),
    ("/2018", None),
    ("/archives/6191", None),
    ("/archives/2018", None),
    ("/p/2018120201", None),
    ("/p/12345/2018/slug", None),
    ("/2018/13/02", None),
    ("/2018/02/30/slug", None),
    ("/1818/12/02/slug", None),
    ("/201812/slug", None),
    ("/v2018.1/slug", None),
    ("/slug-2018-12-02", None),
    ("/?p=20181202", None),
    ("/", None),
)


@pytest.mark.parametrize(("path", "expected"), ADDRESSES)
def test_addresses(path: str, expected: tuple[int | None, ...] | None) -> None:
    found = from_url("https://blog.example" + path)
    assert (None if found is None else (found.year, found.month, found.day)) == expected


@given(url=st.one_of(st.text(max_size=60), st.text("0123456789/-.", max_size=30).map("http://a.example/".__add__)))
def test_addresses_never_raise(url: str) -> None:
    found = from_url(url)
    assert found is None or found.day is None or found.date is not None


@given(
    day=st.dates(date(1990, 1, 1), date(2099, 12, 31)), form=st.sampled_from(["/%Y/%m/%d/a", "/%Y-%m-%d-a", "/%Y%m%d/"])
)
def test_a_date_in_an_address_reads_back(day: date, form: str) -> None:
    found = from_url("http://a.example" + day.strftime(form))
    assert found is not None
    assert found.date == day
