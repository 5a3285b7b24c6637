"""Addresses and files that the user gives: what is none is told at once, with what to try, and nothing is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Site
from test_crawl_pictures import png

from archiver.cli import cli
from archiver.cli.addresses import likely, web_address
from archiver.errors import ArchiverError, SiteError, UsageError
from archiver.store import Archive


def error(*args: str | Path) -> ArchiverError:
    found = CliRunner().invoke(cli, list(map(str, args))).exception
    assert isinstance(found, ArchiverError), found
    return found


WRONG = (
    ("", "it is empty", "https://your.blog/"),
    ("  ", "it is empty", "https://your.blog/"),
    ("ddaa.tw", "it does not begin with https://", "https://ddaa.tw/"),
    ("blog.example/a?b=1&c", "it does not begin with https://", "'https://blog.example/a?b=1&c'"),
    ("localhost:8000/blog", "it does not begin with https://", "http://localhost:8000/blog"),
    ("127.0.0.1:8000", "it does not begin with https://", "http://127.0.0.1:8000/"),
    ("notes", "it does not begin with https://", "https://your.blog/"),
    ("javascript:alert(1)", "it does not begin with https://", "https://your.blog/"),
    ("ftp://files.example/blog", "ftp:// cannot be read, only https:// and http://", "https://files.example/blog"),
    ("file:///no/such/page", "file:// cannot be read, only https:// and http://", "https://your.blog/"),
    ("http://", "the host name is missing, or not a proper one", "https://your.blog/"),
    ("https://two words.example/", "the host name is missing, or not a proper one", "https://your.blog/"),
)


@pytest.mark.parametrize(("text", "cause", "better"), WRONG)
def test_what_is_no_address_is_told_with_what_to_try(text: str, cause: str, better: str, tmp_path: Path) -> None:
    for command in (["crawl", "-d", str(tmp_path / "a.db")], ["inspect"]):
        found = error(*command, text)
        assert (type(found), found.exit_code) == (UsageError, 2)
        assert found.cause.removesuffix(", and there is no such file") == cause
        assert found.hint.removesuffix(f" -d {tmp_path / 'a.db'}") == f"try: archiver {command[0]} {better}"
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(
    "url", ["https://ddaa.tw", "http://127.0.0.1:8000/x", "HTTPS://例子.中国/", "http:blog.example"]
)
def test_an_address_is_taken_as_it_is(url: str) -> None:
    assert web_address(url, "archiver crawl") == url


@pytest.mark.parametrize("text", ["", "/etc", "./a.b", "a b.example", "archive"])
def test_what_is_likely_no_address(text: str) -> None:
    assert likely(text) == ""


def test_all_addresses_are_looked_at_before_one_is_asked(site: Site, tmp_path: Path) -> None:
    found = error("crawl", site.url("/"), "ddaa.tw", "-d", tmp_path / "a.db")
    assert (found.exit_code, site.paths) == (2, [])
    found = error("crawl", site.url("/"), "--moved-to", "new.example", "-d", tmp_path / "a.db")
    assert found.hint.startswith(f"try: archiver crawl {site.url('/')} --moved-to https://new.example/ -d ")
    assert site.paths == []


def test_a_file_is_for_inspect(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Nothing to see</p>")
    for text in (page, f"file://{page}"):
        assert error("crawl", text).hint == f"try: archiver inspect {page}"
        assert CliRunner().invoke(cli, ["inspect", str(text)]).exit_code == 3
    found = error("inspect", page, "--url", "blog.example")
    assert found.hint == f"try: archiver inspect {page} --url https://blog.example/"


def test_a_file_that_is_no_page_is_named(site: Site, tmp_path: Path) -> None:
    archive, picture, blob = tmp_path / "my.db", tmp_path / "pic.png", tmp_path / "a.bin"
    Archive.open(archive).close()
    picture.write_bytes(png())
    blob.write_bytes(bytes(range(32)) * 9)
    found = error("inspect", archive)
    assert (found.exit_code, found.cause) == (2, "no web page, but a SQLite file")
    assert found.hint == f"if it is an archive: archiver blogs -d {archive}"
    assert error("inspect", picture).cause == "no web page, but a picture (image/png)"
    assert error("inspect", blob).cause == "no web page, but 288 bytes that are no text"
    site.put("/robots.txt", "")
    site.put("/pic.png", png(), content_type="image/png")
    served = error("inspect", site.url("/pic.png"), "--delay", "0")
    assert isinstance(served, SiteError)
    assert served.cause.startswith("not a web page (image/png")
