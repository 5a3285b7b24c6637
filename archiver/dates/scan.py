"""Finds the dates printed in a short text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from archiver.dates.relative import counted, fixed
from archiver.dates.styles import (
    TIME_AFTER,
    TIME_BEFORE,
    WEEKDAY_AFTER,
    WEEKDAY_BEFORE,
    Style,
    pattern,
    styles_for,
)
from archiver.dates.tokens import ERAS, HALVES, WEEKDAY_MARKS, ZONES, Token, numeral, tokens
from archiver.dates.values import Order, Printed, calendar_day
from archiver.dates.words import locale_of, month_of, names_month, weekday_of

LONGEST_TEXT = 300
"""Characters of a text that are looked at."""

YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
"""Languages that print the month before the day in numbers, and a year of two digits first."""

MODIFIED = re.compile(
    r"updated?|modif|edited|revised|更新|修改|编辑于|編輯於|編集|수정|갱신|aktualis|geändert|mis à jour|màj|actualizad"
    r"|atualizad|aggiornat|modificat|обновл|измен|bijgewerkt|gewijzigd|uppdaterad|opdateret|oppdatert|güncelle|zaktualiz",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"publish|posted|created|written|发布|发表|發布|發表|创建|建立|公開|投稿|作成|작성|게시|veröff|erstellt|publi|créé|опубл|созда",
    re.IGNORECASE,
)
WORDS_ALONE = 40
"""Characters of a text without digits that is looked at."""

NOT_MONTHS = frozenset({"may", "march"})
"""English words that name a month only with a capital letter or beside a year."""

LABEL = 24
"""Characters before a date in which a label such as "Updated" is looked for."""


def scan(text: str, language: str | None = None) -> tuple[Printed, ...]:
    """Every date printed in a text of up to 300 characters, in the order they stand there.

    ``language`` is the tag of the blog's language. Prices, versions, counts and times alone are not dates.
    """
    text = text[:LONGEST_TEXT]
    digits = any(char.isdecimal() for char in text)
    if not digits and not _could_be_words(text):
        return ()
    found = _scan(text, language, wide=False)
    if digits and not any(printed.year or printed.ago for printed in found):
        found = _scan_wide(text, language) or found
    return tuple(_labelled(text, sorted(found, key=lambda printed: printed.start)))


def parts(texts: Sequence[str], language: str | None = None) -> Printed | None:
    """The one date that the elements of a badge print together ("2" and "Dec", "12" and "2018-06"), or None.

    ``start`` and ``end`` count in the texts joined with a space.
    """
    text = " ".join(filter(None, (" ".join(text.split()) for text in texts[:6])))[:LONGEST_TEXT]
    for wide in (False, True):
        pieces = tokens(text, language, wide)
        found = _styled(pieces, language, badges=True) or _styled(pieces, language)
        whole = [printed for printed in found if printed.end - printed.start >= len(text.strip(" .,|/-")) - 4]
        if len(whole) == 1:
            return whole[0]
    return None


def _could_be_words(text: str) -> bool:
    """Whether a text without digits can hold a date: Chinese numerals, one name of a month, or "yesterday"."""
    if len(text) > WORDS_ALONE:
        return False
    return len(text.split()) == 1 or any(char in text for char in "年月日號号") or any(fixed(text))


def _scan(text: str, language: str | None, wide: bool) -> list[Printed]:
    """The dates of a text: with a year before distances, distances before dates without a year."""
    pieces = tokens(text, language, wide)
    styled = _styled(pieces, language)
    full, yearless = ([printed for printed in styled if bool(printed.year) is want] for want in (True, False))
    return _apart(chain(full, counted(pieces, language, wide and language is None), fixed(text), yearless))


def _scan_wide(text: str, language: str | None) -> list[Printed]:
    """The dates with a year, or the distances, that languages print which the blog does not declare."""
    kinds = {piece.kind for piece in tokens(text, language)}
    if "x" not in kinds or (language is not None and kinds.isdisjoint("4q")):
        return []
    return [printed for printed in _scan(text, language, wide=True) if printed.year or printed.ago]


def _styled(pieces: Sequence[Token], language: str | None, badges: bool = False) -> list[Printed]:
    """The dates in the styles of the table."""
    kinds = "".join(piece.kind for piece in pieces)
    return _apart(
        printed
        for style in styles_for(kinds, badges)
        for match in pattern(style).finditer(kinds)
        for printed in _printed(style, match, kinds, pieces, language)
    )


def _apart(found: Iterable[Printed]) -> list[Printed]:
    """The dates that overlap none before them."""
    kept: list[Printed] = []
    for printed in found:
        if all(printed.end <= other.start or other.end <= printed.start for other in kept):
            kept.append(printed)
    return kept


def _value(match: re.Match[str], name: str, pieces: Sequence[Token]) -> int | None:
    """The number that a group of a match stands for."""
    if name not in match.re.groupindex or match.start(name) < 0:
        return None
    piece = pieces[match.start(name)]
    return numeral(piece.text) if piece.kind in "cq" else int(piece.text)


def _text(match: re.Match[str], name: str, pieces: Sequence[Token]) -> str:
    """The text that a group of a match stands for, or nothing."""
    if name not in match.re.groupindex or match.start(name) < 0:
        return ""
    return pieces[match.start(name)].text


def _printed(
    style: Style, match: re.Match[str], kinds: str, pieces: Sequence[Token], language: str | None
) -> Iterator[Printed]:
    """The date of a match with the time and weekday beside it, unless there is no such day."""
    first, last = match.span("core")
    bare = _day(style, match, pieces, language)
    if bare is None:
        return
    weekday = _weekday(kinds, first, last, pieces, language)
    printed = replace(bare, start=pieces[first].start, end=pieces[last - 1].end, weekday=weekday)
    yield _timed(printed, match, kinds, pieces) if printed.day else printed


def _day(style: Style, match: re.Match[str], pieces: Sequence[Token], language: str | None) -> Printed | None:
    """Year, month and day of a match, or None if they cannot be."""
    word = _text(match, "B", pieces)
    year, month, day = (_value(match, name, pieces) for name in ("Y", "m", "d"))
    if word:
        month = month_of(word, language, wide=True)
        if month is None or (year is None and word in NOT_MONTHS and "y" not in match.re.groupindex):
            return None
        if style.name == "B" and not names_month(word, language):
            return None
    year = _year(year, match, pieces, language)
    if year == -1:
        return None
    stamp = _text(match, "ymd", pieces)
    if stamp:
        year, month, day = int(stamp[:4]), int(stamp[4:6]), int(stamp[6:])
        if not 1990 <= year <= 2099:
            return None
    first, second = _value(match, "a", pieces), _value(match, "b", pieces)
    if first is not None and second is not None:
        return _two_numbers(style, year, first, second, match, pieces, language)
    return Printed(0, 0, style.name, year, month, day) if _possible(year, month, day) else None


def _year(year: int | None, match: re.Match[str], pieces: Sequence[Token], language: str | None) -> int | None:
    """The year in the Gregorian calendar, None if none is printed, -1 if it cannot be a blog's."""
    era = _text(match, "era", pieces)
    short = _value(match, "y", pieces)
    if era:
        return ERAS[era] + (_value(match, "yy", pieces) or 0)
    if short is not None:
        return 2000 + short if short < 70 else 1900 + short
    if year is not None and 2400 < year < 2700 and _thai(pieces, language):
        year -= 543
    return year if year is None or 1970 <= year <= 2099 else -1


