"""HTML to lxml trees and back: linear time, no input raises, no text is lost to deep nesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
    document_fromstring,
    tostring,
)

from archiver.text.balance import balanced, may_be_askew

CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
"""One class for all elements: lxml's own parser asks Python for the class of every element it hands out."""

FLAT = 150
LARGE = 131_072  # characters without which no tag holds so many attributes that it matters
MOST_ATTRIBUTES = 1000
UNCOUNTED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option"),
    )
)

_END = re.compile(r"</html\s*>", re.IGNORECASE)
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=(?:\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"'>][^\s>]*+))?+)?+"""
_FIRST = re.compile(rf"(?:[\s/]*+{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")
_TOKEN = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|script.*?(?:</script|\Z)|[a-z][^\s/>]*+((?:[\s/]++|{_ATTRIBUTE})*+))",
    re.IGNORECASE | re.DOTALL,
)


def tree(value: str) -> tuple[HtmlElement, bool]:
    """The root element of a page, and whether its nesting had to be flattened to keep its text.

    libxml2 ends a page at ``</html>``, where browsers read on. It cuts a page off at 256 levels, or at a text of
    10 MB; such a page is read again with its nesting cut.
    """
    value = sparing(value) if len(value) > LARGE else value
    end = _END.search(value)
    if end is not None and "<" in value[end.end() :]:
        value = _END.sub("", value)
    root, whole = _parse(_encode(value))
    if value.count("<div") != value.count("</div") or may_be_askew(root):
        value = balanced(value)
        root, whole = _parse(_encode(value))
    if whole:
        return root, False
    flat = flatten(value)
    return _parse(_encode(flat), huge=True)[0], flat != value


def fragment(value: str) -> HtmlElement:
    """The body that holds a piece of HTML; always an element, if an empty one."""
    root, _ = tree(f"<html><body>{value}</body></html>")
    body = root.find("body")
    return root if body is None else body


def flatten(value: str) -> str:
    """The same page with tags left out where they would nest deeper than a tree can hold; all text stays. Linear."""
    out, at, depth, skipped = [], 0, 0, 0
    for start, end in _tags(value):
        out.append(value[at:start])
        at = end
        tag = value[start:end]
        name = _name(tag)
        if not name or name in UNCOUNTED or tag.endswith("/>"):
            out.append(tag)
        elif tag[1] != "/":
            out.append(tag if depth < FLAT else "")
            skipped += depth >= FLAT
            depth += depth < FLAT
        elif skipped:
            skipped -= 1
        else:
            depth = max(depth - 1, 0)
            out.append(tag)
    return "".join((*out, value[at:]))


def sparing(value: str) -> str:
    """The same page without what follows the first thousand attributes of a tag: libxml2 compares each with all before.

    Linear.
    """
    out, at = [], 0
    for token in _TOKEN.finditer(value):
        start, end = token.span(1)
        if end - start > MOST_ATTRIBUTES and (kept := _FIRST.match(value, start, end)):
            out.append(value[at : kept.end()])
            at = end
    return "".join((*out, value[at:]))


def outer_html(element: HtmlElement) -> str:
    """An element as HTML, without the text after it."""
    return tostring(element, encoding="unicode", with_tail=False)


def inner_html(element: HtmlElement) -> str:
    """What stands inside an element, as HTML."""
    parts = (tostring(child, encoding="unicode") for child in element)
    return "".join((escape(element.text or "", quote=False), *parts)).strip()


def _tags(value: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (start := value.find("<", at)) >= 0 and (end := value.find(">", start)) >= 0:
        at = end + 1
        yield start, at


def _name(tag: str) -> str:
    """The name of a tag in lower case; empty for comments, declarations and stray marks."""
    words = tag[1:40].lstrip("/").replace(">", " ").replace("/", " ").split(maxsplit=1)
    return words[0].lower() if words and words[0][0].isalpha() else ""


def _encode(value: str) -> bytes:
    value = value.replace("\0", "")
    try:
        return value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _parse(data: bytes, *, huge: bool = False) -> tuple[HtmlElement, bool]:
    """The root element, and whether libxml2 read the page to its end; without ``huge`` it keeps to its own limits."""
    parser = HTMLParser(encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(CLASSES)
    try:
        root = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    last = parser.error_log.last_error
    whole = last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return document_fromstring(b"<html><body></body></html>", parser=parser) if root is None else root, whole
