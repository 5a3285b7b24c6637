from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.models import RawDate, RawPost, Where
from archiver.parse.document import Document, read
from archiver.parse.post import learn_post_profile, read_post
from archiver.parse.post_body import is_small_print
from archiver.parse.post_profile import PostProfile, find, learn_path, title_furniture
from archiver.parse.post_weights import probes, step
from archiver.parse.post_words import BODIES, is_neighbour, is_section, is_tail, path_kind
from archiver.text import fragment

SITE = "http://blog.example"
WORDS = (
    "The river rose in the night and by morning the lower fields were a lake with hedges in it.",
    "We measured the depth at every gate with a marked pole and wrote the figures on the barn door.",
    "Nobody had seen the heron before, but it stood on the third gate as if it had always been there.",
    "In the afternoon the water fell by a hand's breadth and left a line of straw along the wall.",
)


NAMES = ("adder", "bittern", "curlew", "dunlin", "egret", "falcon", "goshawk", "harrier", "ibis", "jackdaw")


def lines_of(number: int) -> list[str]:
    return [f"{text} Only the {NAMES[number]} of gate {at} knew." for at, text in enumerate(WORDS[number % 2 :])]


def body_of(number: int) -> str:
    return "".join(f"<p>{line}</p>" for line in lines_of(number))


def page(body: str, number: int = 1, head: str = "", title: str | None = None) -> Document:
    title = f"Post {number} by the river" if title is None else title
    url = f"{SITE}/2019/post-{number}/"
    return read(f"<html lang=en><head><title>{title} | River Notes</title>{head}</head><body>{body}</body></html>", url)


def themed(number: int, inside: str = "", outside: str = "") -> Document:
    """A page of a blog: the body in a container without any telling name, furniture around it and in it."""
    return page(
        f'<div id="top"><h1><a href="/">River Notes</a></h1><ul><li><a href="/about/">About</a></li></ul></div>'
        f'<div class="a1"><div class="b"><h2>Post {number} by the river</h2><span>By Ann Lee | 2019-03-0{number} | '
        f'{number}12 views</span><div class="c">{body_of(number)}{inside}'
        '<p><em>Please name the source: <a href="x">this page</a></em></p>'
        '<div class="z">Theme by somebody</div></div></div>'
        f'<p>Tags: <a href="/tag/water/">water</a>, <a href="/tag/n{number}/">n{number}</a></p>{outside}</div>'
        '<div class="r"><h3>New</h3><ul><li><a href="/2019/post-9/">A new post about the heron</a></li></ul></div>',
        number,
    )


def post(number: int = 1, inside: str = "", outside: str = "", **known: str) -> RawPost:
    profile = learn_post_profile([(themed(each), "") for each in (4, 5, 6, 7)])
    return read_post(themed(number, inside, outside), profile=profile, **known)


def test_the_body_is_what_differs_from_post_to_post() -> None:
    found = post(1)
    assert found.text == "\n\n".join(lines_of(1))
    assert found.evidence["content"] == "learned: div.c"
    assert "<p>" in found.content_html
    assert "Please name" not in found.content_html


def test_what_the_page_says_of_the_post() -> None:
    found = post(2)
    assert found.url == f"{SITE}/2019/post-2/"
    assert found.title == "Post 2 by the river"
    assert found.author == "Ann Lee"
    assert found.tags == ("water", "n2")
    assert found.dates == (RawDate("2019-03-02", Where.BLOCK, "printed"),)
    assert found.language == "en"
    assert found.category is found.series is found.next_part is found.canonical is None


def test_code_formulas_and_pictures_of_the_body() -> None:
    found = post(
        3, '<pre>x = 1\n  y</pre><p>so $a  <br> b$</p><figure><img src="/a.png"><figcaption>Cap</figcaption></figure>'
    )
    assert "x = 1\n  y" in found.text
    assert "$a  \n b$" in found.text
    assert [(image.url, image.caption) for image in found.images] == [(f"{SITE}/a.png", "Cap")]


