"""The command that shows how a page would be read: inspect."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from archiver.cli.addresses import is_file, path_of, web_address
from archiver.cli.asking import fetching, rules_text
from archiver.cli.crawling import fetcher_of
from archiver.cli.output import note, to_json
from archiver.cli.picture import Seen, draw, report
from archiver.crawl.feeds import labels_of
from archiver.decode import decode
from archiver.errors import FetchError, NoPostsFound, SiteError, UsageError
from archiver.fetch import Fetcher
from archiver.models import Feed, Kind, Response, Text
from archiver.normalise import context_of, understand
from archiver.parse.by_rules import read_by_rules
from archiver.parse.document import Document, read
from archiver.parse.elsewhere import is_post_page, listing_candidates
from archiver.parse.faults import not_a_page
from archiver.parse.feed import read_feed
from archiver.parse.learned_rules import to_rules
from archiver.parse.listing import read_listing
from archiver.rules import Rules, dumps, loads, rules_for
from archiver.sniff import sniff

NOWHERE = "https://file.invalid/"
"""The address of a file that comes from nowhere (RFC 6761)."""
SQLITE = b"SQLite format 3\0"
HEAD = """Rules for archiver, to be edited: what archiver inspect has learned from
{url}
What stands here wins; what does not is read automatically. The keys: docs/rules.md
Try them: archiver inspect {url} --with FILE
Use them: archiver crawl {url} --rules FILE"""
AUTOMATIC = ("item", "title", "url", "date", "excerpt", "read_more", "image", "caption", "tags", "author")
"""Keys that are named in a comment where nothing is learned for them."""


@click.command("inspect", short_help="Show how a page is read, and why. Nothing is kept.")
@click.argument("target", metavar="URL|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--rules", "as_rules", is_flag=True, help="Print what was learned as rules to edit (TOML).")
@click.option("--with", "rules", type=click.Path(dir_okay=False), metavar="FILE", help="Read by these rules.")
@click.option("--url", "address", metavar="URL", help="Where a FILE comes from.")
@fetching
@click.option("-v", "--verbose", is_flag=True, help="Show every post in full, and all that was rejected.")
def inspect_command(
    target: str, as_json: bool, as_rules: bool, rules: str | None, address: str | None, verbose: bool, **wishes: Any
) -> None:
    """Show how an index page is read: its posts with evidence, what was rejected, the pager. Nothing is kept.

    Ends with 3 when no posts are recognised.

    \b
    archiver inspect https://your.blog/
    archiver inspect https://your.blog/ --rules > rules.toml
    archiver inspect https://your.blog/ --with rules.toml
    """
    seen = look(target, address, rules, wishes)
    if as_json:
        click.echo(to_json(report(seen), indent=2))
    elif as_rules:
        click.echo(learned(seen), nl=False)
    else:
        draw(seen, verbose=verbose)
    if not seen.listing.records:
        note(hint_of(seen))
        sys.exit(NoPostsFound.exit_code)


def look(target: str, address: str | None, rules: str | None, wishes: dict[str, Any]) -> Seen:
    """Get a page, from the site or a file, and read it as a crawl would read its first page."""
    given = loads(rules_text(rules), rules) if rules else ()
    if not is_file(target):
        web_address(target, "archiver inspect", or_file=True)
        chosen = _chosen(given, target, rules)
        with fetcher_of(wishes, chosen, console=Console(stderr=True, highlight=False)) as fetcher:
            fetcher.allow(target)
            response = fetcher.get(target, kind=Kind.LISTING)
            if not response.ok:
                raise SiteError(target, f"the server answers {response.status}", "check the address")
            if fault := not_a_page(response):
                raise SiteError(fault.url, fault.cause, fault.hint)
            text = decode(response.body, response.headers.get("content-type", ""))
            doc = read(text, response.final_url)
            feed, why = _feed(fetcher, doc)
    else:
        response, text, doc = _file(target, address)
        chosen, feed, why = _chosen(given, doc.url, rules), None, ""
    return understood(response, text, doc, chosen, feed, why)


def _chosen(given: Sequence[Rules], url: str, name: str | None) -> Rules | None:
    chosen = rules_for(given, url)
    if given and chosen is None:
        sites = ", ".join(rules.site for rules in given)
        raise UsageError(str(name), f"has no rules for {url}", f"it has: {sites}")
    return chosen


def _file(target: str, address: str | None) -> tuple[Response, Text, Document]:
    """A page from a file, which is where the user says, or the page itself, or nowhere."""
    if address is not None:
        web_address(address, f"archiver inspect {shlex.quote(target)} --url")
    path = path_of(target)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(target, f"the file cannot be read ({error.strerror})") from error
    if fault := no_page(path, body):
        raise fault
    text = decode(body, "")
    doc = read(text, address or f"{NOWHERE}{path.name}")
    said = doc.canonical or doc.first("og:url")
    if not address and said.startswith(("http://", "https://")):
        doc = read(text, said)
    return Response(target, doc.url, 200, {}, body, datetime.now(UTC)), text, doc


def no_page(path: Path, body: bytes) -> UsageError | None:
    """What a file is instead of a page, and what to do; None where nothing speaks against its being one."""
    if body.startswith(SQLITE):
        hint = f"if it is an archive: archiver blogs -d {shlex.quote(str(path))}"
        return UsageError(str(path), "no web page, but a SQLite file", hint)
    if not_a_page(Response(str(path), str(path), 200, {}, body, datetime.now(UTC))) is None:
        return None
    picture = sniff(body)
    kind = f"a picture ({picture.media_type})" if picture else f"{len(body):,} bytes that are no text"
    return UsageError(str(path), f"no web page, but {kind}", "Give a saved index page of a blog, or its address.")


def _feed(fetcher: Fetcher, doc: Document) -> tuple[Feed | None, str]:
    """The first feed the page names, or why it could not be had."""
    for url in doc.feeds[:1]:
        try:
            answer = fetcher.get(url, kind=Kind.FEED)
        except FetchError as error:
            return None, f"{url}: {error.cause}"
        if not answer.ok:
            return None, f"{url}: the server answers {answer.status}"
        feed = read_feed(answer.body, answer.final_url, answer.content_type)
        return feed, "" if feed else f"{url}: not a feed"
    return None, ""


def understood(response: Response, text: Text, doc: Document, rules: Rules | None, feed: Feed | None, why: str) -> Seen:
    """Read a page in hand."""
    labels = labels_of(feed, doc.url) if feed else {}
    addresses = [label.url for label in labels.values()]
    listing = read_by_rules(doc, rules, labels=addresses) if rules else read_listing(doc, labels=addresses)
    language = (rules.language if rules else "") or doc.language or (feed.language if feed else "") or None
    context = context_of([(listing.records, response.fetched_at)], language=language, labels=labels)
    return Seen(
        response=response,
        text=text,
        doc=doc,
        rules=rules,
        feed=feed,
        feed_problem=why,
        labels=tuple(addresses),
        listing=listing,
        context=context,
        records=tuple(understand(raw, context, response.fetched_at) for raw in listing.records),
        post_page=is_post_page(doc),
        candidates=tuple(one for one in listing_candidates(doc) if not one.url.startswith(NOWHERE)),
    )


def learned(seen: Seen) -> str:
    """The rules that read the page as it was read, as TOML with comments."""
    rules = seen.rules or to_rules(seen.listing, seen.doc, labels=seen.labels)
    missing = [name for name in AUTOMATIC if not getattr(rules.posts, name)]
    notes = {f"posts.{name}": f'{name} = ""  # read automatically' for name in missing}
    return dumps(rules, {"": HEAD.format(url=seen.response.url), **notes})


def hint_of(seen: Seen) -> str:
    """What to try where no posts were recognised."""
    lines = ["No posts recognised."]
    if seen.candidates:
        lines.append(f"The posts may be listed at {seen.candidates[0].url} ({seen.candidates[0].reason}).")
    lines.append("Describe the page yourself: archiver inspect URL --rules > rules.toml (see docs/rules.md)")
    return "\n".join(lines)
