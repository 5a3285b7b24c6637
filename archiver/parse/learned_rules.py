"""The automatic reading of a page put into rules: a start for rules of one's own.

A selector is proposed only where it gives, on this page, the very same as the automatic reading; what none gives stays
automatic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import soupsieve
from lxml.html import HtmlElement

from archiver import urls
from archiver.models import Listing, RawDate, RawRecord, Where
from archiver.parse.by_rules import read_by_rules
from archiver.parse.chunks import text_of
from archiver.parse.document import Document
from archiver.parse.groups import Item
from archiver.parse.links import HEADINGS
from archiver.parse.listing import recognise
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
    base = Rules(site=urls.site_of(doc.url), listing=doc.url, language=doc.language or "")
    items = _items(listing, doc, labels)
    if not items:
        return base
    ways = _Ways(items)
    rules = _with_item(base, listing, doc, items, ways, labels)
    for name in FIELDS:
        rules = _with_field(rules, name, listing, doc, items, ways, labels)
    return _with_next(rules, listing, doc, labels)


def _items(listing: Listing, doc: Document, labels: Collection[str]) -> Sequence[Item]:
    """The blocks that the records of the listing were read from; none where they cannot be found again."""
    wanted = [record.url for record in listing.records]
    for profiles in ((), (listing.profile,)) if listing.profile else ((),):
        items = recognise(doc, labels=labels, profiles=profiles).items
        if wanted and [item.url for item in items] == wanted:
            return items
    return ()


@dataclass(frozen=True, slots=True, init=False)
class _Ways:
    """Writes CSS that leads to elements, by classes that most items share."""

    stable: frozenset[str]

    def __init__(self, items: Sequence[Item]) -> None:
        counted: Counter[str] = Counter()
        for item in items:
            counted.update({name for element in item.element.iter() for name in _classes(element)})
        needed = max(1, len(items) * 0.6)
        object.__setattr__(self, "stable", frozenset(name for name, count in counted.items() if count >= needed))

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


def _classes(element: HtmlElement) -> list[str]:
    """An element's classes; those with digits in them name one post, or one build of a theme."""
    return [name for name in (element.get("class") or "").split() if not any(char.isdigit() for char in name)]


def _with_item(
    base: Rules, listing: Listing, doc: Document, items: Sequence[Item], ways: _Ways, labels: Collection[str]
) -> Rules:
    """The rules with a selector for the items, and one for their addresses where it is needed."""
    if any(item.element is not item.origin for item in items):
        return base
    selection = Selection(doc.root)
    elements = [item.element for item in items]
    for css in dict.fromkeys(_to_items(elements, ways)):
        found = [taken.element for taken in selection.first(compiled(css), doc.root)]
        if not set(elements) <= set(found):
            continue
        for url in ("", *_links(items, ways)):
            rules = replace(base, posts=PostRules(item=css, url=url))
            if _same(read_by_rules(doc, rules, labels=labels), listing, ("url",)):
                return rules
    return base


def _to_items(elements: Sequence[HtmlElement], ways: _Ways) -> Iterator[str]:
    shared = set.intersection(*(set(_classes(element)) for element in elements))
    first = elements[0]
    names = ways.names(first, shared)
    yield from names[:-1]
    if first.tag == "article":
        yield "article"
    for depth, above in enumerate(first.iterancestors()):
        if depth < 3 and above.get("id") and not any(char.isdigit() for char in above.get("id", "")):
            yield from (f"#{soupsieve.escape(above.get('id', ''))} {name}" for name in names)
        if depth == 0:
            yield from (f"{outer} > {name}" for outer in ways.names(above, _classes(above))[:-1] for name in names)
    yield " > ".join(str(step.tag) for step in reversed([first, *first.iterancestors()]))


def _links(items: Sequence[Item], ways: _Ways) -> Iterator[str]:
    for item in items[:1]:
        yield from (f"{css}@href" for css in ways.within(item.link, item.element))


def _with_field(
    rules: Rules,
    name: str,
    listing: Listing,
    doc: Document,
    items: Sequence[Item],
    ways: _Ways,
    labels: Collection[str],
) -> Rules:
    """The rules with a selector for one field, if there is one that leaves every record as it is."""
    proposed: dict[str, None] = {}
    shown = [pair for pair in zip(items, listing.records, strict=True) if VALUES[name](pair[1])]
    for item, record in shown[:WITNESSES]:
        for element in islice(_witnesses(name, record, item, doc), 4):
            proposed.update(dict.fromkeys(ways.within(element, item.element)))
    for css in islice(proposed, PROPOSALS):
        changes: dict[str, Any] = {name: css}
        tried = replace(rules, posts=replace(rules.posts, **changes))
        if _same(read_by_rules(doc, tried, labels=labels), listing, ("url", *FIELDS)):
            return tried
    return rules


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


def _same(one: Listing, other: Listing, names: Sequence[str]) -> bool:
    if len(one.records) != len(other.records):
        return False
    pairs = zip(one.records, other.records, strict=True)
    return all(VALUES[name](a) == VALUES[name](b) for a, b in pairs for name in names)


def _with_next(rules: Rules, listing: Listing, doc: Document, labels: Collection[str]) -> Rules:
    """The rules with a link that says of itself that it leads on, or a pattern of plain numbers, if there is one."""
    for rule in _steps(listing, doc) if listing.pager.next else ():
        tried = replace(rules, next=rule)
        if read_by_rules(doc, tried, labels=labels).pager.next == listing.pager.next:
            return tried
    return rules


def _steps(listing: Listing, doc: Document) -> Iterator[NextRules]:
    selection = Selection(doc.root)
    for css in ("a[rel~=next]", *(f"a.{name}" for name in NEXT_CLASSES), *(f".{name} a" for name in NEXT_CLASSES)):
        found = {taken.element.get("href") for taken in selection.first(compiled(css), doc.root)}
        if len(found) == 1:
            yield NextRules(link=css)
    pager = listing.pager
    if pager.pattern and not pager.reverse and (pager.origin, pager.step) == (1, 1):
        yield NextRules(pattern=pager.pattern.removeprefix(urls.origin(doc.url)))
