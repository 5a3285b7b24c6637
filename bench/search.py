"""Measure the search index against SQLite's own tokenisers and a plain scan, in one run.

    python bench/search.py --sizes 10000x3000 100000x3000 1000000x300 --folder /tmp/bench

Each size is a number of posts times characters a post, generated from sentences of our own with a vocabulary that
thins out as languages do. Printed are, for each index, posts indexed a second and size against the text, and for
each class of query what share of the true hits is found and p50/p95 in milliseconds (best of two, warm): ranked
(20 best), newest (20 newest first), count. Compare within a run; times on a busy machine mean little.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from archiver import schema, search, tokens
from archiver.store import Archive, index
from archiver.tokens.rewrite import pieces

SENTENCES = (
    "我们在{a}里谈到{b},后来才知道{c}并不是那么简单。",
    "如果把{a}看作{b}的一种,那么{c}就容易理解了。",
    "昨天下午读完了关于{a}的一篇文章,作者认为{b}比{c}更重要。",
    "使用{a}的时候要注意{b},否则{c}会变得很慢。",
    "这本书用了三章来讲{a},却只用一页讲{b}。",
    "图书馆的旧报纸里有一段{a}的记录,旁边写着{b}和{c}。",
    "从{a}到{b},中间只隔着一个{c}。",
    "机器学习里的{a}和{b}常常被混为一谈。",
    "他问我:{a}究竟能不能代替{b}?我没有回答,只是想起了{c}。",
    "下面的程序先计算{a},再把结果交给{b}。",
    "The {d} of {e} is easy to state and hard to prove; we use {f} instead.",
    "We moved the {d} from one server to another, and {e} broke at once.",
    "Nobody reads about {d} for pleasure, but {e} and {f} are worth an evening.",
)
SYLLABLES = ("ar", "be", "chi", "do", "en", "fu", "gra", "hel", "is", "jo", "kan", "lo", "mer", "no", "ox", "pra", "ti")
COMMON = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
INDEXES = {
    "unicode61": "tokenize='unicode61 remove_diacritics 2'",
    "trigram": "tokenize='trigram'",
}
CLASSES = (
    ("zh1 common", 1, 0.2, 1.0),
    ("zh2 common", 2, 0.05, 1.0),
    ("zh2 middle", 2, 0.0005, 0.005),
    ("zh2 rare", 2, 0.0, 0.0002),
    ("zh3 common", 3, 0.01, 1.0),
    ("zh3 rare", 3, 0.0, 0.0002),
    ("zh4 middle", 4, 0.0005, 0.01),
    ("word common", 0, 0.02, 1.0),
    ("word middle", 0, 0.0005, 0.005),
    ("word rare", 0, 0.0, 0.0005),
)
FEW = 20
"""Hits that are rare in an archive of any size."""
TRIES = 60
"""Draws for each query wanted."""
TRUTHS = 3
"""Queries of each class whose true hits are counted by a scan."""

Answer = Callable[[str], Iterable[Any]]


@dataclass
class Vocabulary:
    """Words of both languages; a word's chance falls with its rank, as in Zipf's law."""

    rng: random.Random
    characters: list[str] = field(init=False)
    chinese: list[str] = field(init=False)
    english: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.characters = [*COMMON, *(chr(0x4E00 + self.rng.randrange(0x51A0)) for _ in range(2500))]
        self.chinese = ["".join(self.rng.choices(self.characters, k=self.size(2, 2, 2, 3, 4))) for _ in range(40_000)]
        self.english = ["".join(self.rng.choices(SYLLABLES, k=self.size(2, 3, 4))) for _ in range(20_000)]

    def size(self, *sizes: int) -> int:
        return self.rng.choice(sizes)

    def word(self, words: Sequence[str]) -> str:
        rank = int(len(words) ** self.rng.random()) - 1
        return words[rank]

    def sentence(self) -> str:
        slots = {name: self.word(self.chinese if name in "abc" else self.english) for name in "abcdef"}
        return self.rng.choice(SENTENCES).format(**slots)

    def aside(self) -> str:
        """A sentence about things that are named once in a lifetime, so that rare words stay rare in any archive."""
        name = "".join(self.rng.choices(self.characters, k=self.size(2, 3, 4)))
        return (
            f"顺便提一下{name}。"
            if self.rng.random() < 0.7
            else f"See {''.join(self.rng.choices(SYLLABLES, k=5))} too. "
        )

    def texts(self, posts: int, length: int) -> Iterator[str]:
        stock = [self.sentence() for _ in range(min(200_000, max(2_000, posts * length // 60)))]
        for _ in range(posts):
            text = [self.aside()]
            size = len(text[0])
            while size < length:
                text.append(stock[self.rng.randrange(len(stock))])
                size += len(text[-1])
            self.rng.shuffle(text)
            yield "".join(text)[:length]


def generate(path: Path, posts: int, length: int, seed: int) -> int:
    """Write an archive without an index; give the bytes of its texts. Posts stand in it as crawled: newest first."""
    conn = sqlite3.connect(path, isolation_level=None)
    schema.migrate(conn)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    conn.execute("INSERT INTO blogs (title, url) VALUES ('Blog', 'https://blog.example/')")
    words = Vocabulary(random.Random(seed))
    conn.executemany(
        """INSERT INTO posts (title, blog_id, url, address, published, text, first_seen, last_seen)
        VALUES (?, 1, ?, ?, date('2026-01-01', ?), ?, '', '')""",
        (
            (text[:20], str(number), str(number), f"-{number * 7000 // posts} days", text)
            for number, text in enumerate(words.texts(posts, length))
        ),
    )
    conn.execute("COMMIT")
    size = conn.execute("SELECT sum(length(CAST(text AS BLOB))) FROM posts").fetchone()[0]
    conn.close()
    return int(size)


def build(conn: sqlite3.Connection, name: str) -> float:
    """Make one index; give the seconds it took."""
    began = time.perf_counter()
    if name == "posts_fts":
        index.rebuild(conn)
    else:
        conn.execute("BEGIN")
        conn.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(title, text, content='', {INDEXES[name]})")
        conn.execute(f"INSERT INTO {name} (rowid, title, text) SELECT id, title, text FROM posts")
        conn.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        conn.execute("COMMIT")
    return time.perf_counter() - began


def size_of(conn: sqlite3.Connection, name: str) -> int:
    blocks = conn.execute(f"SELECT sum(length(block)) FROM {name}_data").fetchone()[0]
    return int(blocks + conn.execute(f"SELECT sum(length(sz)) FROM {name}_docsize").fetchone()[0])


def draw(conn: sqlite3.Connection, posts: int, each: int, rng: random.Random) -> dict[str, list[str]]:
    """Queries of each class, out of the texts, with their frequency asked of our index."""
    found: dict[str, list[str]] = {name: [] for name, *_ in CLASSES}
    for _ in range(TRIES * each * len(CLASSES)):
        text = str(conn.execute("SELECT text FROM posts WHERE id = ?", (rng.randint(1, posts),)).fetchone()[0])
        name, length, least, most = rng.choice(CLASSES)
        parts = [piece for piece, run in pieces(text) if run == bool(length) and len(piece) >= length]
        if len(found[name]) == each or not parts:
            continue
        piece = rng.choice(parts)
        start = rng.randrange(len(piece) - length + 1) if length else 0
        query = piece[start : start + length] if length else piece
        count = count_of(conn, "posts_fts", tokens.to_match(query))
        if least * posts <= count <= max(most * posts, FEW) and query not in found[name]:
            found[name].append(query)
    return {name: queries for name, queries in found.items() if queries}


def count_of(conn: sqlite3.Connection, name: str, match: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {name} WHERE {name} MATCH ?", (match,)).fetchone()[0])


def quoted(query: str) -> str:
    return f'"{query}"'


def share(conn: sqlite3.Connection, name: str, queries: Sequence[str], truth: dict[str, int]) -> str:
    """The share of the true hits that an index finds, over the queries whose truth is known."""
    known = [query for query in queries if query in truth]
    due = sum(truth[query] for query in known)
    asked = [tokens.to_match(query) if name == "posts_fts" else quoted(query) for query in known]
    return f"{100 * sum(count_of(conn, name, match) for match in asked) / due:.1f} %" if due else "-"


def spread(answer: Answer, queries: Sequence[str]) -> str:
    """p50 / p95 in milliseconds over the queries, the better of two runs of each."""
    times = sorted(min(timed(answer, query) for _ in range(2)) for query in queries)
    return f"{median(times):.2f} / {times[min(len(times) - 1, int(0.95 * len(times)))]:.2f}"


def timed(answer: Answer, query: str) -> float:
    began = time.perf_counter()
    for _ in answer(query):
        pass
    return (time.perf_counter() - began) * 1000


def ours(archive: Archive) -> dict[str, Answer]:
    """Our four answers: 20 best and 20 newest (ids and rows), count, and the whole of a search with its snippets."""
    count = count_posts(archive)

    def newest(query: str) -> Iterable[Any]:
        hits = counts[query] if query in counts else counts.setdefault(query, count(query))
        return search._newest(archive, tokens.to_match(query), "1", [], hits, 20)

    counts: dict[str, int] = {}
    return {
        "ranked": lambda query: search._ranked(archive, tokens.to_match(query), "1", [], 20),
        "newest": newest,
        "count": lambda query: [count(query)],
        "search()": lambda query: search.search(archive, query).hits,
    }


def count_posts(archive: Archive) -> Callable[[str], int]:
    return lambda query: search._count_hits(archive, tokens.to_match(query), "1", [])


def others(conn: sqlite3.Connection, name: str) -> dict[str, Answer]:
    page = f"SELECT rowid FROM {name} WHERE {name} MATCH ?"
    return {
        "ranked": lambda query: conn.execute(f"{page} ORDER BY rank LIMIT 20", (quoted(query),)),
        "count": lambda query: [count_of(conn, name, quoted(query))],
    }


def scan(conn: sqlite3.Connection) -> dict[str, Answer]:
    where = "FROM posts WHERE text LIKE ? OR title LIKE ?"
    newest = f"SELECT id {where} ORDER BY published DESC LIMIT 20"
    return {
        "newest": lambda query: conn.execute(newest, (f"%{query}%",) * 2),
        "count": lambda query: conn.execute(f"SELECT count(*) {where}", (f"%{query}%",) * 2),
    }


def truths(conn: sqlite3.Connection, queries: dict[str, list[str]]) -> dict[str, int]:
    """The true hits of some queries of each class, by reading everything: runs anywhere, words whole."""
    chosen = [query for row in queries.values() for query in row[:TRUTHS]]
    holds: dict[str, Callable[[str], object]] = {
        query: re.compile(rf"(?<![a-z0-9]){query}(?![a-z0-9])").search if query.isascii() else re.compile(query).search
        for query in chosen
    }
    counts = dict.fromkeys(chosen, 0)
    for (text,) in conn.execute("SELECT lower(title || char(10) || text) FROM posts"):
        for query, hold in holds.items():
            counts[query] += query in text and hold(text) is not None
    return counts


def measure(path: Path, posts: int, length: int, options: argparse.Namespace) -> None:
    began = time.perf_counter()
    size = generate(path, posts, length, options.seed)
    took = time.perf_counter() - began
    print(f"\n## {posts:,} posts of {length:,} characters ({size / 1e6:,.0f} MB, made in {took:.0f} s)\n")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    print("| index | posts/s | size | size / text |\n|---|---|---|---|")
    for name in ("posts_fts", *options.against):
        seconds = build(conn, name)
        held = size_of(conn, name)
        print(f"| {name} | {posts / seconds:,.0f} | {held / 1e6:,.1f} MB | {held / size:.2f} |", flush=True)
    queries = draw(conn, posts, options.each, random.Random(options.seed))
    truth = truths(conn, queries)
    print("\n| query | index | found | ranked | newest | count | search() |\n|---|---|---|---|---|---|---|")
    with Archive.read(path) as archive:
        for name, row in queries.items():
            hits = [count_of(conn, "posts_fts", tokens.to_match(query)) for query in row]
            print_row(f"{name} ({len(row)}; {median(hits):,.0f} hits)", "posts_fts", conn, row, truth, ours(archive))
            for other in options.against:
                print_row("", other, conn, row, truth, others(conn, other))
            answers = scan(conn).items()
            times = {kind: spread(answer, row[: options.scans]) for kind, answer in answers} if options.scans else {}
            print(f"| | LIKE | | | {times.get('newest', '')} | {times.get('count', '')} | |", flush=True)
    conn.close()


def print_row(
    title: str,
    name: str,
    conn: sqlite3.Connection,
    queries: Sequence[str],
    truth: dict[str, int],
    answers: dict[str, Answer],
) -> None:
    times = {kind: spread(answer, queries) for kind, answer in answers.items()}
    columns = [times.get(kind, "") for kind in ("ranked", "newest", "count", "search()")]
    print(f"| {title} | {name} | {share(conn, name, queries, truth)} | {' | '.join(columns)} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", default=["10000x3000"], help="posts x characters, such as 10000x3000")
    parser.add_argument("--folder", type=Path, default=Path("/tmp"), help="where the archives are written and removed")
    parser.add_argument("--each", type=int, default=20, help="queries of each class")
    parser.add_argument("--scans", type=int, default=3, help="queries of each class put to LIKE as well")
    parser.add_argument("--against", nargs="*", choices=list(INDEXES), default=list(INDEXES))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}; milliseconds, p50 / p95")
    for size in options.sizes:
        posts, length = map(int, size.split("x"))
        path = options.folder / f"bench-search-{os.getpid()}-{size}.db"
        try:
            measure(path, posts, length, options)
        finally:
            path.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