def test_a_profile_reads_back() -> None:
    profile = learn_post_profile([(themed(each), "") for each in (1, 2, 3)])
    assert PostProfile.from_dict(profile.to_dict()) == profile
    assert all(isinstance(value, str) for value in profile.to_dict().values())
    assert PostProfile.from_dict({}) == PostProfile()


@settings(deadline=None)
@given(
    st.builds(
        PostProfile,
        path=st.text(max_size=20),
        rule=st.text(max_size=9),
        prefix=st.text(max_size=9),
        suffix=st.text(max_size=9),
        repeated=st.lists(st.text(alphabet="abc中", min_size=1), max_size=3).map(tuple),
    )
)
def test_any_profile_reads_back(profile: PostProfile) -> None:
    assert PostProfile.from_dict(profile.to_dict()) == profile


def test_nothing_to_learn_from() -> None:
    assert learn_post_profile([]) == PostProfile()


@pytest.mark.parametrize("source", ["", "<html>", "\0\1", "<p></p>", "<title>x</title><div></div>"])
def test_an_empty_page_gives_an_empty_post(source: str) -> None:
    found = read_post(read(source, f"{SITE}/1/"))
    assert (found.text, found.images, found.dates, found.tags) == ("", (), (), ())


@settings(deadline=None)
@given(st.text(alphabet="<>/divparticle=\"' h1sonem&;2019-", max_size=200))
def test_no_page_raises(source: str) -> None:
    assert read_post(read(source, f"{SITE}/1/")).url == f"{SITE}/1/"


def declared(markup: str) -> Callable[[int], Document]:
    """Pages on which the element in ``markup`` holds the body beside a longer part that is not."""
    other = "<div class='x'>" + "".join(f"<div><span>{text}</span></div>" for text in WORDS) + "</div>"
    return lambda number: page(markup.format(body=body_of(number)) + other + f"<p>{number}</p>", number)


BODY_MARKUP = (
    '<article itemprop="articleBody">{body}</article>',
    '<div class="h-entry"><div class="e-content">{body}</div></div>',
    '<div class="post"><div class="head">by us</div><div class="entry-content">{body}</div></div>',
    '<table><tr><td><div id="post-body">{body}</div></td></tr></table>',
)


@pytest.mark.parametrize("markup", BODY_MARKUP)
def test_a_declared_body(markup: str) -> None:
    found = read_post(declared(markup)(1))
    assert found.text.startswith("We measured")
    assert found.text.endswith("gate 2 knew.")
    assert found.evidence["content"].startswith("declared on this page")


def test_every_name_of_a_body_is_one_class() -> None:
    assert all(name == name.lower() and " " not in name for name in BODIES)


def test_the_excerpt_must_stay_inside() -> None:
    lead = "<div class='lead'><p>A lead that the index prints as its excerpt.</p></div>"
    made = [page(f"<main>{lead}<div class='rest'>{body_of(n)}</div></main>", n) for n in (1, 2, 3)]
    without = read_post(made[0], profile=learn_post_profile([(doc, "") for doc in made]))
    excerpt = "A lead that the index prints as its excerpt."
    with_excerpt = read_post(made[0], profile=learn_post_profile([(doc, excerpt) for doc in made]), excerpt=excerpt)
    assert "A lead" not in without.text
    assert with_excerpt.text.startswith("A lead that")


def test_a_page_of_another_shape_is_read_by_itself() -> None:
    profile = learn_post_profile([(themed(each), "") for each in (1, 2, 3)])
    found = read_post(page(f"<main><article>{body_of(8)}</article></main>"), profile=profile)
    assert found.text.startswith(WORDS[0])
    assert "on this page" in found.evidence["content"]


