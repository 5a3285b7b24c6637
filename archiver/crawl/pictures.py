"""Fetching the pictures of posts; what a picture is, its bytes say."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.crawl.run import Run
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind, PageResult, Problem
from archiver.sniff import sniff
from archiver.store import ImageState, WantedImage

BATCH = 100
WANTED = """
SELECT count(DISTINCT images.id) AS n FROM images JOIN post_images ON image_id = images.id
JOIN posts ON posts.id = post_id WHERE blog_id = ? AND images.state = 'wanted'
"""


def fetch_pictures(run: Run, fetcher: Fetcher) -> Iterator[PageResult]:
    """Get the bytes of every picture that is wanted and not yet there; a failure is kept with its reason."""
    total = next(run.archive.query(WANTED, [run.blog_id]))["n"]
    left = run.options.max_images
    while wanted := run.archive.wanted_images(run.blog_id, limit=BATCH):
        for image in wanted:
            if left is not None and left <= 0:
                return
            left = None if left is None else left - 1
            yield _fetch(run, fetcher, image, total)


def _fetch(run: Run, fetcher: Fetcher, image: WantedImage, total: int) -> PageResult:
    run.steps[Kind.IMAGE] += 1
    number = run.steps[Kind.IMAGE]
    problem, state, size = None, ImageState.FAILED, 0
    try:
        response = fetcher.get(image.url, kind=Kind.IMAGE)
    except FetchError as error:
        problem = Problem("image", image.url, error.cause, error.hint)
    else:
        picture = sniff(response.body) if response.ok else None
        size = len(response.body)
        if picture is not None:
            run.archive.save_image(image.id, response.body, picture.media_type, picture.width, picture.height)
            run.counts["images"] += 1
            return PageResult(Kind.IMAGE, image.url, number, total, size=size)
        cause = "not a picture" if response.ok else f"the server answers {response.status}"
        problem = Problem("image", image.url, cause, "archiver update tries again")
    run.archive.image_failed(image.id, problem.cause, state)
    run.problem(problem)
    return PageResult(Kind.IMAGE, image.url, number, total, problem=problem, size=size)
