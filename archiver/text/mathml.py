"""Presentation MathML (W3C MathML Core) to TeX, for pages that kept no source: what people's formulas use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from string import hexdigits
from unicodedata import normalize

from lxml.html import HtmlElement

DEPTH = 60
SYMBOLS = {
    "−": "-",
    "⋅": r"\cdot ",
    "×": r"\times ",
    "≤": r"\leq ",
    "≥": r"\geq ",
    "≠": r"\neq ",
    "≈": r"\approx ",
    "∈": r"\in ",
    "∑": r"\sum ",
    "∏": r"\prod ",
    "∫": r"\int ",
    "∞": r"\infty ",
    "∂": r"\partial ",
    "∇": r"\nabla ",
    "→": r"\to ",
    "±": r"\pm ",
    "{": r"\{",
    "}": r"\}",
    "…": r"\dots ",
    "⋯": r"\cdots ",
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u2064": "",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
}
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        (
            *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
            *("nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
            *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"),
        ),
        strict=True,
    )
)
TABLE = str.maketrans(SYMBOLS | {letter: f"\\{name} " for letter, name in GREEK.items()})
SURD = "√"
FUNCTIONS = frozenset(
    ("arccos", "arcsin", "arctan", "cos", "cosh", "cot", "det", "dim", "exp", "gcd", "inf", "ker", "lim", "ln", "log")
) | frozenset(("max", "min", "sin", "sinh", "sup", "tan", "tanh", "arg", "deg", "csc", "sec"))
ACCENTS = {
    "^": "hat",
    "~": "tilde",
    "¯": "bar",
    "‾": "bar",
    "→": "vec",
    "˙": "dot",
    "̇": "dot",
    "⃗": "vec",
    "⏞": "overbrace",
}

Part = Callable[[int], str]
SHAPES: dict[str, Callable[[Part], str]] = {
    "msup": lambda part: f"{part(0)}^{{{part(1)}}}",
    "msub": lambda part: f"{part(0)}_{{{part(1)}}}",
    "msubsup": lambda part: f"{part(0)}_{{{part(1)}}}^{{{part(2)}}}",
    "munder": lambda part: f"{part(0)}_{{{part(1)}}}",
    "munderover": lambda part: f"{part(0)}_{{{part(1)}}}^{{{part(2)}}}",
    "mfrac": lambda part: f"\\frac{{{part(0)}}}{{{part(1)}}}",
    "mroot": lambda part: f"\\sqrt[{part(1)}]{{{part(0)}}}",
}


def to_tex(math: HtmlElement) -> str:
    """The TeX of a ``<math>`` element, or of the drawing that MathJax 3 made of one, without delimiters."""
    return _tex(math, 0).strip()


def _tex(element: HtmlElement, depth: int) -> str:
    name = _name(element)
    if depth > DEPTH or name == "annotation":
        return "" if name == "annotation" else "".join(element.itertext())
    children = list(_children(element))

    def part(number: int) -> str:
        return _tex(children[number], depth + 1) if number < len(children) else ""

    if name in SHAPES:
        return SHAPES[name](part)
    if name == "mover":
        accent = ACCENTS.get(_text(children[1]).strip()) if len(children) > 1 else None
        return f"\\{accent}{{{part(0)}}}" if accent else f"{part(0)}^{{{part(1)}}}"
    if name == "mtable":
        rows = (" & ".join(_tex(cell, depth + 2) for cell in _children(row)) for row in children)
        return "\\begin{matrix}" + r" \\ ".join(rows) + "\\end{matrix}"
    inside = "".join(part(number) for number in range(len(children)))
    return _leaf(name, _text(element) if not children else element.text or "", inside)


def _leaf(name: str, text: str, inside: str) -> str:
    text = text.strip()
    if name == "msqrt":
        return f"\\sqrt{{{inside.removesuffix(SURD)}}}"
    if name == "mtext":
        return f"\\text{{{text}}}" if text else ""
    if name == "mspace":
        return " "
    if name == "mi" and text in FUNCTIONS:
        return f"\\{text} "
    if name == "mi" and len(text) > 1 and text.isascii():
        return f"\\mathrm{{{text}}}"
    return text.translate(TABLE) + inside


def _name(element: HtmlElement) -> str:
    return str(element.get("data-mml-node") or element.tag).lower()


def _children(element: HtmlElement) -> Iterator[HtmlElement]:
    """The parts of a node; in a drawing those that carry a node's name, through the groups that only place them."""
    if not element.get("data-mml-node"):
        yield from element
        return
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.get("data-mml-node"):
            yield child
        elif child.tag in ("g", "svg") and not child.get("data-labels"):
            stack.extend(reversed(child))


def _text(element: HtmlElement) -> str:
    """The characters of a leaf; a drawing names each glyph's code point, mathematical letters become plain ones."""
    if not element.get("data-mml-node"):
        return element.text or ""
    codes = (glyph.get("data-c") or "" for glyph in element.iter("use", "path", "text"))
    known = (int(code, 16) for code in codes if 0 < len(code) < 6 and all(digit in hexdigits for digit in code))
    return normalize("NFKC", "".join(map(chr, known)))
