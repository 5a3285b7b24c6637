"""Page numbers in addresses: where a number stands, what pattern it makes, and which number is a page's own.

Addresses only: nothing here looks at a page. A ``Slot`` is one place in one address; a ``Numbering`` is the law that
several numbered links obey: page ``k`` stands at ``origin + step * (k - 1)``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from archiver import urls


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PAGE_WORDS = _words(
    """
    page pages pg seite seiten pagina página paginas strona strony stranka strana sida side sivu sayfa halaman trang
    oldal pagine paged pageno page-num страница стр сторінка ページ 페이지 页 頁 صفحة
    """
)
STEMS = PAGE_WORDS | _words("index default list p")
PAGE_PARAMETERS = _words(
    """
    page paged pg pn pageno page_no pagenum page_num pagenumber pageindex page_index currentpage current_page curpage
    blogpage seite pagina strona sida sivu sayfa halaman trang oldal cpg
    """
)
OFFSET_PARAMETERS = _words("start offset skip from limitstart first begin startat start-index")
DATE_PARAMETERS = _words("y m d year month day date yy mm dd archive w week yearmonth")
ENDINGS = frozenset((".html", ".htm", ".php", ".shtml", ".aspx", ".asp", ".jsp", ".xhtml"))

_TAIL = re.compile(r"(?<![0-9])([0-9]{1,6})\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_PERIOD = re.compile(
    r"(?:/(?:archives?[-_])?|[?&](?:y|m|year|month|date|archive|yearmonth)=)((?:19|20)[0-9]{2})"
    r"(?:[-_/]?(0[1-9]|1[0-2]))?(?:_01_archive)?(?:\.(?:html?|php|aspx?))?/?(?:index\.html?)?\Z"
)
_MARK = "0000000"

identity = lru_cache(maxsize=8192)(urls.identity)


@dataclass(frozen=True, slots=True)
class Slot:
    """One number in an address: the address with ``{n}``, the number, "page", "offset" or "plain", and a key.

    Addresses with the same ``key`` differ in the number only. ``bases`` are the identities that page one may have
    when it goes unnumbered. ``dated`` marks a number that stands after a year, as days and months do.
    """

    pattern: str
    value: int
    kind: str
    key: str
    bases: tuple[str, ...]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Numbering:
    """Page ``k`` stands at ``pattern`` with ``origin + step * (k - 1)``; page one may also stand at ``bases``."""

    pattern: str
    key: str
    bases: tuple[str, ...]
    origin: int = 1
    step: int = 1

    def number(self, url: str) -> int | None:
        """The page number of an address, 1 for an unnumbered first page, None for all other addresses."""
        for slot in slots(url):
            if slot.key == self.key:
                page, rest = divmod(slot.value - self.origin, self.step)
                return page + 1 if rest == 0 else None
        return 1 if identity(url) in self.bases else None

    def address(self, page: int) -> str | None:
        """The address of a page, None where it would have a number below zero."""
        value = self.origin + self.step * (page - 1)
        return self.pattern.replace("{n}", str(value)) if value >= 0 else None


@lru_cache(maxsize=2048)
def slots(url: str) -> tuple[Slot, ...]:
    """Every place of an address where a page number may stand, the likeliest first."""
    if "{" in url:
        return ()
    parts = urlsplit(url)
    head = f"{parts.scheme}://{parts.netloc}"
    query = f"?{parts.query}" if parts.query else ""
    found = [*_query_slots(head + parts.path, parts.query), *_path_slots(head, parts.path, query)]
    return tuple(sorted(found, key=lambda slot: ("page", "offset", "plain").index(slot.kind)))


def induce(links: Iterable[tuple[int, str]]) -> Numbering | None:
    """The numbering that most of the links (printed number, address) obey; None where they obey none."""
    groups: dict[str, dict[int, Slot]] = {}
    for number, url in links:
        for slot in slots(url):
            groups.setdefault(slot.key, {}).setdefault(number, slot)
    fitted = [(count, numbering) for points in groups.values() for count, numbering in _fit(points)]
    return max(fitted, key=lambda pair: pair[0], default=(0, None))[1]


def from_steps(current: str, following: str) -> Numbering | None:
    """The numbering by which one address follows another: "/page/3/" after "/page/2/", "?start=10" after none."""
    own = {slot.key: slot for slot in slots(current)}
    for slot in slots(following):
        before = own.get(slot.key)
        if before is not None:
            step = abs(slot.value - before.value)
            if step == 1 or (step > 1 and slot.kind == "offset"):
                return Numbering(slot.pattern, slot.key, slot.bases, 1 if step == 1 else 0, step)
        elif identity(current) in slot.bases and slot.value > 0 and (slot.kind != "plain" or slot.value == 2):
            return _from_first(slot)
    return None


def _from_first(slot: Slot) -> Numbering:
    """The numbering seen from an unnumbered first page, whose next page is the slot's."""
    if slot.kind == "offset":
        return Numbering(slot.pattern, slot.key, slot.bases, 0, slot.value)
    zero_based = slot.value == 1 and "?" in slot.pattern
    return Numbering(slot.pattern, slot.key, slot.bases, 0 if zero_based else 1)


