"""The automatic reading of a page put into rules: a start for rules of one's own.

A selector is proposed only where it gives, on this page, the very same as the automatic reading; what none gives stays
automatic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import soupsieve
from lxml.html import HtmlElement

from archiver import urls
from archiver.models import Listing, RawDate, RawRecord, Where
from archiver.parse.by_rules import read_by_rules
from archiver.parse.chunks import text_of
from archiver.parse.dating import Dater
from archiver.parse.document import Document
from archiver.parse.groups import Item
from archiver.parse.links import HEADINGS
from archiver.parse.listing import recognise
from archiver.parse.ruled_fields import Field, ruled
from archiver.parse.selectors import Selection, compiled
from archiver.rules import NextRules, PostRules, Rules
from archiver.text import plain

WITNESSES = 3  # items whose elements are proposed
PROPOSALS = 24  # selectors tried for a field
LONGEST_EXCERPT = 40  # elements of an item looked at for its excerpt
BESIDE = 80  # characters of read-more words and the like that may stand beside an excerpt
FIELDS = ("title", "date", "excerpt", "read_more", "tags", "author")
NEXT_CLASSES = ("next", "older")


def to_rules(listing: Listing, doc: Document, *, labels: Collection[str] = ()) -> Rules:
    """Rules that read this page as it was read; fields that no selector gives exactly are left out.

    ``labels`` are those that ``read_listing`` was given.
    """
    rules = Rules(site=urls.site_of(doc.url), listing=doc.url, language=doc.language or "")
    items = _items(listing, doc, labels)
    if not items:
        return rules
    learner = _Learner(listing, doc, labels, items)
    rules = learner.with_item(rules)
    for name in FIELDS:
        rules = learner.with_field(rules, name)
    return learner.with_next(rules)


def _items(listing: Listing, doc: Document, labels: Collection[str]) -> Sequence[Item]:
    """The blocks that the records of the listing were read from; none where they cannot be found again."""
    wanted = [record.url for record in listing.records]
    for profiles in ((), (listing.profile,)) if listing.profile else ((),):
        items = recognise(doc, labels=labels, profiles=profiles).items
        if wanted and [item.url for item in items] == wanted:
            return items
    return ()


class _Learner:
    """Proposes selectors for one page, and keeps those that read it as it was read."""

    def __init__(self, listing: Listing, doc: Document, labels: Collection[str], items: Sequence[Item]) -> None:
        self.listing, self.doc, self.labels, self.items = listing, doc, labels, items
        self.selection = Selection(doc.root)
        self.dater = Dater(doc.language)
        self.ways = _Ways(_stable(items))

    def reads_same(self, rules: Rules) -> bool:
        """Whether these rules read the page as it was read."""
        again = read_by_rules(self.doc, rules, labels=self.labels)
        return _same(again.records, self.listing.records, ("url", *FIELDS))

    def with_item(self, rules: Rules) -> Rules:
        """The rules with a selector for the items, and one for their addresses where it is needed."""
        elements = [item.element for item in self.items]
        if any(item.element is not item.origin for item in self.items):
            return rules
        found = {
            css: {taken.element for taken in self.selection.first(compiled(css), self.doc.root)}
            for css in self.ways.to_items(elements)
        }
        fitting = [css for css, chosen in found.items() if chosen.issuperset(elements)]
        links = [f"{way}@href" for way in self.ways.within(self.items[0].link, elements[0])]
        for css in sorted(fitting, key=lambda css: len(found[css]) > len(elements)):
            for url in ("", *links):
                tried = replace(rules, posts=PostRules(item=css, url=url))
                again = read_by_rules(self.doc, tried, labels=self.labels)
                if _same(again.records, self.listing.records, ("url",)):
                    return tried
        return rules

    def with_field(self, rules: Rules, name: str) -> Rules:
        """The rules with a selector for one field, if there is one that leaves every record as it is."""
        for css in islice(self._proposed(name), PROPOSALS):
            changes: dict[str, Any] = {name: css}
            tried = replace(rules, posts=replace(rules.posts, **changes))
            if self._fits(name, css) and self.reads_same(tried):
                return tried
        return rules

    def _proposed(self, name: str) -> Mapping[str, None]:
        proposed: dict[str, None] = {}
        pairs = zip(self.items, self.listing.records, strict=True)
        shown = (pair for pair in pairs if VALUES[name](pair[1]))
        for item, record in islice(shown, WITNESSES):
            for element in islice(_witnesses(name, record, item, self.doc), 4):
                proposed.update(dict.fromkeys(self.ways.within(element, item.element)))
        return proposed

    def _fits(self, name: str, css: str) -> bool:
        """Whether a selector gives the field of each record, as far as that can be told without reading the page."""
        for item, record in zip(self.items, self.listing.records, strict=True):
            own = self.selection if item.element is item.origin else Selection(item.element)
            known = ruled(record, {name: Field(own, compiled(css), item.element)}, self.doc.base, self.dater, ())
            if VALUES[name](known) != VALUES[name](record):
                return False
        return True

    def with_next(self, rules: Rules) -> Rules:
        """The rules with a link that says of itself that it leads on, or a pattern of plain numbers, if any."""
        onward = self.listing.pager.next
        for rule in self._steps() if onward else ():
            tried = replace(rules, next=rule)
            if read_by_rules(self.doc, tried, labels=self.labels).pager.next == onward:
                return tried
        return rules

    def _steps(self) -> Iterator[NextRules]:
        for css in ("a[rel~=next]", *(f"a.{name}" for name in NEXT_CLASSES), *(f".{name} a" for name in NEXT_CLASSES)):
            found = {taken.element.get("href") for taken in self.selection.first(compiled(css), self.doc.root)}
            if len(found) == 1:
                yield NextRules(link=css)
        pager = self.listing.pager
        if pager.pattern and not pager.reverse and (pager.origin, pager.step) == (1, 1):
            yield NextRules(pattern=pager.pattern.removeprefix(urls.origin(self.doc.url)))


def _stable(items: Sequence[Item]) -> frozenset[str]:
    """The classes that most items have on an element."""
    counted: Counter[str] = Counter()
    for item in items:
        counted.update({name for element in item.element.iter() for name in _classes(element)})
    needed = max(1, len(items) * 0.6)
    return frozenset(name for name, count in counted.items() if count >= needed)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Writes CSS that leads to elements, by the classes that are ``stable``."""

    stable: frozenset[str]

    def names(self, element: HtmlElement, chosen: Collection[str] | None = None) -> list[str]:
        """The ways to name one element: its tag with each of its stable classes, then its tag."""
        tag = str(element.tag)
        classes = [name for name in _classes(element) if name in (self.stable if chosen is None else chosen)]
        return [*(f"{tag}.{soupsieve.escape(name)}" for name in classes), tag]

    def within(self, element: HtmlElement, item: HtmlElement) -> Iterator[str]:
        """Ways to an element from its item, the most telling first."""
        names = self.names(element)
        parent = element.getparent()
        yield from names[:-1]
        if element is not item and parent is not None and parent is not item:
            above = self.names(parent)
            yield from (f"{name} {names[-1]}" for name in above)
        yield names[-1]
        if element is not item:
            steps = [element, *(above for above in element.iterancestors() if item in above.iterancestors())]
            yield ":scope > " + " > ".join(str(step.tag) for step in reversed(steps))
        else:
            yield ":scope"

    def to_items(self, elements: Sequence[HtmlElement]) -> Iterator[str]:
        """Ways to the items from the page's root, the most telling first."""
        shared = set.intersection(*(set(_classes(element)) for element in elements))
        first = elements[0]
        names = self.names(first, shared)
        yield from names[:-1]
        if first.tag == "article":
            yield "article"
        for depth, above in enumerate(first.iterancestors()):
            if depth < 3 and above.get("id") and not any(char.isdigit() for char in above.get("id", "")):
                yield from (f"#{soupsieve.escape(above.get('id', ''))} {name}" for name in names)
            if depth == 0:
                yield from (f"{outer} > {name}" for outer in self.names(above, _classes(above))[:-1] for name in names)
        yield " > ".join(str(step.tag) for step in reversed([first, *first.iterancestors()]))


