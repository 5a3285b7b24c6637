"""HTML to lxml trees and back: linear time, no input raises, no text is lost to deep nesting."""

from __future__ import annotations

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

DEEPEST = 2000
FLAT = 400
UNCOUNTED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option"),
    )
)


def tree(value: str) -> tuple[HtmlElement, bool]:
    """The root element of a page, and whether its nesting had to be flattened to keep its text.

    libxml2 stops at 2,048 levels without an error; such a page is read again with its nesting cut.
    """
    root = _parse(_encode(value))
    if value.count("<div") != value.count("</div") or may_be_askew(root):
        value = balanced(value)
        root = _parse(_encode(value))
    if _depth(root) < DEEPEST:
        return root, False
    return _parse(_encode(flatten(value))), True


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


def _parse(data: bytes) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(CLASSES)
    try:
        return document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return document_fromstring(b"<html><body></body></html>", parser=parser)


def _depth(root: HtmlElement) -> int:
    """The depth of the last element: a page that was cut at the limit ends at its deepest."""
    depth, element = 0, root
    while len(element):
        element = element[-1]
        depth += 1
    return depth
