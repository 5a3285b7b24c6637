"""A post page measured for learning: how much text of its own each element holds, and elements as steps of a path."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from archiver.parse import hints
from archiver.parse.document import Document

FLOW = frozenset(
    ("p", "ul", "ol", "pre", "blockquote", "table", "h2", "h3", "h4", "h5", "h6", "dl", "figure", "font", "b", "i", "a")
)
PROBE = 12
ALL_BODY = etree.XPath("//body")


class Page:
    """One post page measured for the walk: how much text of its own each element holds."""

    def __init__(self, doc: Document, excerpt: str, furniture: frozenset[str], classes: frozenset[str] | None) -> None:
        """Weigh the page's elements; ``furniture`` is text that repeats, ``classes`` the stable ones."""
        self.body: HtmlElement = next(iter(ALL_BODY(doc.root)), doc.root)
        self.classes = classes
        self.probes = probes(excerpt)
        self.furniture = furniture
        self.weight = self._weigh()

    def _weigh(self) -> dict[HtmlElement, int]:
        elements = [each for each in self.body.iter() if isinstance(each.tag, str)]
        raw = self._totals(elements, frozenset())
        half = raw[self.body] / 2
        asides = frozenset(each for each in elements if raw[each] and raw[each] < half and hints.is_aside(each))
        return self._totals(elements, asides)

    def _totals(self, elements: Sequence[HtmlElement], without: frozenset[HtmlElement]) -> dict[HtmlElement, int]:
        totals: dict[HtmlElement, int] = dict.fromkeys(elements, 0)
        for element in reversed(elements):
            own = self._letters(element.text) if element.tag not in ("a", "noscript") else 0
            total = 0 if element.tag in ("a", "noscript", "select") else totals[element] + own
            totals[element] = 0 if element in without else total
            parent = element.getparent()
            if parent is not None and element is not self.body:
                totals[parent] = totals.get(parent, 0) + totals[element] + self._letters(element.tail)
        return totals

    def _letters(self, text: str | None) -> int:
        if not text:
            return 0
        text = text.strip()
        return 0 if text in self.furniture else len(text)

    def own(self, element: HtmlElement) -> int:
        """How much running text stands in the element itself or in its paragraphs."""
        direct = self._letters(element.text) if element.tag != "a" else 0
        for child in element:
            direct += self._letters(child.tail) + (self.weight.get(child, 0) if child.tag in FLOW else 0)
        return direct

    def heaviest(self, element: HtmlElement) -> HtmlElement | None:
        """The child that holds most."""
        return max((child for child in element if self.weight.get(child)), key=lambda c: self.weight[c], default=None)

    def key(self, element: HtmlElement) -> str:
        """The element's step in a path."""
        return step(element, self.classes)

    def holds_excerpt(self, element: HtmlElement) -> bool:
        """Whether the element holds the index excerpt's text, as far as the page does at all."""
        if not self.probes:
            return True
        text = squeezed(element.text_content())
        return all(probe in text for probe in self.present)

    @cached_property
    def present(self) -> tuple[str, ...]:
        """The pieces of the excerpt that stand on the page."""
        text = squeezed(self.body.text_content())
        return tuple(probe for probe in self.probes if probe in text)


def step(element: HtmlElement, classes: frozenset[str] | None = None) -> str:
    """An element as a step of a path: tag, id and classes without those that number or change from post to post."""
    identity = element.get("id") or ""
    parts = [str(element.tag)]
    if stable(identity):
        parts.append(f"#{identity}")
    names = (element.get("class") or "").split()
    parts += [f".{name}" for name in names if stable(name) and (classes is None or name in classes)]
    return "".join(parts)


def stable(name: str) -> bool:
    """Whether a class or id may be the same from post to post: it holds no digit."""
    return bool(name) and not any(char.isdigit() or char in " .#>\n" for char in name)


def probes(excerpt: str) -> tuple[str, ...]:
    """Pieces of an excerpt to look for: from its start, middle and end, without white space."""
    text = squeezed(excerpt)
    if len(text) < PROBE:
        return (text,) if text else ()
    middle = len(text) // 2
    pieces = (text[:PROBE], text[middle : middle + PROBE], text[-PROBE - 6 : -6])
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) == PROBE))


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