def _thai(pieces: Sequence[Token], language: str | None) -> bool:
    """Whether years may be counted from the Buddha."""
    return (locale_of(language) or "").startswith("th") or any("\u0e00" < piece.text < "\u0e7f" for piece in pieces)


def _possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day; 29 February is, when no year is printed."""
    return calendar_day(year or 2000, month or 1, day if day is not None else 1) is not None


def _two_numbers(
    style: Style,
    year: int | None,
    first: int,
    second: int,
    match: re.Match[str],
    pieces: Sequence[Token],
    language: str | None,
) -> Printed | None:
    """A date printed with day and month as numbers in an order that the style alone does not tell."""
    if "y" in match.re.groupindex:
        last = _value(match, "y", pieces) or 0
        if first > 31 or _year_first(language):
            return _short_year_first(style, first, second, last)
        if style.name == "d-m-y" and last <= 31:
            return None
    day_first, month_first = _possible(year, second, first), _possible(year, first, second)
    if not day_first and not month_first:
        return None
    if first == second:
        return Printed(0, 0, style.name, year, second, first)
    printed = Printed(0, 0, style.name, year, second, first, ambiguous=True)
    if day_first and month_first:
        if year is None and _year_first(language):
            return printed.ordered(Order.MONTH_FIRST)
        return printed
    return printed.ordered(Order.DAY_FIRST if day_first else Order.MONTH_FIRST)


def _year_first(language: str | None) -> bool:
    return (locale_of(language) or "").split("_")[0] in YEAR_FIRST


def _short_year_first(style: Style, year: int, month: int, day: int) -> Printed | None:
    """The date of three numbers of which the first is a year of two digits."""
    year += 2000 if year < 70 else 1900
    name = f"y{style.name[1]}m{style.name[1]}d"
    return Printed(0, 0, name, year, month, day) if _possible(year, month, day) else None


def _weekday(kinds: str, first: int, last: int, pieces: Sequence[Token], language: str | None) -> int | None:
    """The weekday printed right before or after the date."""
    start = max(0, first - 4)
    before = WEEKDAY_BEFORE.search(kinds[start:first])
    after = WEEKDAY_AFTER.match(kinds, last)
    if before is None and after is None:
        return None
    piece = pieces[start + before.start() if before is not None else after.end() - 1 if after is not None else 0]
    if piece.text[0] in "星礼禮周週" or piece.text[0] in WEEKDAY_MARKS:
        return WEEKDAY_MARKS.get(piece.text[-1] if piece.text[0] in "星礼禮周週" else piece.text[0])
    return weekday_of(piece.text, language)


def _timed(printed: Printed, match: re.Match[str], kinds: str, pieces: Sequence[Token]) -> Printed:
    """The date with the time of day that stands in it, after it or before it."""
    first, last = match.span("core")
    if "H" in match.re.groupindex:
        return _with_time(printed, match, pieces)
    after = TIME_AFTER.match(kinds, last)
    if after is not None:
        timed = _with_time(printed, after, pieces)
        return replace(timed, end=pieces[after.end() - 1].end) if timed.hour is not None else printed
    start = max(0, first - 20)
    before = TIME_BEFORE.search(kinds[start:first])
    return _with_time(printed, before, pieces[start:first]) if before is not None else printed


def _with_time(printed: Printed, match: re.Match[str], pieces: Sequence[Token]) -> Printed:
    """The date with the time of day that a match of ``TIME`` and ``ZONE`` stands for; unchanged if it cannot be."""
    hour, minute, second = _value(match, "H", pieces), _value(match, "M", pieces), _value(match, "S", pieces)
    minute = _value(match, "N", pieces) if minute is None else minute
    second = _value(match, "R", pieces) if second is None else second
    half = _text(match, "before", pieces) or _text(match, "after", pieces)
    if half and hour is not None and hour <= 12:
        added = HALVES[half.casefold()]
        hour = hour % 12 + added
    if hour is None or hour > 23 or (minute or 0) > 59 or (second or 0) > 59:
        return printed
    return replace(printed, hour=hour, minute=minute or 0, second=second, offset=_offset(match, pieces))


def _offset(match: re.Match[str], pieces: Sequence[Token]) -> int | None:
    """Minutes east of UTC of a zone, None if none is printed or its name means several."""
    for sign, hours, minutes in (("sign", "zh", "zm"), ("sign2", "zh2", "zm2")):
        digits = _text(match, hours, pieces)
        if digits:
            size = int(digits[:2]) * 60 + int(digits[2:] or 0) + (_value(match, minutes, pieces) or 0)
            return size if _text(match, sign, pieces) == "+" else -size
    return ZONES.get(_text(match, "z", pieces).casefold())


def _labelled(text: str, found: Sequence[Printed]) -> Iterator[Printed]:
    """The dates, those marked that a label before or behind them calls updated or modified."""
    last = 0
    for place, printed in enumerate(found):
        label = text[max(last, printed.start - LABEL) : printed.start]
        tail = text[printed.end : printed.end + 5] if place + 1 == len(found) else ""
        last = printed.end
        modified = MODIFIED.search(label) or MODIFIED.search(tail)
        yield replace(printed, modified=True) if modified and not PUBLISHED.search(label) else printed
