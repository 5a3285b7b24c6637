"""Keep a whole blog in one SQLite file: read without rules, dated with evidence, searched and browsed offline."""

__version__ = "0.1.0"
