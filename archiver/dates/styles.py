"""The printed styles, one row each: patterns over the kinds of :mod:`archiver.dates.tokens`.

In a pattern ``{Y}`` is a year of four digits, ``{y}`` of two, ``{m}`` ``{d}`` month and day as numbers, ``{mm}``
``{dd}`` with two digits, ``{a}`` ``{b}`` two numbers of which one is the day, ``{aa}`` ``{bb}`` the same with
two digits, ``{B}`` a month's name, ``{T}`` a time of day, ``~`` at most one space. A row wins over later ones that
overlap it in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Bounds(Enum):
    """What may stand around a date of this style."""

    FREE = "free"  # anything that is not part of a longer number
    FULL = "full"  # the same; a word may follow without a space
    EDGE = "edge"  # ends of the text, brackets, separators
    LONE = "lone"  # nothing but punctuation and a count in brackets
    BADGE = "badge"  # only in the parts of a badge


@dataclass(frozen=True, slots=True)
class Style:
    """A way to print a date: its name, pattern, bounds and one example for the tests."""

    name: str
    pattern: str
    example: str
    bounds: Bounds = Bounds.FREE


STYLES: tuple[Style, ...] = (
    Style("Y-m-d", "{Y}-{m}-{d}", "2018-12-02", Bounds.FULL),
    Style("Y/m/d", "{Y}~/~{m}~/~{d}", "2013/06/01", Bounds.FULL),
    Style("Y.m.d", r"{Y}~\.~{m}~\.~{d}", "2013.06.01"),
    Style("Y年m月d日", "{Y}~Y~{m}~M~{d}~D?", "2013年6月1日", Bounds.FULL),
    Style("era", r"(?P<era>E)\.?~(?P<yy>[0124c])~Y~{m}~M~{d}~D", "令和3年6月1日"),
    Style("Y年m月d日, century left out", "{y}~Y~{m}~M~{d}~D", "10年8月5日", Bounds.FULL),
    Style("Y年m月d日 of Taiwan", "(?P<roc>0)~Y~{m}~M~{d}~D", "110年6月1日"),
    Style("B d time Y", "{B} {d} {T} {Y}", "Sun Dec 02 10:00:00 2018"),
    Style("B d, Y", r"{B}(?:,~|[- ])?(?:e )?{d}~o?\.?,?[- ]?,?~(?:e )?{Y}(?![:/])", "June 1, 2013"),
    Style("d B Y", r"{d}~o?\.?[-/ ]?(?:e'?~)?{B}~,?[-/ ]?(?:e )?(?:E\.?~)?{Y}(?![:/])", "1 June 2013"),
    Style("Y B d", r"{Y}\.?,?[- ](?:e\.? )?{B}[- ]{d}(?!~[:h])", "2013. június 1."),
    Style("Y d B", r"{Y}\.?,? (?:e\.? )?{d}\.?[ -]{B}", "2013. gada 1. jūnijs"),
    Style("m月 d, Y", "{m}~M~{d}~D?o?~,?~{Y}", "十二月 2, 2018"),
    Style("d m月 Y", "{d}[ ,]{m}~M,?~{Y}", "水 16 11月 2022"),
    Style("tháng m d Y", "V~{m}~{d}~,~{Y}", "tháng 12 2, 2018"),
    Style("d tháng m Y", "{d}~,?~V~{m}~,?~(?:e~)?{Y}", "2 tháng 12, 2018"),
    Style("d.m.Y", r"{a}~\.~{b}~\.~{Y}", "01.06.2013"),
    Style("d/m/Y", "{a}~/~{b}~/~{Y}", "01/06/2013"),
    Style("d-m-Y", "{a}-{b}-{Y}", "01-06-2013"),
    Style("d/m-Y", "{a}/{b}~-~{Y}", "18/3-2024"),
    Style("d/m Y", "{a}/{b} {Y}", "18/3 2024", Bounds.EDGE),
    Style("d/m-y", "{a}/{b}-{y}", "18/3-24", Bounds.EDGE),
    Style("d B y", "{d}[- ]{B},?[- ]'?{y}", "02 Dec 18", Bounds.EDGE),
    Style("B d, 'y", "{B} {d}o?,? '{y}", "Dec 2, '18"),
    Style("d/m/y", "{a}/{b}/{y}", "6/1/13", Bounds.EDGE),
    Style("d.m.y", r"{aa}\.{bb}\.{y}", "01.06.13", Bounds.EDGE),
    Style("d-m-y", "{aa}-{bb}-{y}", "01-06-99", Bounds.EDGE),
    Style("Ymd", "(?P<ymd>8)", "20130601", Bounds.LONE),
    Style("d Y-m", "{d} {Y}[-/.]{mm}", "12 2018-06", Bounds.BADGE),
    Style("d Y年m月", "{d}D? {Y}~Y~{m}~M", "12 2018年6月", Bounds.BADGE),
    Style("Y年m月 d", "{Y}~Y~{m}~M {d}", "2018年6月 12", Bounds.BADGE),
    Style("Y-m d", "{Y}[-/.]{mm}[-/.]? {d}", "2018-06 12", Bounds.BADGE),
    Style("Y m-d", "{Y}Y? {m}[-/.]{d}", "2018 06-12", Bounds.BADGE),
    Style("m-d Y", "{m}[-/.]{d} {Y}", "06-12 2018", Bounds.BADGE),
    Style("B Y d", "{B},? {Y},? {d}o?", "Dec 2018 02", Bounds.BADGE),
    Style("Y年m月", "{Y}~Y~{m}~M(?!~[124c])", "2013年6月"),
    Style("era month", r"(?P<era>E)\.?~(?P<yy>[0124c])~Y~{m}~M", "令和3年6月"),
    Style("B Y", "{B}[- ]?,?~(?:e )?{Y}(?![:/])", "June 2013"),
    Style("Y B", r"{Y}\.?,?[- ]{B}", "2013 június", Bounds.EDGE),
    Style("B 'y", "{B} '{y}", "Jun '13"),
    Style("m月 Y", "{m}~M,?~{Y}", "12月 2018"),
    Style("tháng m Y", "V {m}~,?~(?:e~)?{Y}", "tháng 12 2018"),
    Style("Y-m", "{Y}~[-/.]~{mm}", "2013-06", Bounds.LONE),
    Style("m/Y", "{mm}~[-/.]~{Y}", "06/2013", Bounds.LONE),
    Style("m月d日", "{m}~M~{d}~D", "12月25日"),
    Style("m月d", "{m}~M~{d}", "12月 25", Bounds.EDGE),
    Style("d m月", "{d}D?,? {m}~M", "16 11月", Bounds.EDGE),
    Style("d tháng m", "{d}~,?~V {m}", "2 tháng 12"),
    Style("B d", "{B}[- ]?{d}(?!~[:hM])~o?(?!,?~(?:e )?[4q])", "Mar 06"),
    Style("d B", r"{d}~o?\.?[-/ ]?(?:e'?~)?{B}(?!,?~(?:e )?[4q])", "06 Mar"),
    Style("m-d", "{mm}-{dd}", "03-06", Bounds.EDGE),
    Style("d/m", "{aa}/{bb}", "12/25", Bounds.EDGE),
    Style("d.m.", r"{a}\.~{b}\.", "24.12.", Bounds.EDGE),
    Style("m.d", r"{aa}\.{bb}", "03.06", Bounds.LONE),
    Style("d日", "(?<![Au])(?<![Au] )(?P<d>[12])~D(?!~[Au])", "16日", Bounds.EDGE),
    Style("m月", "{m}~M", "12月", Bounds.LONE),
    Style("B", "{B}", "December", Bounds.LONE),
    Style("tháng m", "V {m}", "tháng 12", Bounds.LONE),
    Style("Y", "{Y}~Y?", "2019年 (共60篇)", Bounds.LONE),
)
"""The most telling styles first."""

TIME = (
    r"(?:(?P<before>p)~)?(?P<H>[12])"
    r"(?::(?P<M>2)(?::(?P<S>2)(?:[.,][01248])?)?|~h(?:~(?P<N>[12])(?:~n)?(?:~(?P<R>[12])~s)?)?)"
    r"(?:~(?P<after>p))?"
)
ZONE = (
    r"(?:~\(?(?P<z>z)(?:(?P<sign>[-+])(?P<zh>[124])(?::(?P<zm>2))?)?"
    r"|(?: (?=[-+](?:4|2:2)))?(?P<sign2>[-+])(?P<zh2>4|2)(?::(?P<zm2>2))?)?"
)

FIELDS = {
    "Y": "(?P<Y>[4q])",
    "y": "(?P<y>2)",
    "m": "(?P<m>[12c])",
    "d": "(?P<d>[12c])",
    "mm": "(?P<m>2)",
    "dd": "(?P<d>2)",
    "a": "(?P<a>[12])",
    "b": "(?P<b>[12])",
    "aa": "(?P<a>2)",
    "bb": "(?P<b>2)",
    "B": r"(?P<B>[BC])\.?",
    "T": TIME + "(?:~z)?",
}

EDGES = r"[|(),:./-]"
BEFORE = r"(?<![01248x_$#@])(?<![01248x][-/.+_])(?<![01248]:)"
AROUND: dict[Bounds, tuple[str, str]] = {
    Bounds.FREE: (BEFORE, r"(?![01248_$x]|[-/.:+_][01248])"),
    Bounds.FULL: (BEFORE, r"(?![01248_$]|[-/.:+_][01248])"),
    Bounds.EDGE: (
        rf"(?:^ ?|(?<={EDGES})|(?<={EDGES} )|(?<=[Au])|(?<=[Au] )|(?<=A[,.] ))(?<![01248x][-/.:])",
        rf"(?=~(?:$|{EDGES}(?![01248])|[12]:2|[Au])|(?<=^2[-/]2) [xeaBCA(0124])",
    ),
    Bounds.LONE: (rf"^(?:{EDGES}| )*", rf"(?=(?:~\([^()]*\))?(?:{EDGES}|[ #])*$)"),
    Bounds.BADGE: (r"^(?:A[,.]? )?", r"(?=[,.]?(?: A)?$)"),
}
"""What must stand before and after, by the style's bounds."""

