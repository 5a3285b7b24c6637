"""Distances in time as pages print them ("3 days ago", 昨天), and the days they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from archiver.dates.tokens import Token
from archiver.dates.usage import FIXED_PAST
from archiver.dates.values import Ago, Printed, Unit
from archiver.dates.words import distances_after

LONGEST = 5
"""Tokens looked at behind the number of a distance."""

SEPARATORS = "|(),.-/"
SHORT = 16
"""Characters behind a distance that a label or a byline may have."""

SPAN = {
    Unit.SECOND: timedelta(seconds=1),
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(days=7),
    Unit.MONTH: timedelta(days=30.44),
    Unit.YEAR: timedelta(days=365.25),
}
COARSE = frozenset({Unit.WEEK, Unit.MONTH, Unit.YEAR})
"""Units that are printed rounded: the day is not in them."""


def fixed(text: str) -> Iterator[Printed]:
    """The distances printed without a number that stand apart from other words."""
    for match in _fixed().finditer(text):
        unit, count = FIXED_PAST[match.group().casefold()]
        yield Printed(match.start(), match.end(), "relative", ago=Ago(count, unit))


@cache
def _fixed() -> re.Pattern[str]:
    """All fixed phrases: at an end of the text or beside a separator, or after the at-word of a label."""
    words = "|".join(re.escape(words) for words in sorted(FIXED_PAST, key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[|·•,:：(（/>-])|(?<=[|·•,:：(（/>-] )|(?<=[于於])|(?<=[于於] )|(?<=[dD] ))(?:{words})"
        r"(?=$|\s*(?:$|[|·•,.(（)）/<-])|\s(?:at |um |à |kl|alle |a las |às |в )?\s?[0-9]|[0-9])",
        re.IGNORECASE,
    )


def counted(tokens: Sequence[Token], language: str | None, wide: bool = False) -> Iterator[Printed]:
    """The distances printed with a number."""
    for place, token in enumerate(tokens):
        if token.kind in "12" and int(token.text) > 0:
            found = _around(tokens, place, language, wide)
            if found is not None:
                yield found


def _around(tokens: Sequence[Token], place: int, language: str | None, wide: bool) -> Printed | None:
    """The distance whose number stands at ``place``: the longest continuation that fits what stands before."""
    before = _joined(tokens[max(0, place - 6) : place])
    for length in range(min(LONGEST, len(tokens) - place - 1), -1, -1):
        tail = tokens[place + 1 : place + 1 + length]
        if tail and tail[-1].kind in " .":
            continue
        after = _joined(tail)
        for way in distances_after(after, language, wide):
            if (way.before or way.after) and before.endswith(way.before) and _ends(tokens[place + 1 + length :]):
                first = next(n for n in range(place, -1, -1) if _joined(tokens[n:place]).endswith(way.before))
                start = tokens[first].start
                end = tail[-1].end if tail else tokens[place].end
                return Printed(start, end, "relative", ago=Ago(int(tokens[place].text), way.unit))
    return None


def _joined(tokens: Sequence[Token]) -> str:
    """The text of tokens as distances are compared: without case, spaces and dots."""
    return "".join(token.text for token in tokens if token.kind not in " .").casefold()


def _ends(rest: Sequence[Token]) -> bool:
    """Whether what follows a distance leaves it a date and not a part of a sentence."""
    kinds = "".join(token.kind for token in rest).lstrip(" ")
    return not kinds or kinds[0] in SEPARATORS or sum(len(token.text) for token in rest) <= SHORT


def days_of(ago: Ago, anchor: datetime) -> tuple[date, date]:
    """The first and the last day that a distance can mean, seen from the anchor.

    Days and smaller units mean one day; weeks, months and years are printed rounded, up or down.
    """
    unit = SPAN[ago.unit]
    if ago.unit not in COARSE:
        day = _back(anchor, unit * ago.count)
        return day, day
    return _back(anchor, unit * (ago.count + 1)), _back(anchor, unit * (ago.count - 0.5))


def _back(anchor: datetime, distance: timedelta) -> date:
    try:
        return (anchor - distance).date()
    except OverflowError:
        return date.min
