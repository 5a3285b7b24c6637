"""The rows that belong to a post: its HTML, tags, pictures, revisions. Each function runs in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archiver.models import Image, Record
from archiver.store.blogs import Blog
from archiver.store.db import Db, marks, to_json
from archiver.store.images import BATCH, image_ids
from archiver.store.rows import html_of, plain_value
from archiver.urls import origin, site_of

HTML = """INSERT INTO post_html (post_id, excerpt_html, content_html, seal)
 VALUES (:post, :excerpt_html, :content_html, :seal) ON CONFLICT (post_id) DO UPDATE
 SET excerpt_html = excluded.excerpt_html, content_html = excluded.content_html, seal = excluded.seal"""


def write_parts(db: Db, post_id: int, old: Record, new: Record) -> None:
    """Bring HTML (with the seal), tags and pictures from one record to another."""
    db.run(HTML, {"post": post_id, **html_of(new)})
    if new.tags != old.tags:
        write_tags(db, post_id, new.tags)
    if new.images != old.images:
        write_images(db, post_id, new.images)


def write_tags(db: Db, post_id: int, tags: Sequence[str]) -> None:
    """Let a post have exactly these tags; tags that no post has any more go."""
    before = [row[0] for row in db.rows("SELECT tag_id FROM post_tags WHERE post_id=?", [post_id])]
    db.run("DELETE FROM post_tags WHERE post_id=?", [post_id])
    db.run_many("INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING", [[tag] for tag in tags])
    db.run_many(
        "INSERT INTO post_tags (post_id, tag_id) SELECT ?, id FROM tags WHERE name=?", [(post_id, tag) for tag in tags]
    )
    unused = "DELETE FROM tags WHERE id=? AND NOT EXISTS (SELECT 1 FROM post_tags WHERE tag_id=tags.id)"
    db.run_many(unused, [[tag_id] for tag_id in before])


def write_images(db: Db, post_id: int, images: Sequence[Image]) -> None:
    """Let a post show exactly these pictures, in this order; pictures that go from a post stay in the archive."""
    ids = image_ids(db, [image.url for image in images])
    db.run("DELETE FROM post_images WHERE post_id=?", [post_id])
    db.run_many(
        "INSERT INTO post_images (post_id, image_id, position, alt, caption) VALUES (?, ?, ?, ?, ?)",
        [(post_id, ids[image.url], number, image.alt, image.caption) for number, image in enumerate(images)],
    )


def images_of(db: Db, post_id: int) -> tuple[Image, ...]:
    """The pictures of a post, in order."""
    sql = "SELECT url, alt, caption FROM post_images JOIN images ON images.id = image_id WHERE post_id=?"
    return tuple(Image(*row) for row in db.rows(f"{sql} ORDER BY position", [post_id]))


def with_known_pictures(db: Db, blog: Blog, record: Record) -> Record:
    """The record with each picture on one of the blog's sites under the address by which it is stored already.

    A blog that moves takes its pictures along; that is no change of its posts.
    """
    if not blog.aliases:
        return record
    seen = [image.url for image in record.images if site_of(image.url) in blog.sites]
    names = {name: url for url in seen for name in names_of(url, blog.sites)}
    wanted = [name for name in names if name not in seen]
    stored: dict[str, str] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        sql = f"SELECT url FROM images WHERE state = 'stored' AND url IN ({marks(batch)})"
        stored |= {names[row[0]]: row[0] for row in db.rows(sql, batch)}
    return replace(record, images=tuple(replace(one, url=stored.get(one.url, one.url)) for one in record.images))


def names_of(url: str, sites: Sequence[str]) -> list[str]:
    """The addresses that a file may have on several sites of one blog."""
    path = url.removeprefix(origin(url))
    return [f"{scheme}://{www}{site}{path}" for site in sites for scheme in ("https", "http") for www in ("", "www.")]


def write_revision(
    db: Db, post_id: int, old: Record, fields: Sequence[str], *, changed_at: str, crawl_id: int | None
) -> None:
    """Write down what a post said before these fields changed."""
    before = {field: plain_value(getattr(old, field)) for field in fields}
    values = {"post_id": post_id, "changed_at": changed_at, "crawl_id": crawl_id}
    db.insert("revisions", values | {"fields": to_json(fields), "before": to_json(before)})
