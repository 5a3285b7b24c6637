"""Read-more links and the traces that they leave at the end of an excerpt."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from archiver.words.compare import LONGEST, LONGEST_WITH_TITLE, phrases, squeeze
from archiver.words.posts import READ_MORE, READ_MORE_PREFIX

_OPENING = "[(【「《<»→"
_ARROWS = "»›→⇒➔➜⟶>≫↠"
_READ_MORE = phrases(READ_MORE)
_READ_MORE_ENDS = tuple(_READ_MORE)
_READ_MORE_PREFIX = tuple(sorted(phrases(READ_MORE_PREFIX), key=len, reverse=True))


@lru_cache(maxsize=4096)
def is_read_more(text: str) -> bool:
    """Whether a link's whole text asks to read the rest of a post, with or without its title after the phrase."""
    if len(text) > LONGEST_WITH_TITLE:
        return False
    plain = squeeze(text)
    if plain in _READ_MORE or plain.replace(" ", "") in _READ_MORE:
        return True
    if not plain:
        return is_continuation_mark(text)
    if not plain.startswith(_READ_MORE_PREFIX):
        return False
    return any(plain.startswith(prefix) and _breaks(plain, len(prefix)) for prefix in _READ_MORE_PREFIX)


def is_continuation_mark(text: str) -> bool:
    """Whether the text is only a mark that more follows: "[...]", "»", "→", "(…)"."""
    mark = unicodedata.normalize("NFKC", text).strip()
    return 0 < len(mark) <= 8 and ("..." in mark or any(c in _ARROWS for c in mark)) and not squeeze(mark)


def strip_read_more(text: str) -> str:
    """The excerpt without the read-more words at its end: a last line of its own, or a phrase set off by a mark.

    A sentence that merely ends in such words ("I want to read more.") is left as it is.
    """
    kept = text.rstrip()
    while True:
        shorter = _without_last_line(_without_tail(kept)).rstrip()
        if shorter == kept:
            return kept
        kept = shorter


def _without_last_line(text: str) -> str:
    head, newline, line = text.rpartition("\n")
    lone = len(line) <= LONGEST_WITH_TITLE and (newline or len(line) <= LONGEST)
    if not lone or line.strip() in ("...", "…") or not is_read_more(line.strip()):
        return text
    return head


def _without_tail(text: str) -> str:
    for mark in ("[...]", "[…]", "(…)", "[&hellip;]", "[ … ]", "[. . .]"):
        if text.endswith(mark):
            return text[: -len(mark)]
    start = max(0, len(text) - LONGEST)
    tail = text[start:]
    if not squeeze(tail).endswith(_READ_MORE_ENDS):
        return text
    for place in range(len(tail)):
        if place and not tail[place - 1].isalnum() and (tail[place].isalnum() or tail[place] in _OPENING):
            phrase = tail[place:]
            if squeeze(phrase) in _READ_MORE and _set_off(tail[:place], phrase):
                return text[: start + place]
    return text


def _set_off(before: str, phrase: str) -> bool:
    mark = unicodedata.normalize("NFKC", before).rstrip()[-3:]
    arrow = phrase.rstrip()[-1] in _ARROWS + "]" or phrase.rstrip().endswith(("...", "…"))
    if phrase[0] in _OPENING or mark.endswith(("...", "[", "(", "»", "→", "|")):
        return True
    ended = mark[-1:] in ".!?。!?:;"
    return (ended and (arrow or not phrase[0].islower())) or (arrow and phrase[0].isupper())


def _breaks(text: str, place: int) -> bool:
    """Whether a word ends at the place: at the end, a mark or a space, or between characters written unspaced."""
    return (
        place >= len(text) or not text[place].isalpha() or (not text[place - 1].isascii() and ord(text[place]) > 0x2E7F)
    )
