"""Names of months and weekdays and the words of distance in time, from the CLDR tables that Babel carries.

Tables of a locale are read when first needed and kept. They are taken from the merged data itself: reading them
through ``babel.Locale`` resolves aliases into a dictionary that several locales share.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from babel import localedata

from archiver.dates.usage import MORE_MONTHS, MORE_PAST
from archiver.dates.values import Unit

SCRIPTS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0x0370, 0x03FF, ("el",)),
    (0x0400, 0x052F, ("ru", "uk", "be", "bg", "sr", "mk", "kk")),
    (0x0530, 0x058F, ("hy",)),
    (0x0590, 0x05FF, ("he",)),
    (0x0600, 0x06FF, ("ar", "fa", "ur", "ckb")),
    (0x0900, 0x097F, ("hi", "mr", "ne")),
    (0x0980, 0x09FF, ("bn",)),
    (0x0A00, 0x0A7F, ("pa",)),
    (0x0A80, 0x0AFF, ("gu",)),
    (0x0B80, 0x0BFF, ("ta",)),
    (0x0C00, 0x0C7F, ("te",)),
    (0x0C80, 0x0CFF, ("kn",)),
    (0x0D00, 0x0D7F, ("ml",)),
    (0x0D80, 0x0DFF, ("si",)),
    (0x0E00, 0x0E7F, ("th",)),
    (0x0E80, 0x0EFF, ("lo",)),
    (0x1000, 0x109F, ("my",)),
    (0x10A0, 0x10FF, ("ka",)),
    (0x1780, 0x17FF, ("km",)),
)
"""First and last code point of a script and the locales written in it."""

LATIN = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "et", "lv", "lt", "pl", "cs", "sk", "hr", "sl"),
    *("sr_Latn", "hu", "ro", "tr", "az", "id", "ms", "ca", "gl", "eu", "is", "ga", "sq", "af"),
)
"""Locales in Latin script that are asked when neither the blog's language nor English knows a word."""

CLOSE = dict.fromkeys(map(ord, " \xa0\u202f."))
"""Taken out of distances before they are compared."""


class Past(NamedTuple):
    """A way to print a distance: what stands before and after the number, without spaces, and the unit."""

    before: str
    after: str
    unit: Unit


class Forms(NamedTuple):
    """The words of one locale, folded: months and weekdays by name, distances by what follows the number."""

    months: Mapping[str, frozenset[int]]
    weekdays: Mapping[str, int]
    past: Mapping[str, tuple[Past, ...]]


