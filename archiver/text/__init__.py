"""Plain text out of HTML: paragraphs, lists, tables, code and, byte for byte, TeX."""

from archiver.text.tex import restore_tex
from archiver.text.tree import fragment, inner_html, outer_html, tree

__all__ = ["fragment", "inner_html", "outer_html", "restore_tex", "tree"]
