"""Formulas: where they stand in a text, and TeX out of what MathJax and KaTeX made of it."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

MATH_SCRIPTS = etree.XPath("//script[starts-with(@type, 'math/')]")


def restore_tex(root: HtmlElement) -> None:
    """Put the TeX source in place of ``<script type="math/tex">`` (MathJax 2)."""
    found: list[HtmlElement] = MATH_SCRIPTS(root)
    for script in found:
        source = (script.text or "").strip()
        display = "mode=display" in (script.get("type") or "").replace(" ", "").lower()
        script.tail = (f"\\[{source}\\]" if display else f"${source}$") + (script.tail or "")
        script.drop_tree()
