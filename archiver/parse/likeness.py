"""Whether a page shows what is known of it: a post by its title and excerpt, a listing by its posts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from lxml.etree import XPath

from archiver.models import Problem, RawRecord
from archiver.parse.document import Document
from archiver.urls import path_shape
from archiver.words import squeeze

MOST = 200_000  # characters of a page that are looked through
PROBE = 32  # letters of an excerpt that no other post has
SHORTEST_PROBE = 12
SHORTEST_TITLE = 4
FEW = 3
STAYS = "what was archived stays"

TEXT = XPath("descendant::text()[not(ancestor::noscript or ancestor::title)]")
_SEPARATORS = re.compile(r"\s[-:/~]\s|[|·«»•‹›_–—]")


def pieces(text: str) -> Iterator[str]:
    """A title and its parts between separators, squeezed."""
    for piece in (text[:300], *_SEPARATORS.split(text[:300])):
        if piece := squeeze(piece):
            yield piece


def shows_post(doc: Document, title: str, excerpt: str) -> bool:
    """Whether a page shows a post's title or pieces of its excerpt."""
    named = letters(title)
    if len(named) >= SHORTEST_TITLE and named in letters(doc.title):
        return True
    text = letters("".join(TEXT(doc.root))[:MOST])
    if len(named) >= SHORTEST_TITLE and named in text:
        return True
    if any(len(piece) >= SHORTEST_PROBE and piece in named for piece in map(letters, pieces(doc.title))):
        return True
    words = letters(excerpt)
    probes = (words[:PROBE], words[len(words) // 2 :][:PROBE])
    return any(len(probe) >= SHORTEST_PROBE and probe in text for probe in probes)


def tells_apart(title: str, excerpt: str) -> bool:
    """Whether a title and an excerpt say enough to know a post's page by."""
    return len(letters(title)) >= SHORTEST_TITLE or len(letters(excerpt)) >= SHORTEST_PROBE


def same_text(one: Document, other: Document) -> bool:
    """Whether two pages of different addresses read the same: a site's answer to any unknown address."""
    first, second = (letters("".join(TEXT(doc.root))[:MOST]) for doc in (one, other))
    return first == second


def letters(text: str) -> str:
    """The letters and digits of a text, folded: what is left when typography differs."""
    return "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))


@dataclass(frozen=True, slots=True)
class Before:
    """What the archive knows of a listing page: how many posts it showed, and addresses and titles of the blog's posts.

    ``known`` says that the page, as it is read now, shows a post of the blog.
    """

    count: int
    known: bool
    addresses: Collection[str] = ()
    titles: Collection[str] = ()


def layout_fault(url: str, records: Collection[RawRecord], before: Before) -> Problem | None:
    """Whether a page that showed posts shows none of this blog any more: redesigned beyond us, or another site's.

    New posts only are no fault while their addresses have the shape of the old ones, or their titles are known.
    """
    if not before.count or before.known:
        return None
    shapes = {path_shape(address) for address in before.addresses}
    titles = {letters(title) for title in before.titles}
    if any(path_shape(raw.url) in shapes or letters(raw.title) in titles for raw in records):
        return None
    now = f"none of the {len(records)} recognised now is of this blog" if records else "none is recognised now"
    cause = f"layout changed: {before.count} posts stood here, {now}"
    hint = f"{STAYS}; see how it is read: archiver inspect {url}; if it is the blog all the same, say how with --rules"
    return Problem("layout-changed", url, cause, hint)


def fewer(url: str, count: int, before: int) -> Problem | None:
    """A note where less than half of the posts are shown that were shown before."""
    if before <= FEW or count * 2 >= before:
        return None
    cause = f"layout changed? {count:,} posts recognised where {before:,} stood"
    return Problem("fewer-posts", url, cause, f"see how it is read: archiver inspect {url}; {STAYS}")
