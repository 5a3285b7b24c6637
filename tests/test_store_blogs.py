"""Blogs: which addresses are one blog, and which are two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.models import Change, Kind, Record, Response, Verdict
from archiver.store import Archive, Blog

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", now=lambda: NOW) as archive:
        yield archive


# What is in the archive, the address asked for, and the start of the blog that it belongs to (None: a new one).
SAME: tuple[tuple[tuple[str, ...], str, str | None], ...] = (
    (("https://a.org/",), "https://a.org/", "https://a.org/"),
    (("https://a.org/",), "http://www.a.org/index.html", "https://a.org/"),
    (("https://a.org/",), "https://a.org/page/2/", "https://a.org/"),
    (("https://a.org/",), "https://a.org/?paged=2", "https://a.org/"),
    (("https://a.org/",), "https://a.org/archives/", "https://a.org/"),
    (("https://a.org/archives/",), "https://a.org/", "https://a.org/archives/"),
    (("https://a.org/",), "https://b.org/", None),
    (("https://a.org/",), "https://a.org:8080/", None),
    (("https://a.org/",), "https://blog.a.org/", None),
    (("https://a.org/alice/",), "https://a.org/bob/", None),
    (("https://a.org/alice/",), "https://a.org/alicea/", None),
    (("https://a.org/alice/",), "https://a.org/alice/page/2", "https://a.org/alice/"),
    (("https://a.org/alice/page/2",), "https://a.org/alice/", "https://a.org/alice/page/2"),
    (("https://a.org/alice/", "https://a.org/bob/"), "https://a.org/bob/archives", "https://a.org/bob/"),
    (("https://a.org/alice/", "https://a.org/bob/"), "https://a.org/", None),
    (("https://a.org/", "https://b.org/"), "https://a.org/bob/", "https://a.org/"),
    (("https://a.org/x/", "https://a.org/x/y/"), "https://a.org/x/y/z/", "https://a.org/x/"),
    (("https://a.org/blog.html",), "https://a.org/notes.html", None),
)


@pytest.mark.parametrize(("there", "asked", "start"), SAME)
def test_which_addresses_are_one_blog(archive: Archive, there: tuple[str, ...], asked: str, start: str | None) -> None:
    for url in there:
        archive.blog_for(url)
    before = len(archive.blogs())
    blog = archive.blog_for(asked)
    assert blog.url == (start or asked)
    assert len(archive.blogs()) == before + (start is None)


def test_two_blogs_under_one_roof_stay_two_when_the_roof_is_added(archive: Archive) -> None:
    for url in ("https://a.org/alice/", "https://a.org/bob/", "https://a.org/"):
        archive.blog_for(url)
    assert [blog.url for blog in archive.blogs()] == ["https://a.org/alice/", "https://a.org/bob/", "https://a.org/"]
    assert archive.blog_for("https://a.org/carol/").id == 4
    assert archive.blog_for("https://a.org/bob/page/3").id == 2


def test_a_listing_page_or_a_post_leads_to_its_blog(archive: Archive) -> None:
    for url in ("https://a.org/alice/", "https://a.org/bob/"):
        archive.blog_for(url)
    archive.save_page(
        Response("https://a.org/old-listing", "https://a.org/", 200, {}, b"", NOW), Kind.LISTING, blog_id=2
    )
    archive.save_page(Response("https://a.org/feed", "https://a.org/", 200, {}, b"", NOW), Kind.FEED, blog_id=2)
    archive.save_records(1, [Record("https://a.org/2019/03/post.html", "Post")])
    found = [
        archive.find_blog(f"http://a.org/{path}") for path in ("old-listing/", "2019/03/post.html", "feed", "other")
    ]
    assert [blog and blog.id for blog in found] == [2, 1, None, None]


def test_what_is_no_address_belongs_to_no_blog(archive: Archive) -> None:
    archive.blog_for("https://a.org/")
    assert archive.find_blog("not an address") is None


def test_a_blog_is_added_with_what_is_known(archive: Archive) -> None:
    blog = archive.blog_for("https://a.org/", title="A", language="zh", feed_url="https://a.org/feed")
    assert blog == Blog(1, "A", "https://a.org/", language="zh", feed_url="https://a.org/feed")
    assert archive.blog_for("https://a.org/", title="Another").title == "A"
    assert archive.blog_for("https://b.org/x").title == "b.org"
    assert archive.blogs() == [archive.blog(1), archive.blog(2)]


def test_a_blogs_columns_change_but_its_name_is_never_lost(archive: Archive) -> None:
    archive.blog_for("https://a.org/", title="A", language="zh")
    blog = archive.update_blog(1, title="", url=None, language=None, engine="hugo", state="ok")
    assert (blog.title, blog.url, blog.language, blog.engine, blog.state) == ("A", "https://a.org/", None, "hugo", "ok")
    assert archive.update_blog(1) == blog
    with pytest.raises(TypeError, match="colour"):
        archive.update_blog(1, colour="red")
    with pytest.raises(TypeError, match="aliases"):
        archive.blog_for("https://c.org", aliases="x")


def test_a_blog_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(UsageError, match="there is no blog 7"):
        archive.blog(7)


def test_a_blog_with_several_names(archive: Archive) -> None:
    archive.blog_for("https://a.org/blog/")
    archive.save_records(1, [Record("https://a.org/p/1", "One")])
    archive.save_records(1, [Record("https://old.net/p/1", "One")])
    archive.save_records(1, [Record("https://old.net/p/2", "Two")])
    blog = archive.add_alias(1, "http://www.old.net/anything")
    assert blog.aliases == ("old.net",)
    assert blog.sites == ("a.org", "old.net")
    addresses = [row["address"] for row in archive.query("SELECT address FROM posts ORDER BY id")]
    assert addresses == ["a.org/p/1", "old.net/p/1", "a.org/p/2"]  # what would be two posts at one address stays
    assert archive.save_records(1, [Record("https://a.org/p/2", "Two")])[0] == Change(3, Verdict.COMPLETED, ("url",))
    assert archive.save_records(1, [Record("https://old.net/p/2", "Two")])[0].post_id == 3
    found = archive.find_blog("https://old.net/blog/page/2")
    assert found is not None
    assert found.id == 1
    post = archive.post("https://old.net/p/2/")
    assert post is not None
    assert post["id"] == 3


@pytest.mark.parametrize("alias", ["old.net", "https://www.old.net/", "OLD.net"])
def test_an_alias_is_added_once(archive: Archive, alias: str) -> None:
    archive.blog_for("https://a.org/")
    for _ in range(2):
        assert archive.add_alias(1, alias).aliases == ("old.net",)
    assert archive.add_alias(1, "https://a.org/x").aliases == ("old.net",)


NAMES = (
    ("1", 1),
    ("科学空间", 1),
    ("科学", 1),
    ("TWO WORDS", 2),
    ("two", 2),
    ("https://a.org/", 1),
    ("http://www.a.org", 1),
    ("a.org", 1),
    ("https://a.org/page/2/", 1),
    ("https://b.org/bob/", 2),
    ("bob", 2),
    ("ｔｗｏ", 2),
)


@pytest.fixture
def named(archive: Archive) -> Archive:
    for url, title in (
        ("https://a.org/", "科学空间"),
        ("https://b.org/bob/", "Two words"),
        ("https://b.org/eve/", "Eve"),
    ):
        archive.blog_for(url, title=title)
    return archive


@pytest.mark.parametrize(("name", "blog_id"), NAMES)
def test_a_blog_is_found_by_what_a_user_calls_it(named: Archive, name: str, blog_id: int) -> None:
    assert named.named_blog(name).id == blog_id


@pytest.mark.parametrize("name", ["科学", "two", "https://a.org/page/2/", "bob"])
def test_part_of_a_name_is_not_exact(named: Archive, name: str) -> None:
    with pytest.raises(UsageError, match="no such blog"):
        named.named_blog(name, exact=True)


@pytest.mark.parametrize(
    ("name", "cause", "hint"),
    [
        (
            "b.org",
            "several blogs are meant",
            "Give the number of one of them: 2 Two words (https://b.org/bob/); 3 Eve (https://b.org/eve/)",
        ),
        (
            "nowhere",
            "no such blog in the archive",
            "It holds: 1 科学空间 (https://a.org/); 2 Two words (https://b.org/bob/); 3 Eve (https://b.org/eve/)",
        ),
        ("", "no such blog in the archive", "It holds: 1 "),
        ("'; DROP TABLE posts; --", "no such blog in the archive", "It holds: 1 "),
    ],
)
def test_where_none_or_several_blogs_are_meant_they_are_listed(
    named: Archive, name: str, cause: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        named.named_blog(name)
    assert caught.value.cause == cause
    assert caught.value.hint.startswith(hint)


def test_many_blogs_are_not_all_listed(archive: Archive) -> None:
    for number in range(12):
        archive.blog_for(f"https://{number}.example/")
    with pytest.raises(UsageError) as caught:
        archive.named_blog("example")
    assert caught.value.hint.count("https://") == 10
    assert caught.value.hint.endswith("; ..., see: archiver blogs")
