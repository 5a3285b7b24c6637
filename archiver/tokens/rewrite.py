"""Text as the index holds it: folded, and cut into pairs where a script puts no spaces between words.

Folding follows NFKC_Casefold (Unicode 3.13, UAX #15) and then drops accents. A run of Chinese, Japanese, Korean,
Thai, Lao, Khmer, Burmese, Yi or Tangut becomes its overlapping pairs of characters and, at the end, its last
character; all that is neither letter, mark nor number becomes a space. So ``使用BERT模型`` is indexed as
``使用 用 bert 模型 型`` and any run of two or more characters is found exactly, as a phrase of pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from operator import add

VERSION = "bigram1"

UNSPACED = (
    ("Thai", "\u0e01-\u0e3a\u0e40-\u0e4e"),
    ("Lao", "\u0e81-\u0ece\u0edc-\u0edf"),
    ("Burmese", "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa76\uaa7a-\uaa7f"),
    ("Hangul jamo", "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\ud7b0-\ud7fb"),
    ("Khmer", "\u1780-\u17d3\u17d7\u17dc\u17dd"),
    ("Han marks and numerals", "\u3005-\u3007\u3021-\u302f\u3031-\u3035\u3038-\u303c"),
    ("Kana", "\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\U0001aff0-\U0001b16f"),
    ("Bopomofo", "\u3105-\u312f\u31a0-\u31bf"),
    ("Han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"),
    ("Yi", "\ua000-\ua48c"),
    ("Hangul", "\uac00-\ud7a3"),
    ("Tangut, Khitan", "\U00016fe0\U00016fe4\U00017000-\U00018cff\U00018d00-\U00018d7f"),
)
UNSPACED_CLASS = "".join(ranges for _, ranges in UNSPACED)

ACCENTS = (
    ("Latin, Greek, Cyrillic", 0x0300, 0x036F),
    ("Cyrillic", 0x0483, 0x0489),
    ("Hebrew accents, points", 0x0591, 0x05BD),
    ("Hebrew points", 0x05BF, 0x05BF),
    ("Hebrew points", 0x05C1, 0x05C2),
    ("Hebrew points", 0x05C4, 0x05C5),
    ("Hebrew points", 0x05C7, 0x05C7),
    ("Arabic", 0x0610, 0x061A),
    ("Arabic", 0x064B, 0x065F),
    ("Arabic", 0x0670, 0x0670),
    ("Arabic", 0x06D6, 0x06DC),
    ("Arabic", 0x06DF, 0x06E4),
    ("Arabic", 0x06E7, 0x06E8),
    ("Arabic", 0x06EA, 0x06ED),
    ("Arabic", 0x0897, 0x089F),
    ("Arabic", 0x08CA, 0x08E1),
    ("Arabic", 0x08E3, 0x08FF),
    ("extended", 0x1AB0, 0x1AFF),
    ("supplement", 0x1DC0, 0x1DFF),
    ("symbols", 0x20D0, 0x20FF),
    ("Cyrillic letters", 0x2DE0, 0x2DFF),
    ("Cyrillic", 0xA66F, 0xA672),
    ("Cyrillic", 0xA674, 0xA67D),
    ("Cyrillic letters", 0xA69E, 0xA69F),
    ("Hebrew points", 0xFB1E, 0xFB1E),
    ("half marks", 0xFE20, 0xFE2F),
    ("Arabic", 0x10EFA, 0x10EFF),
    ("Glagolitic letters", 0x1E000, 0x1E02A),
    ("Cyrillic letters", 0x1E08F, 0x1E08F),
)
UNSEEN = (
    ("soft hyphen", 0x00AD, 0x00AD),
    ("Arabic letter mark", 0x061C, 0x061C),
    ("Mongolian selectors", 0x180B, 0x180F),
    ("zero width, direction", 0x200B, 0x200F),
    ("direction", 0x202A, 0x202E),
    ("joiners, isolates", 0x2060, 0x206F),
    ("variation selectors", 0xFE00, 0xFE0F),
    ("byte order mark", 0xFEFF, 0xFEFF),
    ("tags, variation selectors", 0xE0000, 0xE0FFF),
)
ACCENTED = ((0x00C0, 0x06FF), (0x1E00, 0x1FFF), (0xA640, 0xA69F))

MARKED = ((0x0300, 0x1DFF), (0x2CEF, 0x2DFF), (0x3029, 0x309A), (0xA66F, 0xABFF), (0xFB1E, 0xFB1E), (0x101FD, 0x1EAFF))

_RUN = re.compile(f"[{UNSPACED_CLASS}]+")
_PIECE = re.compile(f"([{UNSPACED_CLASS}]+)|[^\\s{UNSPACED_CLASS}]+")


@cache
def marks() -> str:
    """The marks that are letters' parts (vowel signs of India and beyond), which ``\\w`` leaves out."""
    codes = (code for first, last in MARKED for code in range(first, last + 1))
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code)).startswith("M"))


def _class(rows: Iterable[tuple[int, int]]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in rows)


_LOSING = re.compile(f"[{_class((*ACCENTED, *(row[1:] for row in (*ACCENTS, *UNSEEN))))}]")
_BETWEEN = re.compile(f"[^\\w{marks()}]+|_")
# unicode61 knows no character younger than Unicode 6.1 and takes it for a letter; these it knows to be none.
_YOUNG = re.compile(f"[^\\w{marks()}\\x00-\\xff\\u2010-\\u2027\\u2030-\\u205e\\u3000-\\u3020]+")


@cache
def _drops() -> frozenset[str]:
    rows = (*ACCENTS, *UNSEEN)
    return frozenset(chr(code) for _, first, last in rows for code in range(first, last + 1))


@cache
def _table() -> dict[str, str]:
    """What each character loses: accents and unseen characters go, accented letters keep their base."""
    drops = _drops()
    table = dict.fromkeys(drops, "")
    for first, last in ACCENTED:
        for code in range(first, last + 1):
            parts = unicodedata.normalize("NFD", chr(code))
            kept = "".join(part for part in parts if part not in drops)
            if kept != parts:
                table[chr(code)] = unicodedata.normalize("NFC", kept)
    return table


def fold(text: str) -> str:
    """Fold widths, ligatures, case and accents, and drop what cannot be seen; ``ＢＥＲＴ`` gives ``bert``."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    table = _table()
    return unicodedata.normalize("NFKC", _LOSING.sub(lambda match: table.get(match[0], match[0]), text))


def pairs(run: str) -> list[str]:
    """Give the overlapping pairs of a run of an unspaced script, in order; one character gives none."""
    return list(map(add, run, run[1:]))


def _spread(match: re.Match[str]) -> str:
    run = match[0]
    return f" {' '.join(pairs(run))} {run[-1]} "


def rewrite(text: str) -> str:
    """Give the text as the index holds it (see the module), for ``unicode61`` to cut."""
    return _RUN.sub(_spread, _YOUNG.sub(" ", fold(text)))


def tokens(text: str) -> list[str]:
    """Give the tokens of a text in order, the same that SQLite makes of :func:`rewrite`."""
    return _BETWEEN.sub(" ", rewrite(text)).split()


def characters(*texts: str) -> str:
    """Give the distinct characters of unspaced scripts in the texts, sorted, separated by spaces."""
    seen = "".join(sorted(set().union(*map(fold, texts))))
    return " ".join("".join(_RUN.findall(seen)))


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text into its words and its runs of unspaced scripts, folded; the flag is true for runs."""
    return [(match[0], match[1] is not None) for match in _PIECE.finditer(_BETWEEN.sub(" ", fold(text)))]
