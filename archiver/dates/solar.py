"""The Solar Hijri calendar of Iran and Afghanistan: its months by name, and its days as days of the Gregorian one.

The rule is that of ICU (``i18n/persncal.cpp``): a day count from the Julian day 1948320 with leap years spread evenly
over 33 years. It agrees with the observed calendar in the years that are read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from archiver.dates.words import fold

YEARS = range(1340, 1500)
"""Years that are read, 1961 to 2121: none of them is a year of a blog in another calendar that is read."""

MONTHS: Mapping[str, int] = {
    fold(name): number
    for names in (
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
        "فروردين ارديبهشت خرداد تير امرداد شهريور مهر آبان آذر دي بهمن اسفند",
        "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    )
    for number, name in enumerate(names.split(), 1)
}
"""The months as Iran and Afghanistan name them, folded; the second row has the letters of Arabic keyboards."""

_TO_TWENTY = (
    *"یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم".split(),
    *"یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم نوزدهم بیستم".split(),
)
DAYS: Mapping[str, int] = {
    **{word: day for day, word in enumerate(_TO_TWENTY, 1)},
    **{f"بیست و {word}": day for day, word in enumerate(_TO_TWENTY[:9], 21)},
    **dict.fromkeys(("سی ام", "سیام", "سی‌ام"), 30),
    "سی و یکم": 31,
    "اول": 1,
}
"""The days of a month in words, as they stand before its name."""

MONTH = "ماه"
"""The word month, which may be joined to a month's name."""

EPOCH = 1948320 - 1721425
"""The first day of year 1 as Python counts days."""


def solar_month(word: str) -> int | None:
    """The month of this calendar that a word names."""
    return MONTHS.get(fold(word).removesuffix(MONTH)) if "\u0600" <= word[:1] <= "\u06ff" else None


def length_of(year: int, month: int) -> int:
    """The days of a month."""
    if month < 12:
        return 31 if month < 7 else 30
    return 30 if (25 * year + 11) % 33 < 8 else 29


def gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a date in this calendar, or None if there is no such date."""
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= length_of(year, month):
        return None
    before = 31 * (month - 1) - max(0, month - 7)
    return date.fromordinal(EPOCH + 365 * (year - 1) + (8 * year + 21) // 33 + before + day - 1)
