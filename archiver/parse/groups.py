"""Groups of links that stand at the same place in repeated blocks, and the block around each of them.

The block of a link is the largest element that holds no other link of its group: the boundary between records is
where the next record's link begins. Records without a container (a heading and what follows it) are cut out of
their siblings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import Element, HtmlElement

from archiver.parse.links import Link, address_kind, relative_path, tag_path

SEPARATORS = ("br", "hr")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A block that may be a record: its element, its link within, and ``origin``, its place in the page."""

    element: HtmlElement
    link: HtmlElement
    url: str
    key: str
    origin: HtmlElement


@dataclass(frozen=True, slots=True)
class Group:
    """Items of the same shape in reading order: the tag path of an item, and that of the link within it."""

    path: str
    link_path: str
    items: tuple[Item, ...]
    flat: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The identities of the addresses that the items lead to."""
        return frozenset(item.key for item in self.items)


def groups(links: Sequence[Link]) -> list[Group]:
    """All ways to see the links as repeated blocks: by tag path, and its parts by class and by container."""
    by_path: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_path[link.path].append(link)
        by_path[f"{link.path}.{_own_class(link.element)}"].append(link)
    found: dict[frozenset[tuple[int, int]], Group] = {}
    classes: dict[HtmlElement, str] = {}
    for members in by_path.values():
        keys = _keys(members)
        for part in (members, *_by_class(members, classes)):
            items = blocks(part, keys)
            for some in (items, *_by_container(items)):
                found.setdefault(frozenset((id(item.link), id(item.origin)) for item in some), _group(some))
    return list(found.values())


def blocks(members: Sequence[Link], keys: Mapping[HtmlElement, Collection[str]]) -> list[Item]:
    """The blocks around some of the links at one place; the first link of each block counts.

    ``keys`` holds the addresses inside each element that all links at this place lead to.
    """
    items: list[Item] = []
    seen: set[HtmlElement] = set()
    for link, root in zip(members, _roots(members, keys), strict=True):
        if root not in seen:
            seen.add(root)
            items.append(Item(root, link.element, link.url, link.key, root))
    return items


def _keys(members: Sequence[Link]) -> Mapping[HtmlElement, set[str]]:
    keys: dict[HtmlElement, set[str]] = defaultdict(set)
    posts = [link for link in members if address_kind(link.url) not in ("tag", "category", "author")]
    for link in posts or members:
        for element in _chain(link.element):
            keys[element].add(link.key)
    return keys


def _group(items: Sequence[Item]) -> Group:
    path = tag_path(items[0].element, {})
    link_path = relative_path(items[0].link, items[0].element)
    cut = cut_flat(items)
    return Group(path, link_path, tuple(cut or items), flat=cut is not None)


def _by_class(members: Sequence[Link], cache: dict[HtmlElement, str]) -> Iterable[list[Link]]:
    parts: dict[str, list[Link]] = defaultdict(list)
    for link in members:
        parts[_class_path(link.element, cache)].append(link)
    return parts.values() if len(parts) > 1 else ()


def _own_class(element: HtmlElement) -> str:
    """An element's classes; those with digits name one record, not its kind."""
    return ".".join(sorted(c for c in (element.get("class") or "").split() if not any(ch.isdigit() for ch in c)))


def _class_path(element: HtmlElement, cache: dict[HtmlElement, str]) -> str:
    """The classes from the root to the element."""
    known = cache.get(element)
    if known is None:
        parent = element.getparent()
        known = ("" if parent is None else _class_path(parent, cache) + "/") + _own_class(element)
        cache[element] = known
    return known


def _by_container(items: Sequence[Item]) -> Iterable[list[Item]]:
    """The parts that stand in one list each, of two items at the least."""
    parents: dict[HtmlElement | None, list[Item]] = defaultdict(list)
    for item in items:
        parents[item.origin.getparent()].append(item)
    return [part for part in parents.values() if len(part) > 1] if len(parents) > 1 else ()


def _roots(members: Sequence[Link], keys: Mapping[HtmlElement, Collection[str]]) -> list[HtmlElement]:
    """The block of each link: all at one depth, the one where most links stand alone in their block."""
    chains = [_chain(link.element) for link in members]
    if len({link.key for link in members}) == 1:
        return [_alone(chain) for chain in chains]
    depths = []
    for chain in chains:
        # Chains run from the link to the root: the block is the last element that holds one address only.
        height = sum(1 for ancestor in chain if len(keys.get(ancestor, ())) <= 1)
        depths.append(len(chain) - max(height, 1))
    depth = _deepest_common(depths)
    return [chain[max(0, len(chain) - 1 - depth)] for chain in chains]


