"""Captions of pictures: ``figcaption`` and its look-alikes, told by structure and by hints in the class."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

LONGEST = 600
CLIMB = 4

PICTURES = ("img", "picture", "amp-img", "svg")
HINTED = etree.XPath("descendant::*[self::figcaption or contains(@class, 'aption')]")
FIGURE_TEXT = etree.XPath("descendant::figure[.//img][not(.//figcaption)]/*[self::p or self::span or self::div]")
LONE_EMPHASIS = etree.XPath(
    "descendant::img/ancestor::*[self::p or self::center or self::div][1]/*[self::em or self::i or self::small]"
)
HEADINGS = etree.XPath("boolean(descendant::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5])")
IMAGE_BEFORE = etree.XPath("boolean(preceding-sibling::*/descendant-or-self::img)")


def captions_of(element: HtmlElement) -> set[HtmlElement]:
    """The elements inside this one that hold a picture's caption; never one that holds a picture itself."""
    if not _pictured(element):
        return set()
    found = set[HtmlElement]()
    hinted: list[HtmlElement] = HINTED(element)
    for candidate in hinted:
        near = candidate.tag == "figcaption" or (_near_picture(candidate) and _short(candidate))
        if near and not _pictured(candidate):
            found.add(candidate)
    beside: list[HtmlElement] = FIGURE_TEXT(element)
    found.update(candidate for candidate in beside if not _pictured(candidate) and _short(candidate))
    emphasised: list[HtmlElement] = LONE_EMPHASIS(element)
    found.update(candidate for candidate in emphasised if _stands_alone(candidate))
    return {candidate for candidate in found if not any(parent in found for parent in candidate.iterancestors())}


def _pictured(element: HtmlElement) -> bool:
    """Whether an element is or holds a picture."""
    return next(element.iter(*PICTURES), None) is not None


def _short(element: HtmlElement) -> bool:
    return 0 < len(element.text_content().strip()) <= LONGEST


def _near_picture(element: HtmlElement) -> bool:
    """Whether a picture stands in the same small container as the element."""
    named = {"caption", "tr-caption"} & set((element.get("class") or "").lower().split())
    if element.tag in ("caption", "table", "tr", "pre", "code") or (element.tag == "td" and not named):
        return False
    if HEADINGS(element):
        return False
    for _, parent in zip(range(CLIMB), element.iterancestors(), strict=False):
        if parent.tag in ("body", "article", "main"):
            return False
        if _pictured(parent):
            return len(parent.text_content()) <= LONGEST * 4 or parent is element.getparent()
    return False


def _stands_alone(element: HtmlElement) -> bool:
    """Whether the element follows a picture and all text of its paragraph is its own."""
    parent = element.getparent()
    if parent is None or not bool(IMAGE_BEFORE(element)) or not _short(element) or _pictured(element):
        return False
    return parent.text_content().strip() == element.text_content().strip()
