"""The user's rules in a crawl: which are in force, and reading pages by them where there are any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archiver.crawl.options import Options
from archiver.crawl.run import Run
from archiver.models import Listing, RawPost
from archiver.parse.by_rules import compile_rules, post_by_rules, read_by_rules
from archiver.parse.document import Document
from archiver.parse.listing import read_listing
from archiver.parse.ruled_pager import BY_PATTERN
from archiver.rules import Rules, loads, rules_for
from archiver.store import Archive

ENDS = (404, 410)  # what a page beyond the last one of a pattern answers


def rules_in_force(archive: Archive, url: str, options: Options) -> Rules | None:
    """The rules for an address: of the rules given with this run, else those that the archive keeps of its blog.

    Rules that are given and say nothing of the address mean to read without. Raises ``RulesError``.
    """
    if options.rules is not None:
        return rules_for(loads(options.rules), url)
    blog = archive.find_blog(url)
    return loads(blog.rules, "rules kept in the archive")[0] if blog is not None and blog.rules else None


def take_rules(run: Run, url: str) -> str:
    """Let the rules for an address be in force in a run; gives the address to start at."""
    rules = rules_in_force(run.archive, url, run.options)
    if rules is None:
        return url
    run.rules = compile_rules(rules)
    if rules.next.max_pages is not None:
        most = min(rules.next.max_pages, run.options.max_pages or rules.next.max_pages)
        run.options = replace(run.options, max_pages=most)
    return rules.listing or url


def read_page(run: Run, doc: Document) -> Listing:
    """Read an index page by the rules in force, else by what was learned, else from scratch."""
    labels = [label.url for label in run.labels.values()]
    known: dict[str, Any] = {"profiles": run.profiles, "usual": run.usual, "visited": run.visited}
    if run.rules is None:
        return read_listing(doc, labels=labels, templates=run.templates, **known)
    return read_by_rules(doc, run.rules, labels=labels, **known)


def post_of(run: Run, raw: RawPost, doc: Document) -> RawPost:
    """The post of a page, its body by the rules in force where they name one."""
    return raw if run.rules is None else post_by_rules(raw, doc, run.rules)


def is_past_the_end(run: Run, status: int) -> bool:
    """Whether an answer says that the pages of a pattern have ended: it does not tell how many there are."""
    pager = run.pager
    return status in ENDS and pager.rule == BY_PATTERN and (pager.current or 0) >= (pager.last or 0)
