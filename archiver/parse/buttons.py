"""What in a post's shown text is a button: to read on, or to pass the post on to others."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from lxml.html import HtmlElement

from archiver import words
from archiver.parse.chunks import in_code, short_text, text_of
from archiver.parse.links import COMMENTING

MEDIA = ("img", "picture", "figure", "video", "audio", "iframe")
SPARE_LETTERS = 30  # letters beside the links of a row of buttons: "Share this:"


def has_media(element: HtmlElement) -> bool:
    """Whether an element is or holds a picture, a film or a sound."""
    return element.tag in MEDIA or any(True for _ in element.iter(*MEDIA))


def drop_read_more(block: HtmlElement, is_own: Callable[[HtmlElement], bool]) -> None:
    """Remove links that only lead on to the post, and what only says so at the end of the text."""
    for link in list(block.iter("a")):
        if (_leads_on(link) or words.is_permalink(short_text(link) or "")) and is_own(link):
            _remove(link, block)
    said = text_of(block)
    for element in reversed(list(block.iter("span", "em", "strong", "b", "p", "div", "small"))):
        ends = element is not block and said.endswith(short_text(element, words.LONGEST_WITH_TITLE) or "\0")
        if ends and _leads_on(element) and not has_media(element) and not in_code(element):
            _remove(element, block)
            said = text_of(block)


def passes_on(href: str, own: str) -> bool:
    """Whether an address hands that of a post over to another place: as ``share?u=https%3A%2F%2F...``."""
    address = own.partition("://")[2].rstrip("/")
    if "/" not in address or len(href) <= len(address):
        return False
    before, found, _ = unquote(href).partition(address)
    return bool(found) and "=" in before


def drop_passing_on(block: HtmlElement, own: str) -> None:
    """Remove the rows of links that hand over the post or lead to its comments, with the words beside them."""
    buttons = {link for link in block.iter("a") if is_button(link.get("href") or "", own)}
    others: set[HtmlElement] = set()
    for link in buttons:
        row, parent = link, link.getparent()
        while parent is not None and parent is not block and parent not in others:
            if not _is_row(parent, buttons):
                others.add(parent)
                break
            row, parent = parent, parent.getparent()
        if row.getparent() is not None and (row is not link or passes_on(link.get("href") or "", own)):
            _remove(row, block)


def is_button(href: str, own: str) -> bool:
    """Whether an address hands a post over to another place, or is that of the comments on one."""
    return passes_on(href, own) or href.partition("#")[2].lower().startswith(COMMENTING)


def _is_row(element: HtmlElement, buttons: set[HtmlElement]) -> bool:
    """Whether an element holds the buttons and a label, and no other link or picture."""
    letters = 0
    for inner in element.iterdescendants():
        if inner.tag == "a" and inner not in buttons and text_of(inner):
            return False
    stack = [element]
    while stack:
        inner = stack.pop()
        if inner in buttons or not isinstance(inner.tag, str):
            continue
        if inner.tag in MEDIA:
            return False
        texts = (inner.text, *(child.tail for child in inner))
        letters += sum(char.isalpha() for text in texts if text for char in text)
        if letters > SPARE_LETTERS:
            return False
        stack.extend(inner)
    return True


def _leads_on(element: HtmlElement) -> bool:
    """Whether all that an element says asks to read the rest of a post."""
    text = short_text(element, words.LONGEST_WITH_TITLE)
    return text is not None and words.is_read_more(text)


def _remove(element: HtmlElement, block: HtmlElement) -> None:
    parent = element.getparent()
    if parent is None:
        return
    element.drop_tree()
    while parent is not block and not any(map(str.isalnum, text_of(parent))) and not has_media(parent):
        above = parent.getparent()
        if above is None:
            return
        parent.drop_tree()
        parent = above
