"""Posts in a real archive: new, unchanged, completed, revised; and what stands beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.models import Change, FoundDate, Image, Kind, Precision, Record, Response, Verdict, Where
from archiver.store import Archive, Source
from archiver.store.db import clean
from archiver.store.rows import tidy

DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)

RECORD = Record(
    url="https://a.org/p/1",
    title="熵的直觉",
    published=FoundDate("2019-03-06", Precision.DAY, "month day", "03-06", Where.GROUP, "year of the heading"),
    excerpt="第一段。\n\n$\\frac{a}{b}$ & more",
    excerpt_html="<p>第一段。</p>",
    images=(Image("https://a.org/2.png", "two", "图2"), Image("https://a.org/1.png", "one", "图1")),
    read_more="https://a.org/p/1#more",
    author="Ann",
    category="Notes",
    series="Entropy",
    tags=("数学", "physics"),
    language="zh",
    evidence={"title": "h2 a"},
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", now=lambda: DAY) as archive:
        archive.blog_for("https://a.org/", title="A")
        yield archive


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in archive.query(sql)]


def crawl(archive: Archive) -> int:
    return archive.start_crawl(1, "crawl")


def everything(archive: Archive) -> list[tuple[Any, ...]]:
    tables = ("posts", "post_html", "post_images", "images", "tags", "post_tags", "revisions", "posts_fts_docsize")
    return [row for table in tables for row in rows(archive, f"SELECT '{table}', * FROM {table}")]


def test_a_new_post_is_kept_whole(archive: Archive) -> None:
    assert archive.save_records(1, [RECORD], seen_at=DAY)[0] == Change(1, Verdict.NEW)
    assert archive.record(1) == RECORD
    post = archive.post(1)
    assert post is not None
    expected = {
        "title": "熵的直觉",
        "published": "2019-03-06",
        "year": 2019,
        "blog_id": 1,
        "tags": '["数学","physics"]',
        "captions": "图2\n图1",
        "text": None,
        "address": "a.org/p/1",
        "published_raw": "03-06",
        "published_from": "group heading",
        "published_precision": "day",
        "published_note": "year of the heading",
        "first_seen": "2026-11-20T08:00:00+00:00",
        "last_seen": "2026-11-20T08:00:00+00:00",
        "changed": None,
        "state": "listed",
    }
    assert {name: post[name] for name in expected} == expected
    assert json.loads(post["evidence"]) == {"title": "h2 a", "published": "month day"}
    assert rows(archive, "SELECT name, url, state FROM images ORDER BY id") == [
        ("2.png", "https://a.org/2.png", "wanted"),
        ("1.png", "https://a.org/1.png", "wanted"),
    ]
    assert rows(archive, "SELECT name FROM post_tags JOIN tags ON tags.id = tag_id") == [("数学",), ("physics",)]
    assert rows(archive, "SELECT excerpt_html, content_html FROM post_html") == [("<p>第一段。</p>", None)]


def test_a_new_post_is_found_by_search_at_once(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    assert rows(archive, """SELECT rowid FROM posts_fts WHERE posts_fts MATCH '"直觉"'""") == [(1,)]


def test_saving_again_changes_nothing_but_when_it_was_seen(archive: Archive) -> None:
    archive.save_records(1, [RECORD], seen_at=DAY, crawl_id=crawl(archive))
    before = everything(archive)
    assert archive.save_records(1, [RECORD], seen_at=DAY, crawl_id=1)[0] == Change(1, Verdict.UNCHANGED)
    assert everything(archive) == before
    later = archive.save_records(1, [RECORD], seen_at=DAY + timedelta(days=1), crawl_id=crawl(archive))[0]
    assert later == Change(1, Verdict.UNCHANGED)
    assert rows(archive, "SELECT last_seen, changed FROM posts") == [("2026-11-21T08:00:00+00:00", None)]
    archive.save_records(1, [RECORD], seen_at=DAY - timedelta(days=9))
    assert rows(archive, "SELECT last_seen FROM posts") == [("2026-11-21T08:00:00+00:00",)]


def test_a_post_is_known_by_its_address_however_it_is_written(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    assert archive.save_records(1, [replace(RECORD, url="http://www.a.org/p/1/?utm_source=x")])[0].post_id == 1
    assert rows(archive, "SELECT count(*) FROM posts") == [(1,)]


def test_the_same_address_in_another_blog_is_another_post(archive: Archive) -> None:
    other = archive.blog_for("https://b.org/")
    assert archive.save_records(1, [RECORD])[0].post_id != archive.save_records(other.id, [RECORD])[0].post_id


def test_a_revision_keeps_what_was_said_before(archive: Archive) -> None:
    archive.save_records(1, [RECORD], crawl_id=crawl(archive))
    changed = replace(
        RECORD, title="熵的直觉(修订)", images=(replace(RECORD.images[0], caption="图二"),), tags=("数学",)
    )
    change = archive.save_records(1, [changed], seen_at=DAY + timedelta(days=1), crawl_id=crawl(archive))[0]
    assert change == Change(1, Verdict.REVISED, ("title", "tags", "images"))
    assert archive.record(1) == changed
    (revision,) = archive.query("SELECT * FROM revisions")
    assert (revision["post_id"], revision["crawl_id"], revision["changed_at"]) == (1, 2, "2026-11-21T08:00:00+00:00")
    assert json.loads(revision["fields"]) == ["title", "tags", "images"]
    assert json.loads(revision["before"]) == {
        "title": "熵的直觉",
        "tags": ["数学", "physics"],
        "images": [
            {"url": "https://a.org/2.png", "alt": "two", "caption": "图2"},
            {"url": "https://a.org/1.png", "alt": "one", "caption": "图1"},
        ],
    }
    assert rows(archive, "SELECT changed, captions FROM posts") == [("2026-11-21T08:00:00+00:00", "图二")]
    assert rows(archive, "SELECT name FROM tags") == [("数学",)]
    assert rows(archive, "SELECT count(*) FROM images") == [(2,)]  # a picture once seen stays
    assert archive.integrity() == []


def test_a_revised_date_is_kept_by_its_value(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    moved = replace(RECORD.published, value="2019-03-07", raw="03-07")
    assert archive.save_records(1, [replace(RECORD, published=moved)])[0].verdict is Verdict.REVISED
    assert rows(archive, "SELECT before FROM revisions") == [('{"published":"2019-03-06"}',)]
    assert archive.record(1).published == moved


def test_a_date_without_end_is_no_evidence(archive: Archive) -> None:
    endless = replace(RECORD.published, raw="1" * 100_000)
    archive.save_records(1, [replace(RECORD, published=endless)])
    assert rows(archive, "SELECT length(published_raw) FROM posts") == [(300,)]


def test_the_posts_own_page_completes_it_without_a_revision(archive: Archive) -> None:
    archive.save_records(1, [RECORD], crawl_id=crawl(archive))
    page = replace(
        RECORD,
        url="https://a.org/archives/1.html",
        text="第一段。\n\n第二段。",
        content_html="<p>第一段。</p><p>第二段。</p>",
        excerpt="a summary for machines",
        published=FoundDate("2019-03-06T10:00+08:00", Precision.MINUTE, "iso", "x", Where.DECLARED),
    )
    change = archive.save_post(1, page, crawl_id=1)
    assert change == Change(1, Verdict.COMPLETED, ("published", "text"))
    stored = archive.record(1)
    assert (stored.text, stored.content_html) == (page.text, page.content_html)
    assert (stored.excerpt, stored.url) == (RECORD.excerpt, RECORD.url)
    assert rows(archive, "SELECT state, published FROM posts") == [("full", "2019-03-06T10:00+08:00")]
    assert archive.posts_without_text(1) == []
    assert archive.save_records(1, [RECORD], crawl_id=crawl(archive))[0].verdict is Verdict.UNCHANGED
    assert archive.save_post(1, page, crawl_id=2).verdict is Verdict.UNCHANGED
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]


def test_an_edited_page_revises_the_text(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    archive.save_post(1, replace(RECORD, text="One."))
    assert archive.save_post(1, replace(RECORD, text="Two.")) == Change(1, Verdict.REVISED, ("text",))
    assert rows(archive, "SELECT before FROM revisions") == [('{"text":"One."}',)]


def test_a_post_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.save_post(7, RECORD)
    with pytest.raises(KeyError):
        archive.record(7)


def test_a_pinned_post_stands_on_two_pages_but_is_not_revised(archive: Archive) -> None:
    for _ in range(2):
        run = crawl(archive)
        for title in ("[Pinned] Hello, with a long excerpt", "Hello"):
            change = archive.save_records(1, [replace(RECORD, title=title)], crawl_id=run)[0]
            assert change.verdict in {Verdict.NEW, Verdict.UNCHANGED}
    assert archive.record(1).title == "[Pinned] Hello, with a long excerpt"


def listing(archive: Archive, crawl_id: int, number: int = 1) -> int:
    url = f"https://a.org/page/{number}"
    return archive.save_page(Response(url, url, 200, {}, b"x", DAY), Kind.LISTING, blog_id=1, crawl_id=crawl_id)


def dated(value: str | None, where: Where = Where.BLOCK) -> Record:
    return replace(RECORD, published=FoundDate(value, Precision.DAY if value else None, "d/m/y", "03/06/2019", where))


def test_a_page_understood_better_corrects_its_first_reading(archive: Archive) -> None:
    """Whether day or month comes first is known only when many pages were read; that is no change of the blog."""
    for expected in (Verdict.NEW, Verdict.UNCHANGED):  # a second run goes the same way, and changes nothing
        run = crawl(archive)
        page = listing(archive, run)
        assert archive.save_records(1, [dated("2019-03-06")], crawl_id=run, page_id=page)[0].verdict is expected
        archive.save_records(1, [dated("2019-06-03")], crawl_id=run, page_id=page)
        assert archive.record(1).published.value == "2019-06-03"
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]
    run = crawl(archive)
    moved = archive.save_records(1, [dated("2019-06-09")], crawl_id=run, page_id=listing(archive, run))[0]
    assert (moved.verdict, archive.record(1).published.value) == (Verdict.REVISED, "2019-06-09")


def test_a_date_may_turn_out_to_be_unknown_only_in_the_run_that_found_it(archive: Archive) -> None:
    first = crawl(archive)
    page = listing(archive, first)
    archive.save_records(1, [dated("2019-03-06")], crawl_id=first, page_id=page)
    assert archive.save_records(1, [dated(None)], crawl_id=first, page_id=page)[0].verdict is Verdict.COMPLETED
    assert archive.record(1).published.value is None
    archive.save_records(1, [dated("2019-03-07")], crawl_id=first, page_id=page)
    second = crawl(archive)
    page = listing(archive, second)
    for record in (dated("2019-03-07"), dated(None), dated("2019-03-08", Where.NEIGHBOURS)):
        archive.save_records(1, [record], crawl_id=second, page_id=page)
    assert archive.record(1).published.value == "2019-03-07"


def test_only_the_first_page_of_a_post_corrects_its_reading(archive: Archive) -> None:
    run = crawl(archive)
    pages = [listing(archive, run, number) for number in range(2)]
    for page, title in ((pages[0], "One"), (pages[1], "Two"), (pages[1], "Three")):
        archive.save_records(1, [replace(RECORD, title=title)], crawl_id=run, page_id=page)
    assert archive.record(1).title == "One"
    archive.save_records(1, [replace(RECORD, title="Four")], crawl_id=run, page_id=pages[0])
    assert archive.record(1).title == "Four"


def test_a_posts_own_page_understood_better_corrects_its_text(archive: Archive) -> None:
    run = crawl(archive)
    archive.save_records(1, [RECORD], crawl_id=run, page_id=listing(archive, run))
    url = RECORD.url
    page = archive.save_page(Response(url, url, 200, {}, b"x", DAY), Kind.POST, blog_id=1, crawl_id=run)
    for text in ("Menu\n\nThe text.", "The text."):
        change = archive.save_post(1, replace(RECORD, text=text), crawl_id=run, page_id=page)
        assert change.verdict is Verdict.COMPLETED
    assert archive.record(1).text == "The text."


def test_a_post_twice_on_one_page_is_one_post(archive: Archive) -> None:
    changes = archive.save_records(1, [RECORD, replace(RECORD, title="Recommended")])
    assert [change.verdict for change in changes] == [Verdict.NEW, Verdict.UNCHANGED]
    assert archive.record(1).title == RECORD.title


def test_where_posts_stood(archive: Archive) -> None:
    page = archive.save_page(Response("https://a.org/", "https://a.org/", 200, {}, b"x", DAY), Kind.LISTING)
    records = [replace(RECORD, url=f"https://a.org/p/{number}") for number in (3, 1, 2)]
    archive.save_records(1, records, page_id=page)
    archive.save_records(1, records, page_id=page)
    assert rows(archive, "SELECT page_id, post_id, position FROM page_posts") == [(1, 1, 0), (1, 2, 1), (1, 3, 2)]


def test_a_post_that_was_gone_and_is_seen_again(archive: Archive) -> None:
    archive.save_records(1, [RECORD], seen_at=DAY)
    archive.set_post_state(1, "gone")
    assert archive.posts_without_text(1) == []
    archive.save_records(1, [RECORD], seen_at=DAY)
    assert rows(archive, "SELECT state FROM posts") == [("listed",)]


def test_what_is_left_to_read(archive: Archive) -> None:
    dated = [replace(RECORD.published, value=value) for value in ("2018-01-01", "2020-01-01", None)]
    records = [
        replace(RECORD, url=f"https://a.org/{n}", read_more=None, published=date) for n, date in enumerate(dated)
    ]
    archive.save_records(1, records)
    assert archive.posts_without_text(1) == [(2, "https://a.org/1"), (1, "https://a.org/0"), (3, "https://a.org/2")]


def test_which_addresses_are_known(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    asked = ["http://a.org/p/1/", "https://a.org/p/2"]
    assert archive.known_addresses(1, asked) == {"http://a.org/p/1/"}


@pytest.mark.parametrize(
    "key", [1, "1", "https://a.org/p/1", "http://www.a.org/p/1/?utm_source=x", "https://a.org/p/1#more"]
)
def test_a_post_by_any_of_its_names(archive: Archive, key: int | str) -> None:
    archive.save_records(1, [RECORD])
    post = archive.post(key)
    assert post is not None
    assert post["id"] == 1


def test_no_post_by_another_name(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    assert [archive.post(key) for key in (2, "99", "https://a.org/p/2", "nonsense", "")] == [None] * 5


def test_an_untitled_post_is_labelled_by_its_address(archive: Archive) -> None:
    archive.save_records(1, [replace(RECORD, title="")])
    assert rows(archive, "SELECT title FROM posts") == [("https://a.org/p/1",)]
    assert archive.save_records(1, [RECORD])[0] == Change(1, Verdict.COMPLETED, ("title",))


def test_more_posts_than_sqlite_takes_parameters(archive: Archive) -> None:
    records = [
        Record(f"https://a.org/p/{n}", f"Post {n}", images=(Image(f"https://a.org/{n}.png"),)) for n in range(1201)
    ]
    assert {change.verdict for change in archive.save_records(1, records)} == {Verdict.NEW}
    assert {change.verdict for change in archive.save_records(1, records)} == {Verdict.UNCHANGED}


def test_a_failure_within_a_page_keeps_nothing_of_it(archive: Archive) -> None:
    before = everything(archive)
    with pytest.raises(KeyError), archive.transaction():
        save_and_fail(archive)
    assert everything(archive) == before


def save_and_fail(archive: Archive) -> None:
    archive.save_records(1, [RECORD])
    archive.record(99)


@contextmanager
def undone(archive: Archive) -> Iterator[None]:
    """A transaction that is rolled back at its end."""
    with suppress(KeyboardInterrupt), archive.transaction():
        yield
        raise KeyboardInterrupt


texts = st.text(max_size=40) | st.text(st.characters(min_codepoint=0, max_codepoint=0x1FFFF), max_size=20)
named = texts.filter(lambda text: bool(clean(text).strip()))
odd_records = st.builds(
    Record,
    url=st.text(st.sampled_from("abc/?=&%#é中"), max_size=10).map("https://a.org/".__add__),
    title=named,
    excerpt=texts,
    excerpt_html=texts,
    images=st.lists(st.builds(Image, named, texts, texts), max_size=3).map(tuple),
    author=st.none() | texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    text=st.none() | texts,
    content_html=st.none() | texts,
    evidence=st.dictionaries(texts, texts, max_size=2),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(odd_records, max_size=4, unique_by=lambda record: tidy(record).url), st.sampled_from(list(Source)))
def test_what_is_kept_is_what_was_said(archive: Archive, records: list[Record], source: Source) -> None:
    with undone(archive):
        changes = archive.save_records(1, records, source=source)
        first = {change.post_id: record for change, record in reversed(list(zip(changes, records, strict=True)))}
        fresh = {change.post_id for change in changes if change.verdict is Verdict.NEW}
        once = [post_id for post_id in fresh if [change.post_id for change in changes].count(post_id) == 1]
        for post_id in once:
            assert archive.record(post_id) == tidy(first[post_id])
        before = everything(archive)
        again = archive.save_records(1, records, source=source)
        assert {change.verdict for change in again} <= {Verdict.UNCHANGED}
        assert everything(archive) == before
