"""Where a query hits a text, and the part of the text to show: in the original, however it is written.

The text is folded as for the index, with the place of every folded character kept, and searched with patterns that
follow the index's rules: a run of an unspaced script anywhere, a word between boundaries, the pieces of a phrase
with nothing but blanks and punctuation between them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from archiver.tokens.query import Term, parse, terms
from archiver.tokens.rewrite import ACCENTS, UNSEEN, UNSPACED_CLASS, fold, marks, pieces
from archiver.tokens.variants import forms

LONGEST = 1_000_000
"""Characters of a text that are searched for hits."""
MOST_HITS = 100
"""Hits among which the best place for a snippet is sought."""
SENTENCE_ENDS = frozenset("。！？!?…\n；;")
REACH = 24
"""How far before a hit, in columns, the start of its sentence is looked for; a third of a narrow window."""

_LETTER = f"(?![{UNSPACED_CLASS}_])[\\w{marks()}]"
_START = f"(?<!{_LETTER})"
_END = f"(?!{_LETTER})"
_GAP = f"(?:[^\\w{marks()}]|_)"

_UNSEEN_CLASS = "".join(f"{chr(first)}-{chr(last)}" for _, first, last in (*ACCENTS, *UNSEEN))
_JOINING = f"{marks()}{_UNSEEN_CLASS}\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7fb\uff9e-\uffdc"
_PLAIN = "\x00-\x7f\u3001-\u3020\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
_CLUSTER = re.compile(f"([{_PLAIN}]+(?![{_JOINING}]))|.[{_JOINING}]*", re.DOTALL)

_BLANKS = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text, and the spans of it that were asked for."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        """Give the text in parts, each with whether it is a hit."""
        at = 0
        for start, end in self.spans:
            if start > at:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False


@dataclass(frozen=True, slots=True)
class Places:
    """Where folded characters come from: stretches that begin at ``folded`` and ``origin``, one to one if ``plain``."""

    folded: list[int]
    origin: list[int]
    plain: list[bool]

    def span(self, start: int, end: int) -> Span:
        """Give the span of the original that a span of folded text, which is not empty, comes from."""
        first, last = bisect_right(self.folded, start) - 1, bisect_right(self.folded, end - 1) - 1
        left = self.origin[first] + (start - self.folded[first] if self.plain[first] else 0)
        if self.plain[last]:
            return left, self.origin[last] + end - self.folded[last]
        return left, self.origin[last + 1]


def fold_map(text: str) -> tuple[str, Places]:
    """Fold a text, and tell where the characters come from."""
    parts: list[str] = []
    places = Places([], [], [])
    at = 0
    for match in _CLUSTER.finditer(text):
        if part := fold(match[0]):
            parts.append(part)
            places.folded.append(at)
            places.origin.append(match.start())
            places.plain.append(match[1] is not None)
            at += len(part)
    places.origin.append(len(text))
    return "".join(parts), places


def _pattern(term: Term, text: str) -> str | None:
    parts = pieces(text)
    if not parts:
        return None
    found = [
        re.escape(piece) if run else f"{_START}{re.escape(piece)}{_END if not term.prefix or more else ''}"
        for (piece, run), more in zip(parts, [True] * (len(parts) - 1) + [False], strict=True)
    ]
    gaps = [f"{_GAP}{'+' if before and after else '*'}" for (_, before), (_, after) in pairwise(parts)]
    return "".join(part for pair in zip(found, [*gaps, ""], strict=True) for part in pair)


@lru_cache(maxsize=64)
def patterns(query: str, variants: bool = False) -> tuple[re.Pattern[str], ...]:
    """Give one pattern over folded text for each term of a query that a hit may contain."""
    compiled = []
    for term in dict.fromkeys(terms(parse(query))):
        wanted = dict.fromkeys(_pattern(term, form) for form in (forms(term.text) if variants else (term.text,)))
        if either := "|".join(pattern for pattern in wanted if pattern):
            compiled.append(re.compile(either))
    return tuple(compiled)


def _hits(text: str, query: str, variants: bool) -> list[tuple[int, int, int]]:
    """The hits as (start, end, number of the term), sorted."""
    wanted = patterns(query, variants)
    if not wanted:
        return []
    text = text[:LONGEST]
    folded = fold(text)
    found = [(match, number) for number, pattern in enumerate(wanted) for match in pattern.finditer(folded)]
    if not found:
        return []
    _, places = fold_map(text)
    return sorted((*places.span(*match.span()), number) for match, number in found)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlight(text: str, query: str, *, variants: bool = False) -> tuple[Span, ...]:
    """Give the spans of a text that a query asks for, sorted and apart; offsets are into the text as given."""
    return tuple(_merged((start, end) for start, end, _ in _hits(text, query, variants)))


@cache
def _cell(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The columns that a text takes where East Asian characters take two."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def snippet(text: str, query: str, *, width: int = 160, variants: bool = False) -> Snippet:
    """Give the part of a text, about ``width`` columns long, in which most of a query is found, with its hits.

    Without a hit it is the beginning of the text. Blanks and line breaks become one blank.
    """
    hits = _hits(text, query, variants)
    columns = list(accumulate(map(_cell, text if hits else text[: width + 1]), initial=0))
    reach = min(REACH, width // 3)
    whole = len(columns) == len(text) + 1 and columns[-1] <= width
    start = 0 if whole or not hits else _begin(text, _best(columns, hits, width - reach), reach)
    end = _end(text, start, columns, width)
    spans = _merged((max(left, start), right) for left, right, _ in hits if left < end and right > start)
    if len(spans) > 1 and spans[-1][1] > end:
        end = spans.pop()[0]
    return _tidy(text, start, end, [(left, min(right, end)) for left, right in spans])


def _best(columns: Sequence[int], hits: Sequence[tuple[int, int, int]], width: int) -> int:
    """Where the window begins that holds most terms, then most hits."""
    best, place = (0, 0), 0
    for at, (start, _, _) in enumerate(hits[:MOST_HITS]):
        inside = hits[at : bisect_left(hits, (_reach(columns, start, width), 0, 0), lo=at + 1)]
        score = (len({number for _, _, number in inside}), len(inside))
        if score > best:
            best, place = score, start
    return place


def _reach(columns: Sequence[int], start: int, width: int) -> int:
    """The end of a stretch of ``width`` columns; ``columns`` are those before each character, and in all."""
    return bisect_right(columns, columns[start] + width) - 1


def _begin(text: str, hit: int, reach: int) -> int:
    """The start of the hit's sentence if it is near, else some columns before the hit, between words."""
    taken, blank = 0, hit
    for at in range(hit, 0, -1):
        if text[at - 1] in SENTENCE_ENDS or text[at - 2 : at] == ". ":
            return at
        if text[at - 1].isspace() or _cell(text[at - 1]) == 2:
            blank = at
        taken += _cell(text[at - 1])
        if taken >= reach:
            return blank
    return 0


def _end(text: str, start: int, columns: Sequence[int], width: int) -> int:
    """The end of the window, between words."""
    end = _reach(columns, start, width)
    if end == len(text):
        return end
    for at in range(end, max(start, end - width // 3), -1):
        if not (text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii() and text[at].isalnum()):
            return at
    return end


def _tidy(text: str, start: int, end: int, spans: Sequence[Span]) -> Snippet:
    """The stretch on one line, with an ellipsis where the text goes on."""
    shown, marked = "…" if start else "", []
    at = start
    for left, right in [*spans, (end, end)]:
        shown = _append(shown, text[at:left])
        before = len(shown)
        shown = _append(shown, text[left:right])
        if len(shown) > before:
            marked.append((before, len(shown)))
        at = right
    shown = shown.rstrip() if end == len(text) else f"{shown.rstrip()}…"
    return Snippet(shown, tuple(marked))


def _append(shown: str, more: str) -> str:
    joined = _BLANKS.sub(" ", more)
    return shown + (joined.lstrip() if not shown or shown[-1] in " …" else joined)
