"""What the blocks of a listing have alike: a pattern with slots for what differs from post to post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.models import RawDate
from archiver.parse.markup import Key


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A slot of the excerpt: one element, or a run of siblings of the kinds in ``among``.

    ``place`` leads from the block to the one element by the numbers of its children, ``after`` is how many elements
    follow it there.
    """

    among: frozenset[Key] = frozenset()
    place: tuple[int, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The pattern of a block, and what its slots mean.

    The groups of ``pattern``: ``href`` (the permalink as written), ``title``, ``d0`` .. for ``dates``, ``t0`` .. for
    ``lists`` of tags, ``k0`` .. for ``kept``, and ``end`` for tags that close what ``kept`` left open. The rest is what
    all records of the template have alike; ``faces`` says that a block has pictures of its author, not of the post.
    """

    pattern: re.Pattern[str]
    dates: tuple[RawDate, ...]
    lists: int
    kept: tuple[Kept, ...]
    author: str | None
    read_more: bool
    faces: bool
    evidence: Mapping[str, str]
