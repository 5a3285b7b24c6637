"""End tags that a page forgot, added where a browser would take them as said.

libxml2 passes over the end of an article, a section or a list item while a ``div`` within is open, as cut excerpts
leave it: all that follows would then stand inside. A browser closes the ``div``.
"""

from __future__ import annotations

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

CONTAINERS = frozenset("article aside footer header li main nav ol section ul".split())
BOUNDARIES = frozenset(("caption", "table", "td", "th"))
UNREAD = frozenset(("script", "style", "template", "textarea"))
OPAQUE = {name: re.compile(f"</{name}", re.IGNORECASE) for name in UNREAD}
DEEPEST = 400
_TAG = re.compile(
    rf"<(?:(!--)|(/?)({'|'.join(sorted({'div'} | CONTAINERS | BOUNDARIES | UNREAD))})(?=[\s/>]))", re.IGNORECASE
)
_ASKEW = XPath(
    "boolean(//article//article | //section//section | //li/descendant::li[not(parent::ul or parent::ol or"
    " parent::menu or parent::dir)])"
)


def may_be_askew(root: HtmlElement) -> bool:
    """Whether posts or list items of a tree stand inside each other, as forgotten end tags leave them."""
    return bool(_ASKEW(root))


def balanced(value: str) -> str:
    """The same page with the end tags of each ``div`` that is open where its article, section or item ends. Linear."""
    out: list[str] = []
    open_: list[str] = []
    at = copied = 0
    while (found := _TAG.search(value, at)) is not None:
        at = found.end()
        comment, slash, name = found[1], found[2], (found[3] or "").lower()
        if comment or (name in UNREAD and not slash):
            at = _after(value, at, name)
            continue
        if slash:
            missing = _ended(open_, name)
        else:
            missing = _ended_by_next(open_) if name == "li" else []
            open_ += [name] if name not in UNREAD else []
            if len(open_) > DEEPEST:
                return value
        if missing:
            out += (value[copied : found.start()], *(f"</{each}>" for each in missing))
            copied = found.start()
    return "".join((*out, value[copied:]))


def _after(value: str, start: int, name: str) -> int:
    """Where a comment, or an element that holds no elements, ends; the end of the page if it never does."""
    if not name:
        end = value.find("-->", start)
        return len(value) if end < 0 else end + 3
    closed = OPAQUE[name].search(value, start)
    return len(value) if closed is None else closed.end()


def _ended(open_: list[str], name: str) -> list[str]:
    """What is open within the element that ends here, innermost first; it is taken from the open ones."""
    for place in range(len(open_) - 1, -1, -1):
        if open_[place] == name:
            within = open_[:place:-1]
            del open_[place:]
            return within
        if open_[place] in BOUNDARIES and name not in BOUNDARIES:
            break
    return []


def _ended_by_next(open_: list[str]) -> list[str]:
    """What the next item of a list ends: the item before it, and each ``div`` that is open within."""
    place = len(open_)
    while place and open_[place - 1] == "div":
        place -= 1
    if not place or open_[place - 1] != "li":
        return []
    ended = open_[: place - 2 : -1] if place > 1 else open_[::-1]
    del open_[place - 1 :]
    return ended if len(ended) > 1 else []
