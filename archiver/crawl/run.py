"""The state of one run, and how it begins and ends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from archiver.crawl.options import Options
from archiver.crawl.source import Page, Source
from archiver.models import (
    Change,
    Feed,
    Kind,
    Label,
    Pager,
    PageResult,
    Problem,
    Profile,
    RawDate,
    RawRecord,
    Record,
    Verdict,
)
from archiver.normalise import Context, context_of
from archiver.parse.by_rules import Compiled
from archiver.parse.document import Document
from archiver.parse.post_profile import PostProfile
from archiver.parse.templates import Templates
from archiver.rules import dumps
from archiver.store import Archive, Blog, Outcome
from archiver.urls import identity

ENDLESS = ("trap", "loop")  # problems of a pager without an end, which another run would meet again


@dataclass(slots=True)
class Shown:
    """What one listing page showed: its raw records, when, and where it is kept."""

    page: Page
    records: Sequence[RawRecord]
    saved: dict[str, Record] = field(default_factory=dict)

    @property
    def served(self) -> datetime:
        """When the page was served."""
        return self.page.response.fetched_at


@dataclass(slots=True)
class Run:
    """One run over one blog: what it has read and understood so far."""

    archive: Archive
    source: Source
    options: Options
    command: str = "crawl"
    blog: Blog | None = None
    crawl_id: int = 0
    incremental: bool = False
    language: str | None = None
    feed: Feed | None = None
    labels: dict[str, Label] = field(default_factory=dict)
    dates: dict[str, tuple[RawDate, ...]] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    said: set[int] = field(default_factory=set)
    profiles: list[Profile] = field(default_factory=list)
    templates: Templates = field(default_factory=Templates)
    usual: int = 0
    pager: Pager = field(default_factory=Pager)
    counts: Counter[str] = field(default_factory=Counter)
    steps: Counter[Kind] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    early: list[Page] = field(default_factory=list)
    post_profile: PostProfile | None = None
    rules: Compiled | None = None
    cut_short: bool = False
    moved_from: str | None = None
    start: str = ""
    newest: str = ""
    edited: set[str] = field(default_factory=set)
    faulty: dict[str, Problem] = field(default_factory=dict)
    quiet_pages: int = 0
    incomplete: bool = False
    lost_pages: int = 0
    after_broken: bool = False
    _context: Context | None = None

    @property
    def blog_id(self) -> int:
        """The id of the blog, once it is known."""
        assert self.blog is not None
        return self.blog.id

    def context(self, *, fresh: bool = False) -> Context:
        """What is known of the blog as a whole by now; decided at 1, 2, 4, 8, ... pages unless ``fresh``."""
        count = len(self.shown)
        if not fresh and self._context is not None and count & (count - 1):
            return self._context
        pages = [(shown.records, shown.served) for shown in self.shown]
        context = context_of(pages, language=self.language, labels=self.labels, more_dates=self.dates)
        self._context = context
        return context

    def open_blog(self, start: Page, doc: Document, url: str) -> None:
        """Find or add the blog and begin a run, or go on with the one that was cut off."""
        ruled = self.rules.rules if self.rules else None
        named = (ruled and ruled.language) or doc.language or (self.feed and self.feed.language)
        self.language = named or None
        title = once((self.feed.title if self.feed else "") or doc.title)
        self.blog = self.archive.blog_for(start.response.final_url, title=title or None)
        fields = {
            "language": self.language,
            "engine": doc.engine,
            "feed_url": self.feed.url if self.feed else None,
            "timezone": ruled.timezone if ruled else None,
        }
        self.archive.update_blog(self.blog.id, **{name: value for name, value in fields.items() if value})
        if self.options.rules is not None:
            self.archive.update_blog(self.blog.id, rules=dumps(ruled) if ruled else None)
        self.start = start.response.url
        unfinished = self.archive.unfinished(self.blog.id)
        self.after_broken = unfinished is not None and unfinished.outcome == Outcome.BROKEN
        cut_off = self.archive.resumable(self.blog.id)
        if cut_off is not None:
            self.crawl_id = self.archive.resume_crawl(cut_off.id).id
        else:
            self.crawl_id = self.archive.start_crawl(self.blog.id, self.command, {**self.options.to_dict(), "url": url})
        self.incremental = unfinished is None and self.blog.last_crawled is not None and not self.options.all_pages
        learned = json.loads(self.blog.profile or "{}").get("post")
        self.post_profile = PostProfile.from_dict(learned) if learned else None
        self.source.attach(self.blog.id, self.crawl_id)

    def problem(self, problem: Problem) -> Problem:
        """Note an expected failure."""
        self.problems.append(problem)
        if self.crawl_id:
            self.archive.save_problem(problem, blog_id=self.blog_id, crawl_id=self.crawl_id)
        return problem

    def count(self, changes: Iterable[Change]) -> None:
        """Count what storing records did."""
        for change in changes:
            self.counts[f"posts_{change.verdict}"] += 1
            if change.verdict is Verdict.REVISED:
                self.changed.append(change.post_id)

    def step(self, page: Page, changes: Sequence[Change] = (), *, of: int | None = None, note: str = "") -> PageResult:
        """The result of one page."""
        self.steps[page.kind] += 1
        return PageResult(
            page.kind,
            page.response.url,
            self.steps[page.kind],
            of,
            tuple(changes),
            size=len(page.response.body),
            reused=page.reused,
            note=note,
        )

    def failed(self, kind: Kind, url: str, problem: Problem) -> PageResult:
        """The result of an address that gave nothing; without an index page the listing was not read completely."""
        if kind is Kind.LISTING:
            self.incomplete = True
            self.lost_pages += problem.kind not in ENDLESS
        self.steps[kind] += 1
        return PageResult(kind, url, self.steps[kind], problem=self.problem(problem))

    def visit(self, page: Page) -> None:
        """Remember the addresses that a listing page answers to."""
        self.visited.update((identity(page.response.url), identity(page.response.final_url)))

    def finish(self, outcome: Outcome) -> None:
        """End the run with its counts and keep what was learned of the blog."""
        counts = {
            "pages": self.steps[Kind.LISTING],
            "posts_new": self.counts["posts_new"],
            "posts_revised": self.counts["posts_revised"],
            "images": self.counts["images"],
            "problems": len(self.problems),
        }
        self.archive.finish_crawl(self.crawl_id, outcome, counts)
        self.archive.update_blog(self.blog_id, profile=self._learned(), state="ok")

    def _learned(self) -> str:
        """What was learned of the blog, and what was known of it before, as JSON."""
        assert self.blog is not None
        learned = json.loads(self.blog.profile or "{}")
        if self.profiles:
            learned["listing"] = [asdict(one) for one in self.profiles]
        if self.post_profile is not None:
            learned["post"] = self.post_profile.to_dict()
        return json.dumps(learned, ensure_ascii=False)


def once(title: str) -> str:
    """A blog's title that is said only once: "Notes" for "Notes on Notes", as some engines title their feeds."""
    for joint in (" on ", " | ", " - ", " – ", " — ", " · "):
        first, _, second = title.partition(joint)
        if first.strip() and first.strip().casefold() == second.strip().casefold():
            return first.strip()
    return title
