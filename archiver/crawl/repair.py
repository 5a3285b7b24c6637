"""Fetching what a check found missing: index pages by a whole pass, posts by their own pages, texts and pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archiver.crawl import crawl
from archiver.crawl.coverage import Coverage, Lack
from archiver.crawl.options import Options
from archiver.crawl.pictures import fetch_pictures
from archiver.crawl.ruling import post_of, rules_in_force
from archiver.crawl.run import Run
from archiver.crawl.source import Online
from archiver.crawl.texts import read_texts
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind, PageResult, Problem, Record
from archiver.normalise import understand_post
from archiver.parse.by_rules import compile_rules
from archiver.parse.faults import post_fault
from archiver.parse.post import read_post
from archiver.parse.post_profile import PostProfile
from archiver.store import Archive, Blog, Outcome, Source

WISHES = "SELECT options FROM crawls WHERE blog_id = ? AND command <> 'check' ORDER BY id"
COMMAND = "check"
SHORTEST = 200  # characters of a text that is a post's even where the page gives no date


def repair(archive: Archive, fetcher: Fetcher, coverage: Coverage) -> Iterator[PageResult]:
    """Fetch what is missing of one blog, yielding a result for each page and picture.

    Where index pages are missing the whole listing is read again, conditionally: dates without a year are understood
    from their neighbours. Raises ``SiteError`` when it cannot be read at all.
    """
    blog = coverage.blog
    fetcher.allow(blog.url)
    options = _options(archive, blog)
    if options.images:
        archive.want_again(blog.id)
    if coverage.lacking(Lack.INDEX_PAGE):
        yield from crawl(archive, fetcher, blog.url, options)
    posts = coverage.lacking(Lack.POST)
    lost = [url for url in posts if not archive.known_addresses(blog.id, [url])]
    pictures = options.images and bool(archive.wanted_images(blog.id, limit=1))
    if lost or pictures or (options.full_text and archive.posts_without_text(blog.id)):
        yield from _pieces(_run(archive, fetcher, archive.blog(blog.id), options), fetcher, lost)


def _options(archive: Archive, blog: Blog) -> Options:
    """What the blog's crawls were asked for, without limits."""
    wishes = [json.loads(row["options"]) for row in archive.query(WISHES, [blog.id])]
    return Options(
        full_text=any(wish.get("full_text") for wish in wishes),
        images=not wishes or wishes[-1].get("images") is not False,
        all_pages=True,
    )


def _run(archive: Archive, fetcher: Fetcher, blog: Blog, options: Options) -> Run:
    run = Run(archive, Online(archive, fetcher), options, COMMAND, blog=blog, language=blog.language)
    run.crawl_id = archive.start_crawl(blog.id, COMMAND, {**options.to_dict(), "url": blog.url})
    run.source.attach(blog.id, run.crawl_id)
    rules = rules_in_force(archive, blog.url, options)
    run.rules = compile_rules(rules) if rules else None
    learned = json.loads(blog.profile or "{}").get("post")
    run.post_profile = PostProfile.from_dict(learned) if learned else None
    return run


def _pieces(run: Run, fetcher: Fetcher, posts: list[str]) -> Iterator[PageResult]:
    try:
        for url in posts:
            yield _post(run, url, len(posts))
        if run.options.full_text:
            yield from read_texts(run)
        if run.options.images:
            yield from fetch_pictures(run, fetcher)
    except (GeneratorExit, KeyboardInterrupt):
        run.finish(Outcome.INTERRUPTED)
        raise
    run.finish(Outcome.PARTIAL if run.problems else Outcome.DONE)


def _post(run: Run, url: str, total: int) -> PageResult:
    """Read one post that no archived index page shows, by its own page alone."""
    try:
        page = run.source.get(url, Kind.POST)
    except FetchError as error:
        return run.failed(Kind.POST, url, Problem(error.kind, url, error.cause, error.hint))
    doc = page.parsed()
    problem = post_fault(page.response, doc, "")
    if problem is None:
        raw = post_of(run, read_post(doc, profile=run.post_profile), doc)
        if len(raw.text) < SHORTEST and not raw.dates:
            problem = Problem("no-text", url, "no post recognised on the page", f"archiver inspect {url}")
    if problem is not None:
        run.source.keep(page, problem.kind)
        return run.failed(Kind.POST, url, problem)
    page = run.source.keep(page)
    served = page.response.fetched_at
    known = Record(url, raw.title or doc.title or url)
    record = understand_post(raw, known, language=run.language, anchor=served)
    changes = run.archive.save_records(
        run.blog_id, [record], seen_at=served, crawl_id=run.crawl_id, page_id=page.id, source=Source.POST
    )
    run.count(changes)
    return run.step(page, changes, of=total)