def test_a_page_that_is_all_text() -> None:
    found = read_post(page(f"{body_of(1)}<p>Licensed under CC BY</p>"))
    assert found.text == "\n\n".join(lines_of(1))
    assert found.evidence["content"] == "running text of the page"


def test_sections_of_one_post_stay_together() -> None:
    sections = "".join(f"<section><h2>Part {at}</h2><p>{text}</p></section>" for at, text in enumerate(WORDS))
    found = read_post(page(f"<main><div class='w'>{sections}</div></main>"))
    assert all(text in found.text for text in WORDS)


TAILS = (
    ("a licence", "<p>Licensed under CC BY 4.0.</p>"),
    ("a licence, Chinese", "<p>转载请注明出处</p>"),
    ("a donation", "<p>Buy me a coffee</p>"),
    ("tags", '<p>Tags: <a href="/tag/a/">a</a></p>'),
    ("linked tags", '<p><a rel="tag" href="/x/">a</a> <a rel="tag" href="/y/">b</a></p>'),
    ("neighbours", '<p><a href="/1/">Previous post</a></p><p><a href="/2/">Next: the sea</a></p>'),
    ("neighbours, Chinese", '<p>上一篇：<a href="/1/">海</a></p>'),
    ("a form", "<form><p>Your name</p></form>"),
    ("navigation", "<nav><p>Older and newer ones</p></nav>"),
    ("related posts", '<h3>Related posts</h3><ul><li><a href="/3/">Three gates</a></li></ul>'),
    ("related, Chinese", '<h3>相关文章</h3><ul><li><a href="/3/">三扇门</a></li></ul>'),
    ("comments", "<h3>3 Comments</h3><div class='comments'><p>I saw the heron too.</p></div>"),
    ("a named part", '<div class="post-copyright"><p>All of this is mine and nobody may print it.</p></div>'),
    ("sharing", '<div class="share-buttons"><a href="/x">Somewhere</a></div>'),
    ("a change", "<p>Last updated: 2020-01-01</p>"),
    ("nothing", "<p>&nbsp;</p><hr><div></div>"),
    ("an advertisement", '<div class="adsbygoogle">Buy these boots</div>'),
    (
        "a table of contents",
        '<ul class="x"><li><a href="#a">One</a></li><li><a href="#b">Two</a></li><li><a href="#c">Three</a></li></ul>',
    ),
)


@pytest.mark.parametrize(("name", "tail"), TAILS, ids=[row[0] for row in TAILS])
def test_furniture_at_the_end_stays_out(name: str, tail: str) -> None:
    found = read_post(page(f"<main><div class='entry-content'>{body_of(1)}{tail}</div></main>"))
    assert found.text == "\n\n".join(lines_of(1))


HEADS = (
    ("the title", "<h1>Post 1 by the river</h1>"),
    ("a meta line", "<p>Posted by Ann Lee on March 6, 2019</p>"),
    ("a meta line, Chinese", "<p>作者：苏 | 2019-03-06 | 327位读者</p>"),
    ("a byline", "<p>By Ann Lee</p>"),
    ("a date", "<span>2019-03-06</span>"),
    ("a header", "<header><h2>Post 1 by the river</h2><span>6 Mar</span></header>"),
    ("a named line", '<p class="post-meta">somewhere by the river</p>'),
)


@pytest.mark.parametrize(("name", "head"), HEADS, ids=[row[0] for row in HEADS])
def test_furniture_at_the_start_stays_out(name: str, head: str) -> None:
    found = read_post(page(f"<main><div class='entry-content'>{head}{body_of(1)}</div></main>"))
    assert found.text.startswith("We measured")