def period(url: str) -> int | None:
    """The year (2018) or month (201805) whose archive an address names at its end."""
    match = _PERIOD.search(url)
    return int(match[1] + (match[2] or "")) if match else None


def _query_slots(front: str, query: str) -> Iterator[Slot]:
    pairs = query.split("&") if query else []
    for place, pair in enumerate(pairs):
        name, _, value = pair.partition("=")
        plain = name.lower()
        if not (value.isascii() and value.isdigit() and len(value) <= 6) or plain in DATE_PARAMETERS:
            continue
        kind = "offset" if plain in OFFSET_PARAMETERS else "page" if _names_page(plain) else "plain"
        others = [*pairs[:place], *pairs[place + 1 :]]
        pattern = f"{front}?{'&'.join([*pairs[:place], name + '={n}', *pairs[place + 1 :]])}"
        base = f"{front}?{'&'.join(others)}" if others else front
        yield Slot(pattern, int(value), kind, _key(pattern), (identity(base),))


def _names_page(parameter: str) -> bool:
    return parameter in PAGE_PARAMETERS or "page" in re.split(r"[-_\[\]]", parameter)


def _path_slots(head: str, path: str, query: str) -> Iterator[Slot]:
    segments = path.split("/")
    last = len(segments) - 1
    while last > 0 and (not segments[last] or segments[last].lower() in urls.INDEX_NAMES):
        last -= 1
    if last < 1:
        return
    stem, ending = _split_ending(segments[last])
    match = _TAIL.search(stem)
    if match is None:
        return
    before, after = segments[:last], segments[last + 1 :]
    name = stem[: match.start()]
    pattern = head + "/".join([*before, f"{name}{{n}}{ending}", *after]) + query
    yield Slot(
        pattern,
        int(match[1]),
        _path_kind(before, name),
        _key(pattern),
        tuple(identity(head + base + query) for base in _path_bases(before, name, ending)),
        any(_YEAR.match(segment) for segment in before[-2:]),
    )


def _path_kind(before: Sequence[str], name: str) -> str:
    word = unquote(name or before[-1]).lower().rstrip("-_.:=")
    if name:
        return "page" if word in STEMS or word.rpartition("-")[2].rpartition("_")[2] in PAGE_WORDS else "plain"
    return "page" if word in PAGE_WORDS else "plain"


def _path_bases(before: Sequence[str], name: str, ending: str) -> Iterator[str]:
    """The paths that an unnumbered first page may have, for a numbered last segment."""
    folder = list(before)
    if not name and unquote(folder[-1]).lower() in PAGE_WORDS:
        folder = folder[:-1]
    yield "/".join(folder) + "/"
    stem = name.rstrip("-_.:=")
    if stem:
        yield "/".join([*before, stem + ending])
    elif folder[-1]:
        yield "/".join(folder) + ".html"


def _split_ending(segment: str) -> tuple[str, str]:
    stem, dot, ending = segment.rpartition(".")
    return (stem, dot + ending) if dot and (dot + ending).lower() in ENDINGS else (segment, "")


def _key(pattern: str) -> str:
    return identity(pattern.replace("{n}", _MARK))


def _fit(points: dict[int, Slot]) -> Iterator[tuple[tuple[int, int], Numbering]]:
    """The law of one group of links, with its rank: how many obey it, and how much the place looks like a page's."""
    sample = next(iter(points.values()))
    numbers = sorted(points)
    laws = [(points[a].value, points[b].value, a, b) for a, b in pairwise(numbers)]
    tried = Counter((_law(*law)) for law in laws) if laws else Counter([_single(numbers[0], sample)])
    for law, _ in tried.most_common():
        if law is None:
            continue
        origin, step = law
        obeying = sum(points[number].value == origin + step * (number - 1) for number in numbers)
        rank = ("plain", "offset", "page").index(sample.kind)
        if obeying * 2 > len(numbers) and _plausible(origin, step, obeying, sample.kind):
            yield (obeying, rank), Numbering(sample.pattern, sample.key, sample.bases, origin, step)
            return


def _law(first: int, second: int, a: int, b: int) -> tuple[int, int] | None:
    step, rest = divmod(second - first, b - a)
    return (first - step * (a - 1), step) if rest == 0 and step else None


def _single(number: int, slot: Slot) -> tuple[int, int] | None:
    """The law of one link alone: its number is the page's, one less in a query, or a multiple where offsets stand."""
    if slot.value == number:
        return (1, 1) if slot.kind != "offset" or number == 1 else None
    if slot.kind == "offset" and number > 1 and slot.value % (number - 1) == 0:
        return (0, slot.value // (number - 1))
    return (0, 1) if slot.kind == "page" and slot.value == number - 1 else None


def _plausible(origin: int, step: int, obeying: int, kind: str) -> bool:
    if step == 1:
        return origin in (0, 1)
    if step == -1:
        return obeying >= 3 and kind == "page"
    return step > 1 and origin in (0, 1, step) and (kind != "plain" or obeying >= 3)
