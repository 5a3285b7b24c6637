"""How likely a group of blocks is the listing of posts: one row of the table for each kind of evidence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from lxml.html import HtmlElement

from archiver import urls, words
from archiver.dates import from_url
from archiver.parse import hints
from archiver.parse.chunks import chunks, text_of, width
from archiver.parse.dating import Dater
from archiver.parse.groups import Group, Item
from archiver.parse.links import HEADINGS, Link, address_kind

SAMPLE = 12  # items looked at closely in a group
BESIDE = 0.7  # what a heading beside the link is worth of one around it
HEADERS = (*HEADINGS, "dt")
ENOUGH = 3.0  # a group below this is not a listing


@dataclass(frozen=True, slots=True)
class Traits:
    """What was seen of a group, all but ``size``, ``length`` and ``title`` as shares of its items from 0 to 1."""

    size: int
    heading: float
    dated: float
    length: float  # characters beside the link's text, median
    more: float
    declared: float
    main: float
    aside: float
    labelled: float  # of the feed's entries
    shaped: float  # addresses of a shape that the feed's have
    other: float  # addresses of tags, categories, authors, fixed pages
    title: float  # characters of the link's text, median
    alike: float  # addresses of the commonest shape
    pictures: float
    point: float  # of the page's links to posts outside the parts beside the main one
    days: float  # links whose whole text is a date
    spans: float  # links whose whole text is a month or a year
    told: float  # addresses that name a day


# (what it is called, its weight, its value from the traits). The weights were set on the corpus and are coarse on
# purpose: a group should win by several kinds of evidence, never by the last decimal of one.
TABLE: tuple[tuple[str, float, Callable[[Traits], float]], ...] = (
    ("title in a heading", 2.5, lambda t: t.heading),
    ("dated", 2.0, lambda t: t.dated),
    ("text beside the title", 1.5, lambda t: min(1.0, t.length / 150)),
    ("read-more link", 1.0, lambda t: t.more),
    ("declared entry", 1.5, lambda t: t.declared),
    ("in the main part", 0.5, lambda t: t.main),
    ("named by the feed", 4.0, lambda t: t.labelled),
    ("addresses like the feed's", 2.0, lambda t: t.shaped),
    ("many", 0.4, lambda t: math.log2(t.size) if t.size else 0.0),
    ("addresses alike", 0.5, lambda t: t.alike),
    ("most of the page's links", 1.5, lambda t: t.point),
    ("pictures", 0.3, lambda t: t.pictures),
    ("beside the main part", -3.0, lambda t: t.aside),
    ("addresses of tags or fixed pages", -4.0, lambda t: t.other),
    ("titles of a title's length", 1.0, lambda t: 1.0 if 14 <= t.title <= 160 else 0.0),
    ("titles too short", -1.5, lambda t: 1.0 if t.title < 6 else max(0.0, (12 - t.title) / 12)),
    ("titles too long", -1.0, lambda t: min(1.0, max(0.0, (t.title - 150) / 150))),
    ("titles are dates", -2.0, lambda t: t.days),
    ("titles are months", -4.0, lambda t: t.spans),
    ("addresses name a day", 1.0, lambda t: t.told * (1 - t.aside)),
    ("a single one", -2.0, lambda t: 1.0 if t.size == 1 else 0.0),
)


def score(traits: Traits) -> float:
    """The weighted sum of the evidence."""
    return sum(weight * value(traits) for _, weight, value in TABLE)


def reasons(traits: Traits) -> str:
    """The evidence that counted, the strongest first, as ``name +2.5``."""
    parts = [(weight * value(traits), name) for name, weight, value in TABLE]
    parts = [part for part in parts if abs(part[0]) >= 0.2]
    return ", ".join(f"{name} {amount:+.1f}" for amount, name in sorted(parts, key=lambda p: -abs(p[0])))


class Judge:
    """Looks at groups of one page; remembers what it saw of each block."""

    def __init__(
        self,
        dater: Dater,
        labels: Collection[str],
        links: Sequence[Link] = (),
        doubts: tuple[float, float] = (1.0, 1.0),
    ) -> None:
        """``labels`` are the addresses of posts that the feed names, ``links`` all links of the page to posts.

        ``doubts`` are how much a place counts as beside the main part, from 0 to 1: one that merely may be, and one
        within the main part that only its names say to be.
        """
        self.doubts = doubts
        self.dater = dater
        self.shapes = frozenset(urls.path_shape(label) for label in labels)
        self.labels = frozenset(urls.identity(label) for label in labels)
        self._dated: dict[HtmlElement, bool] = {}
        self._region: dict[HtmlElement, tuple[bool, float]] = {}
        self._length: dict[HtmlElement, int] = {}
        self.central = {link.key for link in links if self.region(link.element)[1] < 1 and address_kind(link.url) == ""}

    def traits(self, group: Group) -> Traits:
        """What is seen of a group, from a sample of its items."""
        step = max(1, len(group.items) // SAMPLE)
        sample = group.items[::step]
        regions = [self.region(item.origin) for item in sample]
        keys = group.keys
        shapes = Counter(urls.path_shape(item.url) for item in sample)
        return Traits(
            size=len(keys),
            heading=sum(heading_of(item) for item in sample) / len(sample),
            dated=_share(sample, self.dated),
            length=median(self.extra(item) for item in sample),
            more=_share(sample, has_read_more),
            declared=_share(sample, is_declared),
            main=sum(main for main, _ in regions) / len(sample),
            aside=sum(aside for _, aside in regions) / len(sample),
            labelled=len(keys & self.labels) / min(len(keys), len(self.labels)) if self.labels else 0.0,
            shaped=_share(sample, lambda item: urls.path_shape(item.url) in self.shapes),
            other=_share(sample, lambda item: bool(address_kind(item.url))),
            title=median(title_length(item) for item in sample),
            alike=shapes.most_common(1)[0][1] / len(sample),
            point=len(keys & self.central) / max(1, len(self.central)),
            pictures=_share(sample, lambda item: item.element.find(".//img") is not None),
            days=_share(sample, lambda item: self.dater.is_date(text_of(item.link))),
            spans=_share(sample, lambda item: self.dater.is_span(text_of(item.link))),
            told=_share(sample, lambda item: _names_day(item.url)),
        )

    def dated(self, item: Item) -> bool:
        """Whether an item prints or declares a date with a day."""
        known = self._dated.get(item.element)
        if known is None:
            known = self._dated[item.element] = self._has_date(item)
        return known

    def _has_date(self, item: Item) -> bool:
        if next(item.element.iter("time"), None) is not None or self._headed(item):
            return True
        short = chunks(item.element, None)
        return any(self.dater.days(chunk.text) for chunk in short) or any(self.dater.is_date(c.text) for c in short)

    def _headed(self, item: Item) -> bool:
        """Whether a heading or a term right above the item is a day."""
        above = _above(item.origin)
        while above is not None and above.tag not in HEADERS:
            above = above[0] if len(above) == 1 else None
        text = "" if above is None else text_of(above)
        return self.dater.is_date(text) and bool(self.dater.days(text))

    def extra(self, item: Item) -> int:
        """How many characters an item shows beside its link."""
        known = self._length.get(item.element)
        if known is None:
            known = self._length[item.element] = len(text_of(item.element))
        own = 0 if item.link is item.element else len(text_of(item.link))
        return known - min(own, 200)

    def _aside(self, element: HtmlElement, main: bool) -> float:
        if hints.is_declared_aside(element):
            return 1.0
        if hints.is_named_aside(element):
            return self.doubts[1] if main else 1.0
        return self.doubts[0] if hints.may_be_aside(element) else 0.0

    def region(self, element: HtmlElement) -> tuple[bool, float]:
        """Whether an element stands in the main part of its page, and whether in a part beside it."""
        known = self._region.get(element)
        if known is None:
            parent = element.getparent()
            main, aside = (False, 0.0) if parent is None else self.region(parent)
            main = main or element.tag == "main" or element.get("role") == "main"
            known = self._region[element] = (main, max(aside, self._aside(element, main)))
        return known


def heading_of(item: Item) -> float:
    """1 if the link stands in a heading or holds one, less if it says nothing itself and a heading is beside it."""
    if any(ancestor.tag in HEADINGS for ancestor in _within(item)) or next(item.link.iter(*HEADINGS), None) is not None:
        return 1.0
    return BESIDE if _says_nothing(item) and _heading(item) is not None else 0.0


def _within(item: Item) -> Iterator[HtmlElement]:
    """The ancestors of the link up to the item's element."""
    for ancestor in item.link.iterancestors():
        yield ancestor
        if ancestor is item.element:
            return