AFTER = r"(?:[ ,.|()@-]|[ateA]|\([DMu]\)){0,6}"
TIME_AFTER = re.compile(("D?" + AFTER + TIME + ZONE + r"(?![01248:])").replace("~", " ?"))
TIME_BEFORE = re.compile((r"(?<![01248:.])" + TIME + ZONE + r"[ ,|()-]{1,3}(?:A[,.]?~)?$").replace("~", " ?"))
WEEKDAY_BEFORE = re.compile(r"[AC](?=[.,()]{0,2} ?$)")
WEEKDAY_AFTER = re.compile(r"[ ,]{0,2}\(?A")


NEEDS: tuple[tuple[str, str], ...] = (
    *(("{Y}", "4q"), ("{B}", "BC"), ("M", "M"), ("D", "D"), ("V", "V"), ("8", "8")),
    *(("{y}", "2"), ("{m}", "12c"), ("{mm}", "2"), ("{d}", "12c"), ("{dd}", "2"), ("{a}", "12"), ("{aa}", "2")),
    *(("}-{", "-"), ("/{", "/"), ("/~{", "/"), (r"\.{", "."), (r"\.~{", ".")),
)
"""What a style's pattern holds, and the kinds of which a text must then hold one."""

MARKED = frozenset("".join(kinds for _, kinds in NEEDS))


@cache
def _needs(style: Style) -> tuple[str, ...]:
    bare = re.sub(r"\(\?![^)]*\)|D\?", "", style.pattern)
    return tuple(kinds for mark, kinds in NEEDS if mark in bare)


def styles_for(kinds: str, badges: bool = False) -> tuple[Style, ...]:
    """The rows that a text of these kinds can hold; rows for badges only if they are asked for, then alone."""
    return _rows(MARKED.intersection(kinds), badges)


@cache
def _rows(there: frozenset[str], badges: bool) -> tuple[Style, ...]:
    return tuple(
        style
        for style in STYLES
        if (style.bounds is Bounds.BADGE) is badges and all(not there.isdisjoint(need) for need in _needs(style))
    )


@cache
def pattern(style: Style) -> re.Pattern[str]:
    """The expression of a style over kinds; the date itself is the group ``core``."""
    core = style.pattern
    for name, field in FIELDS.items():
        core = core.replace("{" + name + "}", field)
    before, after = AROUND[style.bounds]
    return re.compile(f"{before}(?P<core>{core}){after}".replace("~", " ?"))
