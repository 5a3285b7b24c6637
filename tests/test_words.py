from __future__ import annotations

from types import ModuleType

import pytest
from growing import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st

from archiver import words
from archiver.words import Step, date_labels, direction, labels, links, more, pages, posts
from archiver.words.compare import phrases

LANGUAGES = "en zh zh-Hant ja ko de fr es pt it nl ru uk pl cs sv da no fi tr ar he fa hi id vi th el ro hu".split()
STEP_TABLES = {
    Step.OLDER: direction.OLDER,
    Step.NEWER: direction.NEWER,
    Step.NEXT: pages.NEXT,
    Step.PREVIOUS: pages.PREVIOUS,
    Step.MORE: more.MORE,
}


def tables(module: ModuleType) -> dict[str, direction.Table]:
    return {name: table for name, table in vars(module).items() if name.isupper() and isinstance(table, dict)}


ALL_TABLES = {
    f"{module.__name__}.{name}": table
    for module in (direction, pages, more, posts, labels, links)
    for name, table in tables(module).items()
}


@pytest.mark.parametrize("step", STEP_TABLES)
def test_every_language_has_the_words_of_a_pager(step: Step) -> None:
    missing = [language for language in LANGUAGES if language not in STEP_TABLES[step]]
    assert missing == []


@pytest.mark.parametrize(
    "table", [posts.READ_MORE, posts.BYLINE, date_labels.PUBLISHED, date_labels.UPDATED, labels.CATEGORY, labels.TAGS]
)
def test_every_language_has_the_words_around_a_post(table: direction.Table) -> None:
    assert [language for language in LANGUAGES if language not in table] == []


@pytest.mark.parametrize("table", [links.ARCHIVE, links.BLOG, links.HOME])
def test_every_language_has_the_words_of_a_site(table: direction.Table) -> None:
    assert [language for language in LANGUAGES if language not in table] == []


@pytest.mark.parametrize("name", ALL_TABLES)
def test_tables_are_clean(name: str) -> None:
    for language, row in ALL_TABLES[name].items():
        listed = [phrase.strip() for phrase in row.split("|")]
        assert all(words.squeeze(phrase) for phrase in listed), (language, listed)
        assert len(listed) == len(set(listed)), language
        assert all(len(phrase) <= words.LONGEST for phrase in listed), language


def test_older_and_newer_never_share_a_word() -> None:
    assert not phrases(direction.OLDER) & phrases(direction.NEWER)
    assert not phrases(pages.NEXT) & phrases(pages.PREVIOUS)
    assert not phrases(date_labels.PUBLISHED) & phrases(date_labels.UPDATED)
    assert not phrases(direction.OLDER) & phrases(pages.PREVIOUS)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Next »", "next"),
        ("NEXT  PAGE", "next page"),
        ("（阅读全文）", "阅读全文"),
        ("Ｎｅｘｔ", "next"),
        ("Größer", "grösser"),
        ("\u200bOlder\u00a0posts\ufeff", "older posts"),
        ("→", ""),
        ("", ""),
        ("อ่านต่อ", "อ่านต่อ"),
        ("12 posts", "12 posts"),
    ],
)
def test_squeeze(text: str, plain: str) -> None:
    assert words.squeeze(text) == plain


