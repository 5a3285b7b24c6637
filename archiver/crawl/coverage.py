"""What is archived against what the blog itself claims. Pure: claims and held posts in, a verdict out.

A claim is only as good as its source: an index page and a feed name posts; a sitemap names all pages, of which those
count whose address has the shape of a known post; gaps between numbered addresses prove nothing and are only told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from statistics import median_low

from archiver.models import Pager
from archiver.parse.following import missing, trap
from archiver.parse.likeness import letters
from archiver.parse.links import address_kind
from archiver.parse.numbering import period
from archiver.store import Blog
from archiver.urls import identity, is_page_like, path_shape, site_of

RARE_SHAPE = 20  # a shape of less than one in so many posts says nothing about other addresses
SHORTEST_ROW = 5  # numbered posts that make a row worth looking for gaps in
GAPS_SHOWN = 5


class Lack(StrEnum):
    """What may be missing."""

    INDEX_PAGE = "index page"
    POST = "post"
    TEXT = "text"
    IMAGE = "image"


class By(StrEnum):
    """Who names posts."""

    INDEX = "index pages"
    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "archive list"


NAMES = {By.INDEX: "the index page", By.FEED: "the feed", By.SITEMAP: "the sitemap", By.LIST: "the archive list"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the blog has and the archive does not: what, where, and who says so."""

    what: Lack
    url: str
    claim: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source names: posts by address, title ("" where it gives none) and the page that names them.

    ``asked`` is the day on which it was read.
    """

    by: By
    url: str
    posts: tuple[tuple[str, str, str], ...]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one source's claim stands: how many posts it names, and how many of them are archived."""

    by: str
    url: str
    claimed: int
    held: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The verdict on one blog. ``notes`` are for information and prove nothing."""

    blog: Blog
    posts: int
    answers: tuple[Answer, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()

    def lacking(self, what: Lack) -> tuple[str, ...]:
        """The addresses of what is missing of one kind."""
        return tuple(one.url for one in self.missing if one.what is what)


@dataclass(frozen=True)
class Held:
    """The posts of a blog in the archive: address as served by address as compared, and their titles.

    ``chrome`` are the identities of pages that every index page links: menus and footers.
    """

    blog: Blog
    posts: Mapping[str, str]
    titles: Collection[str] = field(default=())
    chrome: Collection[str] = field(default=())

    @cached_property
    def shapes(self) -> Mapping[str, int]:
        """The shapes that the posts' addresses usually have, each with its number of posts."""
        found = Counter(path_shape(url) for url in self.posts.values())
        return {shape: count for shape, count in found.items() if count * RARE_SHAPE >= len(self.posts)}

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset(letters(title) for title in self.titles)

    def address(self, url: str) -> str | None:
        """An address as compared; None where it is on another site and not one of our posts under another name."""
        address = self.blog.address(url)
        if site_of(url) in self.blog.sites:
            return address
        moved = self.blog.sites[0] + address.removeprefix(site_of(url))
        return moved if moved in self.posts else None

    def has(self, url: str, title: str = "") -> bool:
        """Whether a post is archived: under this address, or by its title where the address is of another kind."""
        if self.address(url) in self.posts:
            return True
        return bool(letters(title)) and path_shape(url) not in self.shapes and letters(title) in self._letters


def compare(held: Held, claim: Claim) -> tuple[Answer, list[Missing], list[str]]:
    """Hold one claim against the archive: the answer, what is missing, and what can only be told."""
    named = {address: post for post in claim.posts if (address := held.address(post[0]))}
    foreign = len({identity(post[0]) for post in claim.posts}) - len(named)
    counted, doubtful = _posts_among(held, claim.by, named)
    lost = [(url, page) for url, title, page in counted if not held.has(url, title)]
    answer = Answer(claim.by, claim.url, len(counted), len(counted) - len(lost), claim.asked)
    notes = (
        [f"{claim.by} {claim.url} names {doubtful:,} addresses that may be posts or other pages"] if doubtful else []
    )
    if foreign > 0 and claim.by is not By.SITEMAP:
        notes.append(f"{claim.by} {claim.url} names {foreign:,} addresses on other sites")
    return answer, [Missing(Lack.POST, url, f"{NAMES[claim.by]} {page} names it") for url, page in lost], notes


