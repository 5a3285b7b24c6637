"""What only a whole listing tells: the trust in attributes, the years between neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from archiver.dates.claims import ATTRIBUTES, PRINTED, Claim, apart, claims_of
from archiver.dates.resolve import day_of
from archiver.dates.scan import parts, scan
from archiver.dates.values import Order, Printed, calendar_day
from archiver.models import FoundDate, Precision, RawDate, Where

ENOUGH = 3
"""Posts that must agree before a listing tells anything."""


def decide_trust(
    listing: Sequence[Sequence[RawDate]], *, anchor: datetime, language: str | None = None, order: Order | None = None
) -> frozenset[Where]:
    """The places whose attributes are useless on this listing, given the raw dates of each of its posts.

    Distrusted is an attribute that contradicts the print of at least two posts and of half of those that can be
    compared; that is the same for all posts, or the day of the fetch, without a print that confirms it; or that
    names years no post can have.
    """
    posts = [claims_of(raws, language=language, order=order, anchor=anchor) for raws in listing]
    return frozenset(where for where in ATTRIBUTES if _useless(where, posts, anchor))


def _useless(where: Where, posts: Sequence[Sequence[Claim]], anchor: datetime) -> bool:
    pairs = [(mine, claims) for claims in posts for mine in claims if mine.where is where and not mine.modified]
    verdicts = [_confirmed(mine, claims) for mine, claims in pairs]
    against = verdicts.count(False)
    if against >= 2 and against >= verdicts.count(True):
        return True
    if sum(bool(mine.problem(anchor)) for mine, _ in pairs) * 2 > len(pairs):
        return True
    days = {mine.date for mine, _ in pairs}
    same = len(pairs) >= ENOUGH and len(days) == 1 and True not in verdicts
    moments = {replace(mine.printed, start=0, end=0) for mine, _ in pairs}
    return same and (len(moments) == 1 or any(day and apart(day, anchor.date()) <= 1 for day in days))


def _confirmed(mine: Claim, claims: Iterable[Claim]) -> bool | None:
    """Whether the print beside an attribute names its day (or the one beside it); None if nothing is printed."""
    verdicts = [
        verdict
        for claim in claims
        if claim.where in PRINTED
        and not claim.modified
        and (verdict := _same_day(mine.date, claim.printed)) is not None
    ]
    return any(verdicts) if verdicts else None


def _same_day(day: date | None, printed: Printed) -> bool | None:
    if day is None or printed.day is None or printed.month is None:
        return None
    years = (printed.year,) if printed.year else (day.year - 1, day.year, day.year + 1)
    found = [calendar_day(year, printed.month, printed.day) for year in years]
    return any(one is not None and apart(one, day) <= 1 for one in found)


def estimate_years(found: Sequence[FoundDate], language: str | None = None) -> list[FoundDate]:
    """The dates of a listing, those without a year estimated where order leaves only one.

    Asks for at least three dated posts, all in one order, and a dated neighbour on both sides that leave one year.
    An estimate says so in its note and names ``Where.NEIGHBOURS``; sticky posts must be left out by the caller.
    """
    days = [_day(one) for one in found]
    known = [day for day in days if day is not None]
    if len(known) < ENOUGH or len(set(known)) < 2 or known not in (sorted(known), sorted(known, reverse=True)):
        return list(found)
    return [
        one if days[place] is not None or one.value is not None else _between(one, days, place, language)
        for place, one in enumerate(found)
    ]


def _day(found: FoundDate) -> date | None:
    """The day of a post that is dated by evidence."""
    day = day_of(found)
    return date.fromisoformat(day) if day is not None and found.where is not Where.NEIGHBOURS else None


def _between(one: FoundDate, days: Sequence[date | None], place: int, language: str | None) -> FoundDate:
    before = next((day for day in reversed(days[:place]) if day is not None), None)
    after = next((day for day in days[place + 1 :] if day is not None), None)
    printed = next(_yearless(one.raw, language), None)
    if before is None or after is None or printed is None:
        return one
    low, high = min(before, after), max(before, after)
    fitting = [
        day
        for year in range(low.year, high.year + 1)
        if (day := calendar_day(year, printed.month, printed.day)) is not None and low <= day <= high
    ]
    if len(fitting) != 1:
        return one
    note = "; ".join(filter(None, (one.note.replace("no year", ""), "estimate: year between neighbours")))
    return replace(
        one, value=fitting[0].isoformat(), precision=Precision.DAY, where=Where.NEIGHBOURS, note=note.strip("; ")
    )


def _yearless(raw: str, language: str | None) -> Iterator[Printed]:
    """The certain days without a year in a raw string."""
    badge = parts(raw.split(), language)
    for printed in (*scan(raw, language), *((badge,) if badge else ())):
        if printed.year is None and printed.month and printed.day and not printed.ambiguous:
            yield printed