AUTHORS_OWN = (
    ("a heading", "<h2>Introduction</h2>"),
    ("a date in a sentence", "<p>On 2019-03-06 the river rose for the first time that year.</p>"),
    ("a note with a date", "<p>Update 2019-03-06: the link is mended</p>"),
    ("a byline with more", "<p>By Ann Lee, keeper of the gates at the lower mill</p>"),
    ("a section named like furniture", f"<h2>Discussion</h2><p>{WORDS[0]}</p><p>{WORDS[1]}</p><p>{WORDS[2]}</p>"),
    ("an id made from its heading", '<h2 id="share-the-load">Share the load</h2><p>x y z</p>'),
    ("a section with such an id", '<section id="related"><h2>Related work</h2></section><p>x y z</p>'),
    ("a callout", '<div class="tip"><p>Bring a pole.</p></div>'),
    ("footnotes", '<footer class="footnotes"><p>1. A pole of ash.</p></footer>'),
    ("code with a tool bar", '<div class="code-toolbar"><pre>x = 1</pre></div>'),
    ("a comment in code", '<pre><span class="token comment"># share</span></pre>'),
    ("a sentence that begins with Next", "<p>Next I will mend the third gate.</p>"),
    ("a link at the end", '<p><a href="http://other.example/">The map of the mill</a></p>'),
    ("prose under a word", "<p>Copyright law says little about herons.</p>"),
    ("a quoted footer", "<blockquote><p>q</p><footer>Ann Lee</footer></blockquote>"),
)


@pytest.mark.parametrize(("name", "own"), AUTHORS_OWN, ids=[row[0] for row in AUTHORS_OWN])
@pytest.mark.parametrize("at_end", [True, False])
def test_what_is_the_authors_stays(name: str, own: str, at_end: bool) -> None:
    inside = body_of(1) + own if at_end else own + body_of(1)
    found = read_post(page(f"<main><div class='entry-content'>{inside}</div></main>"))
    text = "".join(fragment(own).text_content().split())
    assert text in "".join(found.text.replace("> ", "").split())
    assert WORDS[2] in found.text


def test_lines_that_repeat_at_the_edges_are_learned() -> None:
    sign = "<p>Read on with a lamp and a friend, always.</p>"
    made = [page(f"<main><div class='c'>{body_of(n)}{sign}</div></main>", n) for n in range(1, 5)]
    profile = learn_post_profile([(doc, "") for doc in made])
    assert "with a lamp" not in read_post(made[0], profile=profile).text
    assert "with a lamp" in read_post(made[0]).text


def test_headings_and_formulas_that_repeat_stay() -> None:
    ends = "<h2>References</h2><p>as $x$ and $y$ show in every post</p>"
    made = [page(f"<main><div class='c'><h2>Preface</h2>{body_of(n)}{ends}</div></main>", n) for n in range(1, 5)]
    text = read_post(made[0], profile=learn_post_profile([(doc, "") for doc in made])).text
    assert text.startswith("Preface")
    assert text.endswith("References\n\nas $x$ and $y$ show in every post")


TITLES = (
    (
        "a heading that the page title holds",
        "<h1>River Notes</h1><h2>The gate</h2>",
        "The gate - River Notes",
        "",
        "The gate",
    ),
    (
        "the declared title",
        "<h1>River Notes</h1>",
        "River Notes",
        '<meta property="og:title" content="The gate">',
        "The gate",
    ),
    (
        "the site's name cut off",
        "<p>x</p>",
        "The gate | Notes",
        '<meta property="og:site_name" content="Notes">',
        "The gate",
    ),
    ("in front", "<p>x</p>", "Notes: a - The gate", '<meta property="og:site_name" content="Notes: a">', "The gate"),
    (
        "a headline in JSON-LD",
        "<p>x</p>",
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "A &amp; B"}</script>',
        "A & B",
    ),
    ("a heading above the body", "<div><h3>The gate</h3></div>", "", "", "The gate"),
    ("a heading's mark", '<h1>The gate<a href="#t">#</a></h1>', "The gate", "", "The gate"),
    ("none", "<p>x</p>", "", "", ""),
)


