"""What stands around a post's body on its page: the short texts that are about the post, without asides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.parse import hints
from archiver.parse.post_body import edges_of
from archiver.parse.post_units import BLOCKS
from archiver.text import inline

LONGEST_META = 200
OTHERS = frozenset(("related", "similar", "comments", "comment", "respond", "relatedposts", "recommend"))
SIDES = frozenset(("sidebar", "sidebars", "widget", "widgets", "blogroll", "tagcloud", "cloud", "offcanvas", "menu"))


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a page that is about the post: its element, the body in it, the texts before and after the body.

    ``edges`` are the lines of small print that stand inside the body's container, at its ends.
    """

    element: HtmlElement
    container: HtmlElement
    before: tuple[str, ...]
    after: tuple[str, ...]
    edges: tuple[str, ...] = ()
    edge_elements: frozenset[HtmlElement] = frozenset()

    def holds(self, element: HtmlElement) -> bool:
        """Whether an element is about the post: around the body, or in the small print at the body's edges."""
        for each in (element, *element.iterancestors()):
            if each in self.edge_elements:
                return True
            if each is self.container:
                return False
            if each is self.element:
                return True
            if is_aside(each):
                return False
        return False


def region(container: HtmlElement, heading: HtmlElement | None, language: str | None = None) -> Region:
    """What surrounds a body: up to the smallest part with the heading, and up while no sidebar or menu comes in."""
    ancestors = [parent for parent in container.iterancestors() if parent.tag not in ("body", "html")]
    above = {heading, *heading.iterancestors()} if heading is not None else set()
    start = next((at for at, parent in enumerate(ancestors) if parent in above), -1)
    element = ancestors[start] if start >= 0 else container
    for parent in ancestors[start + 1 :]:
        if any(_is_side(child) for child in parent if child is not element):
            break
        element = parent
    units = edges_of(container, language)
    edges, edge_elements = tuple(unit.text for unit in units), frozenset(unit.element for unit in units)
    if element is container:
        return Region(element, container, (), (), edges, edge_elements)
    found = list(_runs(element, container))
    at = found.index("") if "" in found else len(found)
    texts = [text.strip() for text in found]
    before, after = tuple(filter(None, texts[:at])), tuple(filter(None, texts[at:]))
    return Region(element, container, before, after, edges, edge_elements)


def _runs(element: HtmlElement, container: HtmlElement) -> Iterator[str]:
    """The runs of inline text around a body, each in one line, asides left out; an empty one in the body's place."""
    stack: list[HtmlElement | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield " ".join(item.split()) or " "
        elif item is container:
            yield ""
        elif not isinstance(item.tag, str) or (item is not element and is_aside(item)):
            continue
        elif item is element or any(child.tag in BLOCKS or child is container for child in item.iterdescendants()):
            for child in reversed(item):
                stack += [child.tail or " ", child]
            stack.append(item.text or " ")
        else:
            yield " ".join(item.text_content().split()) or " "


def _is_side(element: HtmlElement) -> bool:
    parent = element.getparent()
    if element.tag == "nav" or (element.tag == "aside" and (parent is None or parent.tag != "article")):
        return True
    return not hints.tokens(element).isdisjoint(SIDES)


def is_aside(element: HtmlElement) -> bool:
    """Whether an element lists other posts, a menu or comments."""
    return _is_side(element) or not hints.tokens(element).isdisjoint(OTHERS)


def near(elements: Iterable[HtmlElement], around: Region) -> Iterator[HtmlElement]:
    """Those of the elements that are about the post."""
    return (element for element in elements if around.holds(element))


def text_before(element: HtmlElement) -> str:
    """The text in the same block before an element."""
    previous = element.getprevious()
    parent = element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (text or "").strip() or (inline(previous) if previous is not None else "")


def pieces(text: str) -> list[str]:
    """A meta line cut at its separators."""
    for separator in ("|", "｜", "·", "•", "/", "／", ",", "，", " - ", " – ", " — "):
        text = text.replace(separator, "\n")
    return [piece.strip() for piece in text.split("\n") if piece.strip()] if len(text) <= LONGEST_META else []
