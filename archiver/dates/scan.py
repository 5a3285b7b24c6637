"""Finds the dates printed in a short text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from archiver.dates.reading import printed_of
from archiver.dates.relative import counted, fixed
from archiver.dates.styles import Style, pattern, styles_for
from archiver.dates.tokens import Token, tokens
from archiver.dates.values import Printed

LONGEST_TEXT = 300
"""Characters of a text that are looked at."""

MODIFIED = re.compile(
    r"updated?|modif|edited|revised|更新|修改|编辑于|編輯於|編集|수정|갱신|aktualis|geändert|mis à jour|màj|actualizad"
    r"|atualizad|aggiornat|modificat|обновл|измен|bijgewerkt|gewijzigd|uppdaterad|opdateret|oppdatert|güncelle|zaktualiz",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"publish|posted|created|written|发布|发表|發布|發表|创建|建立|公開|投稿|作成|작성|게시|veröff|erstellt|publi|créé|опубл|созда",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
WORDS_ALONE = 40
"""Characters of a text without digits that is looked at."""

LABEL = 24
"""Characters before a date in which a label such as "Updated" is looked for."""


def scan(text: str, language: str | None = None) -> tuple[Printed, ...]:
    """Every date printed in a text of up to 300 characters, in the order they stand there.

    ``language`` is the tag of the blog's language. Prices, versions, counts and times alone are not dates.
    """
    return _read(text[:LONGEST_TEXT], language)


@lru_cache(maxsize=4096)
def _read(text: str, language: str | None) -> tuple[Printed, ...]:
    digits = DIGIT.search(text) is not None
    if not digits and not _could_be_words(text):
        return ()
    pieces = tokens(text, language)
    found = _scan(text, pieces, language)
    if digits and not any(printed.year or printed.ago for printed in found) and _may_be_wide(pieces, language):
        distant = _scan(text, tokens(text, language, wide=True), language, wide=True)
        found = [printed for printed in distant if printed.year or printed.ago] or found
    return tuple(_labelled(text, sorted(found, key=lambda printed: printed.start)))


def parts(texts: Sequence[str], language: str | None = None) -> Printed | None:
    """The one date that the elements of a badge print together ("2" and "Dec", "12" and "2018-06"), or None.

    ``start`` and ``end`` count in the texts joined with a space.
    """
    text = " ".join(filter(None, (" ".join(text.split()) for text in texts[:6])))[:LONGEST_TEXT]
    for wide in (False, True):
        pieces = tokens(text, language, wide)
        found = _styled(pieces, language, badges=True) or _styled(pieces, language)
        whole = [printed for printed in found if printed.end - printed.start >= len(text.strip(" .,|/-")) - 4]
        if len(whole) == 1:
            return whole[0]
    return None


def _could_be_words(text: str) -> bool:
    """Whether a text without digits can hold a date: Chinese numerals, one name of a month, or "yesterday"."""
    if len(text) > WORDS_ALONE:
        return False
    return len(text.split()) == 1 or any(char in text for char in "年月日號号") or any(fixed(text))


def _scan(text: str, pieces: Sequence[Token], language: str | None, wide: bool = False) -> list[Printed]:
    """The dates of a text: with a year before distances, distances before dates without a year."""
    styled = _styled(pieces, language)
    full, yearless = ([printed for printed in styled if bool(printed.year) is want] for want in (True, False))
    return _apart(chain(full, counted(pieces, language, wide and language is None), fixed(text), yearless))


def _may_be_wide(pieces: Iterable[Token], language: str | None) -> bool:
    """Whether a date with a year, or a distance, may stand there in a language that the blog does not declare."""
    kinds = {piece.kind for piece in pieces}
    return "x" in kinds and (language is None or not kinds.isdisjoint("4q"))


def _styled(pieces: Sequence[Token], language: str | None, badges: bool = False) -> list[Printed]:
    """The dates in the styles of the table."""
    kinds = "".join(piece.kind for piece in pieces)
    return _apart(
        printed
        for style, match in _matches(kinds, badges)
        for printed in printed_of(style, match, kinds, pieces, language)
    )


@lru_cache(maxsize=2048)
def _matches(kinds: str, badges: bool) -> tuple[tuple[Style, re.Match[str]], ...]:
    """Where the styles fit, by kinds alone: a blog prints its dates alike."""
    return tuple((style, match) for style in styles_for(kinds, badges) for match in pattern(style).finditer(kinds))


def _apart(found: Iterable[Printed]) -> list[Printed]:
    """The dates that overlap none before them."""
    kept: list[Printed] = []
    for printed in found:
        if all(printed.end <= other.start or other.end <= printed.start for other in kept):
            kept.append(printed)
    return kept


def _labelled(text: str, found: Sequence[Printed]) -> Iterator[Printed]:
    """The dates, those marked that a label before or behind them calls updated or modified."""
    last = 0
    for place, printed in enumerate(found):
        label = text[max(last, printed.start - LABEL) : printed.start]
        tail = text[printed.end : printed.end + 5] if place + 1 == len(found) else ""
        last = printed.end
        modified = MODIFIED.search(label) or MODIFIED.search(tail)
        yield replace(printed, modified=True) if modified and not PUBLISHED.search(label) else printed
