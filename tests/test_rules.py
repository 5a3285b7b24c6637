from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import RulesError
from archiver.parse.by_rules import compile_rules
from archiver.rules import TABLES, FullTextRules, NextRules, PostRules, Rules, UrlRules, dumps, loads, rules_for

DOCUMENT = Path(__file__).parent.parent / "docs" / "rules.md"
WHOLE = """
[site."spaces.example"]
listing = "https://spaces.example/"
language = "zh-CN"
timezone = "Asia/Shanghai"
delay = 1.5
rights = "CC BY-NC-SA 4.0"

[site."spaces.example".posts]
item = "article, div.post"
title = "h2 a"
url = "h2 a@href"
date = ".date"
date_formats = ["%d %b", "%Y-%m-%d"]
excerpt = ".entry"
remove = [".share", "script"]
read_more = "a:-soup-contains('阅读全文')@href"
image = "img@data-src, img@src"
caption = "figcaption, img@alt"
tags = "a[rel~=tag]"
author = "xpath:.//span[@class='by']/text()"

[site."spaces.example".next]
link = "a[rel=next], .next a@href"
max_pages = 500

[site."spaces.example".full_text]
content = "#PostContent"
remove = ".share"

[site."spaces.example".urls]
strip_query = ["utm_*", "from"]
exclude = ["/tag/", "/page/"]

[site."other.example/~ann"]
"""


def test_every_key_of_a_file_is_read() -> None:
    rules, other = loads(WHOLE)
    assert rules == Rules(
        site="spaces.example",
        listing="https://spaces.example/",
        language="zh-CN",
        timezone="Asia/Shanghai",
        delay=1.5,
        rights="CC BY-NC-SA 4.0",
        posts=PostRules(
            item="article, div.post",
            title="h2 a",
            url="h2 a@href",
            date=".date",
            date_formats=("%d %b", "%Y-%m-%d"),
            excerpt=".entry",
            remove=(".share", "script"),
            read_more="a:-soup-contains('阅读全文')@href",
            image="img@data-src, img@src",
            caption="figcaption, img@alt",
            tags="a[rel~=tag]",
            author="xpath:.//span[@class='by']/text()",
        ),
        next=NextRules(link="a[rel=next], .next a@href", max_pages=500),
        full_text=FullTextRules("#PostContent", (".share",)),
        urls=UrlRules(("utm_*", "from"), ("/tag/", "/page/")),
    )
    assert other == Rules("other.example/~ann")


def test_the_example_names_every_key_there_is() -> None:
    data = tomllib.loads(WHOLE)["site"]["spaces.example"]
    for table, kind in TABLES.items():
        assert set(data[table]) | {"pattern"} >= {one.name for one in fields(kind)}, table
    assert set(data) | {"site"} == {one.name for one in fields(Rules)}


def test_the_documentation_shows_every_key_in_a_file_that_can_be_read() -> None:
    (block,) = re.findall(r"```toml\n([^`]*)```", DOCUMENT.read_text(encoding="utf-8"))
    (rules,) = loads(block)
    compile_rules(rules)
    data = tomllib.loads(block)["site"]["your.blog"]
    assert set(data) | {"site"} == {one.name for one in fields(Rules)}
    for table, kind in TABLES.items():
        assert set(data[table]) | ({"pattern"} if table == "next" else set()) == {one.name for one in fields(kind)}