@given(st.text(max_size=80))
def test_squeezing_twice_is_squeezing_once(text: str) -> None:
    once = words.squeeze(text)
    assert words.squeeze(once) == once


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Next", Step.NEXT),
        ("Next page »", Step.NEXT),
        ("Next 10 posts", Step.NEXT),
        ("← Older Posts", Step.OLDER),
        ("下一页", Step.NEXT),
        ("次のページへ >>", Step.NEXT),
        ("次へ", Step.NEXT),
        ("다음", Step.NEXT),
        ("Suivant", Step.NEXT),
        ("Publicações mais antigas", Step.OLDER),
        ("Articles plus anciens", Step.OLDER),
        ("Ältere Beiträge", Step.OLDER),
        ("上一页", Step.PREVIOUS),
        ("Précédent", Step.PREVIOUS),
        ("Previous posts", Step.PREVIOUS),
        ("Neuere Beiträge", Step.NEWER),
        ("最后一页", Step.LAST),
        ("尾页", Step.LAST),
        ("Load more…", Step.MORE),
        ("加载更多", Step.MORE),
        ("下一篇", Step.POST),
        ("Next Post →", Step.POST),
        ("Next week I will", None),
        ("Next: the garden in winter", None),
        ("A previous page of history", None),
        ("Older", Step.OLDER),
        ("", None),
        ("»", None),
        ("next " * 40, None),
    ],
)
def test_step(text: str, step: Step | None) -> None:
    assert words.step(text) is step


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("07", 7),
        ("[7]", 7),
        ("７", 7),
        ("Page 7", 7),
        ("第7页", 7),
        ("7ページ", 7),
        ("Seite 7", 7),
        ("7 roses", None),
        ("1 2", None),
        ("123456", None),
        ("", None),
        ("²", None),
    ],
)
def test_page_number(text: str, number: int | None) -> None:
    assert words.page_number(text) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Page 2 of 16", (2, 16)),
        ("Page: 2 of 16", (2, 16)),
        ("2/16", (2, 16)),
        ("2 / 16", (2, 16)),
        ("第2页，共16页", (2, 16)),
        ("第 2 页 共 16 页", (2, 16)),
        ("Seite 2 von 16", (2, 16)),
        ("Страница 2 из 16", (2, 16)),
        ("Página 2 de 16", (2, 16)),
        ("16/2", None),
        ("0/2", None),
        ("2 roses of 16", None),
        ("2 - 16", None),
        ("1/2/3", None),
        ("2 of 123456", None),
    ],
)
def test_page_of(text: str, told: tuple[int, int] | None) -> None:
    assert words.page_of(text) == told


@pytest.mark.parametrize("language", sorted(posts.READ_MORE))
def test_read_more_of_every_language(language: str) -> None:
    for phrase in posts.READ_MORE[language].split("|"):
        for dress in ("{}", "{} »", "{}...", "[{}]", "→ {}", "({}…)"):
            assert words.is_read_more(dress.format(phrase.strip())), phrase


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Read more about pruning roses", True),
        ("Continue reading “Pruning roses” →", True),
        ("阅读全文：修剪玫瑰", True),
        ("点击阅读全文...", True),
        ("[...]", True),
        ("[…]", True),
        ("»", True),
        ("→", True),
        ("Reading more books", False),
        ("Readings", False),
        ("I want to read more", False),
        ("Moreover", False),
        ("Pruning roses", False),
        ("Continued fractions", False),
        ("", False),
        ("-", False),
        ("x" * 300, False),
    ],
)
def test_is_read_more(text: str, asks: bool) -> None:
    assert words.is_read_more(text) is asks


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The soil is warm. Read more", "The soil is warm."),
        ("The soil is warm... Read More »", "The soil is warm..."),
        ("The soil is warm [Read more]", "The soil is warm"),
        ("The soil is warm [...]", "The soil is warm"),
        ("The soil is warm […]", "The soil is warm"),
        ("The soil is warm.\n\nContinue reading Sowing beans", "The soil is warm."),
        ("The soil is warm.\nmore\n»", "The soil is warm."),
        ("土壤很暖。阅读全文", "土壤很暖。"),
        ("土壤很暖…… 阅读全文 »", "土壤很暖……"),
        ("土は暖かい。続きを読む", "土は暖かい。"),
        ("Почва тёплая. Читать далее →", "Почва тёплая."),
        ("I want to read more.", "I want to read more."),
        ("She told me to continue", "She told me to continue"),
        ("One step more", "One step more"),
        ("He would say more...", "He would say more..."),
        ("Read more", ""),
        ("The soil is warm...", "The soil is warm..."),
        ("", ""),
    ],
)
def test_strip_read_more(text: str, kept: str) -> None:
    assert words.strip_read_more(text) == kept


@given(st.text(max_size=200))
def test_stripping_only_ever_cuts_the_end(text: str) -> None:
    kept = words.strip_read_more(text)
    assert text.startswith(kept)
    assert words.strip_read_more(kept) == kept


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("[置顶] 修剪玫瑰", "修剪玫瑰"),
        ("【置頂】修剪玫瑰", "修剪玫瑰"),
        ("[Sticky] Pruning roses", "Pruning roses"),
        ("Pruning roses [Pinned]", "Pruning roses"),
        ("[Roses] Pruning", "[Roses] Pruning"),
        ("[Sticky]", "[Sticky]"),
        ("Featured", "Featured"),
        ("Pruning roses", "Pruning roses"),
    ],
)
def test_strip_sticky(title: str, kept: str) -> None:
    assert words.strip_sticky(title) == kept


