"""Plain text out of HTML: paragraphs, lists, tables, code and, byte for byte, TeX."""

from __future__ import annotations

from collections.abc import Collection

from lxml.html import HtmlElement

from archiver.text.captions import captions_of
from archiver.text.render import BREAK, Renderer, prose
from archiver.text.tex import formulas, may_hold_tex, restore_tex
from archiver.text.tree import fragment, inner_html, outer_html, tree

__all__ = [
    "captions_of",
    "formulas",
    "fragment",
    "inline",
    "inner_html",
    "line",
    "may_hold_tex",
    "outer_html",
    "plain",
    "restore_tex",
    "tree",
]


def plain(source: HtmlElement | str, *, drop: Collection[HtmlElement] = (), captions: bool = True) -> str:
    """Readable plain text of an element or of a piece of HTML.

    Paragraphs are parted by blank lines, lists have ``- `` or ``1. `` before each item, cells a tab between them,
    quotes ``> ``; ``pre`` keeps its lines, formulas keep every byte. ``drop`` names elements to leave out;
    ``captions=False`` leaves out the captions of pictures.
    """
    element = _element(source)
    if not captions:
        drop = {*drop, *captions_of(element)}
    return Renderer(drop).render(element)


def inline(source: HtmlElement | str) -> str:
    """The text as one line, for titles and names."""
    return line(Renderer().render(_element(source)) if isinstance(source, str) or len(source) else source.text or "")


def line(text: str) -> str:
    """A text without markup as one line."""
    return prose(text.replace(BREAK, " ")).strip()


def _element(source: HtmlElement | str) -> HtmlElement:
    if not isinstance(source, str):
        return source
    element = fragment(source)
    if may_hold_tex(source):
        restore_tex(element)
    return element
