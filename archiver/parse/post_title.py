"""A post's title on its own page, and the JSON-LD objects that describe the post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archiver.parse.document import Document
from archiver.parse.post_profile import PostProfile, squeezed
from archiver.text import inline

POSTING = ("blogposting", "newsarticle", "article", "techarticle", "socialmediaposting", "report", "webpage")
SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", " ‹ ", " › ", "｜", " _ ", "|", "-")
LEVELS = 4
HEADINGS = (etree.XPath("//h1"), etree.XPath("//h2"))
NAMED_TITLES = etree.XPath(
    "//*[@itemprop='headline' or contains(concat(' ', @class, ' '), ' p-name ')"
    " or contains(concat(' ', @class, ' '), ' entry-title ') or contains(concat(' ', @class, ' '), ' post-title ')]"
)


def title_of(
    doc: Document, profile: PostProfile, known: str, container: HtmlElement
) -> tuple[str, str, HtmlElement | None]:
    """The title, the rule that found it, and the heading that prints it.

    ``known`` is the title on the index. A heading counts when ``<title>`` or the declared title holds its text, or
    when it is the one above the body, in ``container``.
    """
    bare = without_site(doc, profile)
    site = squeezed(_site(doc, profile))
    declared = _declared_title(doc, site)
    texts = [squeezed(text) for text in (known, bare, declared) if text]
    marked: list[HtmlElement] = NAMED_TITLES(doc.root)
    for rule, elements in (("heading", _headings(doc, 0)), ("marked", marked), ("heading", _headings(doc, 1))):
        for element in elements:
            text = inline(element)
            if text and squeezed(text) in texts:
                return text, rule, element
    for element in (*_headings(doc, 0), *_headings(doc, 1)):
        text = inline(element)
        if len(text) > 3 and squeezed(text) in squeezed(doc.title) and squeezed(text) != site:
            return text, "heading", element
    if declared:
        return declared, "declared", None
    if bare:
        return bare, "title", None
    above = _heading_above(container)
    text = inline(above) if above is not None else ""
    return (text, "heading above", above) if text and squeezed(text) != site else ("", "", None)


def _heading_above(container: HtmlElement) -> HtmlElement | None:
    """The nearest heading before the body, up to a few levels up, or the first one in it."""
    element = container
    for _ in range(LEVELS):
        for sibling in element.itersiblings(preceding=True):
            found = [each for each in sibling.iter("h1", "h2", "h3") if not each.find("a/img")]
            if found and sibling.tag not in ("nav", "aside"):
                return found[-1]
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        element = parent
    return next(iter(container.iter("h1")), None)


def _headings(doc: Document, level: int) -> list[HtmlElement]:
    found: list[HtmlElement] = HEADINGS[level](doc.root)
    return found


def _declared_title(doc: Document, site: str) -> str:
    named = (str(each.get("headline") or "") for each in postings(doc) if isinstance(each.get("headline"), str))
    for text in (*named, doc.first("og:title", "twitter:title", "dc.title")):
        if text and squeezed(text) != site:
            return inline(text) if "<" in text or "&" in text else " ".join(text.split())
    return ""


def _site(doc: Document, profile: PostProfile) -> str:
    return (profile.suffix or profile.prefix or doc.first("og:site_name")).strip(" |-–—·:»«•")


def without_site(doc: Document, profile: PostProfile) -> str:
    """``<title>`` without the blog's name, as far as the profile or the page tell it."""
    title = doc.title
    if profile.suffix or profile.prefix:
        title = title.removesuffix(profile.suffix) if profile.suffix else title
        title = title.removeprefix(profile.prefix) if profile.prefix else title
        return title.strip().strip("|–—·»«•").strip(" -").strip()
    site = squeezed(doc.first("og:site_name"))
    for separator in SEPARATORS if site else ():
        first, _, rest = title.partition(separator)
        begin, _, last = title.rpartition(separator)
        if begin and squeezed(last) == site:
            return begin.strip()
        if rest and squeezed(first) == site:
            return rest.strip()
    return title


def postings(doc: Document) -> list[Mapping[str, Any]]:
    """The JSON-LD objects that describe a post, posts before pages."""
    ranked = ((_rank(each.get("@type")), each) for each in doc.json_ld)
    return [each for rank, each in sorted((pair for pair in ranked if pair[0] >= 0), key=lambda pair: pair[0])]


def _rank(kind: Any) -> int:
    kinds = [str(each).lower() for each in (kind if isinstance(kind, list) else [kind])]
    return min((POSTING.index(each) for each in kinds if each in POSTING), default=-1)