def _classes(element: HtmlElement) -> list[str]:
    """An element's classes; those with digits in them name one post, or one build of a theme."""
    return [name for name in (element.get("class") or "").split() if not any(char.isdigit() for char in name)]


def _witnesses(name: str, record: RawRecord, item: Item, doc: Document) -> Iterator[HtmlElement]:
    """The elements of an item that may have given a field, the narrowest first."""
    elements = [element for element in item.element.iter() if isinstance(element.tag, str)]
    if name == "title":
        same = [element for element in elements if text_of(element) == " ".join(record.title.split())]
        yield from sorted(same, key=lambda element: (element is not item.link, element.tag not in HEADINGS))
    elif name == "excerpt":
        wanted = plain(record.excerpt_html)
        texts = [(element, plain(element)) for element in elements[:LONGEST_EXCERPT]]
        yield from (e for e, said in texts if wanted in said and len(said) <= len(wanted) + BESIDE)
    elif name == "date":
        yield from _dated(record, elements)
    elif name == "read_more":
        links = [element for element in elements if element.tag == "a" and element.get("href")]
        yield from (e for e in reversed(links) if urls.join(doc.base, e.get("href") or "") == record.read_more)
    else:
        words = record.tags if name == "tags" else (record.author or "",)
        yield from (e for e in reversed(elements) if any(word == text_of(e).lstrip("#＃").strip() for word in words))


def _dated(record: RawRecord, elements: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    raws = [raw.raw for raw in record.dates if raw.where is not Where.GROUP]
    for element in reversed(elements):
        said = (text_of(element), *element.attrib.values())
        if all(any(raw in one for one in map(str, said)) for raw in raws):
            yield element


def _printed(record: RawRecord) -> tuple[RawDate, ...]:
    return tuple(raw for raw in record.dates if raw.where is not Where.GROUP)


def _dates(record: RawRecord) -> object:
    return tuple(sorted({(raw.raw, raw.where) for raw in _printed(record) if not raw.modified}))


VALUES: dict[str, Callable[[RawRecord], object]] = {
    "url": lambda record: record.url,
    "title": lambda record: " ".join(record.title.split()),
    "date": _dates,
    "excerpt": lambda record: plain(record.excerpt_html, captions=False),
    "read_more": lambda record: record.read_more,
    "tags": lambda record: record.tags,
    "author": lambda record: record.author,
}
"""What two readings of a record are compared by."""


def _same(some: Sequence[RawRecord], others: Sequence[RawRecord], names: Sequence[str]) -> bool:
    if len(some) != len(others):
        return False
    return all(VALUES[name](a) == VALUES[name](b) for a, b in zip(some, others, strict=True) for name in names)
