"""From hostile HTML to a reading view: pieces, sanitising, maths, pictures and links, differences."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls
from archiver.datasette_plugin import history, maths, pieces, reading, sanitise
from archiver.datasette_plugin.pieces import End, Start, Text, Trusted

BASE = "http://lamp.example/archives/11"
PICTURE = reading.Picture("http://lamp.example/pic/a.png", "/image/aa", 960, 540, "alt", "A caption")
LOST = reading.Picture("http://lamp.example/pic/lost.png")
AROUND = reading.Surroundings(
    BASE,
    reading.by_address([PICTURE, LOST]),
    {urls.identity("http://lamp.example/archives/10"): "/post/3"},
)


def view(html: str, around: reading.Surroundings = AROUND) -> str:
    return reading.read(reading.harmless(html, None), around).html


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href=" &#1;javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>",
    '<math href="javascript:alert(1)">x</math>',
    "<style>@import url(http://evil.example/x.css)</style>",
    '<p style="background:url(http://evil.example/x.png)">x</p>',
    '<form action="http://evil.example"><input name=a autofocus onfocus=alert(1)><button>x</button></form>',
    '<meta http-equiv=refresh content="0;url=http://evil.example">',
    '<base href="http://evil.example/">',
    '<link rel=stylesheet href="http://evil.example/x.css">',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="http://evil.example/x.swf"></object><embed src=x>',
    '<video src="http://evil.example/x.mp4" poster="http://evil.example/x.png"></video>',
    '<img src="http://evil.example/pixel.gif" srcset="http://evil.example/2x.png 2x">',
    '<picture><source srcset="http://evil.example/x.avif"><img src="//evil.example/x.png"></picture>',
    '<table background="http://evil.example/x.png"><tr><td background=x>y</td></tr></table>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<textarea><img src=x onerror=alert(1)></textarea><title><img src=x onerror=alert(1)></title>",
    "<!--[if IE]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]>",
    "<template><script>alert(1)</script></template><xmp><script>alert(1)</script></xmp>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<b id=main class=skip>x</b><a name=evidence>y</a>",
    "$\\href{javascript:alert(1)}{x}$ $\\text{<img src=x onerror=alert(1)>}$",
    "$\\color{red;background:url(http://evil.example)}{x}$",
    '$$\\begin{equation}\\label{"onclick=alert(1)}x\\end{equation}$$ $\\unknown{<script>alert(1)</script>}$',
    '<a href="http://ok.example" target=_blank ping="http://evil.example" download>x</a>',
    '<div data-src="http://evil.example/x.png">x</div>',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<plaintext><script>alert(1)</script>",
    '<p lang="x" title="&quot;><script>alert(1)</script>">x</p>',
)
ELEMENTS = "img svg body video audio input marquee details iframe object math isindex".split()
EVENTS = "onerror onload onfocus ontoggle onmouseover onanimationstart onpointerenter onbegin".split()
QUOTES = ('{}="{}"', "{}='{}'", "{}={}", "\n{}\t=\f{}", "/{}/={}")
GENERATED = tuple(
    f"<{element} src=x href=javascript:alert(1) {quote.format(event, 'alert(1)')} autofocus tabindex=1>"
    for element in ELEMENTS
    for event in EVENTS
    for quote in QUOTES
)
HOSTILE = (*HOSTILE, "".join(GENERATED[::7]))
SAFE_TAGS = pieces.TAGS | maths.TAGS
SAFE_ATTRIBUTES = pieces.ATTRIBUTES | {
    "display",
    "displaystyle",
    "scriptlevel",
    "style",
    "rspace",
    "lspace",
    "stretchy",
}


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left(html: str) -> None:
    shown = view(f"before {html} after")
    assert "before" in shown
    for tag, attributes in Tags(shown).tags:
        assert tag in SAFE_TAGS, shown
        assert set(attributes) <= SAFE_ATTRIBUTES | {"mathvariant", "width", "form", "fence"}, shown
        assert "url(" not in (attributes.get("style") or "")
        assert re.match(r"https?://|mailto:|#|/", attributes.get("href") or "#"), shown
        assert (attributes.get("src") or "/").startswith("/"), shown
    assert "evil.example" not in re.sub(r">[^<]*<", "><", shown).replace('href="http://evil', "")


def test_no_handler_of_any_element_is_left() -> None:
    for html in GENERATED:
        shown = view(f"before {html} after")
        assert "alert" not in shown, html
        assert "javascript" not in shown, html


BITS = (*"<>/='\"& \n$\\{}^_", "script", "img", "src", "onload", "a", "href", "svg", "p", "style", "javascript:")


@given(st.lists(st.sampled_from(BITS)).map("".join))
def test_what_is_written_is_always_from_the_lists(html: str) -> None:
    shown = view(html)
    assert all(tag in SAFE_TAGS for tag, _ in Tags(shown).tags)
    assert not any(name.startswith("on") for _, attributes in Tags(shown).tags for name in attributes)


@given(st.text())
def test_plain_text_comes_back_as_it_went_in(text: str) -> None:
    text = text.replace("\r", "")
    again = pieces.read(pieces.write([Text(text)]))
    assert "".join(piece.value for piece in again if isinstance(piece, Text)) == text


def test_without_nh3_the_plain_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nh3", None)
    assert sanitise.clean("<p>x</p>") is None
    found = reading.harmless("<p>x</p><script>y</script>", "one <b>\ntwo\n\nthree")
    assert reading.read(found, AROUND).html == "<p>one &lt;b&gt;<br>two</p><p>three</p>"


def test_without_math_core_the_source_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "math_core", None)
    assert view("<p>$a&lt;b$ and $$c$$</p>") == (
        '<p><code class="tex">$a&lt;b$</code> and <code class="tex display">$$c$$</code></p>'
    )


@pytest.mark.parametrize(
    ("written", "balanced"),
    [
        ([Start("p"), Text("a"), Start("b"), End("p")], "<p>a<b></b></p>"),
        ([End("p"), Text("a&<")], "a&amp;&lt;"),
        ([Start("script"), Text("x"), End("script")], "x"),
        ([Start("p", {"onclick": "x", "title": '"<'})], '<p title="&quot;&lt;"></p>'),
        ([Start("br"), Start("img", {"alt": "a"})], '<br><img alt="a">'),
        ([Trusted("<math></math>")], "<math></math>"),
    ],
)
def test_write(written: list[pieces.Piece], balanced: str) -> None:
    assert pieces.write(written) == balanced


IMG = '<img src="/image/aa" alt="{}" loading="lazy" decoding="async" width="{}" height="{}">'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<img src="/pic/a.png" alt="x">', IMG.format("x", 960, 540)),
        ('<img src="//lamp.example/pic/a.png">', IMG.format("alt", 960, 540)),
        ('<img src="data:image/gif;base64,R0" data-any-name="../pic/a.png">', IMG.format("alt", 960, 540)),
        ('<img src="small.png" srcset="x.png 1x, /pic/a.png 2x">', IMG.format("alt", 960, 540)),
        ('<img src="/pic/a.png" width="480">', IMG.format("alt", 480, 270)),
        ('<img src="/pic/a.png" width="4800">', IMG.format("alt", 960, 540)),
        (
            '<img src="/pic/lost.png" alt="A <lake>">',
            '<span class="missing" role="img" aria-label="picture not kept">A &lt;lake&gt;</span>',
        ),
        (
            '<img src="http://elsewhere.example/x.png">',
            '<span class="missing" role="img" aria-label="picture not kept">picture</span>',
        ),
        ('<a href="/pic/a.png">big</a>', '<a href="/image/aa">big</a>'),
        ('<a href="/archives/10/?utm_source=x">other</a>', '<a href="/post/3" class="kept">other</a>'),
        (
            '<a href="http://x.example/a?b=1&amp;c=2#d">x</a>',
            '<a href="http://x.example/a?b=1&amp;c=2#d" rel="noopener noreferrer nofollow">x</a>',
        ),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example" rel="noopener noreferrer nofollow">x</a>'),
        ('<a href="#n1">1</a><i id="n1">n</i>', '<a href="#in-post-n1">1</a><i id="in-post-n1">n</i>'),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<h3>a</h3>", "<h2>a</h2>"),
        ("<h3>a</h3><h2>b</h2><h5>c</h5><h3>d</h3>", "<h2>a</h2><h2>b</h2><h3>c</h3><h3>d</h3>"),
        ('<h2>a<a href="#a">#</a></h2><p><a href="#a">#</a></p>', '<h2>a</h2><p><a href="#in-post-a">#</a></p>'),
        ('<h2><a href="/archives/10">b</a></h2>', '<h2><a href="/post/3" class="kept">b</a></h2>'),
        ("<div><p>A  caption</p></div>", '<div><p class="caption">A  caption</p></div>'),
        ("<p>No caption</p>", "<p>No caption</p>"),
        ("<pre>$x$</pre>", '<pre tabindex="0">$x$</pre>'),
        (
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
            '<div class="wide" tabindex="0" role="group" aria-label="table">'
            "<table><tbody><tr><td>1</td></tr></tbody></table></div>",
        ),
    ],
)
def test_reading(html: str, shown: str) -> None:
    assert view(html) == shown


def test_pictures_that_the_html_does_not_show_are_the_rest() -> None:
    assert reading.read(reading.harmless("<p>x</p>", None), AROUND).rest == (PICTURE,)
    assert reading.read(reading.harmless('<img src="/pic/a.png">', None), AROUND).rest == ()


def test_addresses_of_links() -> None:
    found = reading.harmless(
        '<a href="/a/">x</a><a href="mailto:x@y.z">y</a><a>z</a><a href="https://www.b.example">', ""
    )
    assert reading.addresses(found, BASE) == {urls.identity("http://lamp.example/a"), urls.identity("http://b.example")}


MATHS = (
    ("<p>$x^2$</p>", "<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>"),
    ("<p>$5 and $10</p>", "<p>$5 and $10</p>"),
    ("<p>a \\$ b</p>", "<p>a $ b</p>"),
    ("<code>$x$</code>", "<code>$x$</code>"),
    ("<p>$\\bad x$.</p>", '<p><code class="tex">$\\bad x$</code>.</p>'),
    ("<p>$x$，y</p>", '<p><span class="nowrap"><math><mi>x</mi></math>，</span>y</p>'),
    ("<p>a<br>b</p>", "<p>a<br>b</p>"),
    ("<p>$x=\\eqref{a}$</p>", "<p><math><mi>x</mi><mo>=</mo><mtext><mrow>(??)</mrow></mtext></math></p>"),
)


@pytest.mark.parametrize(("html", "shown"), MATHS)
def test_maths(html: str, shown: str) -> None:
    assert view(html) == shown


CONVERTED = (
    "$$a\\label{x}$$",
    "\\begin{equation}\\begin{split}a&=b\\\\c&=d\\end{split}\\end{equation}",
    "\\begin{eqnarray}a&=&b\\end{eqnarray}",
    "\\begin{align}a&=b\\\\c&=d\\end{align}",
    "$$x=1\\tag{3}$$",
    "$\\mbox{if } x$",
    "$\\require{cancel}x$",
    "$$\\bbox[5px]{a}$$",
    "\\(\\widetilde{x}\\)",
    "\\[\\DeclareMathOperator{\\foo}{foo}\\foo x\\]",
    "$\\newcommand{\\R}{\\mathbb{R}}x\\in\\R$",
    "$\\left\\{\\begin{aligned}a\\\\b\\end{aligned}\\right.$",
    "\\begin{equation}a<br>b\\end{equation}",
)


@pytest.mark.parametrize("tex", CONVERTED)
def test_what_people_write_is_converted(tex: str) -> None:
    shown = view(f"<p>{tex.replace('&', '&amp;')}</p>")
    assert shown.count("<math") == 1
    assert "<code" not in shown


def test_macros_numbers_and_references_reach_through_the_post() -> None:
    shown = view(
        "<p>see \\eqref{b} and \\ref{b} $\\newcommand{\\vv}{\\mathbf{v}}$</p>"
        "<p>\\begin{equation}a\\end{equation}</p><p>\\begin{equation}\\vv\\label{b}\\end{equation}</p>"
    )
    assert shown.count('<a href="#eq-b">(2)</a>') == 2
    assert 'id="eq-b"' in shown
    assert "<code" not in shown


def test_a_formula_without_end_costs_no_time_and_loses_nothing() -> None:
    assert "x" * 50 in view("<p>$" + "x" * 100_000 + "</p>")
    bomb = "$" + "\\newcommand{\\a}{\\a\\a}\\a" + "$"
    assert view(f"<p>{bomb}</p>") == f'<p><code class="tex">{bomb}</code></p>'


@pytest.mark.parametrize(
    ("mathml", "verdict"),
    [
        ("<math><mi>x</mi></math>", True),
        ('<math><a href="#eq-x">1</a></math>', True),
        ('<math><mi style="color:#F00;">x</mi></math>', True),
        ("<math><mi>x</math>", False),
        ("<p>x</p>", False),
        ("<math><script>x</script></math>", False),
        ('<math><a href="javascript:x">1</a></math>', False),
        ('<math onclick="x"></math>', False),
        ('<math><mi style="background:url(x)">x</mi></math>', False),
        ('<math><mi style="a:b\\28">x</mi></math>', False),
    ],
)
def test_harmless(mathml: str, verdict: bool) -> None:
    assert maths.harmless(mathml) is verdict


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a $x$ b \\begin{equation} f…", "a $x$ b…"),
        ("costs $5 and…", "costs $5 and…"),
        ("is $x_1 + …", "is…"),
        ("\\[a + …", "…"),
        ("whole $x_1", "whole $x_1"),
    ],
)
def test_a_torn_formula_is_left_out(text: str, kept: str) -> None:
    assert maths.without_torn_end(text) == kept


def changes(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in history.difference(before, after)]


def test_differences_are_of_words_and_characters() -> None:
    assert changes("the old word", "the new word") == [
        ("same", "the "),
        ("gone", "old"),
        ("new", "new"),
        ("same", " word"),
    ]
    assert changes("图书馆里", "图书室里") == [("same", "图书"), ("gone", "馆"), ("new", "室"), ("same", "里")]
    assert changes("", "x") == [("new", "x")]


def test_long_stretches_that_stayed_are_cut() -> None:
    found = changes("a " * 300 + "x", "a " * 300 + "y")
    assert [kind for kind, _ in found] == ["cut", "same", "gone", "new"]


@given(st.text(), st.text())
def test_a_difference_holds_all_that_changed(before: str, after: str) -> None:
    found = history.difference(before, after)
    if not any(part.kind == "cut" for part in found):
        assert "".join(part.text for part in found if part.kind != "new") == before
        assert "".join(part.text for part in found if part.kind != "gone") == after


def test_revisions_go_back_from_what_is_now() -> None:
    rows = [
        {"changed_at": "2020", "before": '{"title": "one", "tags": ["a", "b"]}'},
        {"changed_at": "2021", "before": '{"title": "two", "published": {"value": "2019-01-01", "raw": "1 Jan"}}'},
        {"changed_at": "2022", "before": "not json"},
    ]
    found = history.revisions(rows, {"title": "three", "tags": '["a"]', "published": "2019-01-02"})
    assert [(revision.when, [one.field for one in revision.differences]) for revision in found] == [
        ("2022", []),
        ("2021", ["title", "published"]),
        ("2020", ["title", "tags"]),
    ]
    assert [(part.kind, part.text) for part in found[2].differences[0].parts] == [("gone", "one"), ("new", "two")]
