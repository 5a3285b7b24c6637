from __future__ import annotations

import sqlite3

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from archiver.store.index import TABLES
from archiver.tokens import NOTHING, to_match
from archiver.tokens.query import DEEPEST, LONGEST, MOST_TERMS
from archiver.tokens.rewrite import pieces
from archiver.tokens.variant_table import GROUPS, PAIRS
from archiver.tokens.variants import MOST, forms

MATCHES = (
    ("机", '"机"'),
    ("机器", '"机器"'),
    ("机器学习", '"机器 器学 学习"'),
    ("机器 学习", '("机器" AND "学习")'),
    ("机器　学习", '("机器" AND "学习")'),
    ('"机器,学习"', '"机器 器 学习"'),
    ("“机器学习”", '"机器 器学 学习"'),
    ("「机器」", '"机器"'),
    ('"机 器"', '(- {chars} : ("机 器" *))'),
    ("BERT模型", '"bert 模型"'),
    ("BERT模", '"bert 模" *'),
    ("模型BERT", '"模型 型 bert"'),
    ("ＢＥＲＴ", '"bert"'),
    ("learn*", '"learn" *'),
    ("机器*", '"机器"'),
    ("机*", '"机"'),
    ('"machine learn"*', '"machine learn" *'),
    ('"machine learning"', '"machine learning"'),
    ('"machine learning', '"machine learning"'),
    ("state-of-the-art", '"state of the art"'),
    ("a OR b", '("a" OR "b")'),
    ("a or b", '("a" AND "or" AND "b")'),
    ("a OR b c", '("a" OR ("b" AND "c"))'),
    ("(a OR b) c", '(("a" OR "b") AND "c")'),
    ("（a OR b）c", '(("a" OR "b") AND "c")'),
    ("a AND b", '("a" AND "b")'),
    ("a NOT b", '("a" NOT "b")'),
    ("a AND NOT b", '("a" NOT "b")'),
    ("a -b -c", '("a" NOT ("b" OR "c"))'),
    ('a -"b c"', '("a" NOT "b c")'),
    ("a -(b c)", '("a" NOT ("b" AND "c"))'),
    ("-b a", '("a" NOT "b")'),
    ("a - b", '("a" AND "b")'),
    ("a OR -b", '"a"'),
    ("a a", '"a"'),
    ("title:机", '{title} : ("机" *)'),
    ("title:机器 x", '({title} : ("机器") AND "x")'),
    ("TITLE：a", '{title} : ("a")'),
    ('title:"a b"', '{title} : ("a b")'),
    ("title:(a OR b)", '{title} : (("a" OR "b"))'),
    ("-title:a b", '("b" NOT {title} : ("a"))'),
    ("title:title:a", '{title} : ("a")'),
    ("subtitle:a", '"subtitle a"'),
    ("C++", '"c"'),
    ("(a OR b", '("a" OR "b")'),
    ("a) b", '("a" AND "b")'),
    ("a OR", '"a"'),
    ("OR a", '"a"'),
    ("", NOTHING),
    ("   ", NOTHING),
    ("-a", NOTHING),
    ("NOT", NOTHING),
    ("AND OR NOT", NOTHING),
    ("()", NOTHING),
    ('"', NOTHING),
    ("*", NOTHING),
    ("😀", NOTHING),
    ("\0", NOTHING),
    ("title:", NOTHING),
)

FORMS = (
    ("图书馆", {"圖書館"}, {"图书馆"}),
    ("圖書館", {"图书馆"}, set()),
    ("皇后", {"皇後"}, set()),
    ("剩餘", {"剩余"}, set()),
    ("餘", {"余", "馀"}, set()),
    ("鍾", {"钟"}, set()),
    ("甚麼", {"甚么"}, set()),
    ("願", {"愿"}, set()),
    ("干", {"乾", "幹"}, set()),
    ("乾", {"干"}, {"幹"}),
    ("archive", set(), set()),
)


@pytest.fixture(scope="module")
def conn() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:")
    conn.execute(TABLES["posts_fts"])
    return conn


@pytest.mark.parametrize(("query", "match"), MATCHES)
def test_a_query_as_a_match_expression(query: str, match: str) -> None:
    assert to_match(query) == match


@pytest.mark.parametrize("query", [row[0] for row in MATCHES])
def test_sqlite_takes_every_row(conn: sqlite3.Connection, query: str) -> None:
    for variants in (False, True):
        sql = "SELECT count(*) FROM posts_fts WHERE posts_fts MATCH ?"
        assert conn.execute(sql, (to_match(query, variants=variants),)).fetchone() == (0,)


WORDS = st.sampled_from(
    [*"()\"*:-' “」（", "AND", "OR", "NOT", "NEAR", "title:", "chars:", "机器", "机", "a", " ", "b*", "é", "\0"]
)


@given(st.one_of(st.text(), st.lists(WORDS).map("".join), st.lists(WORDS).map(" ".join)), st.booleans())
@settings(deadline=None)
@example("(" * 5000, False)
@example("-(" * 900 + "a", False)
@example("a OR " * 400, True)
@example("干" * 2000, True)
def test_no_query_is_an_error(conn: sqlite3.Connection, query: str, variants: bool) -> None:
    found = conn.execute("SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?", (to_match(query, variants=variants),))
    assert found.fetchall() == []


def test_limits_cut_but_do_not_fail() -> None:
    assert to_match(" ".join(f"w{number}" for number in range(MOST_TERMS + 9))).count('"') == 2 * MOST_TERMS
    assert to_match("x" * (LONGEST + 9)) == f'"{"x" * LONGEST}"'
    assert to_match("(" * (DEEPEST * 3) + "a") == '"a"'


@pytest.mark.parametrize(("text", "wanted", "unwanted"), FORMS)
def test_forms_of_a_word(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = forms(text)
    assert found[0] == text
    assert wanted <= set(found)
    assert not (unwanted - {text}) & set(found)


def test_forms_are_few_and_distinct() -> None:
    found = forms("干了发面里后台" * 3)
    assert len(found) == len(set(found)) <= 2 * MOST + 1


def test_variants_are_alternatives_of_one_term() -> None:
    assert to_match("图书 a", variants=True) == '(("图书" OR "圖書") AND "a")'
    assert to_match("-图书 a", variants=True) == '("a" NOT ("图书" OR "圖書"))'


def test_the_table_of_variants_is_whole() -> None:
    assert len(PAIRS) % 2 == 0
    simplified = [*PAIRS[::2], *(group[0] for group in GROUPS.split())]
    assert len(simplified) == len(set(simplified)) > 4000
    assert all(pieces(character) == [(character, True)] for character in simplified)
    assert all(len(group) > 2 and len(set(group[1:])) == len(group) - 1 for group in GROUPS.split())
    assert not any(PAIRS[at] == PAIRS[at + 1] for at in range(0, len(PAIRS), 2))


@given(st.text(alphabet=PAIRS[1::2], min_size=1, max_size=6))
@settings(deadline=None)
def test_a_traditional_word_asks_for_its_simplified_form(text: str) -> None:
    groups = {form: group[0] for group in GROUPS.split() for form in group[1:] if form != group[0]}
    table = dict(zip(PAIRS[1::2], PAIRS[::2], strict=True)) | groups
    singles = {form for form in table if PAIRS[1::2].count(form) + (form in groups) == 1}
    assume(set(text) <= singles)
    assert "".join(table[character] for character in text) in forms(text)
    assert all(len(form) == len(text) for form in forms(text))
