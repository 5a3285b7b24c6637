"""What a pager shows of itself besides its links: the current page, the number of pages, the order of the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from archiver import words
from archiver.parse.pager_links import PagerLink

COUNTING = frozenset(("span", "li", "b", "strong", "em", "i", "div", "p", "small", "td", "label", "font", "button"))
MARKED = frozenset(("current", "active", "selected", "is-current", "is-active", "this-page", "cur", "now"))


def descending(links: Sequence[PagerLink]) -> bool:
    """Whether the page numbers stand in falling order, as where the newest page has the highest number."""
    numbers = [link.number for link in links if link.number is not None]
    falling = sum(a > b for a, b in pairwise(numbers))
    return len(set(numbers)) >= 3 and falling >= 2 and falling > len(numbers) - 1 - falling


def _containers(elements: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """The ancestors of the first link, from near to far, up to the one that holds most of the links."""
    if not elements:
        return
    node = elements[0].getparent()
    for _ in range(4):
        if node is None or node.tag in ("body", "html"):
            return
        yield node
        if sum(any(ancestor is node for ancestor in element.iterancestors()) for element in elements) * 2 > len(
            elements
        ):
            return
        node = node.getparent()


def marked_number(elements: Sequence[HtmlElement]) -> int | None:
    """The number of the page itself as the pager shows it: unlinked among links, or marked as the current one."""
    containers = list(_containers(elements))
    if not containers:
        return None
    linked = set(elements)
    plain: int | None = None
    for element in containers[-1].iterdescendants():
        if not isinstance(element.tag, str) or len(element) > 2:
            continue
        number = words.page_number(" ".join(element.itertext()).strip()) if element.tag != "option" else None
        if number is None:
            continue
        names = frozenset((element.get("class") or "").lower().split())
        if names & MARKED or element.get("aria-current") not in (None, "false"):
            return number
        inner = any(child in linked for child in element)
        if plain is None and element not in linked and not inner and not element.get("href"):
            plain = number
    return plain


def told_pages(links: Sequence[PagerLink], current: int | None) -> int | None:
    """The number of pages that the pager tells in words ("Page 2 of 16") beside its links."""
    steps = [link.element for link in links if link.claim.way or link.step or link.number is not None]
    looked: set[HtmlElement] = set()
    for element in steps[:8]:
        node = element.getparent()
        for _ in range(3):
            if node is None or node.tag in ("body", "html", "main") or node in looked:
                break
            looked.add(node)
            for page, pages in _page_counts(node):
                if current is None or page == current:
                    return pages
            node = node.getparent()
    return None


def _page_counts(node: HtmlElement) -> Iterator[tuple[int, int]]:
    for child in node.iterchildren():
        if len(child) <= 4 and child.tag in COUNTING and child.find(".//a") is None:
            count = words.page_of("".join(child.itertext()).strip())
            if count:
                yield count
        count = words.page_of((child.tail or "").strip())
        if count:
            yield count
    count = words.page_of((node.text or "").strip())
    if count:
        yield count
