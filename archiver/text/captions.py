"""Captions of pictures: ``figcaption`` and its look-alikes, told by structure and by hints in the class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

LONGEST = 600
CLIMB = 4

PICTURES = ("img", "picture", "amp-img", "svg")
HINTED = etree.XPath("descendant::figcaption | descendant::*[@class][contains(@class, 'aption')]")
FIGURE_TEXT = etree.XPath("descendant::figure[.//img][not(.//figcaption)]/*[self::p or self::span or self::div]")
HEADINGS = etree.XPath("boolean(descendant::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5])")
IMAGE_BEFORE = etree.XPath("boolean(preceding-sibling::*/descendant-or-self::img)")


def captions_of(element: HtmlElement) -> set[HtmlElement]:
    """The elements inside this one that hold a picture's caption; never one that holds a picture itself."""
    if not _pictured(element):
        return set()
    found = set[HtmlElement]()
    hinted: list[HtmlElement] = HINTED(element)
    pictured = cache(_pictured)
    for candidate in hinted:
        near = candidate.tag == "figcaption" or (_short(candidate) and _near_picture(candidate, pictured))
        if near and not _pictured(candidate):
            found.add(candidate)
    beside: list[HtmlElement] = FIGURE_TEXT(element)
    found.update(candidate for candidate in beside if not _pictured(candidate) and _short(candidate))
    found.update(candidate for candidate in _emphasised(element) if _stands_alone(candidate))
    return {candidate for candidate in found if not any(parent in found for parent in candidate.iterancestors())}


def _pictured(element: HtmlElement) -> bool:
    """Whether an element is or holds a picture."""
    return next(element.iter(*PICTURES), None) is not None


def _short(element: HtmlElement) -> bool:
    return not _is_longer(element, LONGEST) and 0 < len(element.text_content().strip()) <= LONGEST


def _is_longer(element: HtmlElement, most: int) -> bool:
    """Whether the text of an element, white space at the ends of text nodes not counted, is longer; read no further."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > most:
            return True
    return False


def _near_picture(element: HtmlElement, pictured: Callable[[HtmlElement], bool]) -> bool:
    """Whether a picture stands in the same small container as the element."""
    named = {"caption", "tr-caption"} & set((element.get("class") or "").lower().split())
    if element.tag in ("caption", "table", "tr", "pre", "code") or (element.tag == "td" and not named):
        return False
    if HEADINGS(element):
        return False
    for _, parent in zip(range(CLIMB), element.iterancestors(), strict=False):
        if parent.tag in ("body", "article", "main"):
            return False
        if pictured(parent):
            return parent is element.getparent() or not _is_longer(parent, LONGEST * 4)
    return False


def _emphasised(element: HtmlElement) -> Iterator[HtmlElement]:
    """The emphasis beside pictures, in the paragraph or container that holds both."""
    holders = (next(image.iterancestors("p", "center", "div"), None) for image in element.iterdescendants("img"))
    for holder in dict.fromkeys(holders):
        if holder is not None and not _is_longer(holder, LONGEST):
            yield from holder.iterchildren("em", "i", "small")


def _stands_alone(element: HtmlElement) -> bool:
    """Whether the element follows a picture and all text of its paragraph is its own."""
    parent = element.getparent()
    if parent is None or not _short(element) or _pictured(element):
        return False
    return bool(IMAGE_BEFORE(element)) and parent.text_content().strip() == element.text_content().strip()
