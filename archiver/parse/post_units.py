"""A body cut into its smallest blocks, and the lines by which blocks of several pages are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from archiver.parse.chunks import length_of

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "details", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ITEMS = frozenset(("li", "td", "th", "dt", "dd"))
EDGE = 8
SENTENCE = 20
LONGEST_LINE = 120

MEDIA = etree.XPath(
    "boolean(descendant-or-self::*[self::img or self::video or self::audio or self::iframe"
    " or self::embed or self::object or self::svg or self::canvas or self::picture])"
)
LINKS = etree.XPath("descendant-or-self::a[@href]")
SOURCES = etree.XPath("descendant-or-self::img/@src")
NOT_LETTERS = re.compile(r"[\W\d_]+")
ADDRESSES = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of a body that holds no other block, with its text in one line."""

    element: HtmlElement
    text: str

    @property
    def empty(self) -> bool:
        """Whether the block shows nothing."""
        return not self.text and not bool(MEDIA(self.element))


def units_of(container: HtmlElement) -> list[Unit]:
    """The blocks without blocks inside, and inline elements alone between blocks, in reading order."""
    elements = [element for element in container.iter() if isinstance(element.tag, str)]
    holders: set[HtmlElement] = {container}
    for element in reversed(elements):
        if element.tag in BLOCKS and element is not container:
            for parent in element.iterancestors():
                if parent in holders:
                    break
                holders.add(parent)
    code = _in_code(container)
    found = (element for element in elements if element not in holders and _is_unit(element, holders, code))
    return [Unit(element, " ".join(element.text_content().split())) for element in found]


def _is_unit(element: HtmlElement, holders: set[HtmlElement], code: set[HtmlElement]) -> bool:
    parent = element.getparent()
    if parent not in holders or parent is None:
        return False
    if element.tag in BLOCKS:
        return element not in code
    previous = element.getprevious()
    before = parent.text if previous is None else previous.tail
    return not (before or "").strip(" \t\r\n|·•,/") and not (element.tail or "").strip(" \t\r\n|·•,/")


def line_of(unit: Unit) -> str:
    """What is compared of a block from post to post: its letters without addresses, or a picture's address.

    Formulas and code are the author's, and compare with nothing.
    """
    if "\\begin{" in unit.text or unit.text.count("$") > 1 or unit.element.tag == "pre":
        return ""
    letters = NOT_LETTERS.sub("", ADDRESSES.sub("", unit.text[:2000])).lower()[:LONGEST_LINE]
    if letters or unit.text:
        return letters
    sources: list[str] = SOURCES(unit.element)
    return f"img:{sources[0][:LONGEST_LINE]}" if sources else ""


def exact_of(unit: Unit) -> str:
    """A block's whole text for comparison, marked so that it is never mistaken for a ``line_of``."""
    return f"={ADDRESSES.sub('', unit.text)[:LONGEST_LINE]}" if line_of(unit) else ""


def repeated_lines(bodies: Sequence[HtmlElement]) -> tuple[str, ...]:
    """Lines at the edges of most bodies, numbers apart, and the same sentences anywhere in most of three or more.

    Headings count for nothing ("Introduction", "References"), items of lists only when nearly all pages have them.
    """
    edges: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for each in bodies:
        units = [unit for unit in units_of(each) if not unit.empty and unit.element.tag not in HEADINGS]
        ends = (*units[:EDGE], *units[-EDGE * 2 :])
        edges.update({line_of(unit) for unit in ends if unit.element.tag not in ITEMS})
        inside.update({exact_of(unit) for unit in units if len(unit.text) >= SENTENCE or unit.element.tag in ITEMS})
    most = -(-len(bodies) * 3 // 4)
    lines = [line for line, count in edges.items() if count >= max(2, most)]
    lines += [line for line, count in inside.items() if count >= max(3, most)]
    return tuple(sorted(filter(None, dict.fromkeys(lines))))[:400]


def linked(element: HtmlElement) -> float:
    """The share of an element's text that stands in links."""
    links: list[HtmlElement] = LINKS(element)
    whole = length_of(element)
    return sum(length_of(link) for link in links) / whole if whole else 0.0


def letters_of(text: str) -> str:
    """The letters of a text in lower case; the text itself where it has none."""
    return NOT_LETTERS.sub("", text).lower() or text


def _in_code(container: HtmlElement) -> set[HtmlElement]:
    """The elements of a container that stand in preformatted text."""
    around = [container] if any(parent.tag == "pre" for parent in container.iterancestors()) else container.iter("pre")
    return {element for pre in around for element in pre.iterdescendants()}
