"""Records without a container: a heading and what follows it, cut out of their siblings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import Element, HtmlElement

from archiver import words
from archiver.parse.chunks import length_of, text_of
from archiver.parse.links import HEADINGS

SEPARATORS = ("br", "hr")
ENTRIES = ("article", "li", "section", "tr")
LONGEST_DATE = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A block that may be a record: its element, its link within, and ``origin``, its place in the page.

    ``nodes`` are the siblings that a record without a container was copied from.
    """

    element: HtmlElement
    link: HtmlElement
    url: str
    key: str
    origin: HtmlElement
    nodes: tuple[HtmlElement, ...] = ()


def cut_flat(items: Sequence[Item]) -> list[Item] | None:
    """Items cut out of their siblings where the content stands between the blocks; None where blocks hold it.

    The blocks may stand in several containers, such as one for each day.
    """
    containers: dict[HtmlElement, list[Item]] = defaultdict(list)
    for item in items:
        parent = item.origin.getparent()
        if parent is not None:
            containers[parent].append(item)
    rows = [_Row(parent, part) for parent, part in containers.items()]
    if len(items) > 1 and all(row.is_closed() for row in rows):
        return [cut for row in rows for cut in row.cut_back()]
    several = [row for row in rows if len(row.items) > 1]
    if not several or not all(row.is_flat() for row in several):
        return None
    before = min(row.leading() for row in several)
    usual = max(row.longest() for row in several)
    return [cut for row in rows for cut in row.cut(before, usual)]


def _is_another(node: HtmlElement, root: HtmlElement) -> bool:
    """Whether a sibling is a block of the items' own kind: the same tag, one that holds entries, and class."""
    return node.tag == root.tag and node.tag in ENTRIES and node.get("class") == root.get("class")


class _Row:
    """Items that stand side by side in one container."""

    def __init__(self, parent: HtmlElement, items: Sequence[Item]) -> None:
        self.parent = parent
        self.items = items
        self.children = list(parent)
        index = {child: number for number, child in enumerate(self.children)}
        self.places = [index[item.origin] for item in items]
        self.inline = items[0].origin.tag in ("a", "span", "b", "strong", "em", "i", "time")

    def is_flat(self) -> bool:
        """Whether what stands between the items is theirs."""
        gaps = [_own(self.children[a], self.children[a + 1 : b]) for a, b in pairwise(self.places)]
        if any(
            _is_another(node, self.children[place])
            for place, gap in zip(self.places, gaps, strict=False)
            for node in gap
        ):
            return False
        pairs = zip(self.places, gaps, strict=False)
        filled = sum(1 for place, gap in pairs if _has_content(self.children[place], gap, self.inline))
        return filled * 2 >= len(gaps) and _needs_more(self.items, gaps)

    def is_closed(self) -> bool:
        """Whether each item only closes a record that an unlinked heading opens: its link asks to read on."""
        if any(item.origin.tag in HEADINGS for item in self.items):
            return False
        return all(self._says_nothing(item) for item in self.items) and None not in self._openings()

    def cut_back(self) -> list[Item]:
        """The items with all that stands before them, from their headings on."""
        openings = (opening for opening in self._openings() if opening is not None)
        cuts = [self.children[opening : place + 1] for opening, place in zip(openings, self.places, strict=True)]
        return [_segment(item, nodes, self.parent, inline=False) for item, nodes in zip(self.items, cuts, strict=True)]

    def _openings(self) -> list[int | None]:
        """For each item the place of the heading before it, None where the item before it comes first."""
        found = []
        for last, place in zip([-1, *self.places], self.places, strict=False):
            headings = (n for n in range(place - 1, last, -1) if self.children[n].tag in HEADINGS)
            found.append(next(headings, None))
        return found if None not in found else self._untitled()

    def _untitled(self) -> list[int | None]:
        """The same where headings are missing: the text before each item, if the like follows none of them."""
        gaps = [self.children[a + 1 : b] for a, b in pairwise(self.places)]
        kinds = {_kind(node) for gap in gaps for node in gap}
        first = self.places[0]
        while first > 0 and _kind(self.children[first - 1]) in kinds:
            first -= 1
        rest = self.children[self.places[-1] + 1 :]
        if not all(gaps) or first == self.places[0] or any(_kind(node) in kinds for node in rest):
            return [None]
        return [first, *(place + 1 for place in self.places[:-1])]

    def _says_nothing(self, item: Item) -> bool:
        text = text_of(item.link)
        says_nothing = words.is_read_more(text) or words.is_permalink(text) or _YEAR.search(text) is not None
        return says_nothing and text == text_of(item.origin) and len(text) <= LONGEST_DATE

    def leading(self) -> int:
        """How many siblings before each item belong to it."""
        return 0 if self.inline else _leading(self.children, self.places)

    def longest(self) -> int:
        """How many siblings the longest record has."""
        return max(b - a for a, b in pairwise(self.places))

    def cut(self, before: int, usual: int) -> list[Item]:
        """The items with the siblings that are theirs; ``usual`` bounds the last."""
        children, places = self.children, self.places
        starts = [place - self._before(place, before) for place in places]
        ends = [*starts[1:], _end(children, places[-1], usual - before, self.inline)]
        found = []
        for item, start, place, end in zip(self.items, starts, places, ends, strict=True):
            nodes = [*children[start:place], children[place], *_own(children[place], children[place + 1 : end])]
            found.append(_segment(item, nodes, self.parent, self.inline))
        return found

    def _before(self, place: int, before: int) -> int:
        return _run_to_separator(self.children, place) if self.inline else min(before, place)


