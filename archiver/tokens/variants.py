"""Simplified and traditional Chinese: the other ways in which the same word may be written.

The index keeps characters as they are, since folding them would make one of 乾, 干 and 幹; a query asks for the
other forms instead. Characters are taken one by one, so a form may be one that nobody writes: it finds nothing.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, product

from archiver.tokens.variant_table import GROUPS, PAIRS

MOST = 16
"""The most traditional forms of one term that are asked for."""


@cache
def _traditional() -> dict[str, str]:
    table = {PAIRS[at]: PAIRS[at + 1] for at in range(0, len(PAIRS), 2)}
    return table | {group[0]: group[1:] for group in GROUPS.split()}


@cache
def _simplified() -> dict[str, str]:
    table: dict[str, str] = {}
    for simplified, forms in _traditional().items():
        for form in forms:
            if form != simplified:
                table.setdefault(form, simplified)
    return table


def forms(text: str) -> tuple[str, ...]:
    """Give the text, its simplified form and its traditional forms, without repeats, the text itself first."""
    simplified = "".join(_simplified().get(character, character) for character in text)
    choices = (_traditional().get(character, character) for character in text)
    traditional = ("".join(form) for form in islice(product(*choices), MOST))
    return tuple(dict.fromkeys((text, simplified, *traditional)))
