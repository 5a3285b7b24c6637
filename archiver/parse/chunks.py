"""The short texts of a block: where dates, bylines, counters and labels are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import words

TEXTS = XPath("descendant::text()", smart_strings=False)  # twice as fast as itertext
LONGEST = 90  # characters: a longer text is prose, not a label
LONGEST_PIECE = 40  # characters between two elements of a long line that may be a date
LONGEST_BADGE = 36  # characters: blocks within a block that are read as one, such as a day above its month
INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i img kbd label mark q s samp small span strong sub sup time tt u var "
    "wbr svg use path ins del big br".split()
)


CODE = ("pre", "listing", "xmp", "textarea")  # what stands there is shown, not said


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A short text of a block: the element it stands in, its tag path from the block, and the text."""

    element: HtmlElement
    path: str
    text: str


def text_of(element: HtmlElement) -> str:
    """All text of an element with white space folded."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(" ".join(texts_of(element)).split())


def width(text: str) -> int:
    """The columns of a text: two for a wide character, as in East Asian scripts."""
    return len(text) if text.isascii() else sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def texts_of(element: HtmlElement) -> list[str]:
    """The text nodes inside an element, in reading order."""
    texts: list[str] = TEXTS(element)
    return texts


def short_text(element: HtmlElement, longest: int = LONGEST) -> str | None:
    """The text of an element as by ``text_of`` where it has at most so many characters, None where it is longer."""
    first = " ".join((element.text or "").split())
    if not len(element) or len(first) > longest:
        return first if len(first) <= longest else None
    pieces: list[str] = []
    length = -1
    for text in element.itertext():
        piece = " ".join(text.split())
        if piece:
            pieces.append(piece)
            length += len(piece) + 1
            if length > longest:
                return None
    return " ".join(pieces)


def in_code(element: HtmlElement) -> bool:
    """Whether an element stands in a listing of code."""
    return any(parent.tag in CODE for parent in element.iterancestors())


def length_of(element: HtmlElement) -> int:
    """How many characters of text an element holds, white space at the ends of text nodes not counted."""
    return sum(len(text.strip()) for text in element.itertext())


def chunks(block: HtmlElement, title: HtmlElement | None) -> list[Chunk]:
    """The short texts of a block in reading order, without those of its title."""
    holders: set[HtmlElement] = set()
    if title is not None:
        holders.add(title)
        holders.update(title.iterancestors())
    return list(_walk(block, "", title, holders))


def _walk(element: HtmlElement, path: str, title: HtmlElement | None, holders: set[HtmlElement]) -> Iterator[Chunk]:
    if element is title or not isinstance(element.tag, str) or element.tag in CODE:
        return
    if element not in holders and not _has_blocks(element):
        text = short_text(element)
        if text or (text is not None and element.attrib):
            yield Chunk(element, path, text)
        else:
            yield from _inner(element, path)
        return
    if element not in holders and path:
        text = short_text(element, LONGEST_BADGE)
        if text and _is_one(element, text):
            yield Chunk(element, path, text)
            return
    if element.text and element.text.strip():
        yield Chunk(element, f"{path}/text()", " ".join(element.text.split())[:LONGEST])
    for child in element:
        if isinstance(child.tag, str):
            yield from _walk(child, f"{path}/{child.tag}".lstrip("/"), title, holders)
        if child.tail and child.tail.strip() and len(child.tail.strip()) <= LONGEST:
            yield Chunk(element, f"{path}/text()", " ".join(child.tail.split()))


def _is_one(element: HtmlElement, text: str) -> bool:
    """Whether blocks say one thing together: a badge is linked as a whole or not at all, a row of labels in parts."""
    links = [linked for a in element.iter("a") if (linked := text_of(a))]
    return not links or links == [text]


def _inner(element: HtmlElement, path: str) -> Iterator[Chunk]:
    """The short texts of a long run: elements at its ends, pieces with a number between elements, time elements."""
    edges: list[HtmlElement] = []
    if not (element.text or "").strip():
        edges += _leading(list(element))
    known = set(edges)
    edges += [child for child in _trailing(list(element)) if child not in known]
    known.update(edges)
    for child in edges:
        text = short_text(child) if child.tag != "a" else None
        if text:
            yield Chunk(child, f"{path}/{child.tag!s}".lstrip("/"), text)
    for text in (element.text, *(child.tail for child in element)):
        piece = (text or "").strip()
        longest = LONGEST if words.is_signed(piece) else LONGEST_PIECE
        if 0 < len(piece) <= longest and any(char.isdecimal() for char in piece):
            yield Chunk(element, f"{path}/text()", piece)
    for child in element.iter("time"):
        if known.isdisjoint((child, *child.iterancestors())):
            yield Chunk(child, f"{path}//time", text_of(child))


def _leading(children: list[HtmlElement]) -> list[HtmlElement]:
    """The children before the first text between them."""
    found = []
    for child in children:
        found.append(child)
        if len((child.tail or "").strip()) > 3:
            break
    return found


def _trailing(children: list[HtmlElement]) -> list[HtmlElement]:
    """The children after the last text between them."""
    found = []
    for child in reversed(children):
        if len((child.tail or "").strip()) > 3:
            break
        found.append(child)
    return found[::-1]


def _has_blocks(element: HtmlElement) -> bool:
    return any(each.tag not in INLINE and isinstance(each.tag, str) for each in element.iterdescendants())