@pytest.mark.parametrize(("name", "markup", "title", "head", "expected"), TITLES, ids=[row[0] for row in TITLES])
def test_titles(name: str, markup: str, title: str, head: str, expected: str) -> None:
    source = (
        f"<title>{title}</title>{head}<body><main>{markup}<div class='entry-content'>{body_of(1)}</div></main></body>"
    )
    assert read_post(read(source, f"{SITE}/1/")).title == expected


def test_the_title_of_the_index_names_its_heading() -> None:
    source = f"<title>Notes</title><body><h1>Notes</h1><h2>New</h2><h2>The gate</h2><div>{body_of(1)}</div></body>"
    assert read_post(read(source, f"{SITE}/1/"), title="The gate").title == "The gate"


FURNITURE = (
    (["A - Notes", "B C - Notes", "D - Notes"], ("", "- Notes")),
    (["Notes | A", "Notes | B"], ("Notes |", "")),
    (["Notes", "Notes"], ("", "Notes")),
    (["A", "B"], ("", "")),
    (["A - Notes"], ("", "")),
    (["", ""], ("", "")),
    (["The gate", "The gate again"], ("", "")),
)


@pytest.mark.parametrize(("titles", "expected"), FURNITURE)
def test_what_page_titles_share(titles: list[str], expected: tuple[str, str]) -> None:
    assert title_furniture(titles) == expected


def around(markup: str, head: str = "", after: str = "") -> RawPost:
    return read_post(
        page(
            f"<main><article><h1>Post 1 by the river</h1>{markup}<div class='entry-content'>{body_of(1)}</div>{after}"
            "</article></main>",
            head=head,
        )
    )


DATES = (
    (
        "JSON-LD",
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2019-03-06T10:00:00Z",'
        '"dateModified": "2020-01-01"}</script>',
        [("2019-03-06T10:00:00Z", Where.DECLARED, False), ("2020-01-01", Where.DECLARED, True)],
    ),
    (
        "meta",
        "",
        '<meta property="article:published_time" content="2019-03-06">',
        [("2019-03-06", Where.DECLARED, False)],
    ),
    (
        "meta, modified",
        "",
        '<meta property="article:modified_time" content="2019-03-06">',
        [("2019-03-06", Where.DECLARED, True)],
    ),
    (
        "microdata",
        '<i itemprop="datePublished" content="2019-03-06">x</i>',
        "",
        [("2019-03-06", Where.DECLARED, False)],
    ),
    (
        "a time",
        '<time datetime="2019-03-06">6 March</time>',
        "",
        [
            ("2019-03-06", Where.TIME_ATTRIBUTE, False),
            ("6 March", Where.TIME_TEXT, False),
            ("6 March", Where.BLOCK, False),
        ],
    ),
    (
        "a time of change",
        'Updated: <time datetime="2020-01-01"></time>',
        "",
        [("2020-01-01", Where.TIME_ATTRIBUTE, True)],
    ),
    ("printed", "<p>Posted on March 6, 2019 by Ann</p>", "", [("March 6, 2019", Where.BLOCK, False)]),
    ("printed, of change", "<p>Last modified: 2020-01-01</p>", "", [("2020-01-01", Where.BLOCK, True)]),
    ("in a list of others", '<div class="related"><p>Heron, 2018-01-01</p></div>', "", []),
    ("in navigation", "<nav><p>2018-01-01</p></nav>", "", []),
    ("in a long text", f"<p>{WORDS[0] * 3} 2018-01-01</p>", "", []),
)


@pytest.mark.parametrize(("name", "markup", "head", "expected"), DATES, ids=[row[0] for row in DATES])
def test_dates(name: str, markup: str, head: str, expected: list[tuple[str, Where, bool]]) -> None:
    assert [(date.raw, date.where, date.modified) for date in around(markup, head).dates] == expected