@pytest.mark.parametrize(
    ("text", "badge"), [("Pinned", True), ("置顶", True), ("[Sticky]", True), ("Pin it down", False)]
)
def test_is_sticky(text: str, badge: bool) -> None:
    assert words.is_sticky(text) is badge


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("Posted by Ann Lee", "Ann Lee"),
        ("作者：李安", "李安"),
        ("Автор: Анна Ли", "Анна Ли"),
        ("von Ann Lee", "Ann Lee"),
        ("Geschrieben von Ann Lee", "Ann Lee"),
        ("Ann Lee", None),
        ("By", None),
        ("Author:", None),
        ("x" * 300, None),
    ],
)
def test_strip_byline(text: str, name: str | None) -> None:
    assert words.strip_byline(text) == name


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Posted on", "published"),
        ("发表于", "published"),
        ("Updated:", "updated"),
        ("最后更新于", "updated"),
        ("Zuletzt geändert", "updated"),
        ("Tags:", "tags"),
        ("标签：", "tags"),
        ("Filed under", "category"),
        ("分类", "category"),
        ("作者", "author"),
        ("Roses", None),
        ("x" * 90, None),
    ],
)
def test_label(text: str, meaning: str | None) -> None:
    assert words.label(text) == meaning
    assert words.date_label(text) == (meaning if meaning in ("published", "updated") else None)
    if meaning == "author":
        assert words.is_byline_label(text)


@pytest.mark.parametrize(
    ("matcher", "yes", "no"),
    [
        (words.is_share, ("Share", "分享", "Share on Facebook"), ("Sharing the harvest",)),
        (words.is_comments, ("3 Comments", "No comments", "5 条评论", "Leave a comment"), ("Comments on winter",)),
        (words.is_counter, ("327 views", "5 min read", "阅读量：12", "1200 words"), ("Views of the lake",)),
        (words.is_untitled, ("Untitled", "(no title)", "无标题"), ("Untitled works of Bach",)),
        (words.is_archive, ("Archives", "All posts (120)", "归档", "すべての記事", "글 목록"), ("Archive of tears",)),
        (words.is_blog, ("Blog", "Articles", "博客", "Записи", "12 文章"), ("Blogging tips",)),
        (words.is_home, ("Home", "首页", "Startseite"), ("Home brewing",)),
    ],
)
def test_matchers(matcher: object, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert callable(matcher)
    assert [text for text in yes if not matcher(text)] == []
    assert [text for text in no if matcher(text)] == []
    assert not matcher("x" * 100)
    assert not matcher("")


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert words.step(text) in (None, *Step)
    assert words.is_read_more(text) in (True, False)
    assert words.page_of(text) is None or len(text) <= words.LONGEST
    assert words.strip_byline(text) is None or words.strip_byline(text) != ""
    assert words.strip_sticky(text) in text


def test_matching_takes_time_in_proportion_to_the_text() -> None:
    def match(size: int) -> None:
        for number in range(20):
            words.strip_read_more(f"{number} {'read more ' * size}")
            words.without_numbers(f"{number} {'1 ' * size}")

    assert growth(match, 2_500) < LINEAR


NAMES = [
    ("Ann Lee", True),
    ("苏轼", True),
    ("Николай (Nikolai) О'Рейли", True),
    ("", False),
    ("  ", False),
    ("https://x.example/ann", False),
    ("map[name:<nil>]", False),
    ("{{ author }}", False),
    ("x" * 61, False),
]


@pytest.mark.parametrize(("text", "is_one"), NAMES)
def test_names(text: str, is_one: bool) -> None:
    assert words.is_name(text) is is_one


@pytest.mark.parametrize(
    ("text", "posted", "signed"),
    [
        ("Posted on", True, True),
        ("Ann Lee posted", True, False),
        ("Posted by ann on", False, True),
        ("on", False, False),
        ("Datum:", False, False),
        ("Veröffentlicht am", True, True),
        ("Concert on", False, False),
        ("", False, False),
    ],
)
def test_what_stands_before_a_date(text: str, posted: bool, signed: bool) -> None:
    assert words.is_posted(text) == posted
    assert words.is_signed(text, fewest=2) == signed