def _says_nothing(item: Item) -> bool:
    """Whether the link's text is empty, or only asks to read on or to comment."""
    text = text_of(item.link)
    return not text or any(says(text) for says in (words.is_read_more, words.is_permalink, words.is_comments))


def _heading(item: Item) -> HtmlElement | None:
    return next((heading for heading in item.element.iter(*HEADINGS) if text_of(heading)), None)


def has_read_more(item: Item) -> bool:
    """Whether the item holds a link with the words that lead on to a post."""
    return any(words.is_read_more(text_of(a)) for a in item.element.iter("a"))


def is_declared(item: Item) -> bool:
    """Whether the item, or an element close around its link, is declared to be an entry."""
    for element in (item.element, *item.element, item.element.getparent()):
        if element is None or not isinstance(element.tag, str):
            continue
        kind = (element.get("itemtype") or "").lower()
        if element.tag == "article" or "h-entry" in hints.classes(element) or kind.endswith(("posting", "article")):
            return True
    return False


def title_length(item: Item) -> int:
    """The width of what the link names: its text, or that of the heading in it or, if it says nothing, beside it."""
    heading = next(item.link.iter(*HEADINGS), None)
    text = text_of(item.link if heading is None else heading)
    if heading is None and _says_nothing(item):
        beside = _heading(item)
        text = text_of(beside) if beside is not None else ""
    return width(text)


def _above(element: HtmlElement) -> HtmlElement | None:
    """What stands before an element, or before the containers that hold nothing else."""
    while element.getprevious() is None:
        parent = element.getparent()
        if parent is None or len(parent) > 1 or parent.tag == "body":
            return None
        element = parent
    return element.getprevious()


def _names_day(url: str) -> bool:
    found = from_url(url)
    return found is not None and found.day is not None


def _share(items: Sequence[Item], test: Callable[[Item], bool]) -> float:
    return sum(1 for item in items if test(item)) / len(items)
