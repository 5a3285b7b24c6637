from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import search as searching
from archiver import tokens
from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.search import Filters, browse, count_posts, search, tag_names
from archiver.store import Archive

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def record(title: str, published: str | None = None, **fields: Any) -> Record:
    found = (
        FoundDate(published, PRECISION[len(published)], "test", published, Where.TIME_ATTRIBUTE) if published else None
    )
    dated = {"published": found} if found else {}
    return Record(url=f"https://blog.example/{title}", title=title, **dated, **fields)


RECORDS = (
    record("最小熵原理", "2018-12-02", excerpt="社区发现与聚类。在图书馆里读书。", tags=("信息", "聚类"), author="Su"),
    record(
        "图书馆漫步",
        "2019-03",
        excerpt="走进古老的建筑。",
        images=(Image("https://blog.example/a.png", "", "书架一角"),),
    ),
    record("On archives", "2020", excerpt="A library (图书馆) keeps more than books.", author="ana"),
    record("圖書館", excerpt="繁體的一篇。", tags=("Deep Learning",)),
    record(
        "Formulas",
        "2019-03-15",
        excerpt=r"Let $\frac{a}{b}$ be ＢＥＲＴ's score.",
        text="深度学习与<b>机器</b>学习。" * 40,
    ),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("search") / "archive.db"
    with Archive.open(path) as writing:
        blog = writing.blog_for("https://blog.example/", title="科学空间")
        other = writing.blog_for("https://two.example/", title="Two Words")
        for each in RECORDS:
            writing.save_records(blog.id, [each], seen_at=SEEN)
        writing.save_records(other.id, [Record(url="https://two.example/x", title="另一个图书馆")], seen_at=SEEN)
    with Archive.read(path) as reading:
        yield reading


def titles(results: searching.Results) -> list[str]:
    return [str(hit.post["title"]) for hit in results.hits]


FOUND = (
    ("最小熵", {"最小熵原理"}),
    ("图书", {"最小熵原理", "图书馆漫步", "On archives", "另一个图书馆"}),
    ("书", {"最小熵原理", "图书馆漫步", "On archives", "另一个图书馆"}),
    ("title:图书", {"图书馆漫步", "另一个图书馆"}),
    ("图书 -library", {"最小熵原理", "图书馆漫步", "另一个图书馆"}),
    ("聚类 OR 建筑", {"最小熵原理", "图书馆漫步"}),
    ("一角", {"图书馆漫步"}),
    ('"deep learning"', {"圖書館"}),
    ("frac bert", {"Formulas"}),
    ("机器学习", set()),
    ("机器", {"Formulas"}),
    ("xyzzy", set()),
    ("", set()),
    ("-图书", set()),
)


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_queries(archive: Archive, query: str, expected: set[str]) -> None:
    for sort in ("relevance", "date"):
        results = search(archive, query, sort=sort)
        assert set(titles(results)) == expected
        assert results.count == len(expected)


def test_a_title_weighs_more_than_the_text(archive: Archive) -> None:
    assert titles(search(archive, "图书馆"))[-2:] != ["图书馆漫步", "另一个图书馆"]
    assert set(titles(search(archive, "图书馆"))[:2]) == {"图书馆漫步", "另一个图书馆"}


def test_newest_first_and_unknown_dates_last(archive: Archive) -> None:
    assert titles(search(archive, "图书馆", sort="date")) == ["On archives", "图书馆漫步", "最小熵原理", "另一个图书馆"]
    assert titles(browse(archive))[:4] == ["On archives", "Formulas", "图书馆漫步", "最小熵原理"]


def test_variants_only_on_demand(archive: Archive) -> None:
    assert "圖書館" not in titles(search(archive, "图书馆"))
    assert "圖書館" in titles(search(archive, "图书馆", variants=True))


FILTERED = (
    (Filters(), 6),
    (Filters(blog=1), 5),
    (Filters(blog=2), 1),
    (Filters(blog=3), 0),
    (Filters(tag="信息"), 1),
    (Filters(tag="DEEP learning"), 1),
    (Filters(tag="learning"), 0),
    (Filters(author="Ana"), 1),
    (Filters(year=2019), 2),
    (Filters(since="2019"), 3),
    (Filters(since="2019-03-10"), 3),
    (Filters(since="2019-04"), 1),
    (Filters(until="2019"), 3),
    (Filters(until="2019-03-14"), 2),
    (Filters(until="2018-12-01"), 0),
    (Filters(since="2018-12-02", until="2018-12-02"), 1),
    (Filters(has_image=True), 1),
    (Filters(has_image=False), 5),
    (Filters(year=2019, has_image=True, blog=1, since="2019-03"), 1),
    (Filters(tag="'; DROP TABLE posts; --", author='"'), 0),
)


@pytest.mark.parametrize(("filters", "count"), FILTERED)
def test_filters(archive: Archive, filters: Filters, count: int) -> None:
    results = browse(archive, filters)
    assert results.count == len(results.hits) == count
    every = search(archive, "图书 OR 圖書 OR bert OR 另一个", filters)
    assert set(titles(every)) == set(titles(results))


def test_the_first_are_given(archive: Archive) -> None:
    for sort in ("relevance", "date"):
        assert titles(search(archive, "图书", sort=sort, limit=2)) == titles(search(archive, "图书", sort=sort))[:2]
    assert titles(browse(archive, limit=2)) == titles(browse(archive))[:2]
    assert len(search(archive, "图书", limit=10**30).hits) == 4
    assert search(archive, "图书", limit=0).hits == ()


def test_many_hits_come_newest_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "RANKED_AT_MOST", 3)
    results = search(archive, "图书")
    assert results.sort == "date"
    assert titles(results) == titles(search(archive, "图书", sort="date"))


