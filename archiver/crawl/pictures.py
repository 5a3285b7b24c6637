"""Fetching the pictures of posts; what a picture is, its bytes say."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.crawl.run import Run
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind, PageResult, Problem
from archiver.sniff import sniff
from archiver.store import SETTLED, ImageState, WantedImage

BATCH = 100
LATER = "archiver update tries again"
NOW_AND_THEN = "it is asked for again ever more rarely"

ANSWERS = {404: ImageState.GONE, 410: ImageState.GONE} | dict.fromkeys((401, 403, 451), ImageState.REFUSED)
"""What an HTTP status makes of a picture; any other is a failure of this day."""
ERRORS = {"dns": ImageState.GONE} | dict.fromkeys(
    ("address", "private", "redirect", "robots", "too-large"), ImageState.REFUSED
)
"""The same by the kind of the error of an address that gave no answer."""


def fetch_pictures(run: Run, fetcher: Fetcher) -> Iterator[PageResult]:
    """Get the bytes of every picture that is to be asked for; a failure is kept with its reason.

    What is gone or refused for good is a problem of the run that first meets it, and of no other.
    """
    total = run.archive.count_wanted(run.blog_id)
    left = run.options.max_images
    while wanted := run.archive.wanted_images(run.blog_id, limit=BATCH):
        for image in wanted:
            if left is not None and left <= 0:
                return
            left = None if left is None else left - 1
            yield _fetch(run, fetcher, image, total)


def _fetch(run: Run, fetcher: Fetcher, image: WantedImage, total: int) -> PageResult:
    run.steps[Kind.IMAGE] += 1
    number, size = run.steps[Kind.IMAGE], 0
    try:
        response = fetcher.get(image.url, kind=Kind.IMAGE)
    except FetchError as error:
        state, cause, hint = ERRORS.get(error.kind, ImageState.FAILED), error.cause, error.hint or LATER
    else:
        size = len(response.body)
        picture = sniff(response.body) if response.ok else None
        if picture is not None:
            run.archive.save_image(image.id, response.body, picture.media_type, picture.width, picture.height)
            run.counts["images"] += 1
            return PageResult(Kind.IMAGE, image.url, number, total, size=size)
        state = ImageState.REFUSED if response.ok else ANSWERS.get(response.status, ImageState.FAILED)
        cause = "not a picture" if response.ok else f"the server answers {response.status}"
        hint = LATER
    hint = NOW_AND_THEN if state in SETTLED else hint
    problem = _note(run, image, state, Problem("image", image.url, cause, hint))
    return PageResult(Kind.IMAGE, image.url, number, total, problem=problem, size=size)


def _note(run: Run, image: WantedImage, state: ImageState, problem: Problem) -> Problem | None:
    """Note why a picture could not be had; the problem, unless it is settled and was told before."""
    known = image.state in SETTLED or (state in SETTLED and image.since is not None and image.reason == problem.cause)
    if image.state in SETTLED and state not in SETTLED:
        run.archive.image_failed(image.id, image.reason or problem.cause, image.state)
    else:
        run.archive.image_failed(image.id, problem.cause, state)
    return None if known else run.problem(problem)
