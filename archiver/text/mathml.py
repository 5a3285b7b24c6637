"""Presentation MathML (W3C MathML Core) to TeX, for pages that kept no source: what people's formulas use."""

from __future__ import annotations

from collections.abc import Callable

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
ACCENTS = {"^": "hat", "~": "tilde", "¯": "bar", "‾": "bar", "→": "vec", "˙": "dot", "⏞": "overbrace"}

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
    """The TeX of a ``<math>`` element without delimiters; an element of another kind gives what it holds."""
    return _tex(math, 0).strip()


def _tex(element: HtmlElement, depth: int) -> str:
    name = str(element.tag).lower()
    if depth > DEPTH or name == "annotation":
        return "" if name == "annotation" else "".join(element.itertext())

    def part(number: int) -> str:
        return _tex(element[number], depth + 1) if number < len(element) else ""

    if name in SHAPES:
        return SHAPES[name](part)
    if name == "mover":
        accent = ACCENTS.get("".join(element[1].itertext()).strip()) if len(element) > 1 else None
        return f"\\{accent}{{{part(0)}}}" if accent else f"{part(0)}^{{{part(1)}}}"
    if name == "mtable":
        return _table(element, depth)
    inside = "".join(part(number) for number in range(len(element)))
    return _leaf(name, element.text or "", inside)


def _leaf(name: str, text: str, inside: str) -> str:
    text = text.strip()
    if name == "msqrt":
        return f"\\sqrt{{{inside}}}"
    if name == "mtext":
        return f"\\text{{{text}}}" if text else ""
    if name == "mspace":
        return " "
    if name == "mi" and len(text) > 1 and text.isascii():
        return f"\\mathrm{{{text}}}"
    return text.translate(TABLE) + inside


def _table(element: HtmlElement, depth: int) -> str:
    rows = (" & ".join(_tex(cell, depth + 2) for cell in row) for row in element)
    return "\\begin{matrix}" + r" \\ ".join(rows) + "\\end{matrix}"
