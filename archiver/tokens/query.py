"""The query language: what a reader types, as a tree, and the tree as an FTS5 MATCH expression.

    图书 archive          both                    archive OR 图书      either (looser than the blank)
    "machine learning"    side by side            learn*               words that begin so
    -word, NOT word       without it              ( )                  grouping
    title:word            in the title only

Operators are upper case. Quotation marks and brackets of all kinds count as ``"`` and ``()``. Whatever is typed
has a meaning: what cannot be understood is left out, and a query that asks for nothing finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.tokens.rewrite import pairs, pieces
from archiver.tokens.variants import forms

LONGEST = 1000
"""Characters of a query that are read."""
MOST_TERMS = 64
"""Terms of a query that are looked for."""
DEEPEST = 20
"""Brackets within brackets that are heeded."""

WEIGHTS = {"title": 10, "excerpt": 5, "text": 1, "tags": 8, "captions": 2, "chars": 0.5}
"""The columns of the index, in order, and what a hit in each counts in the ranking (bm25)."""
RANK = f"bm25(posts_fts, {', '.join(map(str, WEIGHTS.values()))})"
"""How well a row of the index meets a MATCH, as SQL; the best is the least."""
RANKED_AT_MOST = 50_000
"""Above so many hits no rank means anything, and the newest come first."""

NOTHING = '""'
"""The MATCH expression that finds no row."""

SIGNS = str.maketrans(
    dict.fromkeys("“”„‟«»「」『』﹁﹂﹃﹄〝〞〟＂", '"')
    | {"（": "(", "）": ")", "：": ":", "－": "-", "＊": "*", "\0": " "}
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found; ``prefix`` leaves its end open."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Everything in it must be found."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one thing in it must be found."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It must not be found."""

    item: Node


@dataclass(frozen=True, slots=True)
class Title:
    """It must be found in the title."""

    item: Node


Node = Term | All | Any | Not | Title

_LEXEME = re.compile(
    r"""
    "(?P<phrase>[^"]*)"?(?P<open>\*?)
    | (?P<sign>[()] | -+(?=[^\s-]) | (?i:title):)
    | (?P<word>[^\s"()]+)
    """,
    re.VERBOSE,
)
_OPERATORS = {"AND", "OR", "NOT"}


def _lexemes(query: str) -> Iterator[tuple[str, Term | None]]:
    """Give the signs and operators of a query by name, and its terms, in order."""
    terms = depth = 0
    for match in _LEXEME.finditer(query[:LONGEST].translate(SIGNS)):
        word, sign = match["word"], match["sign"]
        if sign in {"(", ")"}:
            depth += sign == "("
            if depth <= DEEPEST:
                yield sign, None
            depth -= sign == ")" and depth > 0
        elif sign:
            yield "NOT" if sign[0] == "-" else "title", None
        elif word in _OPERATORS:
            yield word, None
        elif terms < MOST_TERMS:
            terms += 1
            yield "", Term(word.rstrip("*"), word.endswith("*")) if word else Term(match["phrase"], bool(match["open"]))


class _Reader:
    """A recursive descent over the lexemes; never fails."""

    def __init__(self, query: str) -> None:
        self.lexemes = list(_lexemes(query))
        self.at = 0

    def take(self, *names: str) -> bool:
        """Step over the next lexeme if it is one of the names."""
        if self.at < len(self.lexemes) and self.lexemes[self.at][0] in names:
            self.at += 1
            return True
        return False

    def whole(self) -> Node:
        """Read everything; a closing bracket too many is stepped over."""
        items = [self.either()]
        while self.take(")"):
            items.append(self.either())
        return All(tuple(items))

    def either(self) -> Node:
        """Read what stands between ORs."""
        items = [self.both()]
        while self.take("OR"):
            items.append(self.both())
        return Any(tuple(items)) if len(items) > 1 else items[0]

    def both(self) -> Node:
        """Read what stands side by side."""
        items: list[Node] = []
        while self.at < len(self.lexemes) and self.lexemes[self.at][0] not in {"OR", ")"}:
            if not self.take("AND") and (item := self.one()):
                items.append(item)
        return items[0] if len(items) == 1 else All(tuple(items))

    def one(self) -> Node | None:
        """Read one term or bracket with the signs before it."""
        negative = title = False
        while self.take("NOT", "title"):
            name = self.lexemes[self.at - 1][0]
            negative, title = negative or name == "NOT", title or name == "title"
        item = self.operand()
        if item and title:
            item = Title(item)
        return Not(item) if item and negative else item

    def operand(self) -> Node | None:
        """Read a term or a bracket, or nothing where there is neither."""
        if self.take(""):
            return self.lexemes[self.at - 1][1]
        if not self.take("("):
            return None
        item = self.either()
        self.take(")")
        return item


def parse(query: str) -> Node:
    """Read a query; any string is one."""
    return _Reader(query).whole()


def terms(node: Node) -> Iterator[Term]:
    """Give the terms that a hit may contain: all that are not negated, in order."""
    match node:
        case Term():
            yield node
        case All(items) | Any(items):
            for item in items:
                yield from terms(item)
        case Title(item):
            yield from terms(item)
        case Not():
            return


def to_match(query: str, *, variants: bool = False) -> str:
    """Give the MATCH expression for the index of ``archiver.store.index``; never a syntax error.

    ``variants`` asks for simplified and traditional forms of each term as well.
    """
    return _emit(parse(query), variants, in_title=False) or NOTHING


def _emit(node: Node, variants: bool, *, in_title: bool) -> str:
    """The expression for a node, or an empty string if there is nothing to look for."""
    match node:
        case Term(text, prefix):
            phrases = (_phrase(form, prefix, in_title) for form in (forms(text) if variants else (text,)))
            return _join(" OR ", phrases)
        case Title(item):
            inner = _emit(item, variants, in_title=True)
            return f"{{title}} : ({inner})" if inner and not in_title else inner
        case Any(items):
            return _join(" OR ", (_emit(item, variants, in_title=in_title) for item in items))
        case All(items):
            return _emit_all(items, variants, in_title)
        case Not():
            return ""


def _emit_all(items: tuple[Node, ...], variants: bool, in_title: bool) -> str:
    wanted = _join(" AND ", (_emit(item, variants, in_title=in_title) for item in items))
    unwanted = _join(" OR ", (_emit(item.item, variants, in_title=in_title) for item in items if isinstance(item, Not)))
    return f"({wanted} NOT {unwanted})" if wanted and unwanted else wanted


def _join(operator: str, expressions: Iterator[str]) -> str:
    kept = list(dict.fromkeys(expression for expression in expressions if expression))
    return f"({operator.join(kept)})" if len(kept) > 1 else "".join(kept)


def _phrase(text: str, prefix: bool, in_title: bool) -> str:
    """One phrase of tokens as the index holds them; its last run is open, as any part of a run may be asked for."""
    parts = pieces(text)
    if not parts:
        return ""
    words: list[str] = []
    for piece, run in parts:
        words += [*pairs(piece), piece[-1]] if run else [piece]
    last, run = parts[-1]
    if run and len(last) > 1:
        words.pop()
    single = run and len(last) == 1
    open_end = (prefix and not run) or (single and (len(words) > 1 or in_title))
    phrase = f'"{" ".join(words)}"{" *" if open_end else ""}'
    if len(words) > 1 and not in_title and all(run and len(piece) == 1 for piece, run in parts):
        return f"(- {{chars}} : ({phrase}))"
    return phrase
