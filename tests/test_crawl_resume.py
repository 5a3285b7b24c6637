"""A crawl that is killed or stopped goes on where it was: no page twice, and the archive comes out the same."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Answer, Site
from evolving_blog import Weblog, crawled, entry, kept, page_path, rows

POSTS = 16


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def start(db: Path, url: str, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "archiver", "crawl", url, "-d", str(db), "--delay", "0", "--full-text", *args]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(site: Site, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until the server was asked for so many pages of the blog."""
    deadline = time.monotonic() + 30
    while len(asked(site)) < count and process.poll() is None:
        assert time.monotonic() < deadline, site.paths
        time.sleep(0.002)


def asked(site: Site) -> list[str]:
    """The index pages and posts asked for; robots.txt is asked for by every process."""
    return [path for path in site.paths if path != "/robots.txt"]


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def slow(site: Site) -> None:
    """Let every answer take a little, so that a kill comes in the middle."""
    for path, answers in site.routes.items():
        site.sequence(path, *(Answer(each.body, content_type=each.content_type, delay=0.01) for each in answers))


def without_ids(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """The posts' content, in the order of their addresses, without moments."""
    sql = (
        "SELECT url, title, published, excerpt, text, tags, excerpt_html, content_html, state, published_from"
        " FROM posts JOIN post_html ON post_id = posts.id ORDER BY url"
    )
    return {"posts": rows(db, sql), "revisions": rows(db, "SELECT * FROM revisions")}


@pytest.mark.parametrize("after", [1, 3, 5, 9, 14, 21])
def test_a_killed_crawl_goes_on_and_comes_out_the_same(site: Site, tmp_path: Path, db: Path, after: int) -> None:
    blog = Weblog.of(site, count=POSTS)
    whole = tmp_path / "whole.db"
    crawled(whole, blog.url, full_text=True)
    slow(site)
    site.requests.clear()
    process = start(db, blog.url)
    wait_for(site, after, process)
    process.kill()
    finish(process)
    code, said = finish(start(db, blog.url))
    assert code == 0, said
    assert without_ids(db) == without_ids(whole)
    twice = {path: count for path, count in Counter(asked(site)).items() if count > 1}
    assert sum(twice.values()) <= 2 * len(twice)
    assert len(twice) <= 2, "at most the page in flight, and the feed with it, are asked for again"
    assert rows(db, "SELECT outcome FROM crawls") == [("done",)]


def test_three_kills_in_a_row(site: Site, tmp_path: Path, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS)
    whole = tmp_path / "whole.db"
    crawled(whole, blog.url, full_text=True)
    slow(site)
    site.requests.clear()
    for more in (4, 5, 6):
        process = start(db, blog.url)
        wait_for(site, len(asked(site)) + more, process)
        process.kill()
        finish(process)
    assert finish(start(db, blog.url))[0] == 0
    assert without_ids(db) == without_ids(whole)
    assert max(Counter(asked(site)).values()) <= 2


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("number", [POSTS, 1], ids=["listing", "feed"])
def test_an_edit_that_a_killed_run_noticed_is_still_read(site: Site, db: Path, number: int, anew: bool) -> None:
    """The newest is seen in the listing, the oldest in the feed alone; the run is gone on with, or begun anew."""
    blog = Weblog.of(site, count=POSTS)
    crawled(db, blog.url, full_text=True)
    lead = "What stands here now was written later, and says in a few sentences what has come of it."
    shown = lead if number == POSTS else entry(number).lead
    blog.edit(number, lead=shown, body=f"<p>{shown}</p><p>And this is what the page itself says since then.</p>" * 3)
    blog.publish()
    feed = blog.feed().replace(entry(number).lead, lead)
    site.put("/feed", feed, content_type="application/rss+xml")
    path = f"/archives/{number}.html"
    answers = site.routes[path]
    site.sequence(path, *(Answer(each.body, content_type=each.content_type, delay=5) for each in answers))
    site.requests.clear()
    process = start(db, blog.url)
    while path not in site.paths and process.poll() is None:
        time.sleep(0.002)
    process.kill()
    finish(process)
    site.sequence(path, *answers)
    if anew:
        with closing(sqlite3.connect(db)) as conn:
            conn.execute("UPDATE pages SET fetched_at = '2020-01-01T00:00:00+00:00'")
            conn.commit()
    assert finish(start(db, blog.url))[0] == 0
    query = f"SELECT text LIKE '%since then%' FROM posts WHERE url LIKE '%{path}'"
    assert rows(db, query) == [(1,)]
    site.requests.clear()
    assert finish(start(db, blog.url))[0] == 0
    assert path not in site.paths, "what was owed is read once"


def test_an_edited_post_whose_page_broke_off_is_asked_for_again(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS)
    crawled(db, blog.url, full_text=True)
    blog.edit(POSTS, lead="Another beginning, of another story altogether.", body="<p>The page as it is now.</p>" * 9)
    blog.publish()
    path = f"/archives/{POSTS}.html"
    whole = site.routes[path]
    site.put(path, "busy", status=503)
    crawled(db, blog.url, full_text=True)
    site.sequence(path, *whole)
    crawled(db, blog.url, full_text=True)
    assert rows(db, f"SELECT text LIKE '%as it is now%' FROM posts WHERE url LIKE '%{path}'") == [(1,)]


def test_ctrl_c_finishes_the_page_and_leaves_one_file_at_rest(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS)
    slow(site)
    process = start(db, blog.url)
    wait_for(site, 4, process)
    process.send_signal(signal.SIGINT)
    code, said = finish(process)
    assert code == 130
    assert "run the same command again to go on" in said
    assert [path.name for path in db.parent.iterdir()] == ["a.db"], "one file, no log beside it"
    assert rows(db, "PRAGMA integrity_check") == [("ok",)]
    assert rows(db, "PRAGMA journal_mode") == [("delete",)]
    assert rows(db, "SELECT outcome FROM crawls") == [("interrupted",)]
    assert 0 < rows(db, "SELECT count(*) FROM posts")[0][0] <= POSTS
    before = Counter(asked(site))
    assert finish(start(db, blog.url))[0] == 0
    assert rows(db, "SELECT count(*) FROM posts WHERE text IS NOT NULL") == [(POSTS,)]
    assert rows(db, "SELECT outcome FROM crawls") == [("done",)]
    assert max((Counter(asked(site)) - before).values()) == 1
    assert max(Counter(asked(site)).values()) == 1, "the page in hand was finished, so nothing is asked for twice"


def test_a_second_ctrl_c_stops_at_once(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS)
    hanging = site.routes[page_path(2)][0]
    site.put(page_path(2), hanging.body, delay=30)
    process = start(db, blog.url)
    wait_for(site, 3, process)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "Ctrl-C again" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    code, said = finish(process)
    assert (code, time.monotonic() - begun < 15) == (130, True)
    assert "go on" in said
    assert rows(db, "SELECT count(*) FROM posts") == [(4,)]


def test_ctrl_c_before_anything_came_leaves_no_archive(site: Site, db: Path) -> None:
    Weblog.of(site)
    site.put("/", "", delay=30)
    process = start(db, site.url("/"))
    wait_for(site, 1, process)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    assert finish(process)[0] == 130
    assert list(db.parent.iterdir()) == []


def test_a_run_that_was_refused_in_between_does_not_hide_the_one_cut_off(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS)
    slow(site)
    process = start(db, blog.url)
    wait_for(site, 3, process)
    process.kill()
    finish(process)
    routes, site.routes = site.routes, {}
    code, said = finish(start(db, blog.url + "index.html"))
    assert code == 3, said
    site.routes = routes
    site.requests.clear()
    assert finish(start(db, blog.url))[0] == 0
    assert "/" not in site.paths
    assert rows(db, "SELECT count(*) FROM posts") == [(POSTS,)]
    assert rows(db, "SELECT outcome FROM crawls ORDER BY id") == [("done",), ("failed",)]


def test_a_run_cut_off_days_ago_is_begun_again_conditionally(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=POSTS, validators=True)
    process = start(db, blog.url)
    wait_for(site, 7, process)
    process.kill()
    finish(process)
    age(db)
    site.requests.clear()
    run = crawled(db, blog.url, full_text=True)
    assert not run.incremental, "a run that never came to the end is no reason to stop early"
    assert [path for path in asked(site) if "page" in path or path == "/"] == [page_path(each) for each in range(1, 5)]
    assert len(kept(db)["posts"]) == POSTS


def age(db: Path) -> None:
    """Let all that an archive holds have happened three days ago."""
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute("UPDATE pages SET fetched_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-3 days')")
        conn.execute("UPDATE crawls SET started = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-3 days')")
