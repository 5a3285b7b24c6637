"""Which of several claims to start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from archiver.dates.claims import ATTRIBUTES, PRINTED, Claim, apart
from archiver.models import Where

TRUST = (
    Where.TIME_TEXT,
    Where.BLOCK,
    Where.DECLARED,
    Where.TIME_ATTRIBUTE,
    Where.GROUP,
    Where.URL,
    Where.ARCHIVE_LIST,
    Where.FEED,
    Where.POST,
    Where.NEIGHBOURS,
)
"""Places from the most to the least trusted for a day."""

INDEPENDENT = frozenset({Where.URL, Where.ARCHIVE_LIST, Where.POST})
"""Places one of which must join before two others outvote what the block prints."""


def rank(claim: Claim) -> tuple[int, int, bool]:
    """Place of a claim in the order of trust: days before coarser claims, and print before attributes."""
    place = TRUST.index(claim.where), claim.where is Where.POST and claim.printed.offset is not None
    printed = claim.printed
    if printed.ago is not None:
        return (1 if printed.day else 3, *place)
    if printed.day is None:
        return (4 if printed.month and printed.year else 5, *place)
    return (0 if claim.where in PRINTED or claim.date is not None else 2, *place)


def base_of(ranked: Sequence[Claim]) -> Claim:
    """The claim to start from: full dates printed in the block, labelled or confirmed ones first; else the first."""
    full = [claim for claim in ranked if claim.where in PRINTED and claim.date and not claim.printed.ago]
    full = [claim for claim in full if claim.raw.posted] or full
    if not full:
        return _earliest(ranked[0], ranked)
    most = max(_witnesses(claim.date, ranked) for claim in full)
    base = next(claim for claim in full if _witnesses(claim.date, ranked) == most)
    base = _earliest(base, [claim for claim in full if _witnesses(claim.date, ranked) == most])
    return _joint(base, ranked) or _week_year(base, ranked) or base


def _earliest(base: Claim, claims: Iterable[Claim]) -> Claim:
    """Of dates that one element kind tells, the earliest: what is unmarked beside it is a modification."""
    if base.date is None or base.where not in ATTRIBUTES | {Where.TIME_TEXT}:
        return base
    return min(
        (claim for claim in claims if claim.where is base.where and claim.date), key=lambda claim: str(claim.date)
    )


def _witnesses(day: date | None, claims: Iterable[Claim]) -> int:
    """How many places besides the block's print claim this day, or the one beside it by another time zone."""
    return len({claim.where for claim in claims if claim.where not in PRINTED and _meets(claim, day)})


def _meets(claim: Claim, day: date | None) -> bool:
    return day is not None and claim.date is not None and apart(claim.date, day) <= (1 if claim.vague else 0)


def _week_year(base: Claim, ranked: Iterable[Claim]) -> Claim | None:
    """The attribute in place of a print that shows the year of the week, a known slip around New Year (YYYY, %G)."""
    for claim in ranked:
        day, printed = claim.date, base.printed
        if day is None or claim.where not in ATTRIBUTES or (day.month, day.day) != (printed.month, printed.day):
            continue
        ends = {day.isocalendar().year, *((day + timedelta((last - day.weekday()) % 7)).year for last in (5, 6))}
        if printed.year != day.year and printed.year in ends:
            return claim
    return None


def _joint(base: Claim, ranked: Sequence[Claim]) -> Claim | None:
    """The first of two places, one of them not in the listing's block, that agree on a day far from the print."""
    if base.date is None or base.where is Where.TIME_TEXT:
        return None
    for claim in ranked:
        if claim.where in PRINTED or claim.date is None or apart(claim.date, base.date) <= 1:
            continue
        same = {other.where for other in ranked if other.date == claim.date}
        if same & INDEPENDENT and len(same) > 1 and not _witnesses(base.date, ranked):
            return claim
    return None