HOST = '[site."a.example"]\n'
POSTS = '[site."a.example".posts]\n'
NEXT = '[site."a.example".next]\n'
WRONG = (
    ("", "names no site", "begin with"),
    ("site = 1", "site must be a table", "[site]"),
    ('[site]\n"a.example" = 1', 'site."a.example" must be a table', '[site."a.example"]'),
    ('[sites."a.example"]', "unknown key sites", "did you mean site?"),
    ('[site.""]', 'site."" names no host', "write the host"),
    ('[site."/blog"]', "names no host", "write the host"),
    ('[site."a:b:c"]', "names no host", "write the host"),
    ("[site", "not TOML", "strings stand in"),
    ("a = " + "[" * 5000, "not TOML", "strings stand in"),
    (HOST + 'lang = "zh"', 'unknown key site."a.example".lang', "did you mean language?"),
    (HOST + 'Delay = "1"', 'unknown key site."a.example".Delay', "did you mean delay?"),
    (HOST + 'adapter = "hexo"', "unknown key", "known here: delay, full_text"),
    (HOST + 'item = "article"', 'unknown key site."a.example".item', "it belongs into the table posts"),
    (HOST + 'pattern = "page/{n}"', "unknown key", "it belongs into the table next"),
    (HOST + '[site."a.example".post]\n', 'unknown key site."a.example".post', "did you mean posts?"),
    (HOST + '[site."a.example".full-text]\n', "unknown key", "did you mean full_text?"),
    (POSTS + 'titel = "h2"', 'unknown key site."a.example".posts.titel', "did you mean title?"),
    (POSTS + 'read-more = "a"', "unknown key", "did you mean read_more?"),
    (POSTS + 'xyzzy = "a"', "unknown key", "known here: author, caption, date"),
    (POSTS + "title = 1", "posts.title must be a string", "it is 1"),
    (POSTS + 'title = ""', "posts.title must be a string", "it is empty"),
    (POSTS + 'title = "  "', "posts.title must be a string", "it is '  '"),
    (POSTS + 'title = ["h2"]', "posts.title must be a string", "it is ['h2']"),
    (POSTS + "remove = [1]", "posts.remove must be a list of strings", "it is [1]"),
    (POSTS + 'remove = [""]', "posts.remove must be a list of strings", "it is ['']"),
    (POSTS + 'date_formats = ["dd.mm.yyyy"]', "'dd.mm.yyyy' has no % in it", "%d.%m.%Y"),
    (HOST + 'delay = "1"', "delay must be a number", "it is '1'"),
    (HOST + "delay = -1", "delay must be a number", "it is -1"),
    (HOST + "delay = true", "delay must be a number", "it is True"),
    (HOST + "delay = nan", "delay must be a number", "it is nan"),
    (HOST + "delay = inf", "delay must be a number", "it is inf"),
    (HOST + 'listing = "a.example/blog"', "listing is no address", "https://"),
    (HOST + 'listing = "ftp://a.example/"', "listing is no address", "https://"),
    (HOST + "posts = 1", "posts must be a table", '[site."a.example".posts]'),
    (NEXT + "max_pages = 0", "next.max_pages must be a whole number", "it is 0"),
    (NEXT + "max_pages = 1.5", "next.max_pages must be a whole number", "it is 1.5"),
    (NEXT + "max_pages = true", "next.max_pages must be a whole number", "it is True"),
    (NEXT + 'pattern = "page/2"', "next.pattern has no {n}", "page/{n}/"),
    (NEXT + 'pattern = "{n}/{n}"', "next.pattern has no {n}", "page/{n}/"),
    (NEXT + 'link = "a"\npattern = "page/{n}/"', "has both link and pattern", "keep one"),
    ("#" * 1_000_001, "longer than", "a few lines"),
)


@pytest.mark.parametrize(("text", "cause", "hint"), WRONG)
def test_what_is_wrong_is_named_with_its_place_and_what_may_be_meant(text: str, cause: str, hint: str) -> None:
    with pytest.raises(RulesError) as caught:
        loads(text, "mine.toml")
    assert caught.value.url == "mine.toml"
    assert cause in caught.value.cause
    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


LENIENT = (
    ("\ufeff" + HOST, Rules("a.example")),
    (POSTS + 'remove = ".ads"', Rules("a.example", posts=PostRules(remove=(".ads",)))),
    (POSTS + 'title = " h2 a "', Rules("a.example", posts=PostRules(title="h2 a"))),
    (POSTS + "remove = []", Rules("a.example")),
    (HOST + "delay = 0", Rules("a.example", delay=0.0)),
)


@pytest.mark.parametrize(("text", "rules"), LENIENT)
def test_what_can_only_mean_one_thing_is_taken_so(text: str, rules: Rules) -> None:
    assert loads(text) == (rules,)


