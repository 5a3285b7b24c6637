"""The posts of the sample blog, read from the package's own files: head lines, a blank line, HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

TITLE = "灯下札记 · Notes by Lamplight"
AUTHOR = "Lin Deng"
MORE = "<!--more-->"
# Newest first but for one post that was moved up: listings are not always in the order of their dates.
ORDER = (12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
COMMENTS = {
    11: (
        ("阿明", "May 3rd, 2019", "我们学校的图书馆也是这样，晚上九点最挤。"),
        ("Ada", "June 11th, 2020", "Same at the bakery."),
    ),
    8: (("Baker", "March 2nd, 2019", "Try rye; the curve is steeper."),),
}


@dataclass(frozen=True, slots=True)
class Post:
    """One post: ``body`` is HTML; where it holds the more-mark, the listing shows only what stands above it."""

    number: int
    title: str
    day: date
    category: str
    tags: tuple[str, ...]
    body: str

    @property
    def path(self) -> str:
        """The address below the blog's root; it says nothing of the date."""
        return f"/archives/{self.number}"

    @property
    def excerpt(self) -> str:
        """What the listing prints."""
        return self.body.partition(MORE)[0]

    @property
    def cut(self) -> bool:
        """Whether the listing shows less than the whole post."""
        return MORE in self.body

    @property
    def chinese(self) -> bool:
        """Whether the title, and so the post, is Chinese."""
        return any("一" <= character <= "鿿" for character in self.title)


def parse(number: int, source: str) -> Post:
    """Read a post from its file's text: ``key: value`` lines, a blank line, the body."""
    head, _, body = source.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    tags = tuple(fields["tags"].split(", "))
    return Post(number, fields["title"], date.fromisoformat(fields["date"]), fields["category"], tags, body)


def posts() -> tuple[Post, ...]:
    """All posts in the order of the listing."""
    folder = files("archiver.demo") / "posts"
    return tuple(parse(number, (folder / f"{number}.html").read_text(encoding="utf-8")) for number in ORDER)
