"""A post's body without the furniture that themes put inside its container: heads, tails, related posts, comments.

Parts go by structure (forms, navigation), by hints in their names while they are small, by phrases, and by lines
that a profile has seen at the edges of several posts. What stands between the edges is the author's and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from archiver import dates, words
from archiver.parse import hints
from archiver.parse.chunks import length_of
from archiver.parse.post_units import (
    EDGE,
    HEADINGS,
    ITEMS,
    LINKS,
    SENTENCE,
    Unit,
    exact_of,
    letters_of,
    line_of,
    linked,
    units_of,
)
from archiver.parse.post_words import (
    BOILERPLATE,
    BOILERPLATE_PAIRS,
    is_neighbour,
    is_neighbour_label,
    is_section,
    is_tail,
    path_kind,
)

KEPT = frozenset(("pre", "code", "blockquote", "figure", "table", "picture"))
SMALL_PART = 0.35
HEAD_ZONE = 14
TAIL_ZONE = 40
SHORT = 200
MOST_SECTIONS = 8  # headings of a part that is no post: a body with more is a text about such parts
NAME = 30
WORD = 32
SEPARATORS = ("｜", "·", "•", "/", "／", ",", "，", ". ", "-", "–", "—", "(", ")", "（", "）", "[", "]", "#", "\u3000")

PARTS = etree.XPath(
    "descendant::*[self::nav or self::form or self::button or self::header or self::footer or self::aside"
    " or (self::div or self::section or self::ul or self::ol or self::p or self::table or self::details"
    " or self::span or self::center or self::h1 or self::h2 or self::h3 or self::h4) and (@class or @id)]"
)
READERS = etree.XPath(
    "boolean(descendant-or-self::*[self::form or self::textarea or contains(@class, 'comment')"
    " or contains(@id, 'comment') or contains(@id, 'disqus')])"
)


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
    _drop_parts(copy, keep)
    _drop_sections(copy, keep)
    known = _believable(units_of(copy), frozenset(repeated))
    _trim(units_of(copy)[:HEAD_ZONE], lambda unit: _is_head(unit, title, known, language), keep)
    _trim(units_of(copy)[::-1][:TAIL_ZONE], lambda unit: _is_tail(unit, known), keep)
    for unit in units_of(copy) if known else ():
        long = len(unit.text) >= SENTENCE and unit.element.tag not in KEPT
        if long and exact_of(unit) in known and not _holds(unit.element, keep):
            _remove(unit.element)
    return copy


def _believable(units: Sequence[Unit], known: frozenset[str]) -> frozenset[str]:
    """The repeated lines, unless they are half of this body: then only those that are the same to the letter."""
    whole = sum(len(unit.text) for unit in units)
    held = sum(len(unit.text) for unit in units if line_of(unit) in known)
    return known if held * 2 <= whole else frozenset(line for line in known if line.startswith("="))


def edges_of(container: HtmlElement, language: str | None = None) -> list[Unit]:
    """The small print at a container's ends: lines of date and author, lists of tags, labels."""
    units = [unit for unit in units_of(container) if unit.text]
    first = [
        unit for unit in units[:EDGE] if is_small_print(unit.text, language) or _is_byline(unit.text) or _tags(unit)
    ]
    last = [unit for unit in units[EDGE:][-EDGE:] if _tags(unit) or is_tail(unit.text)]
    return first + last


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
    names, joined = _names(part)
    if part.find(".//pre") is not None or not names.isdisjoint(("footnotes", "footnote")):
        return False
    if any(parent.tag in KEPT for parent in part.iterancestors()):
        return False
    if part.tag in ("nav", "form", "button", "footer") or (part.tag == "header" and part.find(".//p") is None):
        return True
    if part.tag == "aside" and not names:
        return linked(part) > 0.5
    return not names.isdisjoint(BOILERPLATE) or any(pair in joined for pair in BOILERPLATE_PAIRS) or _contents(part)


def _names(part: HtmlElement) -> tuple[frozenset[str], str]:
    """The words in an element's classes and id, split and joined; not an id made from the heading's own text."""
    identity = part.get("id") or ""
    heading = part if part.tag in HEADINGS else next(iter(part), part)
    made = heading.tag in HEADINGS and letters_of(identity)[:20] in letters_of(heading.text_content())
    if identity and not made:
        return hints.tokens(part), f"{part.get('class') or ''} {identity}".lower().replace("_", "-")
    names = (part.get("class") or "").lower()
    return frozenset(names.replace("-", " ").replace("_", " ").split()) | frozenset(names.split()), names


