from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.models import Image
from archiver.parse.image_hints import BACKGROUND_ATTRIBUTES, LAZY_ATTRIBUTES, LAZY_SETS, PLACEHOLDERS, placeholder
from archiver.parse.images import best_of_set, images
from archiver.text import captions_of, fragment

BASE = "http://blog.example/p/"


def found(source: str) -> list[str]:
    return [image.url.removeprefix(BASE) for image in images(fragment(source), BASE)]


ROWS = (
    ("a picture", '<img src="a.jpg">', ["a.jpg"]),
    ("in reading order, once", '<img src="b.jpg"><p><img src="a.jpg"></p><img src="b.jpg">', ["b.jpg", "a.jpg"]),
    ("without a source", '<img alt="x">', []),
    ("an inline picture", '<img src="data:image/png;base64,AA">', []),
    ("a placeholder alone", '<img src="/loading.gif">', []),
    (
        "a lazy one and its twin",
        '<img src="none.gif" data-src="a.jpg"><noscript><img src="a.jpg"></noscript>',
        ["a.jpg"],
    ),
    ("only the twin is real", '<p><img src="data:x"><noscript><img src="a.jpg"></noscript></p>', ["a.jpg"]),
    ("a twin in a larger size", '<img src="x.gif" data-src="l.jpg"><noscript><img src="s.jpg"></noscript>', ["l.jpg"]),
    ("a frame without a script", "<figure><noscript><img src=a.jpg></noscript></figure>", ["a.jpg"]),
    ("a counter without a script", "<noscript><img src=/count.php?x=1></noscript>", []),
    ("a pixel without a script", '<p><noscript><img src="/p.gif"></noscript></p>', []),
    ("the twin of an icon", '<i><img class="icon" src="x.png"></i><noscript><img src="x.png"></noscript>', []),
    ("a full-size file behind a thumbnail", '<a href="full.jpg"><img src="thumb.jpg"></a>', ["full.jpg"]),
    ("with a query", '<a href="full.png?v=2"><span><img src="t.png"></span></a>', ["full.png?v=2"]),
    ("a link to a page", '<a href="page.html"><img src="t.png"></a>', ["t.png"]),
    ("a link to a page named like a file", '<a href="/wiki/File:a.jpg"><img src="t.png"></a>', ["t.png"]),
    ("a responsive one", '<img src="s.jpg" srcset="m.jpg 600w, l.jpg 1200w, xl.jpg 9000w">', ["l.jpg"]),
    ("by density", '<img src="s.jpg" srcset="s.jpg 1x, l.jpg 2x">', ["l.jpg"]),
    ("a set of one", '<img src="s.jpg" srcset="s2.jpg">', ["s.jpg"]),
    (
        "a picture element",
        '<picture><source srcset="l.webp 900w"><source srcset="x"><img src="s.jpg"></picture>',
        ["l.webp"],
    ),
    ("a style", "<div style=\"color: red; background-image: url( 'a.jpg' )\"></div>", ["a.jpg"]),
    ("another style", '<div style="list-style: url(a.jpg)"></div>', []),
    ("a style that never ends", '<div style="background: url(a.jpg"></div>', []),
    ("a style under a picture", '<img src="a.jpg" style="background: url(load.svg)">', ["a.jpg"]),
    ("AMP", '<amp-img src="a.jpg" width="600"></amp-img>', ["a.jpg"]),
    ("an avatar by its class", '<img class="user-avatar" src="a.jpg">', []),
    ("an avatar by its folder", '<img src="/avatar/0a1b.jpg">', []),
    ("an emoji", '<img class="emoji" src="a.svg">', []),
    ("a smiley by its folder", '<img src="/inc/smilies/smile.gif">', []),
    ("a small one", '<img src="a.jpg" width="16" height="16">', []),
    ("a flat one", '<img src="a.jpg" width="600" height="1px">', []),
    ("a small one by its style", '<img src="a.jpg" style="width: 24px">', []),
    ("in per cent", '<img src="a.jpg" width="30%" style="width: 20%">', ["a.jpg"]),
    ("a favicon", '<img src="/favicon.png"><img src="/x.ico">', []),
    ("a tracking pixel", '<img src="/pixel.gif?u=1">', []),
    ("a word that only holds a hint", '<img src="downloading-icons-guide.png">', ["downloading-icons-guide.png"]),
    ("an address that is none", '<img src="http://[::1"><img src="javascript:1">', []),
)


