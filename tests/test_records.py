from __future__ import annotations

from typing import Any

import pytest

from archiver.models import RawRecord
from archiver.parse.document import read
from archiver.parse.listing import read_listing

SITE = "http://blog.example"
HEAD = "<h2><a href=/{n}>The post that has number {n}</a></h2>"
BODY = "<p>Text of the post number {n}, as much of it as the page shows.</p>"


def records_of(markup: str, language: str = "en") -> tuple[RawRecord, ...]:
    """The records of a page of three blocks; ``{n}`` is the number of each, from 1."""
    blocks = "".join(f"<article>{HEAD}{markup}</article>".replace("{n}", str(n)) for n in (1, 2, 3))
    return read_listing(read(f'<html lang="{language}"><body><main>{blocks}</main></body></html>', f"{SITE}/")).records


# What a block holds beside its title, the field it fills, and the field of the first record.
FIELDS: list[tuple[str, str, Any]] = [
    ("<p>By Ann Lee</p>" + BODY, "author", "Ann Lee"),
    ("<p>Posted by: Ann Lee</p>" + BODY, "author", "Ann Lee"),
    ("<p>By Ann Lee | 3 May 2021 | 327 views</p>" + BODY, "author", "Ann Lee"),
    ("<p>3 May 2021 by Ann Lee</p>" + BODY, "author", "Ann Lee"),
    ("<p>By Ann Lee on 3 May 2021</p>" + BODY, "author", "Ann Lee"),
    ("<p>In <a href=/author/ann rel=author>Ann Lee</a></p>" + BODY, "author", "Ann Lee"),
    ('<p class="author">Ann Lee</p>' + BODY, "author", "Ann Lee"),
    ('<p class="author">— Ann Lee</p>' + BODY, "author", "Ann Lee"),
    ('<span class="author-label author">Posted on</span><p>3 May 2021</p>' + BODY, "author", None),
    (
        '<p itemprop="author"><a href="http://x.example/ann"><span itemprop="name">Ann Lee</span></a> <i>Editor</i></p>'
        + BODY,
        "author",
        "Ann Lee",
    ),
    ('<div class="byline share">Share it Send it</div><p>By Ann Lee</p>' + BODY, "author", "Ann Lee"),
    ("<p>3 May 2021 from Rome to Bari</p>" + BODY, "author", None),
    (BODY, "author", None),
    (BODY + "<p><a href=/tag/a>a</a> <a href=/tag/b>b</a></p>", "tags", ("a", "b")),
    (BODY + "<p><a href=/tag/a>#a</a> <a href=/tag/a>a</a></p>", "tags", ("a",)),
    (BODY + "<p><a href=/x rel=tag>a</a></p>", "tags", ("a",)),
    (BODY + "<p><a href=http://other.example/tag/a>a</a></p>", "tags", ()),
    ("<p>See <a href=/tag/a>a</a>, where I keep all that I ever wrote about number {n}.</p>" + BODY, "tags", ()),
    (BODY + "<p><a href=/category/c>Garden</a></p>", "category", "Garden"),
    (BODY + "<a href=/{n}#more>Read more</a>", "read_more", f"{SITE}/1"),
    (BODY + "<a href=/other>Read more</a>", "read_more", None),
    ("<span>Pinned</span>" + BODY, "sticky", True),
    ("<p><i></i><b>Sticky</b> <span>3 May 2021</span></p>" + BODY, "sticky", True),
    ('<img src=/pin.png alt="Pinned">' + BODY, "sticky", True),
    (
        "<p>The pinned butterflies of number {n} were <b>Sticky</b> to the touch, "
        "and nobody in the house would keep the box any longer than that.</p>",
        "sticky",
        False,
    ),
    (BODY, "sticky", False),
]


@pytest.mark.parametrize(("markup", "name", "value"), FIELDS)
def test_fields_of_a_record(markup: str, name: str, value: Any) -> None:
    assert getattr(records_of(markup)[0], name) == value


@pytest.mark.parametrize(
    ("language", "byline"),
    [
        ("de", "von Ann Lee"),
        ("fr", "Par Ann Lee"),
        ("es", "Por Ann Lee"),
        ("zh", "作者：Ann Lee"),
        ("ru", "Автор: Ann Lee"),
    ],
)
def test_bylines_of_other_languages(language: str, byline: str) -> None:
    assert records_of(f"<p>{byline}</p>{BODY}", language)[0].author == "Ann Lee"


def test_pictures_are_those_of_the_post_not_of_its_author() -> None:
    face = '<a href="/author/ann/"><img src="/ann.jpg" width="80" alt="Ann Lee"></a>'
    figure = '<figure><img src="/{n}.jpg" alt="A bud"><figcaption>The bud of {n}</figcaption></figure>'
    for n, record in enumerate(records_of(face + figure + BODY), 1):
        assert [(image.url, image.alt, image.caption) for image in record.images] == [
            (f"{SITE}/{n}.jpg", "A bud", f"The bud of {n}")
        ]


def test_evidence_tells_the_rules() -> None:
    record = records_of("<p>By Ann Lee</p>" + BODY)[0]
    assert record.evidence["title"] == "link in a heading"
    assert record.evidence["author"] == "byline"


def test_a_page_without_posts_has_no_records() -> None:
    assert read_listing(read("<html><body><p>Nothing.</p></body></html>", SITE)).records == ()
