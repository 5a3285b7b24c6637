"""Forgetting a blog: all that only it uses goes, in one transaction; what it shares with others stays."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.store.blogs import Blogs

MARKS = (
    "CREATE TEMP TABLE forgotten_pictures AS SELECT id FROM images WHERE"
    " id IN (SELECT image_id FROM post_images JOIN posts ON posts.id = post_id WHERE blog_id = :blog)"
    " OR url IN (SELECT json_extract(picture.value, '$.url') FROM revisions JOIN posts ON posts.id = post_id,"
    " json_each(before, '$.images') AS picture WHERE blog_id = :blog)",
    "CREATE TEMP TABLE forgotten_crawls AS SELECT id FROM crawls WHERE blog_id = :blog",
)
UNMARK = ("DROP TABLE IF EXISTS temp.forgotten_pictures", "DROP TABLE IF EXISTS temp.forgotten_crawls")

OWN_CRAWL = "IN (SELECT id FROM forgotten_crawls)"
NO_BLOG = "NOT EXISTS (SELECT 1 FROM blogs)"

REMOVALS: tuple[tuple[str, str], ...] = (
    ("revisions", "DELETE FROM revisions WHERE post_id IN (SELECT id FROM posts WHERE blog_id = :blog)"),
    ("posts", "DELETE FROM posts WHERE blog_id = :blog"),
    ("problems", f"DELETE FROM problems WHERE blog_id = :blog OR (blog_id IS NULL AND crawl_id {OWN_CRAWL})"),
    ("pages", f"DELETE FROM pages WHERE blog_id = :blog OR (blog_id IS NULL AND crawl_id {OWN_CRAWL})"),
    *(
        ("", f"UPDATE {table} SET {column} = NULL WHERE {column} {OWN_CRAWL}")
        for table, column in (
            *(("pages", "crawl_id"), ("problems", "crawl_id"), ("revisions", "crawl_id")),
            *(("claims", "crawl_id"), ("claims", "since")),
        )
    ),
    ("crawls", "DELETE FROM crawls WHERE blog_id = :blog"),
    ("blogs", "DELETE FROM blogs WHERE id = :blog"),
    ("tags", "DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM post_tags WHERE tag_id = tags.id)"),
    (
        "images",
        f"DELETE FROM images WHERE (id IN (SELECT id FROM forgotten_pictures) OR {NO_BLOG})"
        " AND NOT EXISTS (SELECT 1 FROM post_images WHERE image_id = images.id)",
    ),
    (
        "image files",
        "DELETE FROM image_data WHERE NOT EXISTS (SELECT 1 FROM images WHERE images.sha256 = image_data.sha256)",
    ),
    (
        "page bodies",
        "DELETE FROM page_bodies WHERE NOT EXISTS (SELECT 1 FROM pages WHERE pages.sha256 = page_bodies.sha256)",
    ),
)
"""What is removed, by name, in an order in which no reference is left behind; without a name what only lets go."""


class Forgets(Blogs):
    """The removal of blogs."""

    def forget_blog(self, blog_id: int) -> Mapping[str, int]:
        """Remove a blog with all that only it uses; how many rows went, by the names of ``REMOVALS``.

        Pictures that another blog shows, and pages and tags that another blog has, stay. ``UsageError`` if there is
        no such blog.
        """
        blog = {"blog": self.blog(blog_id).id}
        gone: dict[str, int] = {}
        with self._db.writing():
            for statement in MARKS:
                self._db.run(statement, blog if ":blog" in statement else ())
            for name, statement in REMOVALS:
                rows = self._db.run(statement, blog if ":blog" in statement else ()).rowcount
                if name:
                    gone[name] = rows
            for statement in UNMARK:
                self._db.run(statement)
        return gone

    def compact(self) -> None:
        """Give the room of removed rows back to the disk, so that nothing of them is left in the file.

        Needs as much room again while it runs; ``DiskFull`` if there is not, and then nothing has changed.
        """
        with self._db.writing():
            self._db.run("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
        self._db.run("VACUUM")
