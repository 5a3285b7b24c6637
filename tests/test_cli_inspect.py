from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import Site

from archiver import demo
from archiver.cli import cli
from archiver.demo.content import posts
from archiver.errors import ArchiverError, RulesError, SiteError, UsageError
from archiver.rules import loads

POSTS = "".join(
    f"<article><h2><a href='/p/{n}'>Post number {n}</a></h2><time>{n} March 2019</time>"
    f"<p>What stands in post {n}, in a few words.</p></article>"
    for n in range(1, 9)
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Some blog</title><meta name="generator" content="Hugo 0.1">
<link rel="canonical" href="https://blog.example/posts/"></head><body>
<aside><ul><li><a href="/q/1">Elsewhere one</a></li><li><a href="/q/2">Elsewhere two</a></li></ul></aside>
<main>{POSTS}</main></body></html>"""
EMPTY = "<html><body><p>Nothing here.</p><a href='/blog/'>Blog</a></body></html>"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["inspect", *map(str, args)])


def error(*args: str | Path) -> ArchiverError:
    result = run(*args)
    assert isinstance(result.exception, ArchiverError), result.output
    return result.exception


def inspected(*args: str | Path) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def blog() -> Iterator[str]:
    with demo.serve() as base:
        yield f"{base}/"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def lines_of(text: str, label: str) -> list[str]:
    """What stands behind a label."""
    stripped = (line.strip() for line in text.splitlines())
    return [line.removeprefix(label).strip() for line in stripped if line.startswith(f"{label} ")]


def test_the_picture_of_a_listing_names_evidence_for_every_field(blog: str) -> None:
    result = run(blog, "--delay", "0")
    assert result.exit_code == 0
    assert result.stderr == ""
    text = result.stdout
    assert lines_of(text, "decoded") == ["utf-8 (from header)"]
    assert lines_of(text, "posts") == ["6"]
    assert lines_of(text, "feed") == [f"{blog}feed, 10 entries"]
    assert "named by the feed" in lines_of(text, "found by")[0]
    assert lines_of(text, "next page") == [f"{blog}page/2/ (arrow)"]
    assert lines_of(text, "numbers") == ["page 1 of 2"]
    assert lines_of(text, "title")[1:] == ["link in a heading"] * 5
    first = posts()[0]
    assert f" 1  {first.day.isoformat()}  {first.title}" in text
    assert lines_of(text, "date")[0] == (
        f'{first.day.isoformat()} (day): "{first.day.day} {first.day:%b}" as d B, in block, year from feed'
    )
    assert lines_of(text, "tags")[0] == ", ".join(first.tags)
    assert "[" in lines_of(text, "images")[0]
    assert len(lines_of(text, "excerpt")) == 5
    assert all("aside" in one for one in lines_of(text, "rejected")[:1])


def test_more_is_shown_when_asked_for(blog: str) -> None:
    brief, whole = run(blog, "--delay", "0").stdout, run(blog, "--delay", "0", "-v").stdout
    assert len(lines_of(brief, "url")) == 5
    assert len(lines_of(whole, "url")) == 6
    assert len(lines_of(whole, "rejected")) > len(lines_of(brief, "rejected")) == 3
    assert "more: -v" in brief
    assert "more: -v" not in whole


def test_json_holds_all_of_it(blog: str) -> None:
    found = inspected(blog, "--delay", "0")
    assert (found["status"], found["media_type"], found["decoded"]["encoding"]) == (200, "text/html", "utf-8")
    assert found["feed"] == {"url": f"{blog}feed", "entries": 10}
    assert [record["title"] for record in found["records"]] == [post.title for post in posts()[:6]]
    assert [record["published"]["value"] for record in found["records"]] == [
        post.day.isoformat() for post in posts()[:6]
    ]
    assert found["records"][0]["dates"][0]["where"] == "block"
    assert found["pager"]["next"] == f"{blog}page/2/"
    assert found["pager"]["numbered"]["2"] == f"{blog}page/2/"
    assert all(one["why"] for one in found["rejected"])
    assert found["listing"]["item"].startswith("html/body")
    assert found["rules"] is None


def test_a_file_is_read_at_the_address_it_names(page: Path) -> None:
    found = inspected(page)
    assert found["final_url"] == "https://blog.example/posts/"
    assert found["records"][0]["url"] == "https://blog.example/p/1"
    assert found["engine"] == "Hugo"
    assert len(found["records"]) == 8
    assert found["feed"] is None


def test_a_file_is_read_at_the_address_it_is_said_to_come_from(page: Path) -> None:
    found = inspected(page, "--url", "https://other.example/")
    assert found["records"][0]["url"] == "https://other.example/p/1"


def test_a_file_that_comes_from_nowhere_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("canonical", "next"), encoding="utf-8")
    assert inspected(path)["records"][0]["url"] == "https://file.invalid/p/1"


def test_a_file_that_comes_from_nowhere_is_listed_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><p>Nothing is here.</p></body></html>", encoding="utf-8")
    assert "file.invalid" not in run(path).stderr


def test_learned_rules_are_toml_that_reads_the_same(page: Path, tmp_path: Path) -> None:
    result = run(page, "--rules")
    assert result.exit_code == 0
    (rules,) = loads(result.stdout)
    assert (rules.site, rules.posts.item, rules.posts.title, rules.posts.date) == (
        "blog.example",
        "article",
        "h2 a",
        "time",
    )
    assert "# author = " in result.stdout
    path = tmp_path / "rules.toml"
    path.write_text(result.stdout, encoding="utf-8")
    automatic, ruled = inspected(page), inspected(page, "--with", path)
    assert ruled["rules"] == "blog.example"
    assert [{**one, "evidence": 0, "dates": 0} for one in ruled["records"]] == [
        {**one, "evidence": 0, "dates": 0} for one in automatic["records"]
    ]
    assert ruled["records"][0]["evidence"]["title"] == "rules: h2 a"
    assert lines_of(run(page, "--with", path).stdout, "rules") == ["those for blog.example"]
    assert loads(run(page, "--with", path, "--rules").stdout) == (rules,)


def test_rules_change_what_is_read(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[site."blog.example".posts]\nitem = "aside li"\ntitle = "a"', encoding="utf-8")
    assert [one["title"] for one in inspected(page, "--with", path)["records"]] == ["Elsewhere one", "Elsewhere two"]


def test_rules_for_another_site_are_refused(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[site."other.example"]', encoding="utf-8")
    found = error(page, "--with", path)
    assert (type(found), found.hint) == (UsageError, "it has: other.example")


@pytest.mark.parametrize(
    "text", ['[site."a.example".posts]\ntitel = "h2"', '[site."a.example".posts]\ntitle = "h2["', "\0"]
)
def test_rules_that_cannot_be_understood_are_refused(page: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    found = error(page, "--with", path)
    assert isinstance(found, RulesError)
    assert found.hint


def test_rules_that_are_not_text_or_not_there_are_refused(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xff\xfe\xfd")
    assert error(page, "--with", path).cause == "not UTF-8"
    assert "No such file" in error(page, "--with", tmp_path / "none.toml").cause


def test_a_page_without_posts_ends_with_3_and_says_what_to_try(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(EMPTY, encoding="utf-8")
    result = run(path, "--url", "https://blog.example/hello")
    assert result.exit_code == 3
    assert "none recognised" in result.stdout
    assert "https://blog.example/blog/" in result.stderr
    assert "--rules" in result.stderr
    skeleton = run(path, "--url", "https://blog.example/hello", "--rules")
    assert skeleton.exit_code == 3
    assert loads(skeleton.stdout)[0].listing == "https://blog.example/hello"
    assert json.loads(run(path, "--json").stdout)["records"] == []


def test_what_cannot_be_had_is_named(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "")
    found = error(site.url("/none"), "--delay", "0")
    assert (type(found), found.cause) == (SiteError, "the server answers 404")
    missing = error(tmp_path / "none.html")
    assert (type(missing), missing.exit_code) == (UsageError, 2)
    assert "https://" in missing.hint


FEEDS = (("garbage", 200, "not a feed"), ("", 404, "the server answers 404"))


@pytest.mark.parametrize(("body", "status", "why"), FEEDS)
def test_a_feed_that_cannot_be_read_is_told_of(site: Site, body: str, status: int, why: str) -> None:
    site.put("/robots.txt", "")
    site.put("/", PAGE.replace("<link", '<link rel="alternate" type="application/rss+xml" href="/feed"><link'))
    site.put("/feed", body, status=status)
    result = run(site.url("/"), "--delay", "0")
    assert result.exit_code == 0
    assert why in lines_of(result.stdout, "feed")[0]


def test_what_a_page_says_cannot_command_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("Post number", "\x1b]0;owned\x07\u202ePost [red]number"), encoding="utf-8")
    for args in ((), ("-v",), ("--json",), ("--rules",)):
        text = run(path, *args).stdout
        assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "[red]" in run(path).stdout