@pytest.mark.parametrize("cost", [0, 10**9], ids=["asking post by post", "sorting the hits"])
def test_both_ways_to_the_newest_agree(archive: Archive, monkeypatch: pytest.MonkeyPatch, cost: int) -> None:
    monkeypatch.setattr(searching, "PROBE_COST", cost)
    results = search(archive, "图书", Filters(blog=1), sort="date", limit=3)
    assert titles(results)[1:] == ["图书馆漫步", "最小熵原理"]


def shown(archive: Archive, query: str, **options: Any) -> tuple[str, str]:
    hit = search(archive, query, **options).hits[0]
    marked = (
        "".join(f"【{part}】" if found else part for part, found in side.parts) for side in (hit.title, hit.snippet)
    )
    title, snippet = marked
    return title, snippet


def test_hits_are_marked_in_title_and_snippet(archive: Archive) -> None:
    assert shown(archive, "原理 图书") == ("最小熵【原理】", "社区发现与聚类。在【图书】馆里读书。")
    assert shown(archive, "score bert") == ("Formulas", r"Let $\frac{a}{b}$ be 【ＢＥＲＴ】's 【score】.")
    assert shown(archive, "一角") == ("图书馆漫步", "书架【一角】")
    assert shown(archive, "learning") == ("圖書館", "Deep 【Learning】")
    assert shown(archive, "圖書") == ("【圖書】館", "繁體的一篇。")


def test_snippets_come_from_the_whole_text_when_the_excerpt_lacks_the_word(archive: Archive) -> None:
    title, snippet = shown(archive, "机器", width=40)
    assert title == "Formulas"
    assert snippet.startswith("…度学习与<b>【机器】</b>学习。")
    assert snippet.endswith("与<b>…")


def test_hits_carry_their_post(archive: Archive) -> None:
    (hit,) = search(archive, "最小熵").hits
    assert (hit.post["blog"], hit.post["published"], hit.post["year"]) == ("科学空间", "2018-12-02", 2018)
    assert tag_names(hit.post) == ("信息", "聚类")


@pytest.mark.parametrize(
    ("tags", "names"), [("[]", ()), ("", ()), (None, ()), ("x", ("x",)), ("3", ()), ("[1]", ("1",))]
)
def test_tags_of_a_row(tags: str | None, names: tuple[str, ...]) -> None:
    assert tag_names({"tags": tags}) == names


def test_posts_are_counted(archive: Archive) -> None:
    assert count_posts(archive) == (6, 1)


def test_an_index_that_waits_is_not_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as writing:
        writing.save_records(writing.blog_for("https://blog.example/").id, [RECORDS[0]], seen_at=SEEN)
    with sqlite3.connect(path) as stranger:
        stranger.execute("UPDATE posts SET title = '改过的题目'")
    stranger.close()
    with Archive.read(path) as archive:
        assert searching.waiting(archive) == 1
    Archive.open(path).close()
    with Archive.read(path) as archive:
        assert searching.waiting(archive) == 0
        assert titles(search(archive, "改过")) == ["改过的题目"]
    with sqlite3.connect(path) as stranger:
        stranger.execute("DROP TABLE posts_fts")
    stranger.close()
    with Archive.read(path) as archive:
        assert searching.waiting(archive) is None


@given(st.text(), st.text(), st.text(), st.integers())
@settings(max_examples=200, deadline=None)
def test_whatever_is_asked_is_answered(archive: Archive, query: str, word: str, date: str, number: int) -> None:
    filters = Filters(word, word, word, number % 9999, date, date, bool(number % 2))
    results = search(archive, query, filters, limit=number)
    assert results.count <= search(archive, query).count
    assert browse(archive, filters).count <= 6