def _posts_among(
    held: Held, by: By, named: Mapping[str, tuple[str, str, str]]
) -> tuple[list[tuple[str, str, str]], int]:
    """Those of the addresses that are posts, and how many more may be.

    A feed or index page names nothing else. A list or sitemap does: there an address must have the shape of a post.
    """
    if by in (By.FEED, By.INDEX):
        return list(named.values()), 0
    shaped: dict[str, list[tuple[str, str, str]]] = {}
    for address, post in named.items():
        shape = path_shape(post[0])
        if address in held.posts or (shape in held.shapes and may_be_post(post[0])):
            shaped.setdefault(shape, []).append(post)
    counted: list[tuple[str, str, str]] = []
    doubtful = 0
    for shape, posts in shaped.items():
        if not telling(shape):
            posts = [post for post in posts if identity(post[0]) not in held.chrome or held.has(post[0])]
        known = [post for post in posts if held.has(post[0], post[1])]
        sure = bool(known) and (telling(shape) or len(known) * 2 > len(posts))
        counted += posts if sure else known
        doubtful += 0 if sure else len(posts) - len(known)
    return counted, doubtful


def may_be_post(url: str) -> bool:
    """Whether nothing in an address says that it is a tag, a page of the listing, a month, a file, or the imprint."""
    return is_page_like(url) and not address_kind(url) and period(url) is None and identity(url) != f"{site_of(url)}/"


def telling(shape: str) -> bool:
    """Whether a shape tells posts from other pages: more than one name at the root."""
    parts = [part for part in shape.strip("/").split("/") if part]
    return len(parts) > 1 or "N" in shape or "?" in shape


def pages_missing(
    pagers: Sequence[Pager], visited: Collection[str], counts: Sequence[int], posts: int
) -> tuple[int | None, list[str]]:
    """The last page's number as the pagers claim it, and the addresses of index pages that were never read.

    A blog that has grown since has one page more, whose posts were read when they stood on another one: where as
    many posts are archived as the pages must hold, no page is missing.
    """
    last = max((pager.last for pager in pagers if pager.last is not None), default=None)
    usual = median_low(counts) if counts else 0
    if last is not None and usual and posts > (last - 1) * usual:
        return last, []
    found = (url for pager in pagers for url in missing(pager, visited))
    return last, [url for url in dict.fromkeys(found) if trap(url) is None]


def not_followed(pagers: Iterable[Pager], visited: Collection[str]) -> list[str]:
    """The next pages that a run which ended early did not come to."""
    ahead = (pager.next for pager in pagers if pager.next and trap(pager.next) is None)
    return [url for url in dict.fromkeys(ahead) if url not in visited and identity(url) not in visited]


def gaps(urls: Iterable[str]) -> Iterator[str]:
    """What is to be said of the gaps between numbered addresses (``/archives/6191``)."""
    rows: dict[str, set[int]] = {}
    for url in urls:
        shape, number = path_shape(url), _number(url)
        if shape.count("N") == 1 and number is not None:
            rows.setdefault(shape, set()).add(number)
    for shape, numbers in rows.items():
        ordered = sorted(numbers)
        between = [(low + 1, high - 1) for low, high in pairwise(ordered) if high - low > 1]
        if len(ordered) < SHORTEST_ROW or not between:
            continue
        count = sum(high - low + 1 for low, high in between)
        some = ", ".join(f"{low}-{high}" if high > low else str(low) for low, high in between[:GAPS_SHOWN])
        more = ", ..." if len(between) > GAPS_SHOWN else ""
        yield (
            f"addresses like {shape} run from {ordered[0]} to {ordered[-1]}: {len(ordered):,} posts, "
            f"{count:,} numbers between them are not ours ({some}{more})"
        )


def _number(url: str) -> int | None:
    """The number that an address ends in, the ending of a page apart: a whole segment, or a parameter's value."""
    last = identity(url).replace("=", "/").rpartition("/")[2].partition(".")[0]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 10 else None
