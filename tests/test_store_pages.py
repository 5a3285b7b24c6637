"""Pages: kept as served, once per body, found again for a conditional request, a resumed crawl, a reparse."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.errors import ArchiveDamaged
from archiver.models import Kind, Response
from archiver.store import Archive, stored_response

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
URL = "https://a.org/page/2"
HEADERS = {"content-type": "text/html; charset=gbk", "etag": 'W/"1"', "last-modified": "Fri, 01 Nov 2019 00:00:00 GMT"}
PAGE = Response(URL, "https://a.org/page/2/", 200, HEADERS, "正文".encode("gbk") * 99, NOW)
CONFIRMED = Response(URL, "https://a.org/page/2/", 304, {"etag": 'W/"1"', "date": "today"}, b"", NOW)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", now=lambda: NOW) as archive:
        archive.blog_for("https://a.org/")
        archive.start_crawl(1, "crawl")
        archive.start_crawl(1, "update")
        yield archive


def count(archive: Archive, table: str) -> int:
    return next(row["n"] for row in archive.query(f"SELECT count(*) n FROM {table}"))


def test_a_page_is_kept_as_served(archive: Archive) -> None:
    page = archive.page(archive.save_page(PAGE, Kind.LISTING, blog_id=1, crawl_id=1))
    assert page is not None
    assert stored_response(page) == PAGE
    assert (page.kind, page.blog_id, page.crawl_id, page.outcome) == (Kind.LISTING, 1, 1, "ok")
    assert (page.etag, page.last_modified) == ('W/"1"', "Fri, 01 Nov 2019 00:00:00 GMT")
    assert archive.page(99) is None


def test_a_body_is_kept_once(archive: Archive) -> None:
    for url in (URL, "https://a.org/page/3"):
        archive.save_page(replace(PAGE, url=url), Kind.LISTING)
    assert (count(archive, "pages"), count(archive, "page_bodies")) == (2, 1)
    (body,) = archive.query("SELECT size, data FROM page_bodies")
    assert (body["size"], zlib.decompress(body["data"])) == (len(PAGE.body), PAGE.body)


def test_the_bytes_of_a_picture_are_kept_elsewhere(archive: Archive) -> None:
    page = archive.page(archive.save_page(replace(PAGE, body=b"\x89PNG"), Kind.IMAGE))
    assert page is not None
    assert (page.sha256, page.body, count(archive, "page_bodies")) == (None, b"", 0)


def test_a_304_stands_for_the_body_it_confirms(archive: Archive) -> None:
    first = archive.save_page(PAGE, Kind.LISTING, blog_id=1, crawl_id=1)
    second = archive.save_page(CONFIRMED, Kind.LISTING, blog_id=1, crawl_id=2)
    page = archive.last_good(URL)
    assert page is not None
    assert (page.id, page.status, page.body, page.etag) == (second, 304, PAGE.body, 'W/"1"')
    assert page.last_modified == HEADERS["last-modified"]
    assert page.headers == {**HEADERS, "date": "today"}
    assert stored_response(page).status == 200
    kept = archive.page(first)
    assert kept is not None
    assert kept.headers == HEADERS
    assert count(archive, "page_bodies") == 1


def test_a_304_that_confirms_nothing_we_hold_is_no_good_page(archive: Archive) -> None:
    page = archive.page(archive.save_page(CONFIRMED, Kind.LISTING))
    assert page is not None
    assert (page.sha256, stored_response(page).status) == (None, 304)
    assert archive.last_good(URL) is None


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "gone"), (404, "ok"), (200, "captcha"), (503, "ok"), (200, "no-posts")]
)
def test_a_worse_page_never_hides_the_last_good_one(archive: Archive, status: int, outcome: str) -> None:
    good = archive.save_page(PAGE, Kind.LISTING, crawl_id=1)
    bad = replace(PAGE, status=status, body=b"Sorry", headers={"etag": "bad"})
    archive.save_page(bad, Kind.LISTING, crawl_id=2, outcome=outcome)
    page = archive.last_good(URL)
    assert page is not None
    assert page.id == good
    assert count(archive, "pages") == 2  # but it is kept


def test_the_last_good_page_is_that_of_exactly_this_address(archive: Archive) -> None:
    archive.save_page(PAGE, Kind.LISTING)
    second = archive.save_page(PAGE, Kind.LISTING)
    page = archive.last_good(URL)
    assert page is not None
    assert page.id == second
    assert archive.last_good(f"{URL}/") is None


def test_a_resumed_crawl_finds_its_own_pages(archive: Archive) -> None:
    archive.save_page(PAGE, Kind.LISTING, crawl_id=1)
    good = archive.save_page(PAGE, Kind.LISTING, crawl_id=2)
    archive.save_page(replace(PAGE, body=b"?"), Kind.LISTING, crawl_id=2, outcome="captcha")
    page = archive.page_in_crawl(2, URL)
    assert page is not None
    assert (page.id, page.body) == (good, PAGE.body)
    assert archive.page_in_crawl(2, "https://a.org/page/3") is None


def test_a_damaged_body_says_so(archive: Archive) -> None:
    page_id = archive.save_page(PAGE, Kind.LISTING)
    archive._db.run("UPDATE page_bodies SET data = x'00'")
    with pytest.raises(ArchiveDamaged, match=f"page {page_id} cannot be unpacked"):
        archive.page(page_id)


headers = st.dictionaries(
    st.sampled_from(["etag", "last-modified", "date", "x-y"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), headers, st.sampled_from([200, 203, 404, 500]), st.sampled_from(list(Kind)))
def test_every_response_comes_back(
    archive: Archive, body: bytes, headers: dict[str, str], status: int, kind: Kind
) -> None:
    response = Response(URL, URL, status, headers, body, NOW)
    page = archive.page(archive.save_page(response, kind))
    assert page is not None
    assert stored_response(page) == (replace(response, body=b"") if kind is Kind.IMAGE else response)
