"""Small things in a text that are not words of it: permalink marks, line numbers, pictures of characters."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

PERMALINK_TEXTS = frozenset(
    (
        *("", "#", "##", "¶", "§", "🔗", "⚓", "⚓︎", "∞", "☍", "[#]", "&para;", "\uf0c1", "link", "permalink"),
        *("permanent link", "direct link", "anchor", "link to heading", "permalink to this heading", "🔗︎", "※"),
    )
)
NUMBER_PARTS = ("lineno", "line-number", "linenumber", "gutter", "hljs-ln-n")
NUMBER_CLASSES = frozenset(("lnt", "ln"))
EMOJI_HINTS = ("emoji", "smiley", "smilie")
NUMBERS = re.compile(r"[\d\s]+")


def is_permalink(link: HtmlElement) -> bool:
    """Whether a link in a heading is the mark that links the heading to itself."""
    if "#" not in (link.get("href") or "") and link.get("href") is not None:
        return False
    return " ".join(link.text_content().split()).lower() in PERMALINK_TEXTS and link.find(".//img") is None


def digits_only(element: HtmlElement, beside_code: bool = False) -> bool:
    """Whether an element is a listing's line numbers: nothing but digits, in a gutter or in a cell beside code."""
    if not beside_code and not _hinted(element.get("class") or ""):
        return False
    if not NUMBERS.fullmatch(element.text_content()[:20_000]):
        return False
    return not beside_code or _beside_code(element)


def emoji(image: HtmlElement) -> str:
    """The character that a picture stands for, or nothing."""
    alt = image.get("alt") or ""
    hints = (image.get("class") or "").lower()
    is_character = 0 < len(alt) <= 8 and not alt.isascii()
    return alt if is_character and any(hint in hints for hint in EMOJI_HINTS) else ""


@lru_cache(maxsize=1024)
def _hinted(names: str) -> bool:
    """Whether a class attribute names line numbers."""
    lowered = names.lower()
    return any(hint in lowered for hint in NUMBER_PARTS) or not NUMBER_CLASSES.isdisjoint(lowered.split())


def _beside_code(cell: HtmlElement) -> bool:
    row = cell.getparent()
    if row is None or (cell.find(".//pre") is None and not _hinted(cell.get("class") or "")):
        return False
    return any(other is not cell and other.find(".//pre") is not None for other in row)
