"""Formulas: where they stand in a text, and the TeX source out of what MathJax and KaTeX made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from archiver.text.mathml import to_tex

OPENER = re.compile(r"\\begin\{([A-Za-z]{1,40}\*?)\}|\\\[|\\\(|\\\$|\$\$|\$")
CLOSERS = {"\\[": "\\]", "\\(": "\\)", "$$": "$$"}
TEX_SIGN = re.compile(r"[\\^_{}]")
INLINE_LIMIT = 2000
ESCAPED = r"\$"

MARKS = ("<math", "math/", "katex", "MathJax", "mjx-", "latex", "data-mml-node")
TYPESET = frozenset(
    (
        *("MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_SVG_Display", "MathJax_CHTML"),
        *("MathJax_PlainSource", "mjx-chtml", "MJXc-display"),
    )
)

SOURCES = etree.XPath(
    "descendant::*[self::script[starts-with(@type, 'math/')] or self::math or self::mjx-container"
    " or self::svg[descendant::g[@data-mml-node='math']] or @class and (contains(concat(' ', @class, ' '), ' katex ')"
    " or contains(@class, 'MathJax') or contains(@class, 'mjx-chtml')"
    " or self::img[@alt and contains(concat(' ', @class, ' '), ' latex ')])]"
)
ANNOTATION = etree.XPath("descendant-or-self::annotation[contains(@encoding, 'tex') or contains(@encoding, 'TeX')]")
MATHML = etree.XPath("descendant-or-self::math|descendant-or-self::g[@data-mml-node='math']")
DISPLAYED = etree.XPath("boolean(descendant::*[@data-mml-node='mtable' or self::mtable])")
DATA_LATEX = etree.XPath("descendant-or-self::*[@data-latex]/@data-latex")
IN_DISPLAY = etree.XPath("boolean(ancestor::*[contains(concat(' ', @class, ' '), ' katex-display ')])")


def formulas(text: str) -> Iterator[tuple[int, int]]:
    r"""Where formulas stand: ``$..$``, ``$$..$$``, ``\(..\)``, ``\[..\]``, ``\begin{env}..\end{env}``.

    Prices are none: a lone ``$`` opens only before a character and closes only after one and before no digit
    (Pandoc's rule), unless what it holds looks like TeX. Linear in the length of the text.
    """
    at, hopeless = 0, set[str]()
    while match := OPENER.search(text, at):
        end = None if match[0] in hopeless else _end(text, match)
        if end is None and match[0] not in ("$", ESCAPED):
            hopeless.add(match[0])
        at = end or match.end()
        if end:
            yield match.start(), end


def _end(text: str, opener: re.Match[str]) -> int | None:
    if opener[0] == ESCAPED:
        return None
    if opener[0] == "$":
        return _inline_end(text, opener.end())
    if opener[1]:
        return _environment_end(text, opener)
    closer = CLOSERS[opener[0]]
    found = text.find(closer, opener.end())
    return found + len(closer) if found > opener.end() else None


def _inline_end(text: str, start: int) -> int | None:
    found = start
    while (found := text.find("$", found, start + INLINE_LIMIT)) > 0 and text[found - 1] == "\\":
        found += 1
    if found <= start:
        return None
    inside = text[start:found]
    tight = not inside[0].isspace() and not inside[-1].isspace() and not text[found + 1 : found + 2].isdigit()
    return found + 1 if (tight or TEX_SIGN.search(inside)) and "\n\n" not in inside else None


def _environment_end(text: str, opener: re.Match[str]) -> int | None:
    """Where the environment closes, those of the same name inside it counted."""
    begin, end = opener[0], f"\\end{{{opener[1]}}}"
    depth, at = 1, opener.end()
    while (found := text.find(end, at)) >= 0:
        depth += text.count(begin, at, found) - 1
        at = found + len(end)
        if not depth:
            return at
    return None


def may_hold_tex(html: str) -> bool:
    """Whether a page may hold formulas that ``restore_tex`` knows, told by a look at its source."""
    return any(mark in html for mark in MARKS)


def restore_tex(root: HtmlElement) -> None:
    r"""Put TeX with delimiters (``$..$``, ``\[..\]``) in place of what MathJax, KaTeX or MathML show.

    What a script typeset beside its own source goes; a formula whose source cannot be told stays as it stands.
    """
    found: list[HtmlElement] = SOURCES(root)
    gone: set[HtmlElement] = set()
    scripts = any(element.tag == "script" for element in found)
    for element in found:
        typeset = not TYPESET.isdisjoint((element.get("class") or "").split())
        if any(parent in gone for parent in element.iterancestors()):
            continue
        source = "" if typeset and scripts else _source(element)
        if source is not None:
            gone.add(element)
            _replace(element, source)


def _source(element: HtmlElement) -> str | None:
    """The formula of an element with delimiters, or None when it cannot be told."""
    if element.tag == "script":
        return _script(element)
    if element.tag == "img":
        return _delimited(element.get("alt") or "", display=False)
    maths: list[HtmlElement] = MATHML(element)
    source = _annotated(element) or (_translated(maths[0]) if maths else "")
    return _delimited(source, _displayed(element, maths)) if source.strip() else None


def _script(element: HtmlElement) -> str | None:
    kind = (element.get("type") or "").lower().replace(" ", "")
    if kind.startswith("math/asciimath"):
        return f"`{(element.text or '').strip()}`"
    return _delimited(element.text or "", "mode=display" in kind) if kind.startswith("math/tex") else None


def _annotated(element: HtmlElement) -> str:
    notes: list[HtmlElement] = ANNOTATION(element)
    if notes:
        return notes[0].text or ""
    latex: list[str] = DATA_LATEX(element)
    return latex[0] if latex else ""


def _translated(math: HtmlElement) -> str:
    return math.get("alttext") or to_tex(math)


def _displayed(element: HtmlElement, maths: list[HtmlElement]) -> bool:
    marked = any(math.get("display") == "block" for math in maths)
    if element.tag == "svg" and DISPLAYED(element):
        return True
    return marked or element.get("display") == "true" or bool(IN_DISPLAY(element))


def _delimited(source: str, display: bool) -> str:
    source = source.strip()
    return f"\\[{source}\\]" if display else f"${source}$"


def _replace(element: HtmlElement, text: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text + tail
    else:
        before.tail = (before.tail or "") + text + tail
    element.tail = None
    parent.remove(element)
