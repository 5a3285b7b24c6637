"""A post's title on its own page, and the JSON-LD objects that describe the post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archiver.parse.document import Document
from archiver.parse.post_profile import PostProfile
from archiver.parse.post_weights import squeezed
from archiver.text import inline
from archiver.urls import identity, join, origin

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
    marked: list[HtmlElement] = NAMED_TITLES(doc.root)
    headings = [("heading", each) for each in _headings(doc, 0)]
    headings += [("marked", each) for each in marked]
    headings += [("heading", each) for each in _headings(doc, 1)]
    own = [(rule, each, text) for rule, each in headings if (text := inline(each)) and not _leads_home(each, doc)]
    whole = squeezed(doc.title)
    trusted = [squeezed(text) for text in (known, declared) if text]
    if (declared and squeezed(declared) in whole) or not declared:
        trusted.append(squeezed(bare))
    for wanted in filter(None, trusted):
        for rule, each, text in own:
            if squeezed(text) == wanted:
                return text, rule, each
    if declared and squeezed(declared) not in whole:
        return declared, "declared", None
    held = [
        (each, text) for _, each, text in own if len(text) > 3 and squeezed(text) in whole and squeezed(text) != site
    ]
    for each, text in sorted(held, key=lambda pair: not whole.startswith(squeezed(pair[1]))):
        return text, "heading", each
    if known and not declared and squeezed(known) in whole:
        return known, "title of the index", None
    if declared or (bare and squeezed(bare) != site):
        return (declared, "declared", None) if declared else (bare, "title", None)
    above = _heading_above(container)
    text = inline(above) if above is not None else ""
    return (text, "heading above", above) if text and squeezed(text) != site else ("", "", None)


def _leads_home(heading: HtmlElement, doc: Document) -> bool:
    """Whether a heading is the blog's name: a link to the home page, while this page is not that."""
    link = heading.find(".//a[@href]")
    if link is None:
        parent = heading.getparent()
        link = parent if parent is not None and parent.tag == "a" and len(parent) == 1 else None
    address = join(doc.base, link.get("href") or "") if link is not None else None
    return address is not None and identity(address) == identity(origin(doc.url)) != identity(doc.url)


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
