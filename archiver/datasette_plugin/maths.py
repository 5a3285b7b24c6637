"""TeX in a text to MathML, without JavaScript; what cannot be converted stays as its TeX source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from xml.etree import ElementTree

from archiver.datasette_plugin.pieces import End, Piece, Start, Text, Trusted, words
from archiver.text import formulas

SKIP = frozenset({"pre", "code", "kbd", "samp", "tt"})
BREAK = "\v"
LIMIT = 20_000
REFERENCE = re.compile(r"\\(?:eq)?ref\{([^{}]{1,100})\}")
AFTER = re.compile(r"[,.;:!?)\]，。；：！？、）」』”’》]{1,2}")
ELLIPSES = ("…", "...")
TORN = re.compile(r"\\begin\{|\\\[|\\\(|\$(?=[^$]{0,400}[\\^_{])")
DISPLAY = ("$$", "\\[", "\\begin{")
TAGS = words(
    "math semantics mrow mi mo mn mtext mspace ms msup msub msubsup munder mover munderover mmultiscripts mprescripts"
    " none mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose merror a"
)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]{2,31};")
STYLE = re.compile(r"[\w\s:;%.#,()+-]*")
REPAIRS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{eqnarray(\*?)\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray(\*?)\}"), r"\\end{array}"),
    (re.compile(r"\\label\{[^{}]{0,100}\}"), ""),
    (re.compile(r"\\(?:no(?:tag|number)|allowbreak|hfill)(?![A-Za-z])"), ""),
    (re.compile(r"\\require\{[^{}]{0,100}\}"), ""),
    (re.compile(r"\\bbox\[[^\[\]]{0,100}\]"), ""),
    (re.compile(r"\\mbox(?![A-Za-z])"), r"\\text"),
    (re.compile(r"\\ref(?![A-Za-z])"), r"\\eqref"),
    (
        re.compile(r"\\DeclareMathOperator\*?\{(\\[A-Za-z]{1,40})\}\{([^{}]{1,80})\}"),
        r"\\newcommand{\1}{\\operatorname{\2}}",
    ),
)
TAGGED = re.compile(r"\\tag\*?\{")
DEFINED = (re.compile(r"\\newcommand(?![A-Za-z])"), r"\\renewcommand")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stood in the text, its TeX without delimiters, and whether it has lines of its own."""

    source: str
    tex: str
    display: bool


Converter = Callable[[Sequence[tuple[str, bool]]], list[str]]


def converter() -> Converter | None:
    """A function from ``(TeX, display)`` pairs of one post to MathML, or None where math-core is not installed."""
    try:
        from math_core import LatexToMathML
    except ImportError:
        return None
    made = LatexToMathML(
        continue_on_error=True,
        fancy_error=False,
        global_group=True,
        allow_unreliable_rendering=True,
        max_expansions=500,
        id_prefix="eq-",
    )

    def convert(snippets: Sequence[tuple[str, bool]]) -> list[str]:
        return [ENTITY.sub(lambda match: unescape(match[0]), html) for html in made.convert_all(list(snippets))]

    return convert


