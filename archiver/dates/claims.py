"""Reads raw dates into claims: what was printed, where, in which order, and whether it can be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from archiver.dates.machine import FIRST_YEAR, from_url, parse_attribute, parse_machine
from archiver.dates.order import DOTTED, agreeing, by_weekday, order_of_language
from archiver.dates.relative import days_of
from archiver.dates.scan import parts, scan
from archiver.dates.values import Order, Printed
from archiver.models import RawDate, Where

ATTRIBUTES = frozenset({Where.DECLARED, Where.TIME_ATTRIBUTE})
"""Places that readers do not see: held against what is printed."""

PRINTED = frozenset({Where.TIME_TEXT, Where.BLOCK})
"""Places in the post's own block that readers see."""

MACHINE = ATTRIBUTES | {Where.FEED}
"""Places whose strings are written for machines."""

AFTER_FETCH = timedelta(days=2)
"""How far after the fetch a date is still plausible: time zones, a clock that is off."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A date as one place claims it. ``rule`` names the style and how its numbers were ordered.

    ``where`` is the place of the claim, ``date`` the day claimed, if all of it is.
    """

    printed: Printed
    raw: RawDate
    rule: str
    where: Where = field(init=False)
    date: date | None = field(init=False)

    def __post_init__(self) -> None:
        """Keep what is asked for again and again."""
        object.__setattr__(self, "where", self.raw.where)
        object.__setattr__(self, "date", self.printed.date)

    @property
    def modified(self) -> bool:
        """Whether the page calls this a date of modification."""
        return self.raw.modified or self.printed.modified

    @property
    def vague(self) -> bool:
        """Whether the day claimed may be the neighbouring one by the time zone it is told in."""
        return self.where is Where.FEED or self.printed.offset is not None or self.printed.ago is not None

    def problem(self, anchor: datetime) -> str:
        """What is not plausible about the claim, seen from the fetch, or nothing."""
        year, day = self.printed.year, self.date
        if self.printed.problem:
            return self.printed.problem
        if year is not None and year < FIRST_YEAR:
            return f"year {year}"
        latest = (anchor + AFTER_FETCH).date()
        return "after the fetch" if (day and day > latest) or (year or 0) > latest.year else ""


def read(raw: RawDate, language: str | None) -> tuple[Printed, ...]:
    """The dates in a raw string, read the way its place writes them."""
    if raw.where is Where.URL:
        found = from_url(raw.raw)
        return (found,) if found else ()
    text = raw.read or raw.raw
    machine = parse_attribute(text) if raw.where in MACHINE else None
    if machine is None and raw.where not in PRINTED and raw.where is not Where.GROUP:
        machine = parse_machine(text)
    if machine is not None:
        return (machine,)
    found_all = scan(text, language)
    if any(printed.year for printed in found_all):
        return found_all
    badge = parts(text.split(), language) if 0 < len(text) < 40 else None
    return (badge,) if badge else found_all


def claims_of(
    raws: Iterable[RawDate], *, language: str | None, order: Order | None, anchor: datetime
) -> tuple[Claim, ...]:
    """The claims of all raw dates of one post; ambiguous ones are ordered by the blog, by each other, by language."""
    found = [(raw, _anchored(printed, anchor)) for raw in raws for printed in read(raw, language)]
    certain = [printed for _, printed in found if not printed.ambiguous]
    return tuple(Claim(*_ordered(raw, printed, certain, language, order)) for raw, printed in found)


def _anchored(printed: Printed, anchor: datetime) -> Printed:
    """A distance as the day, month or year that all days it can mean share; other dates unchanged."""
    if printed.ago is None:
        return printed
    first, last = days_of(printed.ago, anchor)
    if first.year != last.year:
        return replace(printed, problem="too coarse")
    month = first.month if first.month == last.month else None
    return replace(printed, year=first.year, month=month, day=first.day if first == last else None)


def _ordered(
    raw: RawDate, printed: Printed, certain: Sequence[Printed], language: str | None, order: Order | None
) -> tuple[Printed, RawDate, str]:
    """The date with its numbers in order, and the rule that says why; without day and month if nothing says."""
    if not printed.ambiguous:
        return printed, raw, f"{printed.style} ({printed.order})" if printed.order else printed.style
    for decided, reason in _orders(printed, certain, language, order):
        if decided is not None:
            return printed.ordered(decided), raw, f"{printed.style} ({decided}{reason})"
    bare = replace(printed, month=None, day=None, ambiguous=False, problem="" if printed.year else "order unknown")
    return bare, raw, f"{printed.style} (order unknown)"


def _orders(
    printed: Printed, certain: Sequence[Printed], language: str | None, order: Order | None
) -> Iterator[tuple[Order | None, str]]:
    """What says in which order to read, surest first, each with its reason."""
    yield by_weekday(printed), ": weekday"
    companions = {agreed for other in certain if (agreed := agreeing(printed, other))}
    yield companions.pop() if len(companions) == 1 else None, ": beside a certain date"
    yield order, ""
    yield order_of_language(language), f": language {language}"
    yield Order.DAY_FIRST if printed.style in DOTTED else None, ": dotted"


def apart(one: date, other: date) -> int:
    """Days between two dates."""
    return abs((one - other).days)
