"""Simplified and traditional Chinese: the other ways in which the same word may be written.

The index keeps characters as they are, since folding them would make one of 乾, 干 and 幹; a query asks for the
other forms instead. Characters are taken one by one, so a form may be one that nobody writes: it finds nothing.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, product

from archiver.tokens.variant_table import GROUPS, PAIRS

MOST = 16
"""The most simplified, and the most traditional forms of one term that are asked for."""


@cache
def _traditional() -> dict[str, str]:
    table = {PAIRS[at]: PAIRS[at + 1] for at in range(0, len(PAIRS), 2)}
    return table | {group[0]: group[1:] for group in GROUPS.split()}


@cache
def _simplified() -> dict[str, str]:
    """The simplified forms of traditional characters, those that stand for several characters first."""
    table: dict[str, str] = {}
    rows = [*((group[0], group[1:]) for group in GROUPS.split()), *_traditional().items()]
    for simplified, traditional in rows:
        for form in traditional:
            if form != simplified and simplified not in table.get(form, ""):
                table[form] = table.get(form, "") + simplified
    return table


def _written(text: str, table: dict[str, str]) -> list[str]:
    choices = (table.get(character, character) for character in text)
    return ["".join(form) for form in islice(product(*choices), MOST)]


def forms(text: str) -> tuple[str, ...]:
    """Give the text, its simplified forms and its traditional forms, without repeats, the text itself first."""
    return tuple(dict.fromkeys((text, *_written(text, _simplified()), *_written(text, _traditional()))))
