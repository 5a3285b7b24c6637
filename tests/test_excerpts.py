from __future__ import annotations

import pytest

from archiver.parse.document import read
from archiver.parse.listing import read_listing
from archiver.text import plain
from archiver.words import strip_read_more

SITE = "http://blog.example"
BODIES = (
    "Cut above a bud that looks outward.",
    "Ten years of readings, and never less.",
    "Sixty people came, and beans.",
)


def excerpts_of(markup: str) -> list[str]:
    """What a page shows of its posts; ``{b}`` is the text of each, ``{n}`` its number from 1."""
    blocks = "".join(f"<article>{markup.format(b=body, n=n)}</article>" for n, body in enumerate(BODIES, 1))
    records = read_listing(read(f'<html lang="en"><body><main>{blocks}</main></body></html>', f"{SITE}/")).records
    return [" ".join(strip_read_more(plain(record.excerpt_html, captions=False)).split()) for record in records]


HEAD = "<h2><a href=/{n}>The post that has number {n}</a></h2>"
# Blocks that show the text of a post and, around it, what is not the post's.
FURNITURE = [
    HEAD + "<p>{b}</p>",
    HEAD + "<p>3 May 202{n}</p><p>{b}</p>",
    HEAD + "<p>Posted on 3 May 202{n} by Ann Lee</p><p>{b}</p>",
    HEAD
    + "<p class=meta>By <a href=/author/ann rel=author>Ann Lee</a> in <a href=/category/c{n}>C{n}</a></p><p>{b}</p>",
    HEAD + "<p>{b}</p><p>Tags: <a href=/tag/a{n}>a{n}</a>, <a href=/tag/b{n}>b{n}</a></p>",
    HEAD + "<p>{b}</p><ul><li><a href=/tag/a{n}>a{n}</a></li><li><a href=/tag/b{n}>b{n}</a></li></ul>",
    HEAD + "<p>{b}</p><a href=/{n}>Read more</a>",
    HEAD + "<p>{b} <a href=/{n}>Read more…</a></p>",
    HEAD + "<p>{b}</p><p>( <a href=/{n}>Read more</a> )</p>",
    HEAD + "<p>{b}</p><p><a href=/{n}#comments>{n} comments</a></p>",
    HEAD + "<p>{n} min read</p><p>{b}</p>",
    HEAD + "<p>{n}23 views</p><p>{b}</p>",
    HEAD + "<div><span>Pinned</span></div><p>{b}</p>",
    HEAD + "<p>{b}</p><div><a href=https://share.example/?u={n}>Share</a> <button>Like</button></div>",
    HEAD + "<p>{b}</p><form><input name=q><button>Send</button></form>",
    HEAD + "<dl><dt>Theme:</dt><dd><a href=/theme-{n}.html>Theme {n}</a></dd></dl><p>{b}</p>",
    "<p>3 May 202{n}</p>" + HEAD + "<p>{b}</p>",
]


def test_what_is_written_about_html_stays_text() -> None:
    assert excerpts_of("{b} Use &lt;em&gt; &amp; &amp;lt;." + HEAD) == [f"{body} Use <em> & &lt;." for body in BODIES]


@pytest.mark.parametrize("markup", FURNITURE)
def test_what_is_not_the_post_is_left_out(markup: str) -> None:
    assert excerpts_of(markup) == list(BODIES)


# Blocks whose text holds what looks like furniture and is none.
KEPT = [
    "<p>{b} I read on 3 May 202{n} that it is so.</p>",
    "<p>{b} See <a href=/tag/roses>all about roses</a> for more of this kind, and tell me.</p>",
    "<ul><li>{b}</li><li>A second thing.</li></ul>",
    "<blockquote><p>{b}</p></blockquote>",
    "<h3>{b}</h3><p>And so on: {b}</p>",
    "<p>{b}</p><pre>{b}\n</pre>",
]


@pytest.mark.parametrize("markup", KEPT)
def test_what_is_the_post_is_kept(markup: str) -> None:
    shown = excerpts_of(HEAD + markup)
    for n, (body, text) in enumerate(zip(BODIES, shown, strict=True), 1):
        plain_text = plain(markup.format(b=body, n=n), captions=False)
        assert text == " ".join(plain_text.split())


def test_a_list_of_titles_shows_nothing_of_its_posts() -> None:
    assert excerpts_of("3 May 202{n} <a href=/{n}>The post that has number {n}</a>") == ["", "", ""]


def test_formulas_and_paragraphs_stay() -> None:
    shown = excerpts_of(HEAD + "<p>{b} Let $a_{n} &lt; 1$.</p><p>Then \\(x\\): {b}</p>")
    assert shown == [f"{body} Let $a_{n} < 1$. Then \\(x\\): {body}" for n, body in enumerate(BODIES, 1)]
