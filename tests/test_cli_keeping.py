"""check and forget on archives of real crawls, as the user calls them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from loopback_blog import crawled, entry, frame, page_path, path_of, put_blog, put_feed, put_sitemap, title_of

from archiver.cli.keeping import check_command, forget_command
from archiver.errors import UsageError
from archiver.store import Archive

COMMANDS = click.Group(commands=[check_command, forget_command])
NUMBERS = tuple(range(12, 0, -1))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def run(db: Path, *args: str) -> Result:
    extra = ["--delay", "0"] if args[0] == "check" else []
    result = CliRunner().invoke(COMMANDS, [*args, "-d", str(db), *extra])
    assert result.exception is None or isinstance(result.exception, SystemExit | UsageError), result.exception
    return result


def report(db: Path, *args: str) -> dict[str, Any]:
    result = run(db, "check", "--json", *args)
    data: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if data["whole"] else 1)
    return data


def lacking(db: Path, *args: str) -> list[tuple[str, str]]:
    """What is missing, as (what, path)."""
    data = report(db, *args)
    found = [lack for blog in data["blogs"] for lack in blog["missing"]]
    return sorted((lack["what"], "/" + lack["url"].split("/", 3)[3]) for lack in found)


def damage(db: Path, *statements: str) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)


def test_a_whole_archive_is_called_whole(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    put_sitemap(site, [*map(path_of, NUMBERS), "/about", "/", "/page/2/"])
    crawled(db, site.url(), full_text=True)
    result = run(db, "check")
    assert result.exit_code == 0, result.stdout
    assert result.stderr == "Nothing is missing or broken.\n"
    lines = [" ".join(line.split("http")[0].split()) for line in result.stdout.splitlines()]
    assert lines[2:7] == [
        "1 Loopback notes",
        "index pages 12 of 12",
        "pager 3 of 3",
        "feed 3 of 3",
        "sitemap 12 of 12",
    ]
    assert "texts 12 of 12" in lines


def test_offline_asks_nothing(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    asked = len(site.requests)
    assert report(db, "--offline")["whole"]
    assert len(site.requests) == asked
    assert report(db)["whole"]
    assert "/sitemap.xml" in site.paths[asked:]


def test_a_check_writes_nothing(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    before = db.read_bytes()
    db.chmod(0o400)
    run(db, "check")
    assert db.read_bytes() == before


def test_a_site_that_is_gone_does_not_make_its_archive_worse(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    site.routes.clear()
    data = report(db)
    assert data["whole"]
    assert any("/feed could not be asked: the server answers 404" in note for note in data["blogs"][0]["notes"])


def test_posts_that_only_feed_sitemap_or_list_name_are_missing_and_fixed(site: Any, db: Path) -> None:
    put_blog(site, (*NUMBERS, 20, 21, 22))
    put_blog(site, NUMBERS)
    put_feed(site, (20, 12))
    put_sitemap(site, [*map(path_of, NUMBERS), path_of(21), "/about", "/tag/bread", "/archives/"])
    crawled(db, site.url(), full_text=True)
    entries = "".join(entry(number) for number in (*NUMBERS, 22))
    site.put("/", site.answer("/").data.replace(b"</nav>", b'<a href="/archives">Archives</a></nav>'))
    crawled(db, site.url(), full_text=True)
    site.put("/archives", frame("All posts", entries))
    assert lacking(db) == [("post", path_of(20)), ("post", path_of(21)), ("post", path_of(22))]
    result = run(db, "check", "--fix")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "Nothing is missing or broken."), result.stdout
    with Archive.read(db) as archive:
        for number in (20, 21, 22):
            post = archive.post(site.url(path_of(number)))
            assert post is not None
            assert post["title"] == title_of(number)
            assert post["published"] == f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            assert f"about {post['title'].split()[2].rstrip(',')} in part {number}" in post["text"]
    assert lacking(db) == []


def test_an_index_page_that_failed_is_missing_and_fixed(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    second = site.routes.pop(page_path(2))
    site.put(page_path(2), "broken", status=500)
    crawled(db, site.url())
    assert lacking(db, "--offline") == [("index page", "/page/2/")]
    assert run(db, "check", "--fix").exit_code == 1
    site.sequence(page_path(2), *second)
    assert run(db, "check", "--fix").exit_code == 0
    with Archive.read(db) as archive:
        assert next(archive.query("SELECT count(*) AS n FROM posts"))["n"] == 12


def test_a_limited_crawl_has_missed_the_rest(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), max_pages=1)
    assert lacking(db, "--offline") == [("index page", "/page/2/"), ("index page", "/page/3/")]
    assert run(db, "check", "--fix").exit_code == 0
    assert lacking(db) == []


def test_a_crawl_of_some_days_has_not_missed_the_others(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), since="2020-09-01")
    data = report(db, "--offline")
    assert data["whole"]
    assert any("may lie outside --since 2020-09-01" in note for note in data["blogs"][0]["notes"])


def test_a_blog_that_has_grown_since_lacks_no_page(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS[2:])
    crawled(db, site.url())
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    assert lacking(db, "--offline") == []


def test_a_post_that_went_from_the_archive_is_missing_and_fixed(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    damage(db, "PRAGMA foreign_keys = ON", "DELETE FROM posts WHERE url LIKE '%/archives/7'")
    data = report(db, "--offline")
    assert [fault["kind"] for fault in data["faults"]] == ["search-index"]
    assert [lack["claim"] for lack in data["blogs"][0]["missing"]] == [
        f"the index page {site.url(page_path(2))} names it"
    ]
    assert run(db, "check", "--fix").exit_code == 0


def test_texts_and_pictures_that_could_not_be_had_are_missing_and_fixed(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    page, shown = site.routes[path_of(5)], site.routes["/pic/9.png"]
    site.put(path_of(5), "busy", status=503)
    site.put("/pic/9.png", "busy", status=503)
    crawled(db, site.url(), full_text=True)
    assert lacking(db, "--offline") == [("image", "/pic/9.png"), ("text", path_of(5))]
    site.sequence(path_of(5), *page)
    site.sequence("/pic/9.png", *shown)
    assert run(db, "check", "--fix").exit_code == 0
    assert lacking(db, "--offline") == []


def test_pictures_that_nobody_asked_for_are_not_missing(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), images=False)
    assert report(db)["whole"]


def test_a_broken_index_is_made_again_without_asking_anybody(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    damage(db, "DELETE FROM posts_fts_data WHERE id > 10")
    assert [fault["kind"] for fault in report(db, "--offline")["faults"]] == ["search-index"]
    pages = len([path for path in site.paths if path == page_path(2)])
    assert run(db, "check", "--fix").exit_code == 0
    assert len([path for path in site.paths if path == page_path(2)]) == pages


def test_what_cannot_be_mended_stays_broken(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    damage(db, "UPDATE image_data SET data = 'other' WHERE rowid = 1")
    assert run(db, "check", "--fix").exit_code == 1
    result = run(db, "check")
    assert "image-hash" in result.stdout
    assert "0 missing, 1 broken" in result.stderr


def test_only_one_blog_is_checked(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), max_pages=1)
    with Archive.open(db) as archive:
        archive.blog_for("https://other.example/", title="Other")
    assert [blog["title"] for blog in report(db, "--offline", "--blog", "Other")["blogs"]] == ["Other"]
    assert report(db, "--offline", "--blog", "Other")["whole"]
    assert not report(db, "--offline", "--blog", "1")["whole"]


def test_gaps_between_numbers_are_told_and_prove_nothing(site: Any, db: Path) -> None:
    put_blog(site, (31, 30, 20, 19, 18, 3, 2))
    crawled(db, site.url())
    data = report(db, "--offline")
    assert data["whole"]
    assert data["blogs"][0]["notes"] == [
        "addresses like /archives/N run from 2 to 31: 7 posts, 23 numbers between them are not ours (4-17, 21-29)"
    ]


def test_fix_and_offline_exclude_each_other(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    result = run(db, "check", "--fix", "--offline")
    assert isinstance(result.exception, UsageError)


def test_an_empty_archive_lacks_nothing(db: Path) -> None:
    Archive.open(db).close()
    result = run(db, "check")
    assert (result.exit_code, result.stderr) == (0, f"No blog in it yet. Next: archiver crawl URL -d {db}\n")


def shell(*args: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archiver", *args], input=answer, capture_output=True, text=True, timeout=60, check=False
    )


def two_blogs(db: Path) -> None:
    with Archive.open(db) as archive:
        for name in ("Mine", "Yours"):
            archive.blog_for(f"https://{name.lower()}.example/", title=name)


def titles(db: Path) -> list[str]:
    with Archive.read(db) as archive:
        return [blog.title for blog in archive.blogs()]


@pytest.mark.parametrize(
    "name", ["1", "mine", "https://mine.example/", "http://www.mine.example", "mine.example", "MINE"]
)
def test_forget_by_number_title_or_address(db: Path, name: str) -> None:
    two_blogs(db)
    result = run(db, "forget", name, "-y")
    assert (result.exit_code, titles(db)) == (0, ["Yours"])
    assert result.stdout == "Removed Mine: nothing but its name.\n"


@pytest.mark.parametrize("name", ["Min", "https://mine.example/blog/", "3", "example", "", "mine.example/1"])
def test_forget_never_guesses(db: Path, name: str) -> None:
    two_blogs(db)
    result = run(db, "forget", name, "-y")
    assert isinstance(result.exception, UsageError)
    assert titles(db) == ["Mine", "Yours"]


def test_forget_asks_which_of_two_is_meant(db: Path) -> None:
    with Archive.open(db) as archive:
        for name in ("alice", "bob"):
            archive.blog_for(f"https://host.example/{name}/", title="Notes")
    for name in ("Notes", "host.example"):
        result = run(db, "forget", name, "-y")
        assert isinstance(result.exception, UsageError)
    assert run(db, "forget", "https://host.example/bob", "-y").exit_code == 0
    with Archive.read(db) as archive:
        assert [blog.url for blog in archive.blogs()] == ["https://host.example/alice/"]


def test_forget_refuses_where_nobody_can_be_asked(db: Path) -> None:
    two_blogs(db)
    result = shell("forget", "Mine", "-d", str(db), answer="y\n")
    assert result.returncode == 2
    assert "Give -y" in result.stderr
    assert titles(db) == ["Mine", "Yours"]


def test_forget_of_a_crawled_blog_tells_what_went(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), full_text=True)
    result = shell("forget", site.url(), "-y", "-d", str(db))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Removed Loopback notes: 12 posts, ")
    assert "12 images" in result.stdout
    assert shell("check", "-d", str(db)).returncode == 0
    assert b"Paragraph" not in db.read_bytes()


def test_check_ends_as_it_should_as_a_program(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), max_pages=2)
    result = shell("check", "-d", str(db), "--offline")
    assert result.returncode == 1
    assert f"missing index page: {site.url(page_path(3))}" in result.stdout
    assert shell("check", "-d", str(db.with_name("none.db"))).returncode == 2


def test_sitemaps_of_robots_and_of_an_index_are_read_one_level_deep(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
    names = ("posts-1.xml", "tags.xml", "deeper.xml")
    children = "".join(f"<sitemap><loc>{site.url(f'/maps/{name}')}</loc></sitemap>" for name in names)
    site.put("/robots.txt", f"Sitemap: {site.url('/maps/index.xml')}\n", content_type="text/plain")
    site.put("/maps/index.xml", index.format(children), content_type="application/xml")
    put_sitemap(site, [*map(path_of, NUMBERS), path_of(40)], "/maps/posts-1.xml")
    inner = f"<sitemap><loc>{site.url('/maps/too-deep.xml')}</loc></sitemap>"
    site.put("/maps/deeper.xml", index.format(inner), content_type="application/xml")
    assert lacking(db) == [("post", path_of(40))]
    asked = [path for path in site.paths if path.endswith(".xml")]
    assert asked == ["/maps/index.xml", "/maps/posts-1.xml", "/maps/deeper.xml"]


def test_a_page_that_is_no_post_is_not_fetched_as_one(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    put_sitemap(site, [*map(path_of, NUMBERS), path_of(50), path_of(51)])
    site.put(path_of(50), frame("Nothing here", ""))
    crawled(db, site.url())
    result = run(db, "check", "--fix")
    assert result.exit_code == 1
    with Archive.read(db) as archive:
        assert next(archive.query("SELECT count(*) AS n FROM posts"))["n"] == len(NUMBERS)
    assert lacking(db) == [("post", path_of(50)), ("post", path_of(51))]


def test_a_site_that_cannot_be_read_mends_nothing_and_loses_nothing(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    crawled(db, site.url(), max_pages=1)
    site.routes.clear()
    result = run(db, "check", "--fix")
    assert result.exit_code == 1
    assert "Loopback notes: site could not be read" in result.stderr
    with Archive.read(db) as archive:
        assert next(archive.query("SELECT count(*) AS n FROM posts"))["n"] == 5


def test_a_mended_archive_is_updated_as_before(site: Any, db: Path) -> None:
    put_blog(site, NUMBERS)
    put_sitemap(site, [*map(path_of, NUMBERS), path_of(40)])
    put_blog(site, (40,))
    put_blog(site, NUMBERS)
    crawled(db, site.url())
    assert run(db, "check", "--fix").exit_code == 0
    again = crawled(db, site.url())
    assert (again.incremental, again.problems, again.counts["posts_new"]) == (True, [], 0)
    with Archive.read(db) as archive:
        rows = list(archive.query("SELECT state FROM posts WHERE url LIKE '%/archives/40'"))
    assert [row["state"] for row in rows] == ["full"]
