"""A further index page, its profile learned: decode, parse and normalise against lxml's own parse of the same page.

    python bench/listing.py [PAGE.html] [--rounds 200]

Without PAGE a page of ten posts and about 60 kB is made of sentences of our own. CPU time, median of rounds; the figure
that counts is the ratio to ``lxml.html.document_fromstring`` in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lxml.html import document_fromstring

from archiver.decode import decode
from archiver.normalise import context_of, understand
from archiver.parse.document import read
from archiver.parse.listing import read_listing

URL = "http://blog.example/page/2/"
SENTENCE = "The harbour was quiet that morning, and the water stood as high as the second step of the old stairs. "


def page(posts: int = 10, size: int = 60_000) -> bytes:
    """A listing of a common shape: header, sidebar, posts with title, date, tags, paragraphs, a picture, a pager."""
    body = size // posts // len(SENTENCE) // 3
    blocks = "".join(
        f'<article class="post"><header><h2 class="title"><a href="/2019/03/{n:02d}/note-{n}/">Note number {n}</a></h2>'
        f'<time datetime="2019-03-{n:02d}T10:00:00+00:00">March {n}, 2019</time> <span class="by">by A. Writer</span>'
        f'</header><div class="entry">{"".join(f"<p>{SENTENCE * body}</p>" for _ in range(3))}'
        f'<figure><img src="/img/{n}.png" alt="A picture"><figcaption>Picture {n}</figcaption></figure></div>'
        f'<p class="more"><a href="/2019/03/{n:02d}/note-{n}/">Continue reading</a></p><footer>'
        f'<a rel="tag" href="/tag/sea/">sea</a> <a rel="tag" href="/tag/notes/">notes</a></footer></article>'
        for n in range(1, posts + 1)
    )
    links = "".join(f'<li><a href="/2018/0{n % 9 + 1}/old-{n}/">An older note {n}</a></li>' for n in range(15))
    pager = "".join(f'<a href="/page/{n}/">{n}</a> ' for n in (1, 3, 4, 12))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Notes</title></head><body><nav><ul>'
        f'<li><a href="/">Home</a></li><li><a href="/about/">About</a></li></ul></nav><main>{blocks}</main>'
        f'<aside class="sidebar"><h2>Recent</h2><ul>{links}</ul></aside><nav class="pager">{pager}</nav></body></html>'
    ).encode()


def median_cpu(action: Callable[[], object], rounds: int) -> float:
    """The median CPU time of an action, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    body = options.page.read_bytes() if options.page else page()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    first = read_listing(read(decode(body, "text/html; charset=utf-8"), URL))
    assert first.profile is not None
    profiles, usual = [first.profile], len(first.records)
    context = context_of([(first.records, now)], language="en")

    def further() -> None:
        listing = read_listing(read(decode(body, "text/html; charset=utf-8"), URL), profiles=profiles, usual=usual)
        for raw in listing.records:
            understand(raw, context, now)

    further()
    ours, theirs = median_cpu(further, options.rounds), median_cpu(lambda: document_fromstring(body), options.rounds)
    print(f"{len(body) / 1000:.0f} kB, {usual} posts: further page {ours:.2f} ms, lxml alone {theirs:.2f} ms")
    print(f"ratio {ours / theirs:.1f}")


if __name__ == "__main__":
    main()