def typeset(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a post with every formula as MathML, numbered through the post."""
    split = list(_split(pieces))
    found = [piece for piece in split if isinstance(piece, Formula)]
    shown = iter(render(found))
    return [Trusted(next(shown)) if isinstance(piece, Formula) else piece for piece in split]


def typeset_text(text: str) -> str:
    """Plain text as HTML, its formulas as MathML."""
    return "".join(
        piece.html if isinstance(piece, Trusted) else escape(piece.value, quote=False)
        for piece in typeset([Text(text)])
        if isinstance(piece, Trusted | Text)
    )


def without_torn_end(text: str) -> str:
    """A text that ends in an ellipsis, without the formula that it breaks off in."""
    if not text.endswith(ELLIPSES):
        return text
    whole = max((end for _, end in formulas(text)), default=0)
    torn = TORN.search(text, whole)
    return text[: torn.start()].rstrip() + "…" if torn else text


def _split(pieces: Sequence[Piece]) -> Iterator[Piece | Formula]:
    """Cut texts at their formulas. A formula may hold line breaks, but no other tag."""
    depth, run = 0, list[str]()
    for piece in pieces:
        if isinstance(piece, Text) and not depth:
            run.append(piece.value.replace(BREAK, " "))
            continue
        if isinstance(piece, Start) and piece.name == "br" and not depth:
            run.append(BREAK)
            continue
        yield from _formulas("".join(run))
        run = []
        if isinstance(piece, Start | End) and piece.name in SKIP:
            depth = max(0, depth + (1 if isinstance(piece, Start) else -1))
        yield piece
    yield from _formulas("".join(run))


def _formulas(run: str) -> Iterator[Piece | Formula]:
    at = 0
    for start, end in formulas(run):
        yield from _prose(run[at:start])
        yield _formula(run[start:end])
        at = end
    yield from _prose(run[at:])


def _prose(text: str) -> Iterator[Piece | Formula]:
    at = 0
    for match in REFERENCE.finditer(text):
        yield from _lines(text[at : match.start()])
        yield Formula(match[0], f"\\eqref{{{match[1]}}}", display=False)
        at = match.end()
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[Piece]:
    for number, line in enumerate(text.split(BREAK)):
        if number:
            yield Start("br")
        if line:
            yield Text(line.replace(r"\$", "$"))


def _formula(source: str) -> Formula:
    source = source.replace(BREAK, "\n")
    display = source.startswith(DISPLAY)
    if source.startswith("\\begin{"):
        return Formula(source, source, display)
    width = 2 if source.startswith(("$$", "\\")) else 1
    return Formula(source, source[width:-width].strip(), display)


def render(found: Sequence[Formula]) -> list[str]:
    """HTML of a post's formulas: MathML where it can be had, else the TeX source as code."""
    convert = converter() if found else None
    if convert is None:
        return [_source(formula) for formula in found]
    tried = [formula.tex if len(formula.tex) <= LIMIT else "" for formula in found]
    shown = convert([(tex, formula.display) for tex, formula in zip(tried, found, strict=True)])
    for mend in (_repaired, _redefined):
        failed = [number for number, html in enumerate(shown) if not html.startswith("<math")]
        if not failed:
            break
        for number in failed:
            tried[number] = mend(tried[number])
        shown = convert([(tex, formula.display) for tex, formula in zip(tried, found, strict=True)])
    return [_framed(formula, html) for formula, html in zip(found, shown, strict=True)]


def _repaired(tex: str) -> str:
    for pattern, instead in REPAIRS:
        tex = pattern.sub(instead, tex)
    return f"\\begin{{equation}}{tex}\\end{{equation}}" if TAGGED.search(tex) and "\\begin{equ" not in tex else tex


def _redefined(tex: str) -> str:
    return DEFINED[0].sub(DEFINED[1], tex)


def _framed(formula: Formula, html: str) -> str:
    if not formula.tex or len(formula.tex) > LIMIT or not harmless(html):
        return _source(formula)
    if "<a " in html:
        html = _linked(html)
    if not formula.display:
        return html
    reach = ' tabindex="0" role="group" aria-label="formula"' if len(formula.tex) > 80 else ""
    return f'<span class="formula"{reach}>{html}</span>'


def _linked(mathml: str) -> str:
    """A reference alone as a link of the text, and one within a formula as text: MathML holds no links for readers."""
    root = ElementTree.fromstring(mathml)
    if len(root) == 1 and root[0].tag == "mtext" and len(root[0]) == 1 and root[0][0].tag == "a":
        only = root[0][0]
        return f'<a href="{escape(only.get("href", "#"))}">{escape(only.text or "", quote=False)}</a>'
    for element in root.iter("a"):
        element.tag = "mrow"
        element.attrib.clear()
    return ElementTree.tostring(root, encoding="unicode")


def _source(formula: Formula) -> str:
    kind = "tex display" if formula.display else "tex"
    return f'<code class="{kind}">{escape(formula.source, quote=False)}</code>'


def harmless(mathml: str) -> bool:
    """Whether a converter's output is MathML and nothing else: known tags, links within the page, plain styles."""
    if not mathml.startswith("<math"):
        return False
    try:
        root = ElementTree.fromstring(mathml)
    except ElementTree.ParseError:
        return False
    return all(
        element.tag in TAGS and all(_harmless_attribute(name, value) for name, value in element.items())
        for element in root.iter()
    )


def _harmless_attribute(name: str, value: str) -> bool:
    name = name.lower()
    if name == "href":
        return value.startswith("#")
    if name == "style":
        return bool(STYLE.fullmatch(value)) and "url(" not in value.lower()
    return not name.startswith("on") and ":" not in name and name not in {"src", "action", "actiontype"}


def nowrap(pieces: Sequence[Piece]) -> list[Piece]:
    """Keep an inline formula on one line with the punctuation that follows it."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        match = AFTER.match(piece.value) if isinstance(piece, Text) else None
        if match and isinstance(piece, Text) and isinstance(last, Trusted) and last.html.startswith("<math"):
            out[-1] = Trusted(f'<span class="nowrap">{last.html}{escape(match[0], quote=False)}</span>')
            piece = Text(piece.value[match.end() :])
        out.append(piece)
    return out
