"""What the user sees when a site gives no blog: one clear line, the right exit code, nothing lost or left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Answer, Site
from evolving_blog import Weblog, crawled, kept, page_path, rows, states
from loopback_blog import entry, frame, path_of

from archiver.models import Kind

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
NO_POSTS = "<html><title>Hello</title><body><h1>Hello</h1>%s</body></html>" % (
    "<p>A page of plain words that lists nothing and links nowhere at all, written to be read and forgotten.</p>" * 9
)
GARBAGE = bytes(range(256)) * 8


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def run(*args: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command line."""
    command = [sys.executable, "-m", "archiver", *map(str, args), "--delay", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def serve(site: Site, answer: Answer) -> None:
    site.fallback = answer
    site.put("/robots.txt", "", content_type="text/plain")


SITES = {
    "404": (Answer("no", status=404), "the server answers 404", "check the address"),
    "500": (Answer("no", status=500, headers={"Retry-After": "0"}), "the server answers 500", "try again later"),
    "403": (Answer("no", status=403), "the server answers 403", "--cookies"),
    "garbage": (Answer(GARBAGE), "not a web page", "the blog's listing"),
    "a picture": (Answer(PICTURE, content_type="image/png"), "not a web page (image/png", "the blog's listing"),
    "nothing in it": (Answer(""), "the page is empty", "try again later"),
    "no posts": (Answer(NO_POSTS), "bytes", "archiver inspect"),
    "a shell": (
        Answer('<html><body><div id=root></div><script src="/a.js"></script></body></html>'),
        "drawn by JavaScript",
        "feed or a plain listing page",
    ),
    "nobody there": (Answer(drop=True), "hung up", "try again later"),
}


@pytest.mark.parametrize("kind", SITES)
def test_a_site_without_a_blog_is_told_in_a_line(site: Site, db: Path, kind: str) -> None:
    answer, cause, hint = SITES[kind]
    serve(site, answer)
    code, out, err = run("crawl", site.url("/"), "-d", db)
    assert (code, out) == (3, "")
    error, advice = err.strip().splitlines()
    assert error.startswith("Error: ")
    assert site.url("/") in error
    assert cause in error
    assert advice.startswith("Hint: ")
    assert hint in advice
    assert list(db.parent.iterdir()) == [], "no empty archive is left behind"


def test_a_site_that_cannot_be_read_leaves_the_other_blogs_alone(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    code, _, err = run("crawl", "http://127.0.0.1:1/", blog.url, "-d", db)
    assert code == 3
    assert "http://127.0.0.1:1/" in err
    assert rows(db, "SELECT count(*) FROM posts") == [(12,)]


def test_an_index_page_that_cannot_be_had_is_told_and_the_rest_is_read(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    serve(site, Answer("not found", status=404))
    links = "".join(f'<a href="{page_path(number)}">{number}</a> ' for number in (1, 2, 3))
    for number in (1, 3):
        page = site.routes[page_path(number)][0].body
        assert isinstance(page, str)
        site.put(page_path(number), page.replace('<div class="nav">', f'<div class="nav">{links}'))
    site.put(page_path(2), "<html><title>Security check</title><p>Verify you are human.</p></html>")
    code, _, err = run("crawl", blog.url, "-d", db, "--no-images")
    assert code == 1
    assert f"challenge: {site.url('/page/2/')}: a check for robots" in err
    assert states(db).keys() == {12, 11, 10, 9, 4, 3, 2, 1}
    assert rows(db, "SELECT outcome FROM pages WHERE url LIKE '%/page/2/'") == [("challenge",)]


def test_pages_that_are_no_posts_are_never_content(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    site.put("/archives/7.html", '<html><title>Log in</title><form><input type="password"></form></html>')
    site.put("/archives/6.html", "<html><title>Page not found</title><h1>Page not found</h1></html>")
    site.redirect("/archives/5.html", "/", 302)
    site.redirect("/archives/4.html", "/page/3/", 302)
    run_ = crawled(db, blog.url, full_text=True)
    assert {(problem.kind, problem.url.rpartition("/")[2]) for problem in run_.problems} == {
        ("login", "7.html"),
        ("soft-404", "6.html"),
        ("soft-404", "5.html"),
        ("soft-404", "4.html"),
    }
    without = {row[0].rpartition("/")[2] for row in rows(db, "SELECT url FROM posts WHERE text IS NULL")}
    assert without == {"4.html", "5.html", "6.html", "7.html"}
    assert rows(db, "SELECT count(*) FROM pages WHERE kind = 'post' AND outcome = 'ok'") == [(8,)]


def test_a_site_that_answers_any_address_alike_gives_no_text(site: Site, db: Path) -> None:
    """A post's address, and one that no post has, get the same page: words that no table knows."""
    blog = Weblog.of(site)
    words = "<html><title>Day book</title><p>%s</p></html>" % ("Leider ist hier nichts mehr zu holen. " * 30)
    site.put("/archives/3.html", words)
    site.fallback = Answer(words)
    run_ = crawled(db, blog.url, full_text=True)
    assert [(problem.kind, problem.url) for problem in run_.problems] == [("soft-404", site.url("/archives/3.html"))]
    assert rows(db, "SELECT text FROM posts WHERE url LIKE '%/3.html'") == [(None,)]


def test_a_site_that_begins_to_refuse_is_left_alone(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=20)
    for one in blog.entries[5:]:
        site.put(one.path, "no", status=403)
    site.requests.clear()
    run_ = crawled(db, blog.url, full_text=True)
    assert [problem.kind for problem in run_.problems] == ["refused"] * 6 + ["given-up"]
    assert sum("/archives/" in path for path in site.paths) == 11
    blog.publish()
    assert crawled(db, blog.url, full_text=True).problems == []
    assert rows(db, "SELECT count(*) FROM posts WHERE text IS NOT NULL") == [(20,)], "the next run goes on"


def test_a_listing_that_is_lost_in_the_middle_is_not_asked_for_to_its_end(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=60)
    links = "".join(f'<a href="{page_path(number)}">{number}</a> ' for number in range(1, 16))
    page = site.routes["/"][0].body
    assert isinstance(page, str)
    serve(site, Answer("no", status=503))
    for number in range(2, 16):
        site.routes.pop(page_path(number))
    site.put("/", page.replace('<div class="nav">', f'<div class="nav">{links}'))
    run_ = crawled(db, blog.url)
    assert [problem.kind for problem in run_.problems] == ["overloaded"] * 3
    assert run_.steps[Kind.LISTING] == 4


def test_update_asks_every_blog_again_and_says_nothing_in_cron(site: Site, db: Path) -> None:
    other = Site()
    try:
        one, two = Weblog.of(site), Weblog.of(other, count=5)
        crawled(db, one.url, full_text=True)
        crawled(db, two.url, images=False)
        assert run("update", "-d", db) == (0, "", "")
        one.entries.insert(0, one.entries[0].__class__(30, "A late addition", "It came by night.", "<p>At last.</p>"))
        one.publish()
        serve(other, Answer("gone", status=410))
        other.routes = {"/robots.txt": other.routes["/robots.txt"]}
        before = kept(db)["posts"]
        code, out, err = run("update", "-d", db)
        assert (code, out) == (3, "")
        assert f"Error: site could not be read: {two.url}: the server answers 410" in err
        assert kept(db)["posts"][: len(before)] == before
        assert rows(db, "SELECT title, text FROM posts WHERE url LIKE '%/30.html'") == [("A late addition", "At last.")]
        code, _, err = run("update", "-d", db, "--blog", one.url, "-v")
        assert (code, "Saved 0 new posts" in err) == (0, True)
        commands = rows(db, "SELECT command, options FROM crawls ORDER BY id")
        assert [command for command, _ in commands] == ["crawl", "crawl", *["update"] * 5]
        assert [json.loads(options).get("full_text") for _, options in commands] == [
            True, None, True, None, True, None, True,
        ]  # fmt: skip
    finally:
        other.close()


def test_update_tries_pictures_again_that_could_not_be_had(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=3)
    blog.edit(3, lead='A picture: <img src="/late.png" alt="late">')
    blog.publish()
    site.put("/late.png", "busy", status=501)
    assert run("crawl", blog.url, "-d", db)[0] == 1
    assert rows(db, "SELECT state, reason FROM images") == [("failed", "the server answers 501")]
    assert run("crawl", blog.url, "-d", db)[0] == 0, "a crawl does not"
    site.put("/late.png", PICTURE, content_type="image/png")
    assert run("update", "-d", db, "--no-images")[0] == 0
    assert rows(db, "SELECT state FROM images") == [("failed",)]
    assert run("update", "-d", db, "--images")[0] == 0
    assert rows(db, "SELECT state FROM images") == [("stored",)]


def test_update_needs_an_archive_with_a_blog(db: Path) -> None:
    code, _, err = run("update", "-d", db)
    assert (code, db.exists()) == (2, False)
    assert "no such archive" in err


def test_update_of_a_blog_that_is_not_there(site: Site, db: Path) -> None:
    crawled(db, Weblog.of(site, count=3).url)
    code, _, err = run("update", "-d", db, "--blog", "nobody")
    assert code == 2
    assert "no such blog" in err


def test_a_start_that_sends_its_readers_on_is_followed(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    front = site.routes["/"][0].body
    assert isinstance(front, str)
    site.put("/en/", front)
    site.put("/", '<html><meta http-equiv="refresh" content="0; url=/en/"><title>/en/</title></html>')
    assert crawled(db, blog.url).problems == []
    assert states(db).keys() == set(range(1, 13))
    run_ = crawled(db, blog.url)
    assert (run_.problems, run_.counts["posts_new"]) == ([], 0)
    site.put("/", '<html><meta http-equiv="refresh" content="0; url=/lost/"><title>/en/</title></html>')
    assert run("crawl", blog.url, "-d", db)[0] == 3


def test_a_blog_of_one_short_post_is_a_blog(site: Site, db: Path) -> None:
    Weblog.of(site, count=1)
    page = site.routes["/"][0].body
    assert isinstance(page, str)
    site.put("/", page + "<script>var captcha = 1; document.cookie = 'seen=1'; location.hash = ''</script>")
    assert crawled(db, site.url("/")).problems == []
    assert states(db) == {1: "listed"}


def test_a_layout_that_is_not_read_can_be_described_by_rules(site: Site, db: Path, tmp_path: Path) -> None:
    """The posts have moved to other addresses and the theme is new: the user says where they stand."""
    blog = Weblog.of(site, count=4)
    crawled(db, blog.url)
    posts = "".join(f"<div class=b><h3><a href=/notes/{name}>{name}</a></h3>2021-01-0{at}</div>" for at, name in
                    enumerate(("Alder", "Birch", "Cedar", "Elder"), 1))  # fmt: skip
    site.put("/", f"<html><title>Day book</title><main>{posts}</main></html>")
    code, _, err = run("crawl", blog.url, "-d", db)
    assert (code, "layout changed" in err, "--rules" in err) == (3, True, True)
    rules = tmp_path / "rules.toml"
    rules.write_text('[site."127.0.0.1"]\n[site."127.0.0.1".posts]\nitem = "div.b"\ntitle = "h3 a"\n')
    code, _, err = run("crawl", blog.url, "-d", db, "--rules", rules)
    assert code in (0, 1), err
    assert rows(db, "SELECT count(*) FROM posts") == [(8,)]


def test_a_post_behind_a_password_is_asked_for_once(site: Site, db: Path) -> None:
    blog = Weblog.of(site, count=4)
    site.put("/archives/2.html", '<html><title>Log in</title><form><input type="password"></form></html>')
    assert [problem.kind for problem in crawled(db, blog.url, full_text=True).problems] == ["login"]
    site.requests.clear()
    assert crawled(db, blog.url, full_text=True).problems == []
    assert "/archives/2.html" not in site.paths
    blog.publish()
    assert crawled(db, blog.url, full_text=True, all_pages=True).problems == []
    assert rows(db, "SELECT count(*) FROM posts WHERE text IS NOT NULL") == [(4,)]


def test_a_mistyped_address_says_nothing_of_the_blog(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url)
    code, _, err = run("crawl", site.url("/pgae/2/"), "-d", db)
    assert (code, "the server answers 404" in err) == (3, True)
    assert rows(db, "SELECT state FROM blogs") == [("ok",)]
    assert rows(db, "SELECT count(*) FROM crawls") == [(1,)]
    site.put("/page/2/", "gone", status=410)
    assert run("crawl", site.url("/page/2/"), "-d", db)[0] == 3
    assert rows(db, "SELECT outcome FROM crawls ORDER BY id") == [("done",), ("failed",)]


def test_pages_that_say_the_same_under_other_addresses_end_the_listing(site: Site, db: Path) -> None:
    for page in range(1, 30):
        entries = "".join(entry(number, f"/session{page}", images=False) for number in range(5))
        step = f'<div class="pager"><a rel="next" href="{page_path(page + 1)}">Next page</a></div>'
        site.put(page_path(page), frame("Loopback notes", entries + step))
    code, _, err = run("crawl", site.url("/"), "-d", db, "--no-images")
    assert code == 1
    assert "two pages in a row show no post that was not shown before" in err
    assert page_path(3) in site.paths
    assert page_path(5) not in site.paths


def test_posts_that_say_little_are_told_apart_by_their_addresses(site: Site, db: Path) -> None:
    def bare(number: int) -> str:
        return f'<div class="entry"><h2><a href="{path_of(number)}">Photographs of the day</a></h2></div>'

    for page in range(1, 8):
        step = f'<div class="pager"><a rel="next" href="{page_path(page + 1)}">Next page</a></div>' if page < 7 else ""
        site.put(page_path(page), frame("Loopback notes", "".join(map(bare, range(page * 5, page * 5 + 5))) + step))
    _, _, err = run("crawl", site.url("/"), "-d", db, "--no-images")
    assert "35 new posts" in err
    assert "loop:" not in err
