"""HTML as a string beside the tree it was written from: where elements stand in it, and what it says without tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml.html import HtmlElement

Key = tuple[str, str | None]
"""The tag and the classes of an element."""
TEXT: Key = ("#text", None)
"""Text between elements."""

TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
ATTRIBUTE = re.compile(r"""\s([^\s=<>"']+)(?:=("[^"]*"|'[^']*'))?""")
_TAG = re.compile(r"<(/?)([^\s<>/]+)[^<>]*>")
_CLASS = re.compile(r"""\sclass=(?:"([^"]*)"|'([^']*)')""")
_ANY_TAG = re.compile("<[^<>]*>")
_VARYING = re.compile(r"\d[\d.,]*|\s+")
_VOID = frozenset(("img", "br", "hr", "input", "embed"))


class CannotBeTold(Exception):
    """A block whose parts do not stand in its HTML one by one."""


@dataclass(slots=True, eq=False)
class Span:
    """Where an element stands in the HTML: from its start tag to its content, to the end of that, to its own end."""

    start: int
    opened: int
    closed: int
    end: int


def spans_of(html: str, block: HtmlElement) -> dict[HtmlElement, Span]:
    """Where each element of a block stands in its HTML as ``outer_html`` writes it. Raises ``CannotBeTold``."""
    elements = iter(block.iter())
    found: dict[HtmlElement, Span] = {}
    opened: list[tuple[str, Span]] = []
    for match in _TAG.finditer(html):
        if match[1]:
            while opened and opened[-1][0] != match[2]:
                opened.pop()
            if not opened:
                raise CannotBeTold
            _, span = opened.pop()
            span.closed, span.end = match.span()
            continue
        element = next(elements, None)
        if element is None or element.tag != match[2]:
            raise CannotBeTold
        found[element] = span = Span(match.start(), match.end(), match.end(), match.end())
        opened.append((match[2], span))
    if next(elements, None) is not None:
        raise CannotBeTold
    return found


def key_of(element: HtmlElement | None) -> Key | None:
    """The kind of an element."""
    return None if element is None else (str(element.tag), element.get("class"))


def children_of(html: str) -> Iterator[tuple[Key, str]]:
    """What stands side by side in a piece of HTML: the kind and the HTML of each element; text between them too."""
    depth = start = 0
    key: Key = TEXT
    for tag in _TAG.finditer(html):
        if depth == 0:
            if html[start : tag.start()].strip():
                yield TEXT, html[start : tag.start()]
            classes = _CLASS.search(tag[0])
            start, key = tag.start(), (tag[2], classes and (classes[1] or classes[2] or ""))
        depth += -1 if tag[1] else tag[2] not in _VOID
        if depth <= 0:
            yield key, html[start : tag.end()]
            start = tag.end()
    if html[start:].strip():
        yield TEXT, html[start:]


def href_of(tag: str) -> str:
    """The address in a start tag, as written there."""
    return next((match[2][1:-1] for match in ATTRIBUTE.finditer(tag) if match[1] == "href" and match[2]), "")


def untagged(html: str) -> str:
    """A stretch of HTML as text without tags, white space folded."""
    text = _ANY_TAG.sub(" ", html) if "<" in html else html
    return " ".join((unescape(text) if "&" in text else text).split())


def loosened(text: str) -> str:
    """The expression for a text whose numbers and white space may differ."""
    parts: list[str] = []
    at = 0
    for match in _VARYING.finditer(text):
        parts += re.escape(text[at : match.start()]), r"\s+" if match[0].isspace() else r"\d[\d.,]*+"
        at = match.end()
    return "".join((*parts, re.escape(text[at:])))
