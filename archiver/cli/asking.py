"""Options that several commands share."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver.cli.numbers import Number, Whole
from archiver.errors import RulesError
from archiver.parse.by_rules import compile_rules
from archiver.rules import loads

F = TypeVar("F", bound=Callable[..., Any])

DELAY = 1.0
USUAL = "archive.db"
DAY = 86_400.0

ARCHIVE = "archiver.archive"
"""Under this name the context of a command keeps the archive that it is about."""
_COMMAND = re.compile(
    r"\barchiver (?:crawl|update|reparse|search|list|show|blogs|stats|problems|check|forget|serve)\b"
    r"(?: (?:--?[a-z][a-z-]*|[A-Z]+|[0-9]+|'?https?://[^\s;,]+)(?![\w-]))*"
)


def _remember(ctx: click.Context, param: click.Parameter, value: str) -> str:
    ctx.meta[ARCHIVE] = value
    return value


database = click.option(
    "-d",
    "--db",
    callback=_remember,
    envvar="ARCHIVER_DB",
    default=USUAL,
    show_default=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The archive (environment: ARCHIVER_DB).",
)

one_blog = click.option(
    "--blog", "only", metavar="BLOG", help="Only this blog: its number, title or address, or part of it."
)


def usual() -> str:
    """The archive of a command that does not name one."""
    return os.environ.get("ARCHIVER_DB") or USUAL


def pointing(text: str, db: str) -> str:
    """The text with every command in it about this archive, so that it works when it is copied."""
    if not db or db == usual():
        return text
    return _COMMAND.sub(lambda found: f"{found[0]} -d {shlex.quote(db)}", text)


def ruling(command: F) -> F:
    """The option that names a rules file."""
    return click.option(
        "--rules",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Read by the rules in this file (TOML; a start: archiver inspect URL --rules). Kept in the archive.",
    )(command)


def rules_text(path: str) -> str:
    """The text of a rules file, its selectors and all checked; ``RulesError`` if it cannot be had or understood."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror or str(error) if isinstance(error, OSError) else "not UTF-8"
        raise RulesError(path, cause, "a start: archiver inspect URL --rules > rules.toml") from error
    for rules in loads(text, path):
        compile_rules(rules)
    return text


def fetching(command: F) -> F:
    """The options of whatever asks a site."""
    for option in (
        click.option("--user-agent", metavar="TEXT", help="Call yourself this instead of archiver/VERSION."),
        click.option("--cookies", type=click.Path(dir_okay=False), metavar="FILE", help="Cookies (Netscape format)."),
        click.option("--proxy", metavar="URL", help="Ask through this proxy."),
        click.option(
            "--delay",
            type=Number(min=0, max=DAY),
            metavar="S",
            help=f"Seconds between two requests to a host.  [default: {DELAY}]",
        ),
    ):
        command = option(command)
    return command


def picturing(command: F) -> F:
    """The bounds on pictures."""
    for option in (
        click.option(
            "--max-image-size",
            type=Number(min=0, min_open=True),
            metavar="MB",
            help="Leave larger pictures (default: 64 MB) as addresses.",
        ),
        click.option("--max-images", type=Whole(min=0), metavar="N", help="Fetch at most N pictures."),
    ):
        command = option(command)
    return command


def verbosity(command: F) -> F:
    """How much is said on stderr."""
    command = click.option("-v", "--verbose", count=True, help="Say more (-vv: every page).")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Say only errors.")(command)