@pytest.mark.parametrize(
    "after",
    [
        '<div id="comments"><p>Bob <time datetime="2021-10-28">October 28th, 2021</time></p></div>',
        '<ol class="comment-list"><li>wh <span>October 28th, 2021</span></li></ol>',
        '<aside class="widget"><p>2021-10-28</p></aside>',
    ],
)
def test_dates_of_others_are_not_the_posts(after: str) -> None:
    assert around("<p>2019-03-06</p>", after=after).dates == (RawDate("2019-03-06", Where.BLOCK, "printed"),)


AUTHORS = (
    (
        "JSON-LD",
        "",
        '<script type="application/ld+json">{"@type": "Article", "author": [{"name": "Ann"}]}</script>',
        "Ann",
    ),
    ("microdata", '<span itemprop="author">By Ann Lee —</span>', "", "Ann Lee"),
    ("a meta line", "<p>By 苏剑林 | 2019-03-06 | 327 views</p>", "", "苏剑林"),
    ("a label", "<p>作者：苏 · 2019-03-06</p>", "", "苏"),
    ("meta", "", '<meta name="author" content="Ann">', "Ann"),
    ("a handle is no name", "", '<meta name="twitter:creator" content="@ann">', None),
    ("a profile's address is no name", "", '<meta property="article:author" content="https://a.example/ann">', None),
    ("none", "<p>2019-03-06</p>", "", None),
)


@pytest.mark.parametrize(("name", "markup", "head", "expected"), AUTHORS, ids=[row[0] for row in AUTHORS])
def test_authors(name: str, markup: str, head: str, expected: str | None) -> None:
    assert around(markup, head).author == expected


LABELS = (
    ("rel", '<a rel="category tag" href="/c/a/">A</a> <a rel="tag" href="/t/b/">B</a>', "", "A", ("B",)),
    (
        "labels",
        '<p>分类：<a href="/x/">甲</a> 标签：<a href="/y/">乙</a>, <a href="/z/">丙</a></p>',
        "",
        "甲",
        ("乙", "丙"),
    ),
    (
        "paths",
        '<p><a href="/categories/a/">A</a> <a href="/tags/b/">#b</a> <a href="/?tag=c">c</a></p>',
        "",
        "A",
        ("b", "c"),
    ),
    ("a path of another site", '<p><a href="http://other.example/tag/b/">b</a></p>', "", None, ()),
    ("the list of all tags", '<p><a href="/tags/">Tags</a></p>', "", None, ()),
    (
        "meta",
        "",
        '<meta property="article:tag" content="a, b"><meta property="article:section" content="S">',
        "S",
        ("a", "b"),
    ),
    (
        "JSON-LD",
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "keywords": ["a", "b"], '
        '"articleSection": ["S", "T"]}</script>',
        "S",
        ("a", "b"),
    ),
    (
        "keywords in a row",
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "keywords": "a, b"}</script>',
        None,
        ("a", "b"),
    ),
    ("a cloud", '<div class="tagcloud"><a href="/tag/a/">a</a></div>', "", None, ()),
    ("too many", "".join(f'<a href="/tag/{n}/">{n}</a>' for n in range(60)), "", None, ()),
)


@pytest.mark.parametrize(("name", "markup", "head", "category", "tags"), LABELS, ids=[row[0] for row in LABELS])
def test_categories_and_tags(name: str, markup: str, head: str, category: str | None, tags: tuple[str, ...]) -> None:
    found = around("", head, after=markup)
    assert (found.category, found.tags) == (category, tags)


