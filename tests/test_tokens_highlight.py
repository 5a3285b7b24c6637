from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.store.index import TABLES, shadow
from archiver.tokens import Snippet, fold, highlight, snippet, to_match
from archiver.tokens.highlight import cells, fold_map

MARKED = (
    ("走进图书馆", "图书", "走进【图书】馆"),
    ("使用ＢＥＲＴ模型", "bert", "使用【ＢＥＲＴ】模型"),
    ("使用BERT模型", "BERT模", "使用【BERT模】型"),
    ("ﬁsh and ﬁn", "fish", "【ﬁsh】 and ﬁn"),
    ("ﬁsh", "f*", "【ﬁ】sh"),
    ("ｶﾞｽとカﾞス", "ガス", "【ｶﾞｽ】と【カﾞス】"),
    ("café cafe\u0301 cafe", "café", "【café】 【cafe\u0301】 【cafe】"),
    ("ALBERT, Bert; berth", "bert", "ALBERT, 【Bert】; berth"),
    ("learn learning unlearn", "learn*", "【learn】 【learn】ing unlearn"),
    ("machine-learning, machine  learning", '"machine learning"', "【machine-learning】, 【machine  learning】"),
    ("机器,学习与机器学习", '"机器,学习"', "【机器,学习】与机器学习"),
    ("机器学习 机器", "机器 学习", "【机器学习】 【机器】"),
    ("机器学习", "机器 -学习", "【机器】学习"),
    ("甲乙", "title:甲 OR 丙", "【甲】乙"),
    ("<b>a & b</b>", "b", "<【b】>a & 【b】</【b】>"),
    ("soft\u00adware", "software", "【soft\u00adware】"),
    ("एक हिन्दी शब्द", "हिन्दी", "एक 【हिन्दी】 शब्द"),
    ("snake_case", "case", "snake_【case】"),
    ("한국어와", "한국", "【한국】어와"),
    ("nothing", "😀", "nothing"),
    ("nothing", "", "nothing"),
    ("", "a", ""),
)

SNIPPETS = (
    ("短文。", "短", 40, "【短】文。"),
    ("没有", "x", 40, "没有"),
    ("第一句话在这里。第二句说图书馆。第三句话很长很长。", "图书馆", 40, "…第二句说【图书馆】。第三句话很长很长。"),
    ("one two three four five six seven eight nine ten", "seven", 24, "…six 【seven】 eight nine ten"),
    ("a  b\n\n c", "b c", 40, "a 【b】 【c】"),
    ("甲 " + "填" * 200 + "甲乙", "甲 乙", 40, "…" + "填" * 6 + "【甲乙】"),
)


def mark(found: Snippet) -> str:
    return "".join(f"【{part}】" if hit else part for part, hit in found.parts)


@pytest.mark.parametrize(("text", "query", "marked"), MARKED)
def test_hits_are_marked_in_the_original(text: str, query: str, marked: str) -> None:
    assert mark(Snippet(text, highlight(text, query))) == marked


def test_variants_are_marked_on_demand() -> None:
    assert highlight("在圖書館", "图书馆") == ()
    assert highlight("在圖書館", "图书馆", variants=True) == ((1, 4),)


@pytest.mark.parametrize(("text", "query", "width", "marked"), SNIPPETS)
def test_snippets(text: str, query: str, width: int, marked: str) -> None:
    assert mark(snippet(text, query, width=width)) == marked


def test_a_snippet_prefers_the_place_with_most_terms() -> None:
    text = "熵。" + "别的话题。" * 50 + "最小熵与图书馆。" + "别的话题。" * 50
    assert "【熵】与【图书馆】" in mark(snippet(text, "熵 图书馆", width=60))


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("图书", 4), ("ＡＢ", 4), ("ｶﾞ", 2), ("", 0)])
def test_columns(text: str, width: int) -> None:
    assert cells(text) == width


HARD = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("eaガかｶﾞﾟ가\u1100\u1161\u11a8ㄱㅏﾡￂ\u0301\u3099\u200d\u00ad"),
    )
)


@given(HARD)
@settings(deadline=None)
@example("e\u200b\u0301")
@example("\u1100\u0301\u1161")
def test_folding_with_places_is_folding(text: str) -> None:
    folded, places = fold_map(text)
    assert folded == fold(text)
    spans = [places.span(at, at + 1) for at in range(len(folded))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(folded[at] in fold(text[start:end]) for at, (start, end) in enumerate(spans))


@given(HARD, HARD, st.integers(8, 80))
@settings(deadline=None)
def test_snippets_stay_within_their_width(text: str, query: str, width: int) -> None:
    found = snippet(text, query, width=width)
    assert cells(found.text) <= width + 2
    assert "".join(part for part, _ in found.parts) == found.text
    assert all(start < end for start, end in found.spans)
    assert all(left[1] <= right[0] for left, right in zip(found.spans, found.spans[1:], strict=False))


LETTERS = st.text(alphabet="机器学か가aabc ,。_é*", min_size=1, max_size=12)


@given(LETTERS, LETTERS, st.booleans())
@settings(deadline=None)
@example("一丁", '"一 丁"', False)
def test_a_text_has_hits_if_and_only_if_the_index_finds_it(text: str, asked: str, quoted: bool) -> None:
    query = f'"{asked}"' if quoted else asked.replace(" ", "")
    conn = sqlite3.connect(":memory:")
    conn.execute(TABLES["posts_fts"])
    places = ", ".join("?" * 6)
    conn.execute(f"INSERT INTO posts_fts VALUES ({places})", shadow((text, "", None, "[]", "")))
    found = conn.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH ?", (to_match(query),)).fetchone()[0]
    conn.close()
    assert bool(found) == bool(highlight(text, query))
