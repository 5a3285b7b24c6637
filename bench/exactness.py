"""Compare the index of an archive with a brute-force reading of its posts, query by query.

    python bench/exactness.py archive.db --queries 2000 --junk 20000 --naughty strings.txt

The brute force knows nothing of the tokeniser: NFKC, case folded, accents and unseen characters off; a run of a
script without spaces is looked for anywhere, a word of another script between boundaries. Prints one line for each
difference and ends with 1 if there is any, or if a junk query raised an error.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from archiver import tokens

COLUMNS = ("title", "excerpt", "text", "tags", "captions")
UNSPACED = (
    "CJK UNIFIED",
    "CJK COMPATIBILITY IDEOGRAPH",
    "COMBINING KATAKANA",
    "IDEOGRAPHIC",
    "VERTICAL KANA",
    "VERTICAL IDEOGRAPHIC",
    "HANGZHOU",
    "MASU",
    "HIRAGANA",
    "HENTAIGANA",
    "KATAKANA",
    "HANGUL",
    "BOPOMOFO",
    "THAI CHARACTER",
    "LAO",
    "KHMER",
    "MYANMAR",
    "YI SYLLABLE",
    "TANGUT",
    "KHITAN",
)
ACCENTED = ("COMBINING", "HEBREW", "ARABIC", "VARIATION SELECTOR", "MONGOLIAN FREE VARIATION", "CYRILLIC")
UNACCENTED = tuple(
    f"COMBINING {name}" for name in ("KATAKANA", "DEVANAGARI", "GRANTHA", "BINDU", "OLD", "GREEK MUSICAL")
)
SIGNS = (
    *("ARABIC NUMBER", "ARABIC SIGN", "ARABIC FOOTNOTE", "ARABIC END", "ARABIC POUND", "ARABIC PIASTRE"),
    *("ARABIC DISPUTED", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND", "MUSICAL", "INTERLINEAR"),
)
JUNK = (
    "\"'()*:^-+{}[]%_\\/;,.<>=&|!?@#$~` \t\n\0\u200b\ufeff“”「」（）－＊"
    "机器学习abcANDORNOTNEARtitle:chars:éßｶﾞ가ﬁ😀𠀀\u0301\u3099"
)


@cache
def name(character: str) -> str:
    nameless = "TANGUT" if 0x17000 <= ord(character) <= 0x18D7F else ""
    return unicodedata.name(character, nameless)


@cache
def unspaced(character: str) -> bool:
    kind = unicodedata.category(character)
    return name(character).startswith(UNSPACED) and (kind[0] in "LM" or kind == "Nl")


@cache
def letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" and not unspaced(character)


@cache
def dropped(character: str) -> bool:
    """Whether it is an accent or cannot be seen; vowel signs and voicing marks of letters are neither."""
    kind = unicodedata.category(character)
    if kind in {"Mn", "Me"}:
        return name(character).startswith(ACCENTED) and not name(character).startswith(UNACCENTED)
    return kind == "Cf" and not name(character).startswith(SIGNS)


@cache
def bare(character: str) -> str:
    """A character without its accents; syllables and voiced kana stay whole."""
    kept = "".join(part for part in unicodedata.normalize("NFD", character) if not dropped(part))
    return unicodedata.normalize("NFC", kept)


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", "".join(map(bare, folded)))


def holds(text: str, wanted: str) -> bool:
    """Whether plain text holds a run anywhere, or a word between boundaries."""
    at = text.find(wanted)
    if at < 0 or unspaced(wanted[0]):
        return at >= 0
    while at >= 0:
        end = at + len(wanted)
        if not (at and letter(text[at - 1])) and not (end < len(text) and letter(text[end])):
            return True
        at = text.find(wanted, at + 1)
    return False


def draw(rng: random.Random, texts: Sequence[str]) -> str:
    """A run of one to six characters of an unspaced script, or a whole word, out of plain text; may be empty."""
    text = rng.choice(texts)
    if not text:
        return ""
    at = rng.randrange(len(text))
    if unspaced(text[at]):
        end = at + 1
        length = rng.randint(1, 6)
        while end < len(text) and end - at < length and unspaced(text[end]):
            end += 1
        return text[at:end]
    return next((match[0] for match in re.finditer(r"\S+", text[at : at + 60]) if is_word(text, at, match)), "")


def is_word(text: str, at: int, match: re.Match[str]) -> bool:
    start, end = at + match.start(), at + match.end()
    whole = (start == 0 or not letter(text[start - 1])) and (end == len(text) or not letter(text[end]))
    return whole and all(map(letter, match[0])) and len(match[0]) < 40


def junk(rng: random.Random) -> str:
    return "".join(rng.choice(JUNK) for _ in range(rng.randint(0, 24)))


def searched(row: Mapping[str, object]) -> list[str]:
    values = [str(row[column] or "") for column in COLUMNS]
    values[3] = "\n".join(json.loads(values[3] or "[]"))
    return [plain(value) for value in values]


def found(conn: sqlite3.Connection, query: str) -> set[int]:
    sql = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?"
    return {number for (number,) in conn.execute(sql, (tokens.to_match(query),))}


def differences(conn: sqlite3.Connection, queries: int, rng: random.Random) -> Iterator[str]:
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    posts = {row["id"]: searched(row) for row in cursor.execute("SELECT * FROM posts")}
    texts = [text for values in posts.values() for text in values if text]
    done = 0
    while done < queries and texts:
        if not (wanted := draw(rng, texts)):
            continue
        done += 1
        due = {number for number, values in posts.items() if any(holds(value, wanted) for value in values)}
        if (hits := found(conn, wanted)) != due:
            yield f"{wanted!r}: {len(hits - due)} too many {sorted(hits - due)[:3]}, {len(due - hits)} missing"


def failures(conn: sqlite3.Connection, queries: Iterator[str]) -> Iterator[str]:
    for query in queries:
        try:
            found(conn, query)
        except sqlite3.Error as error:
            yield f"{query!r}: {error}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("archive")
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--junk", type=int, default=20000)
    parser.add_argument("--naughty", type=Path, help="a file of strings, one a line")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    conn = sqlite3.connect(f"file:{options.archive}?mode=ro", uri=True)
    began = time.perf_counter()
    strings = options.naughty.read_text(encoding="utf-8").splitlines() if options.naughty else []
    wrong = [*differences(conn, options.queries, rng)]
    failed = [*failures(conn, (junk(rng) for _ in range(options.junk))), *failures(conn, iter(strings))]
    print(*wrong, *failed, sep="\n", end="\n" if wrong or failed else "")
    print(
        f"{options.queries:,} queries, {len(wrong)} differences; {options.junk + len(strings):,} junk queries, "
        f"{len(failed)} errors; {time.perf_counter() - began:.0f} s"
    )
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main())
