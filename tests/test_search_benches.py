from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from archiver.models import Record
from archiver.store import Archive

BENCH = Path(__file__).parent.parent / "bench"


def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCH / script), *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def test_the_index_finds_all_that_a_scan_finds_and_its_rivals_do_not(tmp_path: Path) -> None:
    done = run("search.py", "--sizes", "150x200", "--each", "2", "--scans", "1", "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if line[:1] == "|"]
    found = {name: {row[2] for row in rows if len(row) == 7 and row[1] == name} for name in ("posts_fts", "unicode61")}
    assert found["posts_fts"] == {"100.0 %"}
    assert "0.0 %" in found["unicode61"]
    assert list(tmp_path.iterdir()) == []


def test_exactness_of_an_archive(tmp_path: Path) -> None:
    path, strings = tmp_path / "archive.db", tmp_path / "strings.txt"
    strings.write_text("'; DROP TABLE posts; --\n\"\n(((\nNEAR(a b)\n", encoding="utf-8")
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/")
        for number, title in enumerate(("机器学习,使用BERT模型", "ﬁne Ｃａｆé à la カメラ", "ไทย 한국어 हिन्दी")):
            record = Record(url=f"https://blog.example/{number}", title=title, tags=("图书", "a b"))
            archive.save_records(blog.id, [record], seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    args = (str(path), "--queries", "100", "--junk", "100", "--naughty", str(strings))
    done = run("exactness.py", *args)
    assert done.stdout.startswith("100 queries, 0 differences; 104 junk queries, 0 errors"), done.stdout + done.stderr
    assert done.returncode == 0


def test_exactness_tells_an_index_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/")
        record = Record(url="https://blog.example/1", title="机器")
        archive.save_records(blog.id, [record], seen_at=datetime(2026, 1, 1, tzinfo=UTC))
        archive._db.connection.execute("INSERT INTO posts_fts (rowid, title) VALUES (9, '机器')")
    done = run("exactness.py", str(path), "--queries", "30", "--junk", "0")
    assert done.returncode == 1
    assert "1 too many [9], 0 missing" in done.stdout