NUKTA = 7
"""The combining class of the dot of Indic letters that many leave out."""


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A word without case, accents and the dot of an abbreviation, for comparing."""
    plain = unicodedata.normalize("NFKD", word.casefold().strip(" .'’׳")).replace("ı", "i")
    return "".join(char for char in plain if not 200 <= (kind := unicodedata.combining(char)) <= 240 and kind != NUKTA)


@lru_cache(maxsize=256)
def locale_of(language: str | None) -> str | None:
    """The CLDR locale that a language tag ("pt-BR", "zh_Hant_TW", "EN") names, or None."""
    parts = (language or "").replace("-", "_").split("_")[:3]
    for length in range(len(parts), 0, -1):
        first, *rest = parts[:length]
        name = "_".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])
        name = {"zh_TW": "zh_Hant", "zh_HK": "zh_Hant", "zh_MO": "zh_Hant", "no": "nb"}.get(name, name)
        if name.isascii() and name.replace("_", "").isalnum() and localedata.exists(name):
            return name
    return None


def _leaves(table: Any) -> Iterator[tuple[Any, str]]:
    """The entries of a CLDR table that stand in it; an alias repeats what is read elsewhere."""
    if isinstance(table, tuple):
        table = table[1]
    if isinstance(table, dict):
        yield from ((key, value) for key, value in table.items() if isinstance(value, str))


def _names(table: Any) -> Iterator[tuple[int, str]]:
    """Number and name of every month or weekday in all widths that are words, the particle before it left off."""
    for context in ("format", "stand-alone"):
        widths = table.get(context)
        for width in ("wide", "abbreviated", "short") if isinstance(widths, dict) else ():
            for number, name in _leaves(widths.get(width)):
                word = fold(name.replace("’", " ").replace("'", " ").rsplit(maxsplit=1)[-1])
                if len(word) > 1 and not any(char.isdigit() or char in "月월" for char in name):
                    yield number, word


def _distances(fields: Mapping[str, Any], name: str) -> Iterator[Past]:
    for unit in Unit:
        for width in ("", "-short"):
            past = fields.get(unit + width, {})
            past = past.get("past") if isinstance(past, dict) else None
            for _, pattern in _leaves(past):
                yield from _distance(pattern, unit)
    for pattern, unit in MORE_PAST.get(name, ()):
        yield from _distance(pattern, unit)


def _distance(pattern: str, unit: Unit) -> Iterator[Past]:
    before, number, after = (part.casefold().translate(CLOSE) for part in pattern.partition("{0}"))
    if number and sum(char.isalpha() for char in before + after) > 1:
        yield Past(before, after, unit)


@cache
def forms(locale: str) -> Forms:
    """The words of one CLDR locale."""
    data = localedata.load(locale)
    months: dict[str, set[int]] = {}
    for number, name in _names(data["months"]):
        months.setdefault(name, set()).add(number)
    for name, number in MORE_MONTHS.get(locale, {}).items():
        months.setdefault(fold(name), set()).add(number)
    past: dict[str, dict[Past, None]] = {}
    for distance in _distances(data["date_fields"], locale):
        past.setdefault(distance.after, {})[distance] = None
    return Forms(
        MappingProxyType({name: frozenset(numbers) for name, numbers in months.items()}),
        MappingProxyType({name: number for number, name in reversed(tuple(_names(data["days"])))}),
        MappingProxyType({after: tuple(ways) for after, ways in past.items()}),
    )


def _script(word: str) -> tuple[str, ...]:
    """The locales of the script a word is written in, if that is not Latin."""
    point = ord(word[0])
    return next((locales for first, last, locales in SCRIPTS if first <= point <= last), ())


def _in_locale(word: str, locale: str) -> frozenset[int]:
    """The months a word names in one locale: by name, else as the beginning of one month's names alone."""
    months = forms(locale).months
    found = months.get(word, frozenset())
    if found or len(word) < 3:
        return found
    return frozenset[int]().union(*(numbers for name, numbers in months.items() if name.startswith(word)))


@lru_cache(maxsize=4096)
def month_of(word: str, language: str | None = None, wide: bool = False) -> int | None:
    """The month that a word names: in the blog's language, in English, in all languages of its script.

    None where languages disagree. Languages in Latin script that the blog does not declare are asked only if
    ``wide``: their short forms are words of others.
    """
    word = fold(word)
    if len(word) < 2 or len(word) > 24:
        return None
    own = locale_of(language)
    for locale in dict.fromkeys(filter(None, (own, "en"))):
        found = _in_locale(word, locale)
        if len(found) == 1:
            return min(found)
    script = _script(word) or (LATIN if wide else ())
    found = frozenset[int]().union(*(forms(locale).months.get(word, frozenset()) for locale in script))
    found = found or frozenset[int]().union(*(_in_locale(word, locale) for locale in script))
    if not found and word[0] == "ב":
        return month_of(word[1:], language)
    return min(found) if len(found) == 1 else None


def names_month(word: str, language: str | None = None) -> bool:
    """Whether a word standing alone is the full or usual name of a month in the blog's language or in English."""
    plain = fold(word)
    own = locale_of(language)
    known = any(plain in forms(locale).months for locale in filter(None, (own, "en")))
    return known and (len(plain) > 3 or not word.islower())


@lru_cache(maxsize=4096)
def weekday_of(word: str, language: str | None = None) -> int | None:
    """The weekday (Monday = 0) that a word names in the blog's language, in English or in its script's languages."""
    word = fold(word)
    if len(word) < 2 or len(word) > 24:
        return None
    own = locale_of(language)
    for locale in dict.fromkeys((*filter(None, (own, "en")), *_script(word))):
        found = forms(locale).weekdays.get(word)
        if found is not None:
            return found
    return None


ROMAN = {numeral: n for n, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
"""The months as Roman numerals, as they stand between a day and a year."""

COMMON = ("en", "zh", "zh_Hant", "ja", "ko")
"""Locales whose distances are asked on every page: what themes print without declaring it."""


@lru_cache(maxsize=1024)
def distances_after(after: str, language: str | None = None, wide: bool = False) -> tuple[Past, ...]:
    """The ways to print a distance in which this follows the number (without spaces or case)."""
    own = locale_of(language)
    script = _script(after) if after else ()
    locales = dict.fromkeys((*filter(None, (own,)), *COMMON, *script, *(LATIN if wide else ())))
    return tuple(way for locale in locales for way in forms(locale).past.get(after, ()))
