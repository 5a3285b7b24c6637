"""How phrases are compared: without regard to case, width, spacing, and the marks at their edges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

LONGEST = 60
LONGEST_WITH_TITLE = 240

_EDGE_MARKS = frozenset("LNM")
_DIGITS = re.compile(r"\d+")
_ASCII_EDGES = "".join(chr(code) for code in range(128) if not chr(code).isalnum())


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """The text for comparison: NFKC, case folded, single spaces, without marks and arrows at its edges."""
    if text.isascii():
        return " ".join(text.strip(_ASCII_EDGES).lower().split())
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    start, end = 0, len(plain)
    while start < end and unicodedata.category(plain[start])[0] not in _EDGE_MARKS:
        start += 1
    while end > start and unicodedata.category(plain[end - 1])[0] not in _EDGE_MARKS:
        end -= 1
    return " ".join(plain[start:end].casefold().split())


def phrases(table: Mapping[str, str]) -> frozenset[str]:
    """All phrases of a table, squeezed."""
    return frozenset(squeeze(phrase) for row in table.values() for phrase in row.split("|"))


@lru_cache(maxsize=4096)
def without_numbers(text: str) -> str:
    """The squeezed text without its numbers: "Next 10 posts" gives "next posts"."""
    return squeeze(_DIGITS.sub(" ", text))
