"""Archives for the tests of the reading room, written through the store like a crawl's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from archiver import text
from archiver.demo import content, pictures
from archiver.models import FoundDate, Image, Kind, Precision, Record, Response, Where
from archiver.store import Archive, Source

SEEN = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
BASE = "http://lamp.example"


def demo_record(post: content.Post) -> Record:
    """A post of the sample blog as a crawl with full text would understand it."""
    images = tuple(
        Image(f"{BASE}/pic/{name}.png", f"alt of {name}", f"caption of {name}")
        for name in pictures.PICTURES
        if f"/pic/{name}.png" in post.body
    )
    return Record(
        url=BASE + post.path,
        title=post.title,
        published=FoundDate(
            post.day.isoformat(), Precision.DAY, "archive list", f"{post.day.day} Mar", Where.ARCHIVE_LIST
        ),
        excerpt=text.plain(post.excerpt, captions=False),
        excerpt_html=post.excerpt,
        images=images,
        read_more=BASE + post.path if post.cut else None,
        author=content.AUTHOR,
        category=post.category,
        tags=post.tags,
        language="zh" if post.chinese else "en",
        text=text.plain(post.body),
        content_html=post.body.replace(content.MORE, ""),
    )


def keep(path: Path, records: Iterable[Record], *, title: str = content.TITLE, url: str = f"{BASE}/") -> Path:
    """An archive of these records, their pictures drawn where the sample blog has them."""
    with Archive.open(path) as archive:
        blog = archive.blog_for(url, title=title)
        crawl = archive.start_crawl(blog.id, "crawl", {})
        listing = Response(url, url, 200, {"content-type": "text/html; charset=utf-8"}, b"<h1>listing</h1>", SEEN)
        page = archive.save_page(listing, Kind.LISTING, blog_id=blog.id, crawl_id=crawl)
        for record in records:
            change = archive.save_records(blog.id, [record], seen_at=SEEN, crawl_id=crawl, page_id=page)[0]
            body = (record.content_html or record.excerpt_html).encode()
            own = Response(record.url, record.url, 200, {"content-type": "text/html; charset=utf-8"}, body, SEEN)
            post_page = archive.save_page(own, Kind.POST, blog_id=blog.id, crawl_id=crawl)
            archive.save_post(change.post_id, record, seen_at=SEEN, page_id=post_page, source=Source.POST)
        for wanted in archive.wanted_images(limit=1000):
            name = wanted.url.rpartition("/")[2].removesuffix(".png")
            if name in pictures.PICTURES:
                archive.save_image(wanted.id, pictures.draw(name), "image/png", pictures.WIDTH, pictures.HEIGHT)
            else:
                archive.image_failed(wanted.id, "404")
    return path


def demo_archive(path: Path) -> Path:
    """An archive of the sample blog."""
    return keep(path, map(demo_record, content.posts()))


def room(*paths: Path, **options: Any) -> Datasette:
    """A Datasette on these files."""
    return Datasette([str(path) for path in paths], **options)


def sha256_of(name: str) -> str:
    """The hash of a picture of the sample blog."""
    return hashlib.sha256(pictures.draw(name)).hexdigest()
