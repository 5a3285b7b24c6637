"""The values of this room: a date as printed, the order of its numbers, and a distance in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Order(StrEnum):
    """Which number comes first where day and month are both printed as numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Unit(StrEnum):
    """The unit of a distance in time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Ago:
    """A distance into the past: ``Ago(3, Unit.DAY)`` is "3 days ago"."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as it stands in a text at ``start:end``; what the text does not say is None.

    ``ambiguous`` dates hold the day-first reading, ``order`` is set once the order was decided or is plain.
    ``offset`` is in minutes east of UTC, ``weekday`` counts from Monday = 0, ``problem`` says why not to believe it.
    """

    start: int
    end: int
    style: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None
    weekday: int | None = None
    ambiguous: bool = False
    order: Order | None = None
    ago: Ago | None = None
    modified: bool = False
    problem: str = ""

    @property
    def date(self) -> date | None:
        """The calendar day, or None where a part is missing, cannot be, or is ambiguous."""
        return None if self.ambiguous else calendar_day(self.year, self.month, self.day)

    def ordered(self, order: Order | None) -> Printed:
        """The same date with its numbers read in this order; unchanged if there is nothing to decide."""
        if not self.ambiguous or order is None:
            return self
        if order is Order.DAY_FIRST:
            return replace(self, ambiguous=False, order=order)
        return replace(self, ambiguous=False, order=order, day=self.month, month=self.day)


def calendar_day(year: int | None, month: int | None, day: int | None) -> date | None:
    """The day of these three numbers, or None if one is missing or there is no such day."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
