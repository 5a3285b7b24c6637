"""From a match of a style to the date it stands for, with the weekday and the time of day beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archiver.dates.solar import YEARS, gregorian, length_of, solar_month
from archiver.dates.styles import TIME_AFTER, TIME_BEFORE, WEEKDAY_AFTER, WEEKDAY_BEFORE, Style
from archiver.dates.tokens import ERAS, HALVES, WEEKDAY_MARKS, ZONES, Token, numeral
from archiver.dates.values import Order, Printed, calendar_day
from archiver.dates.words import ROMAN, locale_of, month_of, names_month, weekday_of

YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
"""Languages that print the month before the day in numbers, and a year of two digits first."""

DOTTED = frozenset({"bs", "cs", "da", "de", "et", "fi", "hr", "is", "lv", "nb", "sk", "sl", "sr"})
"""Languages that print 2.9. for a day; in others it is the number of a heading."""

PERSIAN = frozenset("پچژگکی۰۱۲۳۴۵۶۷۸۹")
"""Letters and digits that Persian writes and Arabic does not."""

ROC = ERAS["民國"]

FIRST_LUNAR = 1410
"""The year 1990 in the lunar calendar: no post is older."""

NOT_MONTHS = frozenset({"may", "march"})
"""English words that name a month only with a capital letter or beside a year."""


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


def printed_of(
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
    if solar_month(word) or _is_solar(year, pieces, language):
        return _solar_day(style, match, pieces)
    if word:
        month = ROMAN.get(word) or month_of(word, language, wide=True)
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
    roc = _value(match, "roc", pieces)
    if roc is not None:
        return ROC + roc if 80 <= roc < 200 else -1
    if era:
        return ERAS[era] + (_value(match, "yy", pieces) or 0)
    if short is not None and _thai(pieces, language):
        return 2500 - 543 + short
    if short is not None and any(piece.text == "年" for piece in pieces) and _counts_eras(language):
        return -1
    if short is not None:
        return 2000 + short if short < 70 else 1900 + short
    if year is not None and 2400 < year < 2700 and _thai(pieces, language):
        year -= 543
    return year if year is None or 1970 <= year <= 2099 else -1


def _thai(pieces: Sequence[Token], language: str | None) -> bool:
    """Whether years may be counted from the Buddha."""
    return (locale_of(language) or "").startswith("th") or any("\u0e00" < piece.text < "\u0e7f" for piece in pieces)


def _counts_eras(language: str | None) -> bool:
    """Whether a year of two digits before 年 may be one of an era: in Japan and on Taiwan."""
    return locale_of(language) in (None, "ja", "ja_JP", "zh_Hant")


def _is_solar(year: int | None, pieces: Sequence[Token], language: str | None) -> bool:
    """Whether a year is one of the solar calendar: in Persian; in Arabic letters where no lunar year can be meant."""
    if year is None or year not in YEARS:
        return False
    if (locale_of(language) or "").split("_")[0] in ("fa", "ps"):
        return True
    return any(
        char in PERSIAN or (year < FIRST_LUNAR and "\u0620" <= char < "\u0660") for p in pieces for char in p.text
    )


def _solar_day(style: Style, match: re.Match[str], pieces: Sequence[Token]) -> Printed | None:
    """The Gregorian date of a match in the solar calendar; a month that lies in one year gives this year."""
    year, month, day = (_value(match, name, pieces) for name in ("Y", "m", "d"))
    short, first, second = (_value(match, name, pieces) for name in ("y", "a", "b"))
    if short is not None:
        year = short + (1300 if short > 60 else 1400)
    month = solar_month(_text(match, "B", pieces)) or month or second
    day = day or first
    if year is None or month is None:
        return None
    start, end = gregorian(year, month, day or 1), gregorian(year, month, day or length_of(year, month))
    if start is None or end is None or start.year != end.year:
        return None
    return Printed(0, 0, style.name, start.year, *((start.month, start.day) if day else ()))


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
    if style.name == "d.m." and min(first, second) < 10 and not _padded(match, pieces) and not _dotted(language):
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


def _padded(match: re.Match[str], pieces: Sequence[Token]) -> bool:
    return len(_text(match, "a", pieces)) == len(_text(match, "b", pieces)) == 2


def _dotted(language: str | None) -> bool:
    return (locale_of(language) or "").split("_")[0] in DOTTED


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
