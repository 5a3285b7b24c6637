from __future__ import annotations

import pytest

from archiver.models import RawRecord
from archiver.parse.document import read
from archiver.parse.listing import read_listing

SITE = "http://blog.example"
NAMES = ("On pruning roses", "The driest spring in years", "Seeds and friends swapped")


def records_of(markup: str, names: tuple[str, ...] = NAMES) -> tuple[RawRecord, ...]:
    """The records of a page with one block for each name; ``{t}`` is the name, ``{n}`` its number from 1."""
    blocks = "".join(f"<div>{markup.format(t=name, n=n)}</div>" for n, name in enumerate(names, 1))
    doc = read(
        f'<html lang="en"><body><nav><a href="/about">About</a></nav><div>{blocks}</div></body></html>', f"{SITE}/"
    )
    return read_listing(doc).records


TEXT = "<p>Some words of the post number {n}, as many as a listing shows of it.</p>"
# Markup of a block, and the rule by which its title is found.
RULES = [
    ("<h2><a href=/{n}>{t}</a></h2>" + TEXT, "link in a heading"),
    ("<a href=/{n}><h2>{t}</h2></a>" + TEXT, "heading in the link"),
    ("<a href=/{n}><h3>{t}</h3><div>3 May 202{n}</div></a>" + TEXT, "heading in the link"),
    ("<h2>{t}</h2><p><a href=/{n}>Read more</a></p>" + TEXT, "heading beside the link"),
    ("<a href=/{n}>{t}</a> <span>3 May 202{n}</span>" + TEXT, "text of the link"),
    ("<a href=/{n}><img src=/{n}.jpg></a> <a href=/{n}>{t}</a> <span>3 May 202{n}</span>" + TEXT, "text of the link"),
    (
        '<span itemprop="headline"><a href=/{n}>{t}</a></span><span>3 May 202{n}</span>' + TEXT,
        "declared name of the entry",
    ),
    ('<a class="u-url p-name" href=/{n}>{t}</a><span>3 May 202{n}</span>' + TEXT, "declared name of the entry"),
    ("<span>3 May 202{n}</span>" + TEXT + '<a href=/{n} title="{t}">Read more</a>', "title attribute of the link"),
    (
        "<span>3 May 202{n}</span>" + TEXT + '<a href=/{n} aria-label="{t}">Read more</a>',
        "aria-label attribute of the link",
    ),
    (
        '<a href=/{n}><img src=/{n}.png alt="{t}"></a><span>3 May 202{n}</span>' + TEXT,
        "alternative text of the link's picture",
    ),
    ('<h2><a href=/{n}><img src=/{n}.png alt="{t}"></a></h2><p>3 May 202{n}</p>' + TEXT, "picture"),
]


@pytest.mark.parametrize(("markup", "rule"), RULES)
def test_each_rule_finds_the_titles(markup: str, rule: str) -> None:
    records = records_of(markup)
    assert [record.title for record in records] == list(NAMES)
    assert all(rule in record.evidence["title"] for record in records)


# Markup of a block whose title stands beside something that is none of it.
BESIDE = [
    "<h2><a href=/{n}>{t}</a><small>3 May 202{n}</small></h2>" + TEXT,
    "<h2><a href=/{n}><time>3 May 202{n}</time> {t}</a></h2>" + TEXT,
    "<h2><a href=/{n}>\n   {t}\n </a></h2>" + TEXT,
    "<h2><a href=/{n}>{t}</a><a href=/{n}#comments>2 comments</a></h2>" + TEXT,
    "<h4><a href=/category/x/>Garden</a></h4><h2><a href=/{n}>{t}</a></h2>" + TEXT,
    "<h2><a href=/{n}>{t}</a></h2>" + TEXT + "<h3><a href=/{n}#more>Read more</a></h3>",
    "<a href=/{n}><img src=/{n}.png alt='Cover'></a><h2><a href=/{n}>{t}</a></h2>" + TEXT,
]


@pytest.mark.parametrize("markup", BESIDE)
def test_titles_are_free_of_what_stands_beside_them(markup: str) -> None:
    assert [record.title for record in records_of(markup)] == list(NAMES)


def test_a_date_that_every_title_begins_with_is_a_date() -> None:
    records = records_of("<a href=/{n}>2021-05-0{n}: {t}</a>")
    assert [record.title for record in records] == list(NAMES)
    assert [record.dates[0].raw for record in records] == ["2021-05-01", "2021-05-02", "2021-05-03"]


def test_a_date_that_one_title_begins_with_is_its_own() -> None:
    names = (*NAMES, "2021-05-03: a day in the garden")
    assert [record.title for record in records_of("<h2><a href=/{n}>{t}</a></h2>" + TEXT, names)] == list(names)


@pytest.mark.parametrize("small", ["{n} comments", "Permalink", "Read more"])
def test_small_print_is_no_title(small: str) -> None:
    markup = f"<p>Words of number {{n}} and more of them.</p><p>3 May 202{{n}}</p><a href=/{{n}}>{small}</a>"
    assert [record.title for record in records_of(markup)] == ["", "", ""]
