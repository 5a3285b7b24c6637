"""The block of a link that is the only one of its kind: found by what stands around it, for nothing repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote

from lxml.html import HtmlElement

from archiver import words
from archiver.parse.chunks import LONGEST_PIECE, text_of
from archiver.parse.links import HEADINGS

HoldsPager = Callable[[HtmlElement], bool]

CLIMB = 6  # containers around a link in which its heading is sought
NOT_BODY = (*HEADINGS, "ul", "ol", "nav", "aside", "footer", "header", "main", "form", "article")
PROSE = 40  # letters outside links that are more than a line of small print


def repeats(element: HtmlElement) -> str:
    """The text of a link by which many posts may be linked alike: "permalink", "read more"; otherwise empty."""
    text = text_of(element)
    if not (words.is_permalink(text) or words.is_read_more(text)):
        return ""
    return "".join("0" if char.isdigit() else char for char in text)


def each_alone(chains: Sequence[Sequence[HtmlElement]], holds_pager: HoldsPager) -> list[HtmlElement]:
    """The blocks of links of one address; links that stand in one element have one block."""
    found: dict[HtmlElement, HtmlElement] = {}
    for chain in chains:
        if chain[1] not in found:
            found[chain[1]] = _alone(chain, holds_pager)
    return [found[chain[1]] for chain in chains]


def _alone(chain: Sequence[HtmlElement], holds_pager: HoldsPager) -> HtmlElement:
    """The block of a link that is the only one of its kind: the nearest sectioning ancestor, else its container.

    A block never holds a pager: it ends below what would hold one.
    """
    for tags in (("article", "li", "section"), ("div", "td", "main")):
        for place, element in enumerate(chain):
            if element.tag in tags and place > 0 and not _heads_others(element, chain):
                if element.tag == "div" and _is_card(chain[0]) and _holds_heading(element, chain):
                    return chain[0]
                found = next((n for n in range(place, 0, -1) if not holds_pager(chain[n])), 1)
                return _grown(chain, _headed(chain, found, holds_pager), holds_pager)
    return chain[min(1, len(chain) - 1)]


def _heads_others(element: HtmlElement, chain: Sequence[HtmlElement]) -> bool:
    """Whether a section has a heading that is not of the link, which has a title of its own: it may be the page's."""
    own = text_of(chain[0]) and not repeats(chain[0])
    return element.tag == "section" and bool(own) and _holds_heading(element, chain)


def _is_card(link: HtmlElement) -> bool:
    """Whether a link holds blocks with text: a card that is all link."""
    return next(link.iter("div", "p", "section", *HEADINGS), None) is not None and bool(text_of(link))


def _holds_heading(element: HtmlElement, chain: Sequence[HtmlElement]) -> bool:
    """Whether an element has a heading that neither holds the link nor stands in it."""
    around = frozenset(chain)
    headings = (h for h in element.iter(*HEADINGS) if text_of(h))
    return any(h not in around and chain[0] not in h.iterancestors() for h in headings)


def _headed(chain: Sequence[HtmlElement], place: int, holds_pager: HoldsPager) -> int:
    """Where the block ends; for a link that says only whose it is, around the heading that is close above it."""
    if not repeats(chain[0]):
        return place
    for higher in range(place, min(place + CLIMB, len(chain))):
        if chain[higher].tag not in ("div", "section", "article", "li", "td") or holds_pager(chain[higher]):
            break
        if any(text_of(heading) for heading in chain[higher].iter(*HEADINGS)):
            return higher
    return place


def _grown(chain: Sequence[HtmlElement], place: int, holds_pager: HoldsPager) -> HtmlElement:
    """The block, or the one around it while that adds only running text: no heading, list, or part of the page.

    Around a block that has its text already stand other things.
    """
    grown = place
    while place + 1 < len(chain) and chain[place + 1].tag in ("div", "section", "article", "span"):
        inner, outer = chain[place], chain[place + 1]
        if _letters_beside_links(inner) >= PROSE:
            break
        added = [
            e for child in outer if child is not inner for e in child.iter(*NOT_BODY) if not _is_its_list(e, chain[0])
        ]
        if added or holds_pager(outer):
            break
        place += 1
        if any(e is not inner and text_of(e) for e in outer):
            grown = place
    return chain[grown]


def _is_its_list(element: HtmlElement, link: HtmlElement) -> bool:
    """Whether an element is a list as short as that of a post's tags, or of links that all name the post's address."""
    if element.tag not in ("ul", "ol"):
        return False
    links = [a.get("href") or "" for a in element.iter("a")]
    own = link.get("href") or ""
    return len(text_of(element)) <= LONGEST_PIECE or (bool(links) and all(_names(href, own) for href in links))


def _names(href: str, own: str) -> bool:
    """Whether an address is that of the post, or has it within: to comment on it, to pass it on."""
    address = (own.partition("://")[2] or own).rstrip("/")
    _, found, rest = unquote(href).partition(address)
    return "/" in address and bool(found) and not rest[:1].isalnum() and rest[:1] not in ("-", "_")


def _letters_beside_links(element: HtmlElement) -> int:
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return sum(map(str.isalpha, text_of(element))) - linked
