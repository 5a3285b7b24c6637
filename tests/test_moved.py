"""One blog under several names: it moves, answers under two hosts, leads from one to the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from loopback_blog import crawled, frame, page_path, path_of, put_blog, put_feed, title_of

from archiver.crawl import reparse
from archiver.crawl.names import leads
from archiver.errors import SiteError, UsageError
from archiver.models import Verdict
from archiver.store import Archive

OLD, NEW = "127.0.0.1", "localhost"
NUMBERS = tuple(range(12, 0, -1))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def shell(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archiver", *args, "--delay", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def held(db: Path) -> dict[int, str]:
    """The titles of all posts by id."""
    with Archive.read(db) as archive:
        return {row["id"]: row["title"] for row in archive.query("SELECT id, title FROM posts ORDER BY id")}


def test_a_moved_blog_keeps_its_posts_and_ids(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS[2:])
    crawled(db, site.url())
    before = held(db)
    put_blog(site, NUMBERS, base=site.url("", NEW))
    put_feed(site, NUMBERS[:3], site.url("", NEW))
    result = shell("crawl", site.url(), "--moved-to", site.url("/", NEW), "-d", str(db), "--full-text")
    assert result.returncode == 0, result.stderr
    after = held(db)
    assert {post_id: after[post_id] for post_id in before} == before
    assert sorted(after.values()) == sorted(map(title_of, NUMBERS))
    with Archive.read(db) as archive:
        (blog,) = archive.blogs()
        assert (blog.url, blog.aliases) == (site.url("/", NEW), (f"{OLD}:{site.port}",))
        assert list(archive.query("SELECT post_id, fields, before FROM revisions")) == []
        for host in (OLD, NEW):
            post = archive.post(site.url(path_of(7), host))
            assert post is not None
            assert post["title"] == title_of(7)
        assert archive.integrity() == []


def test_the_moved_blog_is_whole_and_updated_at_its_new_home(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    shell("crawl", site.url(), "--moved-to", site.url("/", NEW), "-d", str(db))
    result = shell("check", "-d", str(db))
    assert result.returncode == 0, result.stdout
    crawled(db, site.url("/", NEW))
    assert len(held(db)) == len(NUMBERS)
    last = site.requests[-1]
    assert last.headers["host"] == f"{NEW}:{site.port}"


def test_a_blog_may_move_back(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    before = held(db)
    for there, here in ((OLD, NEW), (NEW, OLD)):
        assert shell("crawl", site.url("/", there), "--moved-to", site.url("/", here), "-d", str(db)).returncode == 0
    assert held(db) == before
    with Archive.read(db) as archive:
        assert [(blog.url, blog.aliases) for blog in archive.blogs()] == [(site.url(), (f"{NEW}:{site.port}",))]


def test_a_move_to_a_place_that_cannot_be_read_moves_nothing(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    result = shell("crawl", site.url(), "--moved-to", site.url("/nowhere/", NEW), "-d", str(db))
    assert result.returncode == 3, result.stderr
    with Archive.read(db) as archive:
        assert [(blog.url, blog.aliases) for blog in archive.blogs()] == [(site.url(), ())]


def test_a_move_to_strangers_is_told(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    put_blog(site, range(120, 100, -1))
    result = shell("crawl", site.url(), "--moved-to", site.url("/", NEW), "-d", str(db))
    assert result.returncode == 1
    assert "shows none of the archived posts" in result.stderr


@pytest.mark.parametrize("known", [True, False])
def test_a_blog_that_is_not_known_cannot_move(site: Any, db: Path, known: bool) -> None:
    put_blog(site, NUMBERS)
    if known:
        Archive.open(db).close()
    result = shell("crawl", "http://other.example/", "--moved-to", site.url(), "-d", str(db))
    assert (result.returncode, db.exists()) == (2, known)
    assert "no blog of this address in the archive" in result.stderr


def test_one_blog_moves_at_a_time(db: Path) -> None:
    result = shell("crawl", "http://a.example/", "http://b.example/", "--moved-to", "http://c.example/", "-d", str(db))
    assert (result.returncode, db.exists()) == (2, False)


def test_a_blog_does_not_move_in_on_another(db: Path) -> None:
    with Archive.open(db) as archive:
        mine = archive.blog_for("https://mine.example/")
        archive.blog_for("https://yours.example/")
        with pytest.raises(UsageError, match="blog 2 of the archive lives there already"):
            archive.move_blog(mine.id, "https://yours.example/")
        assert archive.blog(mine.id).url == "https://mine.example/"


def test_a_start_that_leads_to_another_host_is_an_alias(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    page = site.answer("/")

    def either(path: str) -> Any:
        last = site.requests[-1]
        if path == "/" and last.headers["host"].startswith(NEW):
            return type(page)(status=301, headers={"Location": site.url()})
        return original(path)

    original, site.answer = site.answer, either
    crawled(db, site.url("/", NEW))
    with Archive.read(db) as archive:
        assert [(blog.url, blog.aliases) for blog in archive.blogs()] == [(site.url(), (f"{NEW}:{site.port}",))]
    crawled(db, site.url("/", NEW))
    crawled(db, site.url())
    assert len(held(db)) == len(NUMBERS)


def test_a_known_blog_that_leads_elsewhere_is_refused_and_told_how_to_move(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    site.redirect("/", site.url(page_path(2), NEW))
    with pytest.raises(SiteError) as caught:
        crawled(db, site.url())
    assert "--moved-to" in caught.value.hint
    with Archive.read(db) as archive:
        assert [(blog.url, blog.aliases) for blog in archive.blogs()] == [(site.url(), ())]


@pytest.mark.parametrize(
    ("asked", "final", "is_name"),
    [
        ("http://old.org/", "https://new.org/", True),
        ("http://old.org", "https://new.org/blog/", True),
        ("http://old.org/blog/", "https://new.org/blog", True),
        ("http://old.org/blog/", "https://new.org/", False),
        ("https://short.link/x7f", "https://new.org/", False),
        ("https://short.link/x7f", "https://new.org/2020/post", False),
    ],
)
def test_which_redirects_name_a_blog(asked: str, final: str, is_name: bool) -> None:
    assert leads(asked, final) is is_name


def names_of(db: Path) -> list[tuple[str, tuple[str, ...]]]:
    with Archive.read(db) as archive:
        return [(blog.url, blog.aliases) for blog in archive.blogs()]


@pytest.mark.parametrize(
    "head", ['<link rel="canonical" href="{home}/">', '<meta property="og:url" content="{home}/">']
)
def test_a_host_whose_pages_call_another_host_their_own_is_an_alias_of_it(site: Any, db: Path, head: str) -> None:
    put_blog(site, NUMBERS, base=site.url("", OLD), head=head.format(home=site.url("", OLD)))
    for host in (NEW, OLD, NEW):
        crawled(db, site.url("/", host))
    assert names_of(db) == [(site.url(), (f"{NEW}:{site.port}",))]
    assert len(held(db)) == len(NUMBERS)
    with Archive.open(db) as archive:
        (result,) = reparse(archive, archive.blogs())
        assert (result.unread, result.missed) == (0, ())
        assert {change.verdict for change in result.changes} == {Verdict.UNCHANGED}


def test_another_page_is_no_twin(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS, base=site.url("", OLD))
    landing = frame("Somebody", f'<a href="{site.url()}">My blog</a>', f'<link rel="canonical" href="{site.url()}">')
    page = site.answer("/")
    original = site.answer

    def either(path: str) -> Any:
        strange = path == "/" and site.requests[-1].headers["host"].startswith(NEW)
        return type(page)(body=landing) if strange else original(path)

    site.answer = either
    with pytest.raises(SiteError):
        crawled(db, site.url("/", NEW))
    assert names_of(db) == []


def test_a_page_of_a_known_blog_does_not_lead_it_away(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url("/", NEW))
    put_blog(site, NUMBERS, base=site.url("", OLD), head=f'<link rel="canonical" href="{site.url("/", OLD)}">')
    with pytest.raises(SiteError):
        crawled(db, site.url("/", NEW))
    assert names_of(db) == [(site.url("/", NEW), ())]
    assert len(held(db)) == len(NUMBERS)
