"""When two values of a post's field are the same: keys for comparison, empty for an unknown value. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from archiver.models import FoundDate, Image
from archiver.urls import identity
from archiver.words import is_comments, is_counter

ELLIPSES = ("…", "...", "⋯", "。。。")
PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico")

COUNTERS_AT_MOST = 120  # characters of a line that may be nothing but counters
BETWEEN = re.compile(r"[|·•/,，、;；\t]")


def squeezed(text: str | None) -> str:
    """Text without any whitespace: what a change of content would show in."""
    return "".join(text.split()) if text else ""


def content_key(text: str | None) -> str:
    """Text squeezed, without the counters that stand on short lines of their own ("327 views · 3 comments")."""
    if not text:
        return ""
    return squeezed("\n".join(line for line in text.splitlines() if not counts(line)))


def counts(line: str) -> bool:
    """Whether a line holds nothing but counters."""
    if len(line) > COUNTERS_AT_MOST or not any(map(str.isdigit, line)):
        return False
    return all(is_counter(piece) or is_comments(piece) for piece in BETWEEN.split(line) if piece.strip())


def picture_key(url: str) -> str:
    """A picture's address for comparison: the query of an image file is a cache key or a signature."""
    address = identity(url)
    return address.partition("?")[0] if urlsplit(url).path.lower().endswith(PICTURE_NAMES) else address


def images_key(images: Iterable[Image]) -> str:
    """The pictures in order, with what is said of them."""
    return "\n".join(f"{picture_key(image.url)} {squeezed(image.alt)} {squeezed(image.caption)}" for image in images)


def tags_key(tags: Iterable[str]) -> str:
    """The tags, whatever their order."""
    return "\n".join(sorted(map(squeezed, tags)))


def date_key(found: FoundDate) -> str:
    """The date itself, however it was printed."""
    return found.value or ""


def plain_key(value: str | None) -> str:
    """The value as it is."""
    return value or ""


def cut(short: str, whole: str) -> bool:
    """Whether one text is the other cut short, with an ellipsis at its end."""
    stem = squeezed(short)
    for ellipsis in ELLIPSES:
        if stem.endswith(ellipsis):
            stem = stem.removesuffix(ellipsis).rstrip(".")
            return bool(stem) and squeezed(whole).startswith(stem)
    return False