def _deepest_common(depths: Sequence[int]) -> int:
    """The deepest level that more than a tenth of the links need; single oddities do not split all blocks."""
    counted = Counter(depths)
    needed = max(1, len(depths) // 10)
    total = 0
    for depth in sorted(counted, reverse=True):
        total += counted[depth]
        if total > needed or len(depths) <= 3:
            return depth
    return max(depths)


def _alone(chain: Sequence[HtmlElement]) -> HtmlElement:
    """The block of a link that is the only one of its kind: the nearest sectioning ancestor, else its parent."""
    for element in chain:
        if element.tag in ("article", "li", "section") and element.tag != "a":
            return element
    for element in chain[1:]:
        if element.tag in ("div", "td", "main"):
            return element
    return chain[min(1, len(chain) - 1)]


def _chain(element: HtmlElement) -> list[HtmlElement]:
    chain = [element]
    chain.extend(element.iterancestors())
    return chain


def cut_flat(items: Sequence[Item]) -> list[Item] | None:
    """Items cut out of their siblings where the content stands between the blocks; None where blocks hold it."""
    parent = items[0].origin.getparent()
    if parent is None or len(items) < 2 or any(item.origin.getparent() is not parent for item in items):
        return None
    children = list(parent)
    index = {child: number for number, child in enumerate(children)}
    places = [index[item.origin] for item in items]
    gaps = [_own(children[a], children[a + 1 : b]) for a, b in pairwise(places)]
    inline = items[0].origin.tag in ("a", "span", "b", "strong", "em", "i", "time")
    filled = sum(1 for a, gap in zip(places, gaps, strict=False) if _has_content(children[a], gap, inline))
    if filled * 2 < len(gaps) or not _needs_more(items, gaps):
        return None
    before = _leading(children, places, inline)
    cut = []
    for number, (item, place) in enumerate(zip(items, places, strict=True)):
        start = place - before[number]
        end = places[number + 1] - before[number + 1] if number + 1 < len(places) else _end(children, places, inline)
        lead, root = children[start:place], children[place]
        nodes = [*lead, root, *_own(root, children[place + 1 : end])]
        cut.append(_segment(item, nodes, parent, inline))
    return cut


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
    return any(_length(node) > 0 or (inline and (node.tail or "").strip()) for node in gap)


def _needs_more(items: Sequence[Item], gaps: Sequence[Sequence[HtmlElement]]) -> bool:
    """Whether the blocks hold little but their link, so that the content must stand between them."""
    own = sorted(_length(item.origin) - _length(item.link) for item in items)[len(items) // 2]
    between = sorted(sum(_length(node) for node in gap) for gap in gaps)[len(gaps) // 2]
    return own < 60 and (between > own or items[0].origin.tag in ("a", "span"))


def _leading(children: Sequence[HtmlElement], places: Sequence[int], inline: bool) -> list[int]:
    """How many siblings before each block belong to its record: short ones that also stand before the first."""
    if inline:
        return [_run_to_separator(children, place) for place in places] + [0]
    first = places[0]
    length = 0
    while length < 2 and first - length - 1 >= 0:
        tag = children[first - length - 1].tag
        same = [p for p in places[1:] if p - length - 1 >= 0 and children[p - length - 1].tag == tag]
        short = _length(children[first - length - 1]) <= 40
        if not short or len(same) < len(places) - 1 or not _only_here(children, places, length):
            break
        length += 1
    return [length] * len(places) + [0]


def _only_here(children: Sequence[HtmlElement], places: Sequence[int], length: int) -> bool:
    """Whether what stands before the blocks is short everywhere: a date or label, not the record before."""
    lengths = [_length(children[p - length - 1]) for p in places]
    return all(0 < n <= 40 for n in lengths)


def _run_to_separator(children: Sequence[HtmlElement], place: int) -> int:
    count = 0
    while place - count - 1 >= 0 and children[place - count - 1].tag not in (*SEPARATORS, "a", "p", "div", "ul"):
        count += 1
    return count


def _end(children: Sequence[HtmlElement], places: Sequence[int], inline: bool) -> int:
    """Where the last record ends: after as many siblings as the longest record before it has, at a rule at the most."""
    usual = max(b - a for a, b in pairwise(places))
    end = places[-1] + 1
    while end < len(children) and end - places[-1] < usual:
        node = children[end]
        if node.tag in ("hr", "nav", "footer", "aside") or node.tag == children[places[-1]].tag:
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
    return Item(block, link, item.url, item.key, item.origin)


def same_place(element: HtmlElement, root: HtmlElement, copy: HtmlElement) -> HtmlElement:
    """The element of a copied tree that stands where ``element`` stands below ``root``."""
    steps = []
    while element is not root:
        parent = element.getparent()
        if parent is None:
            return copy
        steps.append(parent.index(element))
        element = parent
    for step in reversed(steps):
        copy = copy[step]
    return copy


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())
