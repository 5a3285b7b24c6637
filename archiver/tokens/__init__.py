"""Text for search: rewriting for the index, the query language, variants of characters, and highlighting."""

from archiver.tokens.highlight import Snippet, highlight, snippet
from archiver.tokens.query import NOTHING, RANK, RANKED_AT_MOST, WEIGHTS, to_match
from archiver.tokens.rewrite import VERSION, characters, fold, rewrite

__all__ = [
    "NOTHING",
    "RANK",
    "RANKED_AT_MOST",
    "VERSION",
    "WEIGHTS",
    "Snippet",
    "characters",
    "fold",
    "highlight",
    "rewrite",
    "snippet",
    "to_match",
]
