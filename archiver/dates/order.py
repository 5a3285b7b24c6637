"""Which number is the day: decided for a blog, never for one date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from archiver.dates.values import Order, Printed
from archiver.dates.words import locale_of

DAY_FIRST_LANGUAGES = frozenset(
    {
        *("ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "gl", "he"),
        *("hi", "hr", "hy", "id", "is", "it", "ka", "kk", "lv", "mk", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk"),
        *("sl", "sq", "sr", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi"),
        *("en_GB", "en_AU", "en_NZ", "en_IE", "en_IN", "en_ZA"),
    }
)
"""Languages, and English of these countries, that write the day before the month."""

MONTH_FIRST_LANGUAGES = frozenset({"en_US", "en_PH"})
"""English of these countries writes the month before the day; English alone says nothing."""

DOTTED = frozenset({"d.m.Y", "d.m.y", "d.m.", "m.d"})
"""Styles that name the day first in nearly all the world: taken so where nothing else speaks."""

MAJORITY = 4
"""Times that one order must be seen more often than the other to be believed."""


def decide_order(
    printed: Iterable[Printed], pairs: Iterable[tuple[Printed, Printed]] = (), language: str | None = None
) -> Order | None:
    """The order of day and month in a blog's numeric dates.

    Days over 12, printed weekdays, and ``pairs`` of an ambiguous date with a certain one of the same post (its
    attribute, its address) are counted; where they are silent, the language decides. None if they contradict.
    """
    votes = Counter(_votes(printed))
    votes.update(order for ambiguous, certain in pairs if (order := agreeing(ambiguous, certain)))
    if not votes:
        return order_of_language(language)
    (first, count), *rest = votes.most_common()
    return first if not rest or count >= MAJORITY * rest[0][1] else None


def _votes(printed: Iterable[Printed]) -> Iterator[Order]:
    for one in printed:
        order = one.order if not one.ambiguous else by_weekday(one)
        if order is not None:
            yield order


def by_weekday(printed: Printed) -> Order | None:
    """The one order in which an ambiguous date falls on the weekday printed beside it."""
    fitting = [
        order
        for order in Order
        if (day := printed.ordered(order).date) is not None and day.weekday() == printed.weekday
    ]
    return fitting[0] if printed.ambiguous and len(fitting) == 1 else None


def agreeing(ambiguous: Printed, certain: Printed) -> Order | None:
    """The one order in which an ambiguous date names the same day as a certain one."""
    if not ambiguous.ambiguous or certain.ambiguous or certain.day is None or certain.month is None:
        return None
    if None not in (ambiguous.year, certain.year) and ambiguous.year != certain.year:
        return None
    fitting = [
        order
        for order in Order
        if (read := ambiguous.ordered(order)).day == certain.day and read.month == certain.month
    ]
    return fitting[0] if len(fitting) == 1 else None


def order_of_language(language: str | None) -> Order | None:
    """The order that a language's readers expect, None where it is not one."""
    locale = locale_of(language) or ""
    if locale in MONTH_FIRST_LANGUAGES:
        return Order.MONTH_FIRST
    known = locale in DAY_FIRST_LANGUAGES or locale.split("_")[0] in DAY_FIRST_LANGUAGES
    return Order.DAY_FIRST if known else None
