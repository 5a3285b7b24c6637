from __future__ import annotations

import html

import pytest
from growing import LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.text import captions_of, formulas, fragment, inline, inner_html, outer_html, plain, tree
from archiver.text.balance import balanced
from archiver.text.mathml import to_tex
from archiver.text.tree import flatten, sparing

ROWS = (
    ("paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("white space is collapsed", "<p>  a \n\t b&nbsp;c  </p>", "a b c"),
    ("bare text between blocks", "one<p>two</p>three", "one\n\ntwo\n\nthree"),
    ("a break is a new line", "<p>one<br>two <br/> three</p>", "one\ntwo\nthree"),
    ("many breaks part paragraphs", "<p>one<br><br><br>two</p>", "one\n\ntwo"),
    ("a list", "<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("an unclosed list", "<ul><li>a<li>b</ul>", "- a\n- b"),
    ("a numbered list", "<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    (
        "numbers go on from start and value",
        '<ol start="3"><li>a</li><li value="9">b</li><li>c</li></ol>',
        "3. a\n9. b\n10. c",
    ),
    ("a start that is no number", '<ol start="x"><li>a</li></ol>', "1. a"),
    ("a list in a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    ("paragraphs in an item", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\nb"),
    ("an item without text", "<ul><li></li><li>b</li></ul><p>c</p>", "- b\n\nc"),
    ("a table", "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>", "x\ty\n1\t2"),
    ("an empty cell keeps its place", "<table><tr><td>1</td><td></td><td>3</td></tr></table>", "1\t\t3"),
    ("a table that lays out blocks", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"),
    ("a quote", "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n\n> b\n\nc"),
    ("a quote in a quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n\n> > b"),
    ("definitions", "<dl><dt>t</dt><dd>d</dd><dt>u</dt></dl>", "t\nd\nu"),
    (
        "code keeps its lines",
        "<pre><code>def f():\n    return 1\n\n  x\n</code></pre>",
        "def f():\n    return 1\n\n  x",
    ),
    ("code with breaks", "<pre>a<br>  b<br/>c</pre>", "a\n  b\nc"),
    ("code in lines of blocks", "<pre><div>a</div><div>  b</div></pre>", "a\n  b"),
    ("code in an ordered list", "<pre><ol><li>a</li><li>b</li></ol></pre>", "a\nb"),
    (
        "scripts, styles and forms are no text",
        "<p>a<script>b</script><style>c</style></p><select><option>d</select>",
        "a",
    ),
    ("no-script warnings are no text", "<p>a</p><noscript>switch it on</noscript>", "a"),
    ("invisible characters go", "<p>a\u200bb&shy;c\ufeff</p>", "abc"),
    ("joiners stay", "<p>👩\u200d💻</p>", "👩\u200d💻"),
    ("ideographic indentation goes", "<p>\u3000\u3000甲\u3000乙</p>", "甲\u3000乙"),
    ("a heading's mark goes", '<h2 id="a">Head<a href="#a"> #</a></h2>', "Head"),
    ("a mark before the heading goes", '<h2><a class="anchor" href="#a">§</a>Head</h2>', "Head"),
    ("an empty mark goes", '<h3>Head<a href="/p/#a"></a></h3>', "Head"),
    ("a pilcrow goes", '<dt>term<a class="headerlink" href="#t">¶</a></dt>', "term"),
    ("a heading that ends in a sharp stays", '<h2><a href="/c#">C#</a></h2>', "C#"),
    ("a link elsewhere stays", '<p>see <a href="#a">#</a></p>', "see #"),
    ("an emoji's picture is its character", '<p>a<img class="wp-smiley" alt="😀" src="x"></p>', "a😀"),
    ("another picture is none", '<p>a<img alt="a cat" src="x"></p>', "a"),
    ("unknown elements are inline", "<p>a<x-y>b</x-y>c</p>", "abc"),
    ("comments are no text", "<p>a<!-- b -->c</p>", "ac"),
    (
        "line numbers in a gutter go",
        '<pre><span class="lineno">1 </span>a\n<span class="lineno">2 </span>b</pre>',
        "a\nb",
    ),
    (
        "line numbers in a table go",
        '<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>a = 1\n  b</pre></td></tr></table>',
        "a = 1\n  b",
    ),
    ("numbers in a table stay", "<table><tr><td>1</td><td>2</td></tr></table>", "1\t2"),
    ("entities", "<p>&lt;b&gt; &amp;amp; &#20013;</p>", "<b> &amp; 中"),
)

TEX_ROWS = (
    ("inline", "<p>where $x_1  \n+ y$ is</p>", "where $x_1  \n+ y$ is"),
    ("entities are decoded", "<p>$a &amp; b &lt; c$</p>", "$a & b < c$"),
    ("display", "<p>so $$  a\n\n = b $$ holds</p>", "so $$  a\n\n = b $$ holds"),
    ("brackets", r"<p>so \[ a  = b \] and \( c  \) hold</p>", r"so \[ a  = b \] and \( c  \) hold"),
    (
        "an environment, a break beside a new line",
        "<p>Let<br/>\n\\begin{aligned}&amp;x\\\\<br />\n&amp;y\\end{aligned}<br/>\nbe</p>",
        "Let\n\\begin{aligned}&x\\\\\n&y\\end{aligned}\nbe",
    ),
    ("a break alone in a formula", "<p>$$a\\\\<br>b$$</p>", "$$a\\\\\nb$$"),
    (
        "an environment in its like",
        r"<p>\begin{a}  \begin{a}  x\end{a}  y\end{a}  z</p>",
        r"\begin{a}  \begin{a}  x\end{a}  y\end{a} z",
    ),
    ("prices", "<p>from $5   to $10   today</p>", "from $5 to $10 today"),
    ("a dollar alone", "<p>a $   b</p>", "a $ b"),
    ("an escaped dollar", r"<p>\$5   and \$6   or</p>", r"\$5 and \$6 or"),
    ("MathJax 2, inline", '<p>a <script type="math/tex">x<y & z</script> b</p>', "a $x<y & z$ b"),
    ("MathJax 2, display", '<script type="math/tex; mode=display">\\frac12</script>', r"\[\frac12\]"),
    (
        "MathJax 2 with what it printed",
        '<p><span class="MathJax_Preview">x</span><span class="MathJax" id="m1"><nobr>x</nobr></span>'
        '<script type="math/tex" id="m">x^2</script>.</p>',
        "$x^2$.",
    ),
    ("AsciiMath", '<script type="math/asciimath">sum x</script>', "`sum x`"),
    (
        "KaTeX",
        '<p>a <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
        '<annotation encoding="application/x-tex">x_1</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true">x1</span></span> b</p>',
        "a $x_1$ b",
    ),
    (
        "KaTeX, display",
        '<span class="katex-display"><span class="katex"><math><annotation encoding="application/x-tex">y</annotation>'
        "</math><span>y</span></span></span>",
        r"\[y\]",
    ),
    (
        "MathJax 3 from its MathML",
        '<p><mjx-container class="MathJax" jax="CHTML" display="true"><mjx-math></mjx-math><mjx-assistive-mml>'
        "<math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container></p>",
        r"\[x^{2}\]",
    ),
    ("MathJax 4 tells its source", '<mjx-container><mjx-math data-latex="a+b">ab</mjx-math></mjx-container>', "$a+b$"),
    (
        "MathJax 3 as a drawing",
        '<p>so <svg><defs><path id="a" d="M0"></path></defs><g data-mml-node="math"><g data-mml-node="mfrac">'
        '<g data-mml-node="mn"><use data-c="31"></use></g><g><g data-mml-node="msqrt"><g data-mml-node="mi">'
        '<use data-c="1D465"></use></g><g data-mml-node="mo"><use data-c="221A"></use></g><rect></rect></g></g></g>'
        '<g data-mml-node="mi"><use data-c="6C"></use><use data-c="6F"></use><use data-c="67"></use></g>'
        '<g data-mml-node="mi"><use data-c="1D6FC"></use></g></g></svg> holds</p>',
        r"so $\frac{1}{\sqrt{x}}\log \alpha$ holds",
    ),
    (
        "MathJax 3 as a drawing of rows",
        '<svg><g data-mml-node="math"><g data-mml-node="mtable"><svg><g data-mml-node="mtr"><g data-mml-node="mtd">'
        '<g data-mml-node="mi"><use data-c="zz"></use><use data-c="61"></use></g></g></g></svg></g></g></svg>',
        r"\[\begin{matrix}a\end{matrix}\]",
    ),
    ("another drawing is no text", "<p>a<svg><text>icon</text></svg></p>", "a"),
    ("MathML with alternative text", '<math alttext="a_b"><mi>a</mi></math>', "$a_b$"),
    ("a formula's picture", '<img class="latex" src="f.png" alt="e^x">', "$e^x$"),
    ("an element that only names MathJax", '<div class="MathJaxNote">text</div>', "text"),
)

MATHML_ROWS = (
    ("<mfrac><mi>a</mi><mn>2</mn></mfrac>", r"\frac{a}{2}"),
    ("<msqrt><mi>x</mi></msqrt>", r"\sqrt{x}"),
    ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
    ("<msub><mi>x</mi><mi>i</mi></msub>", "x_{i}"),
    ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
    ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", r"\sum _{i}^{n}"),
    ("<munder><mi>lim</mi><mi>x</mi></munder>", r"\lim _{x}"),
    ("<mi>softmax</mi>", r"\mathrm{softmax}"),
    ("<mover><mi>x</mi><mo>^</mo></mover>", r"\hat{x}"),
    ("<mover><mi>x</mi><mn>2</mn></mover>", "x^{2}"),
    ("<mi>α</mi><mo>≤</mo><mi>β</mi>", r"\alpha \leq \beta"),
    ("<mtext>if so</mtext><mspace></mspace><mo>{</mo>", r"\text{if so} \{"),
    (
        "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>",
        r"\begin{matrix}a & b \\ c\end{matrix}",
    ),
    ("<msup><mi>x</mi></msup>", "x^{}"),
)

FORMULA_ROWS = (
    ("$a$", ["$a$"]),
    ("$1$ and $2$", ["$1$", "$2$"]),
    ("$5 and $10", []),
    ("$ a $", []),
    (r"$ \alpha $", [r"$ \alpha $"]),
    ("a$", []),
    ("$", []),
    ("$$", []),
    ("$$a$$ $b$", ["$$a$$", "$b$"]),
    (r"\(a\)\[b\]", [r"\(a\)", r"\[b\]"]),
    (r"\begin{align*}x\end{align*}", [r"\begin{align*}x\end{align*}"]),
    (r"\begin{a}x", []),
    (r"\begin{a}x\end{b}$y$", ["$y$"]),
    (r"$a\$b$", [r"$a\$b$"]),
    ("$a\n\nb$", []),
)


@pytest.mark.parametrize(("name", "source", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_html_becomes_plain_text(name: str, source: str, expected: str) -> None:
    assert plain(source) == expected


@pytest.mark.parametrize(("name", "source", "expected"), TEX_ROWS, ids=[row[0] for row in TEX_ROWS])
def test_formulas_are_kept(name: str, source: str, expected: str) -> None:
    assert plain(source) == expected


@pytest.mark.parametrize(("source", "expected"), MATHML_ROWS)
def test_mathml_becomes_tex(source: str, expected: str) -> None:
    assert to_tex(fragment(f"<math>{source}</math>")) == expected


@pytest.mark.parametrize(("text", "expected"), FORMULA_ROWS)
def test_formulas_are_found(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in formulas(text)] == expected


@settings(deadline=None)
@given(st.text(alphabet="ab12 \\{}^_&<>\n中", min_size=1, max_size=60))
def test_any_display_formula_keeps_every_byte(tex: str) -> None:
    formula = f"$${tex}$$"
    assert plain(f"<p>so {html.escape(formula)} holds</p>") == f"so {formula} holds"


@settings(deadline=None)
@given(st.text(max_size=400))
def test_plain_never_raises_and_holds_no_nul(source: str) -> None:
    assert "\0" not in plain(source)


@settings(deadline=None)
@given(st.text(alphabet="abc <>/=\"'divpulpre&;#$\\", max_size=300))
def test_broken_markup_never_raises(source: str) -> None:
    assert isinstance(plain(source), str)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc中文", min_size=1, max_size=12), min_size=1, max_size=8))
def test_paragraphs_read_back(paragraphs: list[str]) -> None:
    source = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert plain(source).split("\n\n") == paragraphs


@pytest.mark.parametrize("unit", ["$", "$a ", "\\begin{a}", "\\[", "<b>", "<ul><li>", "<br>", "\\begin{a}x\\end{a}"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    assert growth(lambda count: plain(unit * count), 2_500) < LINEAR


def test_depth_costs_no_text_and_no_recursion() -> None:
    for depth in (300, 1500, 3000, 20_000):
        source = "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>"
        assert plain(source) == "deep\n\nafter"


def test_a_flattened_page_says_so() -> None:
    assert tree("<div>" * 100 + "x")[1] is False
    assert tree("<div>" * 3000 + "x")[1] is True
    assert tree(f"<p>{'x' * 11_000_000}</p>")[1] is False


def test_a_deep_page_is_cut_to_what_recursion_and_walks_upward_can_bear() -> None:
    for unit in ("<div>", "<table><tr><td>", "<ul><li>", "<b><div>"):
        root, flattened = tree(unit * 2000 + "deep")
        deepest = max(root.iter(), key=lambda element: sum(1 for _ in element.iterancestors()))
        assert flattened
        assert len(list(deepest.iterancestors())) < 500
        assert root.text_content() == "deep"


def of_attributes(count: int) -> str:
    return " ".join(f"a{number}='>\"' b{number}=\"<'\"" for number in range(count // 2))


SPARED = (
    ("few", f"<div {of_attributes(900)}>x</div>", 900),
    ("many", f"<div {of_attributes(4000)}>x</div>", 1000),
    ("without values", f"<div {' '.join(f'a{number}' for number in range(4000))} /><p>x", 1000),
    ("in a comment", f"<!-- <div {of_attributes(4000)}> --><div a>x</div>", 1),
    ("in a script", f"<script>if (a <b {of_attributes(4000)}) c</script><div a>x</div>", 1),
    ("a quote in a name", f'<div a"b>{"one two " * 1000}</div><p title="c">x', 1),
)


@pytest.mark.parametrize(("name", "source", "count"), SPARED)
def test_a_tag_with_attributes_without_end_keeps_the_first(name: str, source: str, count: int) -> None:
    source += "<p>after</p>" * 20_000
    root, _ = tree(source)
    assert max(len(element.attrib) for element in root.iter()) == count
    assert root.text_content().count("after") == 20_000
    assert (sparing(source) == source) == (count < 1000)


def test_pages_of_attributes_are_parsed_in_their_length() -> None:
    assert growth(lambda count: tree("<div " + " ".join(f"a{n}" for n in range(count))), 60_000) < LINEAR


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<div>", "</div>", "<p>", "<br/>", "a < b", "text", "<!-- c -->", "<", ">"]), max_size=40)
)
def test_flattening_a_shallow_page_changes_nothing(parts: list[str]) -> None:
    assert flatten("".join(parts)) == "".join(parts)


def test_a_huge_text_node_is_kept_whole() -> None:
    assert len(plain(f"<p>{'x' * 11_000_000}</p>")) == 11_000_000


@pytest.mark.parametrize("source", ["", " ", "\0", "<!-- -->", "<!doctype html>", "\ud800", "<"])
def test_next_to_nothing_gives_an_element(source: str) -> None:
    assert plain(source).strip() in ("", "\ufffd", "<")
    assert tree(source)[0].tag == "html"


def test_parts_can_be_left_out() -> None:
    element = fragment("<p>a</p><p id='x'>b</p>tail<p>c</p>")
    assert plain(element, drop=element.findall("p")[1:2]) == "a\n\ntail\n\nc"


CAPTION_ROWS = (
    ("figcaption", "<figure><img src=a><figcaption>Cap</figcaption></figure><p>Text</p>", "Text", ["Cap"]),
    ("by its class", "<div class=box><img src=a><p class=wp-caption-text>Cap</p></div><p>Text</p>", "Text", ["Cap"]),
    ("a paragraph in a figure", "<figure><img src=a><p>Cap</p></figure><p>Text</p>", "Text", ["Cap"]),
    ("emphasis under a picture", "<p><img src=a><br><em>Cap</em></p><p>Text</p>", "Text", ["Cap"]),
    ("emphasis before a sentence", "<p><img src=a><em>Not</em> a caption</p>", "Not a caption", []),
    ("a card's text with a heading", "<div><img src=a><div class=caption><h3>T</h3><p>E</p></div></div>", "T\n\nE", []),
    ("a table's caption", "<table><caption>Cap</caption><tr><td>1</td></tr></table>", "Cap\n\n1", []),
    ("no picture, no caption", "<div><p class=caption>words</p></div>", "words", []),
    ("what holds the picture is no caption", "<div class=caption><img src=a>words</div>", "words", []),
    ("a figure of code", "<figure><pre>x</pre><figcaption>f.py</figcaption></figure>", "x\n\nf.py", []),
)


@pytest.mark.parametrize(("name", "source", "text", "found"), CAPTION_ROWS, ids=[row[0] for row in CAPTION_ROWS])
def test_captions_are_told_from_text(name: str, source: str, text: str, found: list[str]) -> None:
    element = fragment(source)
    assert [inline(each) for each in element.iter() if each in captions_of(element)] == found
    assert plain(element, captions=False) == text
    assert all(caption in plain(element) for caption in found)


def test_a_title_is_one_line() -> None:
    assert inline("<h1> A <b>bold</b><br> title\n<a href='#t'>#</a></h1>") == "A bold title"
    assert inline(fragment("plain\n words")) == "plain words"


def test_html_of_elements() -> None:
    element = fragment("<p>a &lt; b<br>c</p>tail").find("p")
    assert element is not None
    assert outer_html(element) == "<p>a &lt; b<br>c</p>"
    assert inner_html(element) == "a &lt; b<br>c"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<article><div>a</article><article>b</article>", "<article><div>a</div></article><article>b</article>"),
        ("<ul><li><div>a</li><li>b</li></ul>", "<ul><li><div>a</div></li><li>b</li></ul>"),
        ("<ul><li><div>a<li>b</ul>", "<ul><li><div>a</div></li><li>b</li></ul>"),
        ("<section><div>a<div>b</section>", "<section><div>a<div>b</div></div></section>"),
        (
            "<article><table><tr><td><div></article></table>",
            "<article><table><tr><td><div></article></div></td></table>",
        ),
        ("<!-- <article><div></article> -->", "<!-- <article><div></article> -->"),
        ("<script>'<article><div></article>'</script>", "<script>'<article><div></article>'</script>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<article><div>a</article", "<article><div>a</article"),
    ],
)
def test_forgotten_end_tags_are_added_where_a_browser_ends_the_element(source: str, said: str) -> None:
    assert balanced(source) == said


def test_a_page_nested_too_deep_to_be_followed_is_left_as_it_is() -> None:
    source = "<div>" * 1000 + "<article><div></article>"
    assert balanced(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "<html><head><title>t</title></head></html><body><p>a</p></body>",
        "<html><body></body></html><p>a</p>",
        "<html><body></body></HTML >\n<div><p>a</p></div></html>",
        "<html><body></html><html><body><p>a</p></body></html>",
    ],
)
def test_a_page_goes_on_behind_its_end_tag(source: str) -> None:
    root, _ = tree(source)
    assert [element.text for element in root.iter("p")] == ["a"]


def test_articles_do_not_swallow_those_that_follow() -> None:
    root, _ = tree("<main><article><div>one</article><article>two</article></main>")
    assert [article.getparent().tag for article in root.iter("article")] == ["main", "main"]