@pytest.mark.parametrize(("name", "source", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_pictures_are_found(name: str, source: str, expected: list[str]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize("name", LAZY_ATTRIBUTES)
def test_every_lazy_attribute_wins_over_a_placeholder(name: str) -> None:
    assert found(f'<img src="none.gif" {name}="real.jpg">') == ["real.jpg"]


@pytest.mark.parametrize("name", LAZY_SETS)
def test_every_lazy_set_is_read(name: str) -> None:
    assert found(f'<img src="none.gif" {name}="s.jpg 300w, l.jpg 800w">') == ["l.jpg"]


@pytest.mark.parametrize("name", BACKGROUND_ATTRIBUTES)
@pytest.mark.parametrize("value", ["a.jpg", "url(a.jpg)", "url(&quot;a.jpg&quot;)"])
def test_every_background_attribute_is_read(name: str, value: str) -> None:
    assert found(f'<div {name}="{value}"></div>') == ["a.jpg"]


@pytest.mark.parametrize("stem", sorted(PLACEHOLDERS))
def test_placeholders_are_known_by_their_name(stem: str) -> None:
    assert placeholder(f"/img/{stem}.gif?v=1")
    assert placeholder(f"/img/{stem.upper()}.min.svg")
    assert not placeholder(f"/img/{stem}-of-the-north.jpg")


SETS = (
    ("", None),
    ("a.jpg", (100.0, "a.jpg")),
    ("a.jpg 300w, b,c.jpg 1024w", (1024.0, "b,c.jpg")),
    ("a.jpg 1x,b.jpg 1.5x", (150.0, "b.jpg")),
    ("a.jpg, b.jpg 2x", (200.0, "b.jpg")),
    ("a.jpg 4000w, b.jpg 3000w", (3000.0, "b.jpg")),
    ("data:image/gif;base64,AA 1w, a.jpg 2w", (2.0, "a.jpg")),
    (",,\n a.jpg \n 10w ,", (10.0, "a.jpg")),
    ("a.jpg wide", (0.0, "a.jpg")),
    ("a.jpg infw", (0.0, "a.jpg")),
)


@pytest.mark.parametrize(("srcset", "best"), SETS)
def test_the_best_of_a_set(srcset: str, best: tuple[float, str] | None) -> None:
    assert best_of_set(srcset) == best


@settings(deadline=None)
@given(st.text(alphabet="ab. ,0129wxh:/\n", max_size=80))
def test_no_set_raises(srcset: str) -> None:
    best = best_of_set(srcset)
    assert best is None or best[1] in "".join(srcset.split()) or best[1] in srcset


CAPTIONS = (
    ("figcaption", "<figure><img src=a.jpg><figcaption> The <b>cap</b> </figcaption></figure>", ["The cap"]),
    (
        "nested look-alikes",
        "<div><div class='typecho-caption'><a><img src=a.jpg></a><p class='typecho-caption-text'>Cap</p></div></div>",
        ["Cap"],
    ),
    (
        "several figures share a container",
        "<div><img src=a.jpg><p class=caption>one</p><img src=b.jpg><p class=caption>two</p></div>",
        ["one", "two"],
    ),
    (
        "captions above",
        "<div><p class=caption>one</p><img src=a.jpg><p class=caption>two</p><img src=b.jpg></div>",
        ["one", "two"],
    ),
    (
        "one caption for a gallery",
        "<figure><img src=a.jpg><img src=b.jpg><figcaption>both</figcaption></figure>",
        ["both", "both"],
    ),
    (
        "only the nearest picture of a plain container",
        "<div><p><img src=a.jpg></p><p><img src=b.jpg></p><p class=caption>two</p></div>",
        ["", "two"],
    ),
    (
        "a gallery with captions of its own",
        "<figure><figure><img src=a.jpg><figcaption>one</figcaption></figure><img src=b.jpg>"
        "<figcaption>all</figcaption></figure>",
        ["one", "all"],
    ),
    ("no caption", "<p><img src=a.jpg></p><p>words</p>", [""]),
)


@pytest.mark.parametrize(("name", "source", "expected"), CAPTIONS, ids=[row[0] for row in CAPTIONS])
def test_captions(name: str, source: str, expected: list[str]) -> None:
    element = fragment(source)
    assert [image.caption for image in images(element, BASE)] == expected
    assert images(element, BASE, captions=captions_of(element)) == images(element, BASE)


def test_alternative_text() -> None:
    source = (
        '<img src="a.jpg" alt=" a &lt;b&gt;\n c "><img src="b.jpg" alt="" data-alt="late"><img src="a.jpg" alt="two">'
    )
    assert images(fragment(source), BASE) == (Image(f"{BASE}a.jpg", "a <b> c"), Image(f"{BASE}b.jpg", "late"))


def test_an_element_that_is_a_picture() -> None:
    picture = fragment('<a href="full.jpg"><img src="a.jpg"></a>').find(".//img")
    assert picture is not None
    assert [image.url for image in images(picture, BASE)] == [f"{BASE}a.jpg"]


@settings(deadline=None)
@given(st.text(alphabet="<>imgsrcfue=\"' datano/.-()", max_size=200))
def test_no_markup_raises(source: str) -> None:
    assert all(image.url.startswith("http") for image in images(fragment(f"<figure><img {source}</figure>"), BASE))
