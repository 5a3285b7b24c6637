"""Dates in the headings above a listing's posts: of their day, their month, their year."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from archiver.models import RawDate, Where
from archiver.parse.chunks import text_of
from archiver.parse.dating import Dater, name_of, without_dates
from archiver.parse.groups import Item
from archiver.parse.links import HEADINGS

HEADING_LETTERS = 24  # letters beside the date of a heading above a group
LONGEST_HEADING = 60


def group_dates(items: Sequence[Item], dater: Dater) -> list[tuple[RawDate, ...]]:
    """The dates in headings above each item, nearest first: of its day, its month, its year."""
    headings = _Headings(items, dater)
    return [headings.above(item.origin) for item in items]


class _Headings:
    """Short dated texts that stand before items or before what holds items; every place is looked at once."""

    def __init__(self, items: Sequence[Item], dater: Dater) -> None:
        self.dater = dater
        self.inside = {item.origin for item in items}
        self.inside.update(node for item in items for node in item.nodes)
        self.inside.update(ancestor for item in items for ancestor in item.origin.iterancestors())
        self.level: dict[HtmlElement, tuple[RawDate, ...]] = {}

    def above(self, element: HtmlElement) -> tuple[RawDate, ...]:
        """What stands above an element within its parent, then above the parent, up to the page's body."""
        found = self.before(element)
        for ancestor in element.iterancestors():
            if ancestor.tag in ("body", "html"):
                break
            found += self.before(ancestor)
        return found

    def before(self, element: HtmlElement) -> tuple[RawDate, ...]:
        """The nearest short text before an element among its siblings that holds a date, in the same part of them."""
        passed = [element]
        undated: set[object] = set()
        found: tuple[RawDate, ...] = ()
        previous = element.getprevious()
        while previous is not None:
            if previous in self.level:
                found = self.level[previous]
                break
            if previous in self.inside:
                passed += [] if undated else [previous]
            elif found := self.heading(previous):
                break
            elif previous.tag in HEADINGS and text_of(previous):
                undated.add(previous.tag)
            previous = previous.getprevious()
        parent = element.getparent()
        if previous is None and parent is not None and parent.text and len(parent.text) <= LONGEST_HEADING:
            found = _heading_dates(parent.text, parent, self.dater)
        found = tuple(raw for raw in found if raw.hint.partition(".")[0] not in undated)
        self.level.update(dict.fromkeys(passed, found))
        return found

    def heading(self, element: HtmlElement) -> tuple[RawDate, ...]:
        """The dates of an element that is short enough to be a heading; one that links a title is an entry itself."""
        text = text_of(element) if isinstance(element.tag, str) else ""
        if not 0 < len(text) <= LONGEST_HEADING:
            return ()
        linked = any(not self.dater.is_date(inner) for a in element.iter("a") if (inner := text_of(a)))
        return () if linked else _heading_dates(text, element, self.dater)


def _heading_dates(text: str, element: HtmlElement, dater: Dater) -> tuple[RawDate, ...]:
    """The dates of a heading above a group, where it says little else."""
    if sum(char.isalpha() for char in without_dates(text, dater.scan(text))) > HEADING_LETTERS:
        return ()
    return tuple(
        RawDate(text[p.start : p.end].strip(), Where.GROUP, name_of(element))
        for p in dater.scan(text)
        if p.ago is None and (p.year is not None or p.month is not None)
    )
