"""A blog that lives: the archive shows what happened to it, exactly that, and nothing is lost when it is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Answer, Site
from evolving_blog import (
    Entry,
    Weblog,
    card_theme,
    crawled,
    entry,
    kept,
    list_theme,
    page_path,
    plain_theme,
    rows,
    states,
)

from archiver.crawl import Options, crawl
from archiver.errors import FetchError, SiteError
from archiver.fetch import Fetcher
from archiver.store import Archive

REVISIONS = "SELECT url, fields, before FROM revisions JOIN posts ON posts.id = post_id ORDER BY revisions.id"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def pages_asked(site: Site) -> list[str]:
    """The index pages and posts asked for, robots.txt and feed apart."""
    return [path for path in site.paths if path not in ("/robots.txt", "/feed")]


def test_an_unchanged_blog_adds_nothing_and_costs_one_page(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    before = kept(db)
    site.requests.clear()
    run = crawled(db, blog.url, full_text=True)
    assert (kept(db), run.problems) == (before, [])
    assert pages_asked(site) == ["/"]


def test_ticking_counters_and_a_new_theme_change_no_post(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    before = kept(db)
    for theme in (plain_theme, card_theme):
        blog.views += 1234
        blog.theme = theme
        blog.publish()
        run = crawled(db, blog.url, full_text=True, all_pages=True)
        assert run.problems == []
        after = kept(db)
        assert {**after, "html": []} == {**before, "html": []}
    assert states(db) == dict.fromkeys(range(1, 13), "full")


def test_what_happened_is_what_the_archive_shows(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    blog.entries.insert(0, entry(13))
    blog.edit(11, lead="Quite another beginning.", body="<p>Quite another beginning.</p><p>And an end of its own.</p>")
    blog.entries = [one for one in blog.entries if one.number != 5]
    blog.views += 7
    blog.publish()
    run = crawled(db, blog.url, full_text=True)
    assert (run.counts["posts_new"], run.counts["posts_revised"]) == (1, 1)
    [(url, fields, before)] = [row for row in rows(db, REVISIONS) if "excerpt" in row[1]]
    assert url.endswith("/archives/11.html")
    assert "excerpt" in json.loads(fields)
    assert entry(11).lead in before
    [text] = rows(db, "SELECT text FROM posts WHERE url LIKE '%/11.html'")
    assert "And an end of its own." in text[0]
    assert states(db)[5] == "full", "an update that stopped early says nothing of what it did not read"
    assert {url.rpartition("/")[2] for url, _, _ in rows(db, REVISIONS)} == {"11.html"}


def test_a_post_that_a_complete_pass_does_not_show_is_gone_and_kept(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    before = kept(db)
    lost = next(one for one in blog.entries if one.number == 5)
    blog.entries.remove(lost)
    blog.publish()
    run = crawled(db, blog.url, full_text=True, all_pages=True)
    assert run.counts["posts_gone"] == 1
    assert states(db) == {**dict.fromkeys(range(1, 13), "full"), 5: "gone"}
    assert kept(db)["posts"] == before["posts"]
    blog.entries.append(lost)
    blog.publish()
    crawled(db, blog.url, full_text=True, all_pages=True)
    assert states(db)[5] == "full", "seen again"


def test_a_pass_with_a_page_missing_says_nothing_of_what_is_gone(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url)
    site.put(page_path(2), "broken", status=500)
    run = crawled(db, blog.url, all_pages=True)
    assert [problem.kind for problem in run.problems] == ["overloaded"]
    assert set(states(db).values()) == {"listed"}
    assert rows(db, "SELECT outcome FROM crawls ORDER BY id DESC LIMIT 1") == [("broken",)]


def test_after_a_lost_page_the_next_run_reads_all_pages_once_more_and_no_third(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    site.put(page_path(3), "broken", status=500)
    crawled(db, blog.url)
    assert rows(db, "SELECT count(*) FROM posts") == [(8,)]
    blog.publish()
    crawled(db, blog.url)
    assert rows(db, "SELECT count(*) FROM posts") == [(12,)]
    site.put(page_path(3), "broken", status=500)
    for expected in ("broken", "partial", "done"):
        crawled(db, blog.url, all_pages=expected != "done")
        assert rows(db, "SELECT outcome FROM crawls ORDER BY id DESC LIMIT 1") == [(expected,)]


def test_a_pager_that_is_not_found_any_more_makes_no_post_gone(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url)
    blog.entries = blog.entries[:4]
    blog.publish()
    run = crawled(db, blog.url, all_pages=True)
    assert [problem.kind for problem in run.problems] == ["fewer-posts"]
    assert set(states(db).values()) == {"listed"}


def test_a_post_whose_page_is_gone_is_asked_for_once(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    site.routes.pop("/archives/9.html")
    run = crawled(db, blog.url, full_text=True)
    assert [(problem.kind, problem.url) for problem in run.problems] == [("gone", site.url("/archives/9.html"))]
    assert states(db)[9] == "gone"
    site.requests.clear()
    run = crawled(db, blog.url, full_text=True)
    assert "/archives/9.html" not in site.paths
    assert (run.problems, states(db)[9]) == ([], "gone")
    blog.edit(9, lead="It is back, with another beginning.")
    blog.publish()
    crawled(db, blog.url, full_text=True)
    assert states(db)[9] == "full", "the listing changed"


def test_an_edit_far_down_is_noticed_by_the_feed(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    blog.edit(2, lead="A second thought.", body="<p>A second thought.</p><p>It took me years to see it.</p>")
    blog.publish()
    site.requests.clear()
    crawled(db, blog.url, full_text=True)
    assert pages_asked(site) == ["/", "/archives/2.html"]
    assert "It took me years" in rows(db, "SELECT text FROM posts WHERE url LIKE '%/2.html'")[0][0]
    assert [json.loads(fields) for _, fields, _ in rows(db, REVISIONS)] == [["text"]]


def test_pinned_posts_do_not_end_an_update(site: Site, db: Path) -> None:
    """Four old posts without a badge stand first, on a page of their own."""
    blog = Weblog.of(site)
    featured = [entry(number) for number in (1, 2, 3, 4)]
    blog.entries = featured + [entry(number) for number in range(12, 4, -1)]
    blog.publish()
    crawled(db, blog.url)
    blog.entries = featured + [entry(number) for number in range(14, 4, -1)]
    blog.publish()
    run = crawled(db, blog.url)
    assert run.counts["posts_new"] == 2
    assert states(db).keys() == set(range(1, 15))


def test_a_start_page_that_links_every_post_hides_no_excerpt_and_ends_no_update(site: Site, db: Path) -> None:
    blog = Weblog.of(site, theme=list_theme, count=16)
    run = crawled(db, blog.url)
    assert run.problems == []
    with_excerpt = "SELECT count(*) FROM posts WHERE excerpt <> ''"
    assert rows(db, with_excerpt) == [(12,)], "all but the four whose index page is the list"
    blog.entries.insert(0, entry(17))
    blog.publish()
    run = crawled(db, blog.url)
    assert (run.counts["posts_new"], rows(db, with_excerpt)) == (1, [(13,)])


def test_conditional_requests_answer_most_of_a_second_pass(site: Site, db: Path) -> None:
    blog = Weblog.of(site, validators=True)
    crawled(db, blog.url, full_text=True)
    site.requests.clear()
    run = crawled(db, blog.url, full_text=True, all_pages=True)
    asked = [each for each in site.requests if each.path != "/robots.txt"]
    assert [each.path for each in asked] == ["/", "/feed", "/page/2/", "/page/3/"]
    assert all("if-none-match" in each.headers for each in asked)
    assert (run.counts["posts_unchanged"], run.problems) == (12, [])


PARKED = "<html><title>daybook.example</title><h1>This domain is for sale</h1><p>Make an offer today.</p></html>"
SPAM = "<html><title>Best casino</title>" + "".join(
    f'<div class="ad"><h2><a href="/play/{name}/now">{name} bonus for you</a></h2><p>Get {name} spins now.</p></div>'
    for name in ("ruby", "gold", "silver", "jade", "opal")
)
CAPTCHA = (
    "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before you go on.</p>"
    "<script>document.cookie='a=1';location.reload()</script></body></html>"
)
LOGIN = '<html><title>Sign in</title><form action="/in"><input name=u><input type=password name=p></form></html>'
REDESIGN = "<html><title>Day book</title><div id=hero><h1>Day book</h1><p>A new look, soon. %s</p></div>" % (
    "Hm. " * 300
)
SOFT = "<html><title>Page not found - Day book</title><h1>Page not found</h1><p>Try the search.</p></html>"
SHELL = '<html><head><title>Day book</title></head><body><div id="app"></div><script src="/app.js"></script></body>'

WAYS = {
    "404": (Answer("gone", status=404), "gone"),
    "410": (Answer("gone", status=410), "gone"),
    "403": (Answer("no", status=403), "refused"),
    "429": (Answer("slow down", status=429), "overloaded"),
    "500": (Answer("oops", status=500), "overloaded"),
    "503": (Answer("busy", status=503), "overloaded"),
    "no answer": (Answer(drop=True), "hung-up"),
    "cut off": (Answer("x" * 100, drop=10), "truncated"),
    "soft 404": (Answer(SOFT), "soft-404"),
    "parked": (Answer(PARKED), "parked"),
    "taken over": (Answer(SPAM), "layout-changed"),
    "captcha": (Answer(CAPTCHA), "challenge"),
    "captcha with 403": (Answer(CAPTCHA, status=403), "challenge"),
    "login": (Answer(LOGIN), "login"),
    "empty": (Answer(""), "empty"),
    "empty body": (Answer("<html><body></body></html>"), "empty"),
    "shell": (Answer(SHELL), "needs-scripts"),
    "redesign": (Answer(REDESIGN), "layout-changed"),
    "a picture": (Answer(b"\x89PNG\r\n\x1a\n" + bytes(99), content_type="image/png"), "not-a-page"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_blog_that_vanishes_loses_nothing(site: Site, db: Path, way: str) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url, full_text=True)
    before = kept(db)
    pages = rows(db, "SELECT count(*) FROM pages WHERE outcome = 'ok'")
    answer, kind = WAYS[way]
    vanish(site, answer)
    for all_pages in (False, True):
        with pytest.raises(SiteError) as failure:
            crawled(db, blog.url, full_text=True, all_pages=all_pages)
        assert failure.value.exit_code == 3
        assert site.origin in str(failure.value)
        assert failure.value.cause
        assert failure.value.hint
    assert kept(db) == before
    assert rows(db, "SELECT count(*) FROM pages WHERE outcome = 'ok'") == pages
    assert rows(db, "SELECT outcome, problems FROM crawls ORDER BY id DESC LIMIT 1") == [("failed", 1)]
    assert rows(db, "SELECT kind FROM problems ORDER BY id DESC LIMIT 1") == [(kind,)]
    assert rows(db, "SELECT state FROM blogs") == [(kind,)]
    blog.publish()
    site.requests.clear()
    assert crawled(db, blog.url, full_text=True).problems == []
    assert (kept(db), pages_asked(site)) == (before, ["/"])
    assert rows(db, "SELECT state FROM blogs") == [("ok",)]


def vanish(site: Site, answer: Answer) -> None:
    """Every address but robots.txt answers so from now on."""
    site.routes.clear()
    site.fallback = answer
    site.put("/robots.txt", "User-agent: *\nDisallow:\n", content_type="text/plain")


def test_a_blog_whose_server_is_gone_loses_nothing(db: Path) -> None:
    site = Site()
    try:
        blog = Weblog.of(site)
        crawled(db, blog.url, full_text=True)
        before = kept(db)
    finally:
        site.close()
    with pytest.raises(FetchError, match="connection refused"):
        crawled(db, blog.url, full_text=True)
    assert kept(db) == before


def test_a_known_blog_that_redirects_to_another_site_is_refused(site: Site, db: Path) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url)
    before = kept(db)
    other = Site()
    try:
        Weblog.of(other, count=5)
        site.redirect("/", other.url("/"), 301)
        with pytest.raises(SiteError, match="another site") as failure:
            crawl_allowing(db, blog.url, other.url("/"))
        assert f"--moved-to {other.url('/')}" in failure.value.hint
    finally:
        other.close()
    assert kept(db) == before


def crawl_allowing(db: Path, url: str, host: str) -> None:
    """Crawl where another loopback server may be asked as well."""
    with Fetcher(delay=0, retries=0, allow_private=True) as fetcher, Archive.open(db) as archive:
        fetcher.allow(host)
        for _ in crawl(archive, fetcher, url, Options()):
            pass


@pytest.mark.parametrize("way", WAYS)
def test_posts_whose_pages_turn_bad_keep_their_text(site: Site, db: Path, way: str) -> None:
    """The listing is there and says that a post changed; its own page is no page any more."""
    blog = Weblog.of(site, count=4)
    crawled(db, blog.url, full_text=True)
    before = rows(db, "SELECT text FROM posts ORDER BY id")
    blog.edit(3, lead="The beginning is another now.")
    blog.publish()
    answer, kind = WAYS[way]
    site.sequence("/archives/3.html", answer)
    run = crawled(db, blog.url, full_text=True)
    assert {problem.kind for problem in run.problems} == {"unlike" if kind == "layout-changed" else kind}
    assert rows(db, "SELECT text FROM posts ORDER BY id") == before


EVENTS: dict[str, Callable[[Weblog], None]] = {
    "new": lambda blog: blog.entries.insert(0, entry(40)),
    "title": lambda blog: blog.edit(12, title="Renamed with care"),
    "excerpt": lambda blog: blog.edit(12, lead="A lead of another kind, written later."),
}
SHOWN = {"new": (1, 0, []), "title": (0, 1, ["title"]), "excerpt": (0, 1, ["excerpt"])}


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_alone(site: Site, db: Path, event: str) -> None:
    blog = Weblog.of(site)
    crawled(db, blog.url)
    EVENTS[event](blog)
    blog.publish()
    run = crawled(db, blog.url)
    new, revised, fields = SHOWN[event]
    assert (run.counts["posts_new"], run.counts["posts_revised"]) == (new, revised)
    assert [field for _, names, _ in rows(db, REVISIONS) for field in json.loads(names)] == fields


def test_entries_differ() -> None:
    """The generator gives every post its own words."""
    entries: list[Entry] = [entry(number) for number in range(1, 41)]
    assert len({one.title for one in entries}) == len({one.lead for one in entries}) == 40
