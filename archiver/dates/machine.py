"""Dates written for machines: ``datetime=`` and ``content=`` attributes, feeds, addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from archiver.dates.scan import scan
from archiver.dates.values import Printed, calendar_day
from archiver.dates.words import month_of

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years that a blog's post can have; what is outside is flagged."""

LONGEST_VALUE = 100
"""Characters of an attribute that are looked at."""

EPOCHS = {10: 1, 13: 1000}
"""Digits of a count since 1970 by what divides it to seconds."""

SEGMENT = re.compile(
    r"(?P<Y>(?:19|20)[0-9]{2})(?:(?P<sep>[-_.]?)(?P<m>[0-9]{2})(?:(?P=sep)(?P<d>[0-9]{2}))?)?(?![0-9])(?=[-_.]|$)"
)
"""A segment of an address that begins with a date: 2018, 2018-12, 2018-12-02-slug, 20181202."""

DAY_SEGMENT = re.compile(r"(?P<d>[0-9]{1,2})(?P<suffix>(?<=[0-9]{2})\.[a-z]{3,5})?")
"""A segment that is a day and nothing else; "5-things" and "10-reasons" are titles."""


def parse_attribute(value: str) -> Printed | None:
    """The date of an attribute or a feed: ISO 8601, RFC 2822, what engines and scripts print, seconds since 1970.

    A year that no post can have (1818, 0001) is given with ``problem`` set. None if the value holds no date.
    """
    value = value.strip()[:LONGEST_VALUE]
    found = parse_machine(value)
    if found is not None:
        return found
    printed = scan(value)
    return next((one for one in printed if one.year is not None or one.ago is not None), None)


def parse_machine(value: str) -> Printed | None:
    """The date of a value that is ISO 8601 or a count since 1970 and nothing else."""
    value = value.strip()[:LONGEST_VALUE]
    if value.isdecimal() and value.isascii():
        if len(value) in EPOCHS:
            return _epoch(value)
        if len(value) == 14:
            value = f"{value[:8]}T{value[8:]}"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return _of(moment, len(value), "ISO 8601", timed="T" in value or value[10:11] == " ")


def _epoch(value: str) -> Printed | None:
    try:
        moment = datetime.fromtimestamp(int(value) / EPOCHS[len(value)], UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return _of(moment, len(value), "epoch", timed=True) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _of(moment: datetime, length: int, style: str, *, timed: bool) -> Printed:
    """A moment as a printed date, flagged if its year is none of a blog's."""
    offset = moment.utcoffset()
    return Printed(
        start=0,
        end=length,
        style=style,
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour if timed else None,
        minute=moment.minute if timed else None,
        second=moment.second if timed else None,
        offset=None if offset is None else int(offset.total_seconds() // 60),
        problem="" if FIRST_YEAR <= moment.year <= LAST_YEAR else f"year {moment.year}",
    )


def from_url(url: str) -> Printed | None:
    """The date in the path of a post's address: /2018/12/02/slug, /2018/dec/02/slug, /2018-12-02-slug, /2018/12/slug.

    A year alone counts only before a segment with letters and after none with digits; the last segment is never
    taken for a year or a month: it may be an id.
    """
    try:
        path = unquote(urlsplit(url[:2000]).path)
    except ValueError:
        return None
    segments = [segment for segment in path.split("/") if segment]
    for place, segment in enumerate(segments):
        match = SEGMENT.match(segment)
        found = _segments(segments, place, match) if match else None
        if found is not None:
            start = path.find(segment)
            return Printed(start, start + len(segment), "address", *found)
        if any(char.isdigit() for char in segment) and len(segment) < 8:
            return None
    return None


def _segments(segments: list[str], place: int, match: re.Match[str]) -> tuple[int, int | None, int | None] | None:
    """Year, month, day of the segments from ``place`` on, the finest that is sure."""
    last = place == len(segments) - 1
    year = int(match["Y"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if match["d"]:
        month, day = int(match["m"]), int(match["d"])
        return (year, month, day) if calendar_day(year, month, day) else None
    if match["m"]:
        return (year, int(match["m"]), None) if not last and match["sep"] and 0 < int(match["m"]) < 13 else None
    if match.end() != len(segments[place]) or last:
        return None
    month_found = _month(segments[place + 1])
    if month_found is None:
        return (year, None, None) if any(char.isalpha() for char in segments[place + 1]) else None
    if place + 2 >= len(segments):
        return None
    digits = DAY_SEGMENT.fullmatch(segments[place + 2])
    if digits and (digits["suffix"] or place + 3 < len(segments)):
        day = int(digits["d"])
        return (year, month_found, day) if calendar_day(year, month_found, day) else None
    return year, month_found, None


def _month(segment: str) -> int | None:
    """The month that a whole segment names: 12, 2, dec, December."""
    if segment.isascii() and segment.isdigit() and len(segment) <= 2:
        return int(segment) if 1 <= int(segment) <= 12 else None
    return month_of(segment) if segment.isalpha() and 3 <= len(segment) <= 9 else None
