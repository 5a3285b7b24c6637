"""A post's body without the furniture that themes put inside its container: heads, tails, related posts, comments.

Parts go by structure (forms, navigation), by hints in their names while they are small, by phrases, and by lines
that a profile has seen at the edges of several posts. What stands between the edges is the author's and stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from archiver import dates, words
from archiver.parse import hints
from archiver.parse.chunks import length_of
from archiver.parse.post_words import BOILERPLATE, BOILERPLATE_PAIRS, is_neighbour, is_section, is_tail

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "details", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
KEPT = frozenset(("pre", "code", "blockquote", "figure", "table", "picture"))
SMALL_PART = 0.35
TITLE_ZONE = 8
HEAD_ZONE = 14
TAIL_ZONE = 40
SENTENCE = 20
LONGEST_LINE = 120

PARTS = etree.XPath(
    "descendant::nav|descendant::form|descendant::button|descendant::header|descendant::footer|descendant::aside"
    "|descendant::*[(self::div or self::section or self::ul or self::ol or self::p or self::table or self::details"
    " or self::span or self::center or self::h1 or self::h2 or self::h3 or self::h4) and (@class or @id)]"
)
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


def body(
    container: HtmlElement,
    *,
    title: str = "",
    repeated: Iterable[str] = (),
    language: str | None = None,
    keep: Sequence[str] = (),
) -> HtmlElement:
    """A copy of the container that holds the post's own words and pictures only.

    ``title`` is the post's, ``repeated`` the lines of a profile, ``keep`` pieces of text (without white space) that no
    removal may take, such as those of the index excerpt.
    """
    copy = deepcopy(container)
    copy.tail = None
    known = frozenset(repeated)
    _drop_parts(copy, keep)
    _drop_sections(copy, keep)
    units = units_of(copy)
    _trim(units[:HEAD_ZONE], lambda unit: _is_head(unit, title, known, language), keep)
    _trim(units_of(copy)[::-1][:TAIL_ZONE], lambda unit: _is_tail(unit, known), keep)
    for unit in units_of(copy) if known else ():
        if len(unit.text) >= SENTENCE and unit.element.tag not in KEPT and line_of(unit) in known:
            _remove(unit.element)
    return copy


def units_of(container: HtmlElement) -> list[Unit]:
    """The blocks without blocks inside, in reading order."""
    holders: set[HtmlElement] = set()
    found: list[Unit] = []
    for element in reversed(list(container.iter())):
        if element.tag not in BLOCKS or element is container:
            continue
        if element not in holders and _outside_pre(element):
            found.append(Unit(element, " ".join(element.text_content().split())))
        for parent in element.iterancestors():
            if parent in holders:
                break
            holders.add(parent)
    return found[::-1]


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


def repeated_lines(bodies: Sequence[HtmlElement]) -> tuple[str, ...]:
    """Lines that stand at the edges of several bodies, and sentences that stand anywhere in three: furniture."""
    edges: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for each in bodies:
        units = [unit for unit in units_of(each) if not unit.empty]
        edges.update({line_of(unit) for unit in (*units[:TITLE_ZONE], *units[-TITLE_ZONE * 2 :])})
        inside.update({line_of(unit) for unit in units if len(unit.text) >= SENTENCE})
    half = (len(bodies) + 1) // 2
    lines = [line for line, count in edges.items() if count >= max(2, half)]
    lines += [line for line, count in inside.items() if count >= max(3, half)]
    return tuple(sorted(filter(None, dict.fromkeys(lines))))[:400]


def _drop_parts(container: HtmlElement, keep: Sequence[str]) -> None:
    """Remove navigation, forms and small parts that their names call furniture."""
    whole = max(length_of(container), 1)
    parts: list[HtmlElement] = PARTS(container)
    for part in parts:
        if part.getparent() is None or not _is_furniture(part):
            continue
        if length_of(part) <= SMALL_PART * whole and not _holds(part, keep) and _within(part, container):
            _remove(part)


def _is_furniture(part: HtmlElement) -> bool:
    tag = str(part.tag)
    names = hints.tokens(part)
    if part.find(".//pre") is not None or not names.isdisjoint(("footnotes", "footnote")):
        return False
    if any(parent.tag in KEPT for parent in part.iterancestors()):
        return False
    if tag in ("nav", "form", "button"):
        return True
    if tag == "footer" or (tag == "header" and part.find(".//p") is None):
        return True
    if tag == "aside" and (hints.is_aside(part) and not names):
        return _linked(part) > 0.5
    joined = f"{part.get('class') or ''} {part.get('id') or ''}".lower().replace("_", "-")
    return not names.isdisjoint(BOILERPLATE) or any(pair in joined for pair in BOILERPLATE_PAIRS) or _contents(part)


def _contents(part: HtmlElement) -> bool:
    """Whether a list is a table of contents: three links or more, all to places on the page, and little else."""
    if part.tag not in ("ul", "ol", "div", "details", "section"):
        return False
    links: list[HtmlElement] = LINKS(part)
    inner = [link for link in links if (link.get("href") or "").startswith("#")]
    return len(inner) > 2 and len(inner) == len(links) and _linked(part) > 0.85


def _drop_sections(container: HtmlElement, keep: Sequence[str]) -> None:
    """Remove what follows the heading of a part that is no post: related posts, comments, the author."""
    for unit in units_of(container):
        if not is_section(unit.text) or unit.element.tag in ("li", "td", "pre", "th"):
            continue
        start = _outermost(unit.element, container)
        rest = [start, *start.itersiblings()]
        proper = sum(length_of(each) * (1 - _linked(each)) for each in rest[1:])
        before = sum(length_of(each) for each in start.itersiblings(preceding=True))
        if proper <= 0.5 * before and not any(_holds(each, keep) for each in rest):
            for each in rest:
                _remove(each)
            return


def _outermost(element: HtmlElement, container: HtmlElement) -> HtmlElement:
    """The highest element below the container that begins with this one."""
    while (parent := element.getparent()) is not None and parent is not container:
        if element.getprevious() is not None or (parent.text or "").strip():
            break
        element = parent
    return element


def _trim(units: Sequence[Unit], furniture: Callable[[Unit], bool], keep: Sequence[str]) -> None:
    """Remove blocks from an edge up to the first that is the author's; pictures at the edge are stepped over."""
    for unit in units:
        if _holds(unit.element, keep) and len(unit.text) > SENTENCE:
            return
        if unit.empty or furniture(unit):
            _remove(unit.element)
        elif unit.text:
            return


