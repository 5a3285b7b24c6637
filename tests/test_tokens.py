from __future__ import annotations

import runpy
import sqlite3
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.store.index import OPTIONS
from archiver.tokens.rewrite import ACCENTS, MARKED, UNSEEN, characters, fold, pieces, rewrite, tokens

EXACT = runpy.run_path(str(Path(__file__).parent.parent / "bench" / "exactness.py"))
ASSIGNED = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in {"Cn", "Cs"}]

FOLDS = (
    ("ＢＥＲＴ", "bert"),
    ("ﬁn", "fin"),
    ("ｶﾞｽ", "ガス"),
    ("café", "cafe"),
    ("cafe\u0301", "cafe"),
    ("Straße", "strasse"),
    ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ("Ёлка", "елка"),
    ("İstanbul", "istanbul"),
    ("Việt Nam", "viet nam"),
    ("שָׁלוֹם", "שלום"),
    ("مُحَمَّد", "محمد"),
    ("はばぱ", "はばぱ"),
    ("は\u3099", "ば"),
    ("한국", "한국"),
    ("\u1112\u1161\u11ab", "한"),
    ("हिन्दी", "हिन्दी"),
    ("机\u200b器", "机器"),
    ("soft\u00adhyphen", "softhyphen"),
    ("葛\U000e0100", "葛"),
    ("ℝ𝒙²", "rx2"),
    ("②", "2"),
    ("豈", "豈"),
)

REWRITES = (
    ("", ""),
    ("机", "机"),
    ("机器学习", "机器 器学 学习 习"),
    ("机,器", "机 , 器"),
    ("使用BERT模型", "使用 用 bert 模型 型"),
    ("a_b", "a_b"),
    ("ไทย", "ไท ทย ย"),
    ("カメラ", "カメ メラ ラ"),
    ("𠀀𠀁", "𠀀𠀁 𠀁"),
    ("ok😀ok", "ok ok"),
)

TOKENS = (
    ("a_b c-d", ["a", "b", "c", "d"]),
    (r"\frac{x}{y}", ["frac", "x", "y"]),
    ("don't", ["don", "t"]),
    ("C++ 20", ["c", "20"]),
    ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
    ("😀 ½", ["1", "2"]),
    ("3.14元", ["3", "14", "元"]),
)


@pytest.fixture(scope="module")
def cut() -> sqlite3.Connection:
    """An index of one column, and the words that SQLite makes of it."""
    conn = sqlite3.connect(":memory:")
    conn.execute(f"CREATE VIRTUAL TABLE cut USING fts5(words, {OPTIONS})")
    conn.execute("CREATE VIRTUAL TABLE cut_words USING fts5vocab('cut', 'instance')")
    return conn


def sqlite_tokens(conn: sqlite3.Connection, texts: dict[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {number: [] for number in texts}
    with conn:
        conn.executemany("INSERT INTO cut (rowid, words) VALUES (?, ?)", texts.items())
        for term, doc in conn.execute("SELECT term, doc FROM cut_words ORDER BY doc, offset"):
            found[doc].append(term)
        conn.execute("INSERT INTO cut (cut) VALUES ('delete-all')")
    return found


@pytest.mark.parametrize(("text", "folded"), FOLDS)
def test_folding_takes_width_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKC", folded)


@pytest.mark.parametrize(("text", "rewritten"), REWRITES)
def test_runs_become_pairs_and_their_last_character(text: str, rewritten: str) -> None:
    assert rewrite(text).split() == rewritten.split()


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_pieces_tell_words_from_runs() -> None:
    assert pieces("用BERT模型, ok") == [("用", True), ("bert", False), ("模型", True), ("ok", False)]


def test_characters_are_distinct_and_sorted() -> None:
    assert characters("机器 机 a", "器かA") == "か 器 机"


def test_unspaced_scripts_are_those_that_unicode_names_so() -> None:
    ours = {character for character in ASSIGNED if pieces(character) == [(character, True)]}
    named = {character for character in ASSIGNED if EXACT["unspaced"](character)}
    assert ours == {character for character in named if unicodedata.normalize("NFKC", character) == character}


def test_accents_are_those_that_unicode_names_so() -> None:
    ours = {character for character in ASSIGNED if fold(character) == ""}
    assert ours == {character for character in ASSIGNED if EXACT["plain"](character) == ""}


def test_no_mark_is_left_out() -> None:
    known = {
        code for first, last in [*MARKED, *(row[1:] for row in (*ACCENTS, *UNSEEN))] for code in range(first, last + 1)
    }
    marks = {code for code in range(0x110000) if unicodedata.category(chr(code)).startswith("M")}
    assert marks <= known


def test_sqlite_cuts_every_character_as_we_do(cut: sqlite3.Connection) -> None:
    texts = {ord(character): f"x{character}x" for character in ASSIGNED if character != "\0"}
    found = sqlite_tokens(cut, {code: rewrite(text) for code, text in texts.items()})
    wrong = {hex(code): (found[code], tokens(text)) for code, text in texts.items() if found[code] != tokens(text)}
    assert not wrong


@given(st.lists(st.text(max_size=40), max_size=20))
@settings(deadline=None)
def test_sqlite_cuts_every_text_as_we_do(cut: sqlite3.Connection, texts: list[str]) -> None:
    texts = [text.replace("\0", "") for text in texts]
    found = sqlite_tokens(cut, {number: rewrite(text) for number, text in enumerate(texts)})
    assert list(found.values()) == [tokens(text) for text in texts]


@given(st.text())
@settings(deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="机器学か한ท", min_size=2, max_size=8), st.text(max_size=20), st.text(max_size=20))
@settings(deadline=None)
def test_a_run_is_found_in_whatever_surrounds_it(run: str, before: str, after: str) -> None:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    held = tokens(f"{before}。{run}。{after}")
    assert any(held[at : at + len(pairs)] == pairs for at in range(len(held)))
