"""What a later pass over a listing shows: that nothing is new from here on, what was edited, which posts are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archiver.crawl.run import Run
from archiver.crawl.source import Page
from archiver.models import Change, Feed, Kind, Label, Listing, Problem, Verdict
from archiver.parse.feed import read_feed
from archiver.parse.likeness import fewer
from archiver.store import Outcome, stored_response
from archiver.store.keys import content_key
from archiver.text import plain

FEWEST_TO_COMPARE = 3  # posts by whose titles, dates and texts a page is known again
PATIENCE = 3  # pages in a row without anything new that end an update, whatever else they show
LISTED = "EXISTS (SELECT 1 FROM page_posts JOIN pages ON pages.id = page_id WHERE post_id = posts.id AND kind = ?)"
NEWEST = f"""SELECT address FROM posts WHERE blog_id = ? AND state <> 'gone' AND published IS NOT NULL AND {LISTED}
 ORDER BY published DESC, id LIMIT 1"""
STANDING = f"SELECT id, url, address FROM posts WHERE blog_id = ? AND state <> 'gone' AND {LISTED}"
IN_VAIN = """SELECT id, EXISTS (SELECT 1 FROM pages WHERE pages.blog_id = posts.blog_id AND kind = 'post'
 AND pages.url IN (posts.url, posts.read_more) AND outcome IN ('gone', 'soft-404')) AS gone,
 EXISTS (SELECT 1 FROM pages WHERE pages.blog_id = posts.blog_id AND kind = 'post'
 AND pages.url IN (posts.url, posts.read_more) AND outcome IN ('login', 'unlike')) AS closed FROM posts
 WHERE blog_id = ? AND text IS NULL
 AND (gone OR closed OR EXISTS (SELECT 1 FROM claims WHERE post_id = posts.id AND source = 'post'))"""
OWED = """SELECT id FROM posts WHERE blog_id = ? AND state <> 'gone'
 AND EXISTS (SELECT 1 FROM claims WHERE post_id = posts.id AND source = 'post')
 AND (SELECT max(crawl_id) FROM revisions WHERE post_id = posts.id) > (SELECT max(crawl_id) FROM pages
 WHERE pages.blog_id = posts.blog_id AND kind = 'post' AND url IN (posts.url, posts.read_more)
 AND outcome <> 'overloaded')"""
EXCERPTS = "SELECT count(*) AS n FROM page_posts JOIN posts ON posts.id = post_id WHERE page_id = ? AND excerpt <> ''"


def newest_known(run: Run) -> str:
    """The address of the newest post that a listing of this blog showed before this run; empty if none is dated."""
    row = next(run.archive.query(NEWEST, [run.blog_id, Kind.LISTING]), None)
    return str(row["address"]) if row else ""


def reached_the_known(run: Run, page: Page, listing: Listing, changes: Sequence[Change]) -> bool:
    """Whether a later run has come to where nothing is new.

    It has not where a page holds pinned posts only, where the newest post that was known has not come by (featured
    posts stand before the others), or where a bare list of links shows less of the posts than is known.
    """
    if not run.incremental:
        return False
    if any(change.verdict is not Verdict.UNCHANGED for change in changes):
        run.quiet_pages = 0
        return False
    if all(raw.sticky for raw in listing.records):
        return False
    run.quiet_pages += 1
    if run.quiet_pages >= PATIENCE:
        return True
    return _newest_came_by(run) and not _is_bare(run, page, listing)


def _newest_came_by(run: Run) -> bool:
    assert run.blog is not None
    if not run.newest:
        return True
    return any(run.blog.address(raw.url) == run.newest for shown in run.shown for raw in shown.records)


def _is_bare(run: Run, page: Page, listing: Listing) -> bool:
    """Whether a page shows no excerpt though the archive has those of its posts."""
    if any(raw.excerpt_html for raw in listing.records):
        return False
    return bool(next(run.archive.query(EXCERPTS, [page.id]))["n"])


def feed_before(run: Run, page: Page) -> Feed | None:
    """The feed as the last run that came to its end kept it; None where it says the same now, or none is kept.

    What a run saw that was cut off counts for nothing: it may not have come to the posts that were edited.
    """
    before = run.archive.last_good(page.response.url, ended=True)
    if before is None or not before.body or before.body == page.response.body:
        return None
    return read_feed(before.body, before.final_url, stored_response(before).content_type)


def edited_entries(now: Mapping[str, Label], before: Mapping[str, Label]) -> set[str]:
    """The addresses of the entries that say something else than before; both by the identity of their addresses."""
    return {label.url for key, label in now.items() if key in before and _said(label) != _said(before[key])}


def _said(label: Label) -> str:
    """What an entry says, without white space and counters."""
    html = label.content_html or label.summary_html
    return content_key(f"{label.title}\n{plain(html) if html else ''}")


def posts_to_read(run: Run) -> list[tuple[int, str]]:
    """Id and address of the posts whose own page is to be read: without text yet, or changed in listing or feed.

    A change that a run noticed which did not come to the post's page is owed by the next one.
    A later run does not ask again for a page that was gone, locked, another's or without a body, unless the listing
    changed.
    """
    wanted = dict(run.archive.posts_without_text(run.blog_id))
    owed = (row["id"] for row in run.archive.query(OWED, [run.blog_id]))
    changed = {*run.changed, *_edited(run), *owed}
    if run.incremental:
        for row in list(run.archive.query(IN_VAIN, [run.blog_id])):
            if row["id"] in wanted and row["id"] not in changed:
                del wanted[row["id"]]
                if row["gone"]:
                    run.archive.set_post_state(row["id"], "gone")
    for post_id in sorted(changed - wanted.keys()):
        wanted[post_id] = run.archive.record(post_id).url
    return list(wanted.items())


def _edited(run: Run) -> set[int]:
    assert run.blog is not None
    sql = "SELECT id FROM posts WHERE blog_id = ? AND address = ?"
    rows = [next(run.archive.query(sql, [run.blog_id, run.blog.address(url)]), None) for url in run.edited]
    return {row["id"] for row in rows if row is not None}


def settle_gone(run: Run) -> Problem | None:
    """After a complete pass over the listing, note the posts that a listing showed once and this one does not.

    Gives a problem instead where that would be most of them: then it is the listing that is not read as before.
    """
    assert run.blog is not None
    if run.incremental or run.cut_short or run.incomplete or run.options.limited:
        return None
    shown = {run.blog.address(raw.url) for each in run.shown for raw in each.records}
    standing = list(run.archive.query(STANDING, [run.blog_id, Kind.LISTING]))
    missing = [row["id"] for row in standing if row["address"] not in shown]
    if problem := fewer(run.blog.url, len(standing) - len(missing), len(standing)):
        return problem
    with run.archive.transaction():
        for post_id in missing:
            run.archive.set_post_state(post_id, "gone")
    run.counts["posts_gone"] += len(missing)
    return None


def outcome_of(run: Run) -> Outcome:
    """How a run that came to its end ended. A second run in a row that lost index pages does not ask for a third."""
    if run.cut_short:
        return Outcome.LIMITED
    if run.lost_pages and not run.after_broken:
        return Outcome.BROKEN
    return Outcome.PARTIAL if run.problems else Outcome.DONE


def said_before(run: Run) -> bool:
    """Whether a page says word for word what one before it said, if under other addresses."""
    said = tuple((record.title, record.published.value, record.excerpt) for record in run.shown[-1].saved.values())
    titles = {title for title, _, _ in said}
    if len(titles) < max(FEWEST_TO_COMPARE, len(said)) or not all(date or text for _, date, text in said):
        return False
    before = hash(said) in run.said
    run.said.add(hash(said))
    return before