def _contents(part: HtmlElement) -> bool:
    """Whether a list is a table of contents: three links or more, all to places on the page, and little else."""
    if part.tag not in ("ul", "ol", "div", "details", "section"):
        return False
    links: list[HtmlElement] = LINKS(part)
    inner = [link for link in links if (link.get("href") or "").startswith("#")]
    return len(inner) > 2 and len(inner) == len(links) and linked(part) > 0.85


def _drop_sections(container: HtmlElement, keep: Sequence[str]) -> None:
    """Remove what follows the heading of a part that is no post: related posts, comments, the author."""
    headed = (unit for unit in units_of(container) if unit.element.tag not in (*ITEMS, "pre") and _opens_part(unit))
    for unit in islice(headed, MOST_SECTIONS):
        start = _outermost(unit.element, container)
        rest = list(start.itersiblings())
        before = sum(length_of(each) for each in start.itersiblings(preceding=True))
        if before and _is_part(rest, before) and not any(_holds(each, keep) for each in (start, *rest)):
            for each in (start, *rest):
                _remove(each)
            return


def _opens_part(unit: Unit) -> bool:
    return is_section(unit.text) or is_neighbour_label(unit.text, unit.element.find(".//a") is not None)


def _is_part(rest: Sequence[HtmlElement], before: int) -> bool:
    """Whether what follows such a heading is short, made of links, or a place for readers' comments."""
    whole = sum(length_of(each) for each in rest)
    proper = sum(length_of(each) * (1 - linked(each)) for each in rest)
    short = proper <= min(SHORT, before / 2)
    return short or (proper < whole / 2 and proper < before) or any(READERS(each) for each in rest)


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
        if unit.element.tag not in HEADINGS and len(unit.text) > SENTENCE and _holds(unit.element, keep):
            return
        if unit.empty or furniture(unit):
            _remove(unit.element)
        elif unit.text:
            return


def _is_head(unit: Unit, title: str, known: frozenset[str], language: str | None) -> bool:
    text = unit.text
    if unit.element.tag == "pre":
        return False
    if title and letters_of(text) == letters_of(title):
        return True
    if unit.element.tag in HEADINGS:
        return False
    if line_of(unit) in known or words.is_share(text) or words.is_counter(text) or words.is_comments(text):
        return True
    if _tags(unit):
        return True
    return is_small_print(text, language) or _is_byline(text)


def _is_byline(text: str) -> bool:
    """Whether a text is a byline and nothing else: "By Ann Lee"."""
    name = words.strip_byline(text) if len(text) < 2 * NAME else None
    return name is not None and len(name) <= NAME and not any(mark in name for mark in ",，.。!?")


def is_small_print(text: str, language: str | None) -> bool:
    """Whether a short text is a post's meta line: a date, and beside it nothing longer than a name or a label."""
    if not text or len(text) > 160:
        return False
    found = [printed for printed in dates.scan(text, language) if printed.day or printed.ago]
    if not found or any(mark in text for mark in "。!！?？;；"):
        return False
    rest = "".join("|" if any(p.start <= at < p.end for p in found) else char for at, char in enumerate(text))
    for mark in SEPARATORS:
        rest = rest.replace(mark, "|")
    return all(_is_label(piece.strip()) for piece in rest.split("|"))


def _is_label(piece: str) -> bool:
    """Whether a piece of a meta line is a name, a counter or a label: short, and a colon only after a label."""
    before, colon, _ = piece.replace("：", ":").partition(":")
    if colon and not (words.label(before) or words.is_counter(piece)):
        return False
    name = words.strip_byline(piece) or piece
    return len(name) <= WORD and len(name.split()) <= 4


def _is_tail(unit: Unit, known: frozenset[str]) -> bool:
    if not unit.text:
        return line_of(unit) in known
    if unit.element.tag == "pre":
        return False
    if line_of(unit) in known or is_tail(unit.text) or _tags(unit):
        return True
    return is_neighbour(unit.text) and linked(unit.element) > 0.5


def _tags(unit: Unit) -> bool:
    """Whether a block is a list of links to tags or categories."""
    links: list[HtmlElement] = LINKS(unit.element)
    marked = [
        link for link in links if "tag" in (link.get("rel") or "").lower().split() or path_kind(link.get("href") or "")
    ]
    return bool(links) and len(marked) == len(links) and linked(unit.element) > 0.7


def _holds(element: HtmlElement, keep: Sequence[str]) -> bool:
    if not keep:
        return False
    text = "".join(element.text_content().split())
    return any(piece in text for piece in keep)


def _within(part: HtmlElement, container: HtmlElement) -> bool:
    return any(parent is container for parent in part.iterancestors())


def _remove(element: HtmlElement) -> None:
    """Take an element out of its tree, the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()
