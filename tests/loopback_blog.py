"""A blog of our own on a loopback server, put together piece by piece, and crawls of it into real archives."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archiver.crawl import Options, Run, crawl
from archiver.fetch import Fetcher
from archiver.store import Archive

WORDS = ("lanterns", "rivers", "bread", "mountains", "letters", "winter", "clocks", "gardens", "music", "harbours")


def title_of(number: int) -> str:
    return f"Notes on {WORDS[number % len(WORDS)]}, part {number}"


def path_of(number: int) -> str:
    return f"/archives/{number}"


def body_of(number: int) -> str:
    word = WORDS[number % len(WORDS)]
    return "".join(
        f"<p>Paragraph {part} about {word} in part {number}: it is long enough to be read as the text of a post.</p>"
        for part in range(1, 6)
    )


def picture(number: int) -> bytes:
    """A PNG of its own for each post."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(bytes([0, number % 256, 99, 7] * 4))
    head = struct.pack(">IIBBBBB", 1, 4, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def entry(number: int, base: str = "", images: bool = True) -> str:
    link = f"{base}{path_of(number)}"
    shown = f'<img src="/pic/{number}.png" alt="">' if images else ""
    return (
        f'<div class="entry"><h2><a href="{link}">{title_of(number)}</a></h2>'
        f'<span class="date">2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}</span>'
        f'<div class="text"><p>About {WORDS[number % len(WORDS)]}, the beginning of part {number}.</p>{shown}'
        f'<p><a href="{link}">Read more</a></p></div></div>'
    )


def frame(title: str, main: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>"
        f'<link rel="alternate" type="application/rss+xml" href="/feed">{head}</head><body>'
        '<h1><a href="/">Loopback notes</a></h1><nav><a href="/">Home</a> <a href="/about">About</a></nav>'
        f"<main>{main}</main></body></html>"
    )


def put_blog(
    site: Any, numbers: Sequence[int], *, per_page: int = 5, base: str = "", head: str = "", images: bool = True
) -> None:
    """Serve posts in this order: index pages with a numbered pager, a page each, a feed of the first three."""
    slices = [numbers[start : start + per_page] for start in range(0, len(numbers), per_page)]
    last = len(slices)
    for page, shown in enumerate(slices, 1):
        steps = " ".join(
            f"<b>{each}</b>" if each == page else f'<a href="{page_path(each)}">{each}</a>'
            for each in range(1, last + 1)
        )
        pager = f'<div class="pager">{steps}</div>' if last > 1 else ""
        entries = "".join(entry(number, base, images) for number in shown)
        site.put(page_path(page), frame("Loopback notes", entries + pager, head))
    for number in numbers:
        put_post(site, number, images=images)
    put_feed(site, numbers[:3])


def page_path(page: int) -> str:
    return "/" if page == 1 else f"/page/{page}/"


def put_post(site: Any, number: int, *, images: bool = True) -> None:
    day = f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    main = (
        f'<article><h1>{title_of(number)}</h1><p class="by">Written on <time datetime="{day}">{day}</time></p>'
        f'<div class="content">{body_of(number)}</div></article>'
    )
    site.put(path_of(number), frame(f"{title_of(number)} - Loopback notes", main))
    if images:
        site.put(f"/pic/{number}.png", picture(number), content_type="image/png")


def put_feed(site: Any, numbers: Sequence[int], base: str = "") -> None:
    items = "".join(
        f"<item><title>{title_of(number)}</title><link>{base or site.origin}{path_of(number)}</link></item>"
        for number in numbers
    )
    site.put(
        "/feed",
        f'<rss version="2.0"><channel><title>Loopback notes</title>{items}</channel></rss>',
        content_type="application/rss+xml",
    )


def put_sitemap(site: Any, paths: Sequence[str], path: str = "/sitemap.xml") -> None:
    urls = "".join(f"<url><loc>{site.origin}{each}</loc></url>" for each in paths)
    site.put(
        path,
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        content_type="application/xml",
    )


def crawled(db: Path, url: str, **options: Any) -> Run:
    """Crawl into an archive; the finished run."""
    with Fetcher(delay=0, retries=0, allow_private=True) as fetcher, Archive.open(db) as archive:
        steps = crawl(archive, fetcher, url, Options(**options))
        while True:
            try:
                next(steps)
            except StopIteration as end:
                run: Run = end.value
                return run
