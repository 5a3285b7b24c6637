"""``archiver crawl --dry-run``: what would be kept, and that nothing is."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from conftest import Site

from archiver import demo
from archiver.cli import cli


def test_the_posts_are_printed_and_nothing_is_kept(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with demo.serve() as url:
        result = CliRunner().invoke(cli, ["crawl", url, "-d", str(db), "--delay", "0", "-n"])
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert len(lines) == 12
    assert lines[0].startswith("2019-04-10  new    从一张借书卡说起  http://127.0.0.1:")
    assert "12 posts, 12 of them new" in result.stderr
    assert not db.exists()


def test_known_posts_are_marked(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with demo.serve() as url:
        CliRunner().invoke(cli, ["crawl", url, "-d", str(db), "--delay", "0", "-q", "--max-pages", "1"])
        before = db.read_bytes()
        result = CliRunner().invoke(cli, ["crawl", url, "-d", str(db), "--delay", "0", "--dry-run"])
    marks = [line[12:17].strip() for line in result.stdout.splitlines()]
    assert set(marks) == {"known", "new"}
    assert len(marks) == 12
    assert db.read_bytes() == before


def test_a_site_without_posts_is_told_as_ever(site: Site, tmp_path: Path) -> None:
    site.put("/", "<html><body><p>Nothing here.</p></body></html>")
    result = CliRunner().invoke(cli, ["crawl", site.url("/"), "-d", str(tmp_path / "a.db"), "--delay", "0", "-n"])
    assert result.exit_code == 3
    assert site.url("/") in result.stderr
    assert result.stdout == ""
