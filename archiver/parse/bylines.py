"""The names of authors in the short texts of a post: behind a label, beside a date, in a line of small print."""

from __future__ import annotations

import re

from archiver import words
from archiver.parse.dating import Dater

LONGEST_NAME = 60
MOST_WORDS = 5  # of a name behind a label, particles not counted
PARTICLES = frozenset("van von der den de da do dos di del della la le bin ibn al el ten ter zu af".split())
JOINTS = frozenset("and & + und et y e i og och ja en és și a + mit with".split())
UNFINISHED = (":", "!", "?", "…", ",", ";", "。", "！", "？", "।")
LONGEST_INITIALS = 3  # letters of a last word that ends in a full stop: "Jr."
_BETWEEN = re.compile(r"[|·•｜]")


def named_in(text: str, dater: Dater, declared: str = "") -> str | None:
    """The author that a short text names, as a label tells or the page declares; None where it names nobody."""
    parts = _BETWEEN.split(text)
    for part in parts:
        for name in (words.strip_byline(part.strip()), _beside_date(part, dater)):
            if name and len(name) <= LONGEST_NAME and may_be_named(name) and not dater.scan(name):
                return name
    return declared if declared and declared in (part.strip() for part in parts) else None


def may_be_named(text: str) -> bool:
    """Whether what stands behind a byline's label can be names: no sentence, and no words that names do not have."""
    parts = [part for part in re.split(r"[\s,/]+", text) if part]
    if not parts or text.endswith(UNFINISHED) or (text.endswith(".") and len(parts[-1]) > LONGEST_INITIALS + 1):
        return False
    counted = [part for part in parts if part not in PARTICLES and part.casefold() not in JOINTS]
    joined = len(parts) - len(counted) if any(part.casefold() in JOINTS for part in parts) or "," in text else 0
    return len(parts) == 1 or (
        len(counted) <= MOST_WORDS * (1 + joined) and not any(part[0].islower() for part in counted)
    )


def _beside_date(text: str, dater: Dater) -> str | None:
    """The author's name in a line that also prints the date: "3 May 2021 by Ann Lee", "By Ann Lee on 3 May"."""
    days = dater.days(text)
    edges = [0, *(edge for day in days for edge in (day.start, day.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True) if days else ():
        piece = text[start:end].strip(" ,.;:-–—").split()
        if len(piece) == 2 and start and words.is_byline_label(piece[0]):
            return piece[1]
        if len(piece) > 2 and words.date_label(piece[-1]) and words.is_byline_label(" ".join(piece[:-2])):
            return piece[-2]
        while piece and (piece[-1][0].islower() or words.date_label(piece[-1])):
            piece.pop()
        name = words.strip_byline(" ".join(piece))
        if name and _is_like_a_name(name):
            return name
    return None


def _is_like_a_name(text: str) -> bool:
    """Whether a text is short and its words begin as names do, particles set aside."""
    parts = text.split()
    return len(parts) <= 4 and all(not part[0].islower() or part in PARTICLES for part in parts)