SITES = tuple(
    Rules(site) for site in ("a.example", "a.example/~ann", "a.example/~ann/notes/", "127.0.0.1:8000", "b.example")
)
MATCHES = (
    ("https://a.example/", "a.example"),
    ("http://www.a.example/page/2/", "a.example"),
    ("https://A.Example", "a.example"),
    ("https://a.example:8443/", "a.example"),
    ("https://a.example/~anna/", "a.example"),
    ("https://a.example/~ann", "a.example/~ann"),
    ("https://a.example/~ann/x.html?y=1#z", "a.example/~ann"),
    ("https://a.example/~ann/notes/1", "a.example/~ann/notes/"),
    ("https://a.example/~ann/notes", "a.example/~ann/notes/"),
    ("http://127.0.0.1:8000/x", "127.0.0.1:8000"),
    ("http://127.0.0.1:8001/x", None),
    ("https://sub.a.example/", None),
    ("https://c.example/", None),
    ("b.example/x", "b.example"),
    ("https://b.example:443/", "b.example"),
    ("https://b.example:notaport/", None),
    ("", None),
)


@pytest.mark.parametrize(("url", "site"), MATCHES)
def test_rules_are_chosen_by_host_and_the_longest_path(url: str, site: str | None) -> None:
    found = rules_for(SITES, url)
    assert (found.site if found else None) == site


def test_a_port_that_is_named_is_nearer_than_none() -> None:
    sites = (Rules("a.example"), Rules("a.example:8000"), Rules("www.c.example"))
    assert rules_for(sites, "http://a.example:8000/") == sites[1]
    assert rules_for(sites, "http://a.example:9000/") == sites[0]
    assert rules_for(sites, "http://c.example/") == sites[2]


def test_rules_are_written_as_one_would_by_hand() -> None:
    rules = Rules(
        "a.example",
        delay=2.0,
        posts=PostRules(title='h2 a[title="x\\y"]', date_formats=("%d %b",)),
        next=NextRules(max_pages=7),
    )
    notes = {"": "First.\nSecond.", "posts.excerpt": "excerpt: automatic", "language": "language: none told"}
    assert dumps(rules, notes) == (
        "# First.\n# Second.\n"
        '[site."a.example"]\n# language: none told\ndelay = 2.0\n\n'
        '[site."a.example".posts]\ntitle = "h2 a[title=\\"x\\\\y\\"]"\ndate_formats = ["%d %b"]\n'
        "# excerpt: automatic\n\n"
        '[site."a.example".next]\nmax_pages = 7\n'
    )
    assert loads(dumps(rules, notes)) == (rules,)


def test_long_lists_are_folded_and_read_back() -> None:
    rules = Rules("a.example", urls=UrlRules(exclude=tuple(f"/section-{number}/" for number in range(30))))
    text = dumps(rules)
    assert max(map(len, text.splitlines())) < 60
    assert loads(text) == (rules,)


LETTERS = st.characters(exclude_categories=("Cs",))
TEXT = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
TEXTS = st.lists(TEXT, max_size=5).map(tuple)


@given(
    st.builds(
        Rules,
        site=st.sampled_from(["a.example", "a.example/~ann", "[::1]:8000", "例子.example", 'a.example/"x"']),
        listing=st.sampled_from(["", "https://a.example/blog"]),
        language=st.just("") | TEXT,
        timezone=st.just("") | TEXT,
        delay=st.none() | st.floats(0, 1e6),
        rights=st.just("") | TEXT,
        posts=st.builds(
            PostRules,
            item=st.just("") | TEXT,
            title=st.just("") | TEXT,
            remove=TEXTS,
            date_formats=TEXTS.map(lambda many: tuple(f"%{one}" for one in many)),
        ),
        next=st.builds(NextRules, link=st.just("") | TEXT, max_pages=st.none() | st.integers(1, 10**9)),
        full_text=st.builds(FullTextRules, content=st.just("") | TEXT, remove=TEXTS),
        urls=st.builds(UrlRules, strip_query=TEXTS, exclude=TEXTS),
    ),
    st.dictionaries(st.sampled_from(["", "posts.title", "listing"]), st.text(LETTERS, max_size=30)),
)
def test_what_is_written_is_read_back(rules: Rules, notes: dict[str, str]) -> None:
    assert loads(dumps(rules, notes)) == (rules,)


def test_what_toml_cannot_hold_does_no_harm() -> None:
    rules = Rules("a.example", rights="a\ud800b", language="\x00\x7f")
    assert loads(dumps(rules, {"": "\x08\ud800x\x0b"})) == (Rules("a.example", rights="a\ufffdb", language="\x00\x7f"),)
