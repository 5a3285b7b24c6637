"""The posts' own pages: where the body stands is learned from a few of them, then each post is read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.crawl.passes import posts_to_read
from archiver.crawl.ruling import post_of
from archiver.crawl.run import Run
from archiver.crawl.source import NOT_KEPT, Page
from archiver.crawl.trouble import fault_of_post
from archiver.errors import FetchError
from archiver.models import GUESSED, Change, Kind, PageResult, Problem, RawPost, Record, Verdict
from archiver.normalise import understand_post
from archiver.parse.document import Document
from archiver.parse.faults import status_fault
from archiver.parse.post import learn_post_profile, read_post
from archiver.parse.post_profile import PostProfile
from archiver.urls import identity

LEARN = 5  # posts read together before the first is stored
MAX_PARTS = 30
REFUSALS = 6  # post pages in a row that the site does not give: to ask on would only make it angrier
GIVEN_UP = "were not given; the others were not asked for"
OWN_FAULTS = frozenset("gone soft-404 unlike not-a-page no-text robots redirect".split())  # of one page, not the site


@dataclass(frozen=True, slots=True)
class Fetched:
    """A post's own page in hand, and the post as the archive knows it."""

    post_id: int
    known: Record
    page: Page
    doc: Document


def read_texts(run: Run) -> Iterator[PageResult]:
    """Fetch and read the page of every post whose text is missing or whose listing changed."""
    todo = posts_to_read(run)
    waiting: list[Fetched] = []
    refused = 0
    for post_id, url in todo:
        if refused >= REFUSALS:
            run.problem(
                Problem("given-up", url, f"{refused} post pages in a row {GIVEN_UP}", "run the command again later")
            )
            break
        fetched = _fetch(run, post_id, url)
        refused = refused + 1 if isinstance(fetched, Problem) and fetched.kind not in OWN_FAULTS else 0
        if isinstance(fetched, Problem):
            yield run.failed(Kind.POST, url, fetched)
        elif fetched is not None:
            waiting.append(fetched)
            if run.post_profile is not None or len(waiting) >= LEARN:
                yield from _read_all(run, waiting, len(todo))
                waiting = []
    yield from _read_all(run, waiting, len(todo))


def _fetch(run: Run, post_id: int, url: str) -> Fetched | Problem | None:
    """The post's page, or why there is none; None where that is told already, or a run read again never had it."""
    if told := run.faulty.get(identity(url)):
        _note_gone(run, post_id, told)
        return None
    try:
        page = run.source.get(url, Kind.POST)
    except FetchError as error:
        return None if error.kind == NOT_KEPT else Problem(error.kind, url, error.cause, error.hint)
    known = run.archive.record(post_id)
    doc = page.parsed()
    problem = fault_of_post(run, page, doc, _given_title(known), known.excerpt, known.text)
    if problem is None:
        return Fetched(post_id, known, run.source.keep(page), doc)
    _note_gone(run, post_id, problem)
    return problem


def _given_title(known: Record) -> str:
    """The title, unless it only stands in for one that nobody gives."""
    return "" if known.evidence.get("title", "").startswith(GUESSED) else known.title


def _note_gone(run: Run, post_id: int, problem: Problem) -> None:
    if problem.kind == "gone":
        run.archive.set_post_state(post_id, "gone")


def _read_all(run: Run, waiting: Sequence[Fetched], total: int) -> Iterator[PageResult]:
    if not waiting:
        return
    if run.post_profile is None:
        run.post_profile = learn_post_profile([(one.doc, one.known.excerpt) for one in waiting])
    for one in waiting:
        yield _read(run, one, run.post_profile, total)


def _read(run: Run, one: Fetched, profile: PostProfile, total: int) -> PageResult:
    """Read one post with all its parts and store it."""
    raw = read_post(one.doc, profile=profile, excerpt=one.known.excerpt, title=one.known.title)
    raw = _joined(run, post_of(run, raw, one.doc), one, profile)
    served = one.page.response.fetched_at
    record = understand_post(raw, one.known, language=run.language, anchor=served)
    change = run.archive.save_post(one.post_id, record, seen_at=served, crawl_id=run.crawl_id, page_id=one.page.id)
    if not raw.text:
        hint = f"archiver inspect {one.page.response.url}"
        run.problem(Problem("no-text", one.page.response.url, "no body recognised on the post's page", hint))
    if change.verdict is Verdict.REVISED and one.post_id not in run.changed:
        run.counts["posts_revised"] += 1
    run.counts["texts"] += bool(raw.text)
    return run.step(one.page, [Change(one.post_id, Verdict.UNCHANGED)], of=total)


def _joined(run: Run, first: RawPost, one: Fetched, profile: PostProfile) -> RawPost:
    """A post of several pages as one: texts and pictures of the parts in order."""
    parts, seen = [first], {identity(one.page.response.final_url), identity(one.known.url)}
    while (url := parts[-1].next_part) and identity(url) not in seen and len(parts) < MAX_PARTS:
        seen.add(identity(url))
        if run.archive.known_addresses(run.blog_id, [url]):
            break
        try:
            page = run.source.get(url, Kind.POST)
        except FetchError as error:
            if error.kind != NOT_KEPT:
                run.problem(Problem(error.kind, url, error.cause, error.hint))
            break
        if problem := status_fault(page.response):
            run.problem(problem)
            break
        page = run.source.keep(page)
        doc = page.parsed()
        parts.append(post_of(run, read_post(doc, profile=profile, title=one.known.title), doc))
    if len(parts) == 1:
        return first
    images = {image.url: image for part in parts for image in part.images}
    return replace(
        first,
        text="\n\n".join(part.text for part in parts if part.text),
        content_html="\n".join(part.content_html for part in parts if part.content_html),
        images=tuple(images.values()),
        evidence={**first.evidence, "text": f"{first.evidence.get('text', '')}; {len(parts)} pages".lstrip("; ")},
    )
