"""The archive's tables: DDL as forward-only migrations, and the header by which a file is known as ours.

The header is SQLite's own: ``application_id`` says that a file is an archive, ``user_version`` how many of the
``MIGRATIONS`` it has seen. A migration, once released, is never edited: what changes is a further one.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x424C4F47  # "BLOG"

MIGRATIONS = Migrations("archiver")

TABLES = """
CREATE TABLE blogs (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  aliases TEXT NOT NULL DEFAULT '[]',
  language TEXT,
  engine TEXT,
  timezone TEXT,
  feed_url TEXT,
  first_crawled TEXT,
  last_crawled TEXT,
  state TEXT NOT NULL DEFAULT 'new',
  note TEXT,
  profile TEXT,
  rules TEXT
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  published TEXT,
  year INTEGER GENERATED ALWAYS AS (CAST(substr(published, 1, 4) AS INTEGER)) VIRTUAL,
  blog_id INTEGER NOT NULL REFERENCES blogs(id),
  author TEXT,
  category TEXT,
  series TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  excerpt TEXT NOT NULL DEFAULT '',
  captions TEXT NOT NULL DEFAULT '',
  text TEXT,
  url TEXT NOT NULL,
  address TEXT NOT NULL,
  read_more TEXT,
  language TEXT,
  published_raw TEXT,
  published_from TEXT,
  published_precision TEXT,
  published_note TEXT,
  evidence TEXT NOT NULL DEFAULT '{}',
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  changed TEXT,
  state TEXT NOT NULL DEFAULT 'listed',
  UNIQUE (blog_id, address)
);
CREATE INDEX posts_published ON posts(published);
CREATE INDEX posts_blog_published ON posts(blog_id, published);
CREATE TABLE post_html (
  post_id INTEGER PRIMARY KEY REFERENCES posts(id) ON DELETE CASCADE,
  excerpt_html TEXT,
  content_html TEXT,
  seal TEXT
);
CREATE TABLE images (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  sha256 TEXT,
  media_type TEXT,
  width INTEGER,
  height INTEGER,
  bytes INTEGER,
  state TEXT NOT NULL DEFAULT 'wanted',
  reason TEXT,
  tried_at TEXT,
  UNIQUE (url, name)
);
CREATE INDEX images_sha256 ON images(sha256);
CREATE INDEX images_state ON images(state) WHERE state <> 'stored';
CREATE TABLE image_data (
  sha256 TEXT NOT NULL PRIMARY KEY,
  data BLOB NOT NULL
);
CREATE TABLE post_images (
  post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images(id),
  position INTEGER NOT NULL,
  alt TEXT NOT NULL DEFAULT '',
  caption TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (post_id, image_id)
);
CREATE INDEX post_images_image ON post_images(image_id);
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE post_tags (
  post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id),
  PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_tags_tag ON post_tags(tag_id);
CREATE TABLE crawls (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  blog_id INTEGER REFERENCES blogs(id),
  command TEXT NOT NULL,
  options TEXT NOT NULL DEFAULT '{}',
  started TEXT NOT NULL,
  ended TEXT,
  outcome TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  posts_new INTEGER NOT NULL DEFAULT 0,
  posts_revised INTEGER NOT NULL DEFAULT 0,
  images INTEGER NOT NULL DEFAULT 0,
  problems INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX crawls_blog ON crawls(blog_id);
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  status INTEGER NOT NULL,
  blog_id INTEGER REFERENCES blogs(id),
  crawl_id INTEGER REFERENCES crawls(id),
  fetched_at TEXT NOT NULL,
  final_url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  headers TEXT NOT NULL DEFAULT '{}',
  sha256 TEXT REFERENCES page_bodies(sha256),
  outcome TEXT NOT NULL DEFAULT 'ok'
);
CREATE INDEX pages_url ON pages(url);
CREATE INDEX pages_crawl ON pages(crawl_id, url);
CREATE INDEX pages_blog ON pages(blog_id);
CREATE INDEX pages_sha256 ON pages(sha256);
CREATE TABLE page_bodies (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE TABLE page_posts (
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE,
  post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (page_id, post_id)
);
CREATE INDEX page_posts_post ON page_posts(post_id);
CREATE TABLE claims (
  post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  since INTEGER REFERENCES crawls(id),
  crawl_id INTEGER REFERENCES crawls(id),
  said TEXT NOT NULL,
  PRIMARY KEY (post_id, source)
);
CREATE INDEX claims_since ON claims(since);
CREATE INDEX claims_crawl ON claims(crawl_id);
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
  changed_at TEXT NOT NULL,
  crawl_id INTEGER REFERENCES crawls(id),
  fields TEXT NOT NULL,
  before TEXT NOT NULL
);
CREATE INDEX revisions_post ON revisions(post_id);
CREATE INDEX revisions_crawl ON revisions(crawl_id);
CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  cause TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '',
  blog_id INTEGER REFERENCES blogs(id),
  crawl_id INTEGER REFERENCES crawls(id),
  at TEXT NOT NULL
);
CREATE INDEX problems_crawl ON problems(crawl_id);
CREATE INDEX problems_blog ON problems(blog_id);
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  token TEXT NOT NULL,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  heartbeat TEXT NOT NULL
);
"""


@MIGRATIONS()
def m001_tables(db: Database) -> None:
    """Version 1: the tables of the first release."""
    db.executescript(TABLES)


VERSION = 1


def version_of(conn: sqlite3.Connection) -> int | None:
    """The schema version of an open file: None when it is empty, so that it may become an archive.

    Raises ``ValueError`` for a database that is not an archive, and what SQLite raises for no database at all.
    """
    identifier, version = (
        int(conn.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    if identifier == APPLICATION_ID:
        return version
    if identifier or conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise ValueError("a SQLite database, but not an archive")
    return None


def migrate(conn: sqlite3.Connection) -> None:
    """Bring an empty file or an older archive to ``VERSION``: all migrations in one transaction, or none.

    ``conn`` is in SQLite's own transaction mode (``isolation_level=None``).
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(Database(conn, recursive_triggers=False, execute_plugins=False))
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {VERSION}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