SERIES = (
    ('<p>Part of <a href="/series/gates/">Gates</a></p>', "", "Gates"),
    ('<p><a href="/series/">Series</a></p>', "", None),
    (
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "isPartOf": {"@type": "CreativeWorkSeries", '
        '"name": "Gates"}}</script>',
        "Gates",
    ),
    (
        "",
        '<script type="application/ld+json">{"@type": "BlogPosting", "isPartOf": {"@type": "Blog"}}</script>',
        None,
    ),
)


@pytest.mark.parametrize(("markup", "head", "series"), SERIES)
def test_series(markup: str, head: str, series: str | None) -> None:
    assert around(markup, head).series == series


PARTS = (
    ("/2019/x/", "/2019/x/2/", True),
    ("/2019/x/", "/2019/x/page/2/", True),
    ("/2019/x.html", "/2019/x_2.html", True),
    ("/2019/x.html", "/2019/x/2.html", True),
    ("/2019/x/", "?page=2", True),
    ("/x.php?id=7", "/x.php?id=7&page=2", True),
    ("/2019/x/2/", "/2019/x/3/", True),
    ("/x.php?page=2", "/x.php?page=3", True),
    ("/2019/x/", "/2019/x/3/", False),
    ("/2019/x/", "/2019/y/", False),
    ("/2019/x/", "/2019/x/#comments", False),
    ("/archives/6191", "/archives/6192", False),
    ("/2019/x/", "/2019/x/comment-page-2/", False),
)


@pytest.mark.parametrize(("url", "href", "is_part"), PARTS)
def test_the_next_part_of_a_post(url: str, href: str, is_part: bool) -> None:
    doc = read(
        f"<main><h1>T</h1><div class='entry-content'>{body_of(1)}</div><p>Pages: <a href='{href}'>2</a></p></main>",
        f"{SITE}{url}",
    )
    assert (read_post(doc).next_part is not None) == is_part


PHRASES = (
    (is_tail, "Licensed under CC BY", True),
    (is_tail, "转载到请包括本文地址：http://blog.example/1", True),
    (is_tail, "© 2019 Ann", True),
    (is_tail, "3 comments", True),
    (is_tail, "Tags: a, b", True),
    (is_tail, "Tags are a way to sort", False),
    (is_tail, "Next I will mend the gate", False),
    (is_tail, "Shared memories of the mill", False),
    (is_tail, "Licensed under " + "x" * 400, False),
    (is_neighbour, "Next post", True),
    (is_neighbour, "上一篇 海", True),
    (is_neighbour, "Nextcloud at home", False),
    (is_section, "Related Posts", True),
    (is_section, "12 Comments", True),
    (is_section, "你也许还对下面的内容感兴趣", True),
    (is_section, "Related work", False),
)


@pytest.mark.parametrize(("told", "text", "expected"), PHRASES)
def test_phrases(told: Callable[[str], bool], text: str, expected: bool) -> None:
    assert told(text) is expected


SMALL_PRINT = (
    ("2019-03-06", True),
    ("By Ann Lee | 6 March 2019 | 12 views", True),
    ("6 min lectura. 09 de noviembre de 2023 [Inspiración] #Fantasía medieval", True),
    ("发布于 2019-03-06 · 分类: 数学", True),
    ("Update 2019-03-06: mended", False),
    ("On 2019-03-06 we went to the mill and stayed there all day", False),
    ("Ann Lee", False),
    ("", False),
    ("2019-03-06 " * 30, False),
)


@pytest.mark.parametrize(("text", "expected"), SMALL_PRINT)
def test_small_print(text: str, expected: bool) -> None:
    assert is_small_print(text, None) is expected


HREFS = (
    ("/tag/x/", "tags"),
    ("/TAGS/x", "tags"),
    ("/?tag=x", "tags"),
    ("/category/x", "category"),
    ("/?cat=3", "category"),
    ("/tags/", ""),
    ("/2019/tag", ""),
    ("", ""),
)


@pytest.mark.parametrize(("href", "kind"), HREFS)
def test_what_a_path_leads_to(href: str, kind: str) -> None:
    assert path_kind(href) == kind


STEPS = (
    ('<div id="main" class="a b1 c"></div>', "div#main.a.c"),
    ('<div id="post-12"></div>', "div"),
    ('<div id="a.b" class="x.y z"></div>', "div.z"),
    ("<p></p>", "p"),
)


@pytest.mark.parametrize(("source", "expected"), STEPS)
def test_an_element_as_a_step(source: str, expected: str) -> None:
    assert step(fragment(source)[0]) == expected


def test_a_path_is_found_again() -> None:
    doc = page('<div id="a"><p>x</p><div class="b c">one</div><div class="b c">one and more</div></div>')
    found = find(doc, "div#a > div.b")
    assert found is not None
    assert found.text == "one and more"
    assert find(doc, "section > div.b") is not None
    assert find(doc, "section > ul") is None
    assert find(doc, "") is None


def test_learning_walks_through_wrappers_of_one_page() -> None:
    path, rule = learn_path([(page(f"<div><div id='w'><section>{body_of(1)}</section></div></div>"), "")])
    assert (path, rule) == ("div > div#w > section", "learned")


PROBES = (("", ()), ("short", ("short",)), ("a" * 12, ("a" * 12,)))


@pytest.mark.parametrize(("excerpt", "expected"), PROBES)
def test_pieces_of_an_excerpt(excerpt: str, expected: tuple[str, ...]) -> None:
    assert probes(excerpt) == expected


@settings(deadline=None)
@given(st.text(max_size=100))
def test_pieces_stand_in_their_excerpt(excerpt: str) -> None:
    assert all(piece in "".join(excerpt.split()) for piece in probes(excerpt))


def test_the_tags_of_a_cloud_that_every_page_links_are_no_posts_own() -> None:
    cloud = "".join(f'<a href="/tags/{name}/">{name}</a> ' for name in ("sea", "wind", "rope", "tide"))

    def page(name: str, own: str) -> Document:
        text = f"{name} is what this is about, and it goes on for a while so that it is a body. " * 6
        return read(
            f"<html><body><main><article><h1>About {name}</h1><div><p>{text}</p></div>"
            f'<p class="tags"><a href="/tags/{own}/" rel="tag">{own}</a></p></article><div>{cloud}</div></main>',
            f"http://x.example/{name}/",
        )

    docs = [page("ice", "winter"), page("nets", "work"), page("oars", "boats")]
    profile = learn_post_profile([(doc, "") for doc in docs])
    assert [set(read_post(doc, profile=profile).tags) - {"winter", "work", "boats"} for doc in docs] == [set()] * 3
    assert PostProfile.from_dict(profile.to_dict()) == profile


def test_the_heading_of_the_title_goes_though_the_text_begins_with_the_same_word() -> None:
    words_of_both = "Harbourmasters"
    html = (
        f"<div class=c><h1>{words_of_both} meet</h1><p>2021-09-10</p><p>{words_of_both} met twice. {WORDS[0]}</p></div>"
    )
    doc = page(html, title=f"{words_of_both} meet")
    found = read_post(doc, title=f"{words_of_both} meet", excerpt=f"{words_of_both} met twice. {WORDS[0]}")
    assert found.text == f"{words_of_both} met twice. {WORDS[0]}"


def test_the_title_of_the_index_is_found_in_a_page_title_with_names_before_it() -> None:
    doc = page(
        f'<div class="name">The heron at the gate</div><div class=c>{body_of(1)}</div>',
        title="Press: River: The heron at the gate",
    )
    assert read_post(doc, title="The heron at the gate").title == "The heron at the gate"


@pytest.mark.parametrize(
    "heading",
    [
        "Citation",
        "Související články",
        "Relaterade inlägg",
        "Kapcsolódó bejegyzések",
        "O autorze",
        "Lämna en kommentar",
    ],
)
def test_short_parts_under_such_headings_are_not_the_post(heading: str) -> None:
    part = f'<h3>{heading}</h3><p>Cite as: Lee 2019. <a href="/2019/post-9/">The heron</a></p>'
    assert post(inside=part).text == "\n\n".join(lines_of(1))