def _kind(node: HtmlElement) -> tuple[str, str | None]:
    return str(node.tag), node.get("class")


def _own(root: HtmlElement, gap: Sequence[HtmlElement]) -> Sequence[HtmlElement]:
    """What follows a block up to a heading that ranks with the block or above it: that heads what comes after."""
    rank = HEADINGS.index(root.tag) if root.tag in HEADINGS else len(HEADINGS)
    for number, node in enumerate(gap):
        if node.tag in HEADINGS and HEADINGS.index(node.tag) <= rank:
            return gap[:number]
    return gap


def _has_content(root: HtmlElement, gap: Sequence[HtmlElement], inline: bool) -> bool:
    if inline and (root.tail or "").strip():
        return True
    return any(length_of(node) > 0 or (inline and (node.tail or "").strip()) for node in gap)


def _needs_more(items: Sequence[Item], gaps: Sequence[Sequence[HtmlElement]]) -> bool:
    """Whether the blocks hold little but their link, so that the content must stand between them."""
    own = sorted(length_of(item.origin) - length_of(item.link) for item in items)[len(items) // 2]
    between = sorted(sum(length_of(node) for node in gap) for gap in gaps)[len(gaps) // 2]
    return own < 60 and (between > own or items[0].origin.tag in ("a", "span"))


def _leading(children: Sequence[HtmlElement], places: Sequence[int]) -> int:
    """How many siblings before each block belong to its record: short ones that also stand before the first."""
    first = places[0]
    length = 0
    while length < 2 and first - length - 1 >= 0:
        tag = children[first - length - 1].tag
        same = [p for p in places[1:] if p - length - 1 >= 0 and children[p - length - 1].tag == tag]
        short = length_of(children[first - length - 1]) <= 40
        if not short or len(same) < len(places) - 1 or not _only_here(children, places, length):
            break
        length += 1
    return length


def _only_here(children: Sequence[HtmlElement], places: Sequence[int], length: int) -> bool:
    """Whether what stands before the blocks is short everywhere: a date or label, not the record before."""
    lengths = [length_of(children[p - length - 1]) for p in places]
    return all(0 < n <= 40 for n in lengths)


def _run_to_separator(children: Sequence[HtmlElement], place: int) -> int:
    count = 0
    while place - count - 1 >= 0 and children[place - count - 1].tag not in (*SEPARATORS, "a", "p", "div", "ul"):
        count += 1
    return count


def _end(children: Sequence[HtmlElement], last: int, usual: int, inline: bool) -> int:
    """Where the last record ends: after as many siblings as the longest record before it has, at a rule at the most."""
    end = last + 1
    while end < len(children) and end - last < usual:
        node = children[end]
        same = node.tag == children[last].tag and node.get("class") == children[last].get("class")
        if same or node.tag in ("hr", "nav", "footer", "aside"):
            break
        if inline and node.tag in SEPARATORS:
            break
        end += 1
    return end


def _segment(item: Item, nodes: Sequence[HtmlElement], parent: HtmlElement, inline: bool) -> Item:
    """A record of its own made of copies of sibling nodes, with the text around inline ones."""
    block = Element("div")
    if inline:
        first = nodes[0]
        previous = first.getprevious()
        block.text = (parent.text if previous is None else previous.tail) or ""
    link = item.link
    for node in nodes:
        if inline and node.tag in SEPARATORS:
            break
        copy = deepcopy(node)
        if not inline:
            copy.tail = None
        block.append(copy)
        if node is item.origin:
            link = same_place(item.link, node, copy)
    return Item(block, link, item.url, item.key, item.origin, tuple(nodes))


def same_place(element: HtmlElement, root: HtmlElement, copy: HtmlElement) -> HtmlElement:
    """The element of a copied tree that stands where ``element`` stands below ``root``."""
    for step in steps_to(element, root) or ():
        copy = copy[step]
    return copy


def steps_to(element: HtmlElement, root: HtmlElement) -> tuple[int, ...] | None:
    """The numbers of the children that lead from ``root`` to an element; None where it does not stand below."""
    steps: list[int] = []
    while element is not root:
        parent = element.getparent()
        if parent is None:
            return None
        steps.append(parent.index(element))
        element = parent
    return tuple(reversed(steps))
