"""Text for search: rewriting for the index, the query language, variants of characters, and highlighting."""

from archiver.tokens.rewrite import VERSION, characters, fold, rewrite, tokens

__all__ = ["VERSION", "characters", "fold", "rewrite", "tokens"]
