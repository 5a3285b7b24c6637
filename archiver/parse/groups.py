"""Groups of links that stand at the same place in repeated blocks, and the block around each of them.

The block of a link is the largest element that holds no other link of its group: the boundary between records is
where the next record's link begins. Records without a container (a heading and what follows it) are cut out of
their siblings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import TypeVar

from lxml.html import HtmlElement

from archiver.parse.flat import Item, cut_flat, same_place
from archiver.parse.links import Link, address_kind, is_pager_link, relative_path, tag_path
from archiver.parse.lone import HoldsPager, each_alone, repeats

__all__ = ["Group", "Item", "cut_flat", "groups", "same_place"]


Part = TypeVar("Part", bound=Sized)

MOST = 300


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
        if says := repeats(link.element):
            by_path[f"{link.path} {says}"].append(link)
        by_path[f"{link.path}.{own_class(link.element)}"].append(link)
    found: dict[frozenset[tuple[int, int]], Sequence[Item]] = {}
    classes: dict[HtmlElement, str] = {}
    holds_pager = cache(_holds_pager)
    for members in _largest(by_path.values()):
        keys = _keys(members)
        for part in (members, *_largest(_by_class(members, classes))):
            items = blocks(part, keys, holds_pager)
            for some in (items, *_largest(_by_container(items))):
                found.setdefault(frozenset((id(item.link), id(item.origin)) for item in some), some)
    return [_group(items) for items in _largest(found.values())]


def _largest(parts: Iterable[Part]) -> list[Part]:
    """The parts in their order; of more than a page can have kinds of lists, the largest."""
    listed = list(parts)
    kept = nlargest(MOST, range(len(listed)), key=lambda place: len(listed[place])) if len(listed) > MOST else ()
    return [listed[place] for place in sorted(kept)] if kept else listed


def blocks(members: Sequence[Link], keys: Mapping[HtmlElement, Collection[str]], holds_pager: HoldsPager) -> list[Item]:
    """The blocks around some of the links at one place; the first link of each block counts.

    ``keys`` holds the addresses inside each element that all links at this place lead to.
    """
    items: list[Item] = []
    seen: set[HtmlElement] = set()
    for link, root in zip(members, _roots(members, keys, holds_pager), strict=True):
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


def own_class(element: HtmlElement) -> str:
    """An element's classes; those with digits name one record, not its kind."""
    return ".".join(sorted(c for c in (element.get("class") or "").split() if not any(ch.isdigit() for ch in c)))


def _class_path(element: HtmlElement, cache: dict[HtmlElement, str]) -> str:
    """The classes from the root to the element."""
    known = cache.get(element)
    if known is None:
        parent = element.getparent()
        known = ("" if parent is None else _class_path(parent, cache) + "/") + own_class(element)
        cache[element] = known
    return known


def _by_container(items: Sequence[Item]) -> Iterable[list[Item]]:
    """The parts that stand in one list each, of two items at the least."""
    parents: dict[HtmlElement | None, list[Item]] = defaultdict(list)
    for item in items:
        parents[item.origin.getparent()].append(item)
    return [part for part in parents.values() if len(part) > 1] if len(parents) > 1 else ()


def _roots(
    members: Sequence[Link], keys: Mapping[HtmlElement, Collection[str]], holds_pager: HoldsPager
) -> list[HtmlElement]:
    """The block of each link: all at one depth, the one where most links stand alone in their block."""
    chains = [_chain(link.element) for link in members]
    if len(keys.get(chains[0][-1], ())) == 1:
        return each_alone(chains, holds_pager)
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


def _holds_pager(element: HtmlElement) -> bool:
    return any(is_pager_link(link) for link in element.iter("a"))


def _chain(element: HtmlElement) -> list[HtmlElement]:
    chain = [element]
    chain.extend(element.iterancestors())
    return chain