def _is_head(unit: Unit, title: str, known: frozenset[str], language: str | None) -> bool:
    text = unit.text
    if title and unit.element.tag != "pre" and _letters(text) == _letters(title):
        return True
    if line_of(unit) in known or words.is_share(text) or words.is_counter(text) or words.is_comments(text):
        return True
    return is_small_print(text, language) or (len(text) < 100 and words.strip_byline(text) is not None)


def is_small_print(text: str, language: str | None) -> bool:
    """Whether a short text is a post's meta line: a date and no sentence beside it."""
    if not text or len(text) > 140:
        return False
    found = [printed for printed in dates.scan(text, language) if printed.day or printed.ago]
    if not found:
        return False
    rest = "".join(char for at, char in enumerate(text) if not any(p.start <= at < p.end for p in found))
    return len(rest.strip()) <= 90 and not any(mark in rest for mark in "。!！?？;；") and ". " not in rest


def _is_tail(unit: Unit, known: frozenset[str]) -> bool:
    if not unit.text:
        return line_of(unit) in known
    if unit.element.tag == "pre":
        return False
    linked = _linked(unit.element)
    return line_of(unit) in known or is_tail(unit.text) or (linked > 0.5 and is_neighbour(unit.text)) or _tags(unit)


def _tags(unit: Unit) -> bool:
    """Whether a block is a list of links to tags."""
    links: list[HtmlElement] = LINKS(unit.element)
    marked = [link for link in links if "tag" in (link.get("rel") or "").lower().split()]
    return bool(links) and len(marked) == len(links)


def _linked(element: HtmlElement) -> float:
    """The share of an element's text that stands in links."""
    links: list[HtmlElement] = LINKS(element)
    whole = length_of(element)
    return sum(length_of(link) for link in links) / whole if whole else 0.0


def _holds(element: HtmlElement, keep: Sequence[str]) -> bool:
    if not keep:
        return False
    text = "".join(element.text_content().split())
    return any(piece in text for piece in keep)


def _within(part: HtmlElement, container: HtmlElement) -> bool:
    return any(parent is container for parent in part.iterancestors())


def _outside_pre(element: HtmlElement) -> bool:
    return not any(parent.tag == "pre" for parent in element.iterancestors())


def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", text).lower() or text


def _remove(element: HtmlElement) -> None:
    """Take an element out of its tree, the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()
