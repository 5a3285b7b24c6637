"""A further index page, its profile learned: decode, parse and normalise against lxml's own parse of the same page.

    python bench/listing.py [PAGE.html ...] [--rounds 100]

Without PAGE a blog is made of words of our own: every page has ten posts, about 60 kB and 610 elements, and no two
pages say the same, so that nothing remembered of one page spares work on the next. The first page is learned and not
timed. Named pages are of one listing: the first is learned, then all are read in turn.

CPU time, median of rounds. The figure that counts is the ratio to ``lxml.html.document_fromstring`` in the same run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from lxml.html import document_fromstring

from archiver.decode import decode
from archiver.models import Listing
from archiver.normalise import Context, context_of, understand
from archiver.parse.document import read
from archiver.parse.listing import read_listing
from archiver.parse.templates import Templates

POSTS, PAGES = 10, 120
HEADER = "text/html; charset=utf-8"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = (
    "the harbour was quiet that morning and water stood as high as second step of old stairs where boats from other "
    "side of bay are drawn up in winter nobody had seen a heron there for years though every child could draw one we "
    "walked along wall until rain began then sat under its roof with bread cheese and a map too small for hills beyond"
).split()


class Blog:
    """Makes pages of one blog; the same seed gives the same pages."""

    def __init__(self, seed: int = 1) -> None:
        """Begin before the first page."""
        self.chance = random.Random(seed)
        self.day = date(2025, 6, 1)

    def words(self, count: int) -> str:
        """So many words, the first with a capital letter."""
        return " ".join(self.chance.choices(WORDS, k=count)).capitalize()

    def sentences(self, count: int) -> str:
        """So many sentences of a usual length."""
        return " ".join(f"{self.words(self.chance.randint(9, 26))}." for _ in range(count))

    def paragraph(self) -> str:
        """A paragraph with a link, emphasis and code in it."""
        return (
            f'<p>{self.sentences(3)} <a href="https://elsewhere.example/{self.chance.randrange(10**6)}">'
            f"{self.words(3)}</a> {self.sentences(3)} <em>{self.words(2)}</em> {self.sentences(2)} "
            f"<code>{self.words(1)}</code> {self.sentences(2)} <strong>{self.words(2)}</strong> {self.sentences(1)}</p>"
        )

    def post(self) -> str:
        """One post in full: title, date, byline, paragraphs, a list, a picture, tags, comments, a read-more link."""
        self.day -= timedelta(days=self.chance.randint(1, 9))
        name = self.words(4)
        address = f"/{self.day:%Y/%m}/{name.lower().replace(' ', '-')}-{self.chance.randrange(1000)}/"
        tags = "".join(f'<a href="/tag/{word}/" rel="tag">{word}</a>' for word in self.chance.sample(WORDS, 3))
        points = "".join(f"<li>{self.sentences(1)}</li>" for _ in range(4))
        return (
            f'<article class="post"><header><h2 class="post-title"><a href="{address}">{name}</a></h2>'
            f'<div class="post-meta"><span class="date"><time datetime="{self.day}">{self.day:%B %d, %Y}</time></span>'
            f'<span class="byline">by <a href="/author/ann/">Ann Lee</a></span>'
            f'<span class="views">{self.chance.randrange(900)} views</span></div></header>'
            f'<div class="post-body">{"".join(self.paragraph() for _ in range(4))}<ul>{points}</ul>'
            f'<figure><img src="/img/{self.chance.randrange(10**6)}.jpg" alt="{self.words(2)}">'
            f"<figcaption>{self.words(5)}</figcaption></figure></div>"
            f'<p class="more"><a href="{address}">Read more</a></p><footer><span class="tags">{tags}</span>'
            f'<a href="{address}#comments">{self.chance.randrange(40)} comments</a></footer></article>'
        )

    def page(self, number: int) -> bytes:
        """A page of the listing with its head, navigation, sidebar and pager."""
        posts = "".join(self.post() for _ in range(POSTS))
        recent = "".join(f'<li><a href="/2025/01/{n}/">{self.words(4)}</a></li>' for n in range(12))
        months = "".join(
            f'<li><a href="/{2025 - n // 12}/{n % 12 + 1:02d}/">{2025 - n // 12}-{n % 12 + 1:02d}</a> ({n})</li>'
            for n in range(1, 25)
        )
        tags = "".join(f'<a href="/tag/{word}/" class="tag">{word}</a> ' for word in WORDS[:40])
        pager = "".join(f'<a href="/page/{n}/">{n}</a> ' for n in range(max(2, number - 2), number + 3) if n != number)
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Notes, page {number}</title>'
            f'<meta name="generator" content="a pen"><link rel="stylesheet" href="/style.css"><link rel="alternate" '
            f'type="application/atom+xml" href="/feed.xml"><script>var page = {number};</script></head><body>'
            f'<nav><ul><li><a href="/">Home</a></li><li><a href="/about/">About</a></li></ul></nav><main>{posts}'
            f'<nav class="pager"><a href="/page/{number - 1}/">Newer</a> {pager}<a href="/page/{number + 1}/">Older'
            f"</a></nav></main><aside><h3>Recent</h3><ul>{recent}</ul><h3>Archive</h3><ul>{months}</ul><h3>Tags</h3>"
            f"<div>{tags}</div></aside><footer><p>Written by hand.</p></footer></body></html>"
        ).encode()


def made() -> Iterator[tuple[str, bytes]]:
    """The pages of the made blog with their addresses."""
    blog = Blog()
    for number in range(1, PAGES):
        yield f"http://blog.example/page/{number}/", blog.page(number)


def timed(action: Callable[[], object]) -> float:
    """The CPU time of an action, in milliseconds."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    named = [(f"http://blog.example/page/{n}/", path.read_bytes()) for n, path in enumerate(options.page, 2)]
    pages = named or list(made())
    templates = Templates()
    first = read_listing(read(decode(pages[0][1], HEADER), pages[0][0]), templates=templates)
    if first.profile is None:
        parser.error("no posts were recognised on the first page")
    context = context_of([(first.records, NOW)], language="en")
    ours, theirs, size, elements = [], [], [], 0
    for url, body in islice(cycle(named or pages[1:]), options.rounds):
        ours.append(timed(lambda body=body, url=url: further(url, body, first, context, templates)))  # type: ignore[misc]
        theirs.append(timed(lambda body=body: document_fromstring(body)))  # type: ignore[misc]
        size.append(len(body))
        elements = sum(1 for _ in document_fromstring(body).iter())
    mine, plain = statistics.median(ours), statistics.median(theirs)
    print(f"{statistics.median(size) / 1000:.0f} kB, {elements} elements, {len(first.records)} posts: ", end="")
    print(f"further page {mine:.2f} ms, lxml alone {plain:.2f} ms")
    print(f"ratio {mine / plain:.1f}")


def further(url: str, body: bytes, first: Listing, context: Context, templates: Templates) -> None:
    """Decode, parse and normalise one further page."""
    profiles = [first.profile] if first.profile else []
    doc = read(decode(body, HEADER), url)
    listing = read_listing(doc, profiles=profiles, usual=len(first.records), templates=templates)
    if len(listing.records) != len(first.records):
        raise ValueError(f"{url}: {len(listing.records)} posts")
    for raw in listing.records:
        understand(raw, context, NOW)


if __name__ == "__main__":
    main()
