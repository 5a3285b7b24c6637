"""The commands that show the tool at work: serve opens an archive in Datasette, demo makes one of a sample blog."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import click

from archiver import demo
from archiver.cli.asking import database
from archiver.cli.crawling import run_one
from archiver.cli.numbers import Whole
from archiver.cli.output import note
from archiver.cli.reading import search_command
from archiver.crawl import Options
from archiver.errors import ArchiverError, UsageError
from archiver.store import Archive
from archiver.urls import host_of

HOST = "127.0.0.1"
PORT = 8001
SETTINGS = {"sql_time_limit_ms": 5000, "facet_time_limit_ms": 2000, "default_page_size": 50, "suggest_facets": "off"}
"""Datasette's settings: an archive may hold many thousands of posts, and its reader is its owner."""
MISSING = "pip install 'blog-archiver[datasette]'"
WORDS = ("图书馆", "bread")
"""What the demo searches for."""


@click.command("serve", context_settings={"help_option_names": ["--help"]})
@database
@click.option(
    "-p", "--port", type=Whole(0, 65535), default=PORT, show_default=True, metavar="N", help="0: any free port."
)
@click.option("-h", "--host", default=HOST, show_default=True, metavar="ADDRESS", help="0.0.0.0: let others read it.")
@click.option("-o", "--open", "browser", is_flag=True, help="Open a browser.")
def serve_command(db: str, port: int, host: str, browser: bool) -> None:
    """Browse an archive in Datasette, until Ctrl-C."""
    Archive.read(db).close()
    try:
        from datasette.cli import cli as datasette
        from datasette.utils import tilde_encode
    except ImportError as error:
        raise UsageError("archiver serve", "Datasette is not installed", f"Install it: {MISSING}") from error
    if unquote(db) != db or set(db) & set("?#"):
        raise UsageError(db, "Datasette opens no file with %, ? or # in its path", "Give it another: mv, or ln -s")
    port = free_port(host, port)
    site = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    note(f"Reading room: http://{site}/-/archive/{tilde_encode(Path(db).stem)}/   Ctrl-C ends it.")
    options = [part for name, value in SETTINGS.items() for part in ("--setting", name, str(value))]
    options += ["--open"] if browser else []
    with suppress(KeyboardInterrupt):
        datasette.main(["serve", db, "--host", host, "--port", str(port), *options], standalone_mode=False)


def free_port(host: str, port: int) -> int:
    """The port if it can be had on this host, or any that can for 0; UsageError if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as server:
            return int(server.getsockname()[1])
    except (OSError, UnicodeError) as error:
        cause = str(getattr(error, "strerror", None) or error).partition(" (while")[0]
        taken = isinstance(error, OSError) and error.errno in {errno.EADDRINUSE, errno.EACCES}
        hint = "Choose another port: archiver serve -p 0" if taken else f"Name an address of this machine: -h {HOST}"
        raise UsageError(f"{host}:{port}", f"cannot be listened on ({cause})", hint) from error


@click.command("demo", short_help="All of it on a small invented blog, offline.")
@click.option(
    "-d",
    "--db",
    default="demo.db",
    show_default=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The archive to make; that of an earlier demo is replaced, no other.",
)
@click.pass_context
def demo_command(context: click.Context, db: str) -> None:
    """Crawl a small invented blog, served from inside the package on this machine, and search it: all offline."""
    clear(db)
    with demo.serve() as blog:
        note(f"$ archiver crawl {blog}/ -d {db} --delay 0")
        code = run_one(f"{blog}/", db, Options(), {"delay": 0.0}, quiet=False, verbose=0)
    for word in WORDS:
        note(f"\n$ archiver search {word} -d {db}")
        context.invoke(search_command, words=(word,), db=db)
    note(f"\nRead it in your browser:  archiver serve -d {db} -o\nA blog of your own:       archiver crawl URL")
    context.exit(code)


def clear(db: str) -> None:
    """Take away the archive of an earlier demo; UsageError if the file is anything else."""
    path = Path(db)
    if not path.exists():
        return
    if not is_demo(db):
        raise UsageError(db, "exists, and is not the archive of an earlier demo", "Name another file: -d FILE")
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def is_demo(db: str) -> bool:
    """Whether a file is an archive that holds the sample blog and nothing else."""
    try:
        with Archive.read(db) as archive:
            blogs = archive.blogs()
    except ArchiverError:
        return False
    return bool(blogs) and all(blog.title == demo.TITLE and host_of(blog.url) == HOST for blog in blogs)
