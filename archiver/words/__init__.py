"""The words of blogs in many languages, and matchers that know them by sight.

A phrase is compared whole (``squeeze``: case, width, spacing, arrows and punctuation at the edges do not matter), so
that prose never matches: "Next" and "Next page »" are pager words, "Next week I will" is not.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from archiver.words import date_labels, direction, labels, links, more, pages, posts
from archiver.words.compare import LONGEST, LONGEST_WITH_TITLE, phrases, squeeze, without_numbers
from archiver.words.read_more import is_read_more, strip_read_more

_DIGITS = re.compile(r"\d+")

__all__ = [
    "LONGEST",
    "LONGEST_WITH_TITLE",
    "Step",
    "date_label",
    "is_archive",
    "is_blog",
    "is_byline_label",
    "is_comments",
    "is_counter",
    "is_home",
    "is_read_more",
    "is_share",
    "is_signed",
    "is_sticky",
    "is_untitled",
    "label",
    "page_number",
    "page_of",
    "squeeze",
    "step",
    "strip_byline",
    "strip_read_more",
    "strip_sticky",
    "without_numbers",
]


class Step(StrEnum):
    """What the words of a link say about where it leads in a pager; NEXT and PREVIOUS point either way in time."""

    OLDER = "older"
    NEWER = "newer"
    NEXT = "next"
    PREVIOUS = "previous"
    FIRST = "first"
    LAST = "last"
    MORE = "more"
    POST = "post"


_STEPS: dict[str, Step] = {
    phrase: step
    for table, step in (
        (more.MORE, Step.MORE),
        (more.POST_NAV, Step.POST),
        (pages.FIRST, Step.FIRST),
        (pages.LAST, Step.LAST),
        (pages.PREVIOUS, Step.PREVIOUS),
        (pages.NEXT, Step.NEXT),
        (direction.NEWER, Step.NEWER),
        (direction.OLDER, Step.OLDER),
    )
    for phrase in phrases(table)
}
_PAGE = phrases(pages.PAGE)
_OF = phrases(pages.OF)
_STICKY = phrases(posts.STICKY)
_PERMALINK = phrases(posts.PERMALINK)
_PERMALINK_MARKS = frozenset("# ¶ § ∞ ★ ☆ ⚓ 🔗 ※ ∴ ❡ ⌘ ◊ ✶".split())
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[apAP]\.?[mM]\.?)?")
_BEHIND_NAME = re.compile(r"(?:^|\s+)(?:(?:at|on|um|à|kl\.?|@|[:,–—-])\s+)?\d{1,2}:\d{2}\b.*$")
_BYLINE = phrases(posts.BYLINE)
_PUBLISHED = phrases(date_labels.PUBLISHED)
_POSTED = _PUBLISHED - phrases(date_labels.ANY_DATE)
_UPDATED = phrases(date_labels.UPDATED)
_CATEGORY = phrases(labels.CATEGORY)
_TAGS = phrases(labels.TAGS)
_SHARE = phrases(labels.SHARE)
_COMMENTS = phrases(labels.COMMENTS)
_COUNTER = phrases(labels.COUNTER)
_UNTITLED = phrases(posts.UNTITLED)
_ARCHIVE = phrases(links.ARCHIVE)
_BLOG = phrases(links.BLOG)
_HOME = phrases(links.HOME)


@lru_cache(maxsize=4096)
def step(text: str) -> Step | None:
    """What the whole text says as a pager's link, or None if it is no such phrase."""
    if len(text) > LONGEST:
        return None
    said = _STEPS.get(squeeze(text))
    return said or (_STEPS.get(without_numbers(text)) if _DIGITS.search(text) else None)


def page_number(text: str) -> int | None:
    """The number of a page-number link: "7", "07", "[7]", "Page 7", "第7页"; None for all else."""
    if len(text) > 24:
        return None
    numbers = _DIGITS.findall(text)
    if len(numbers) != 1 or len(numbers[0]) > 5:
        return None
    rest = without_numbers(text)
    return int(numbers[0]) if not rest or rest in _PAGE or rest.replace(" ", "") in _PAGE else None


def page_of(text: str) -> tuple[int, int] | None:
    """The page and the number of pages that a short text tells: "Page 2 of 16", "2 / 16", "第2页，共16页"."""
    if len(text) > LONGEST:
        return None
    numbers = list(_DIGITS.finditer(text))
    if len(numbers) != 2 or any(len(number[0]) > 5 for number in numbers):
        return None
    first, second = numbers
    between = text[first.end() : second.start()]
    around = squeeze(text[: first.start()]), squeeze(text[second.end() :])
    if not all(word in _PAGE or not word for word in around):
        return None
    if between.strip() not in ("/", "／", "|") and squeeze(between) not in _OF:
        return None
    page, pages_ = int(first[0]), int(second[0])
    return (page, pages_) if 1 <= page <= pages_ else None


def is_permalink(text: str) -> bool:
    """Whether a link's whole text says only that it is the post's permanent address: "Permalink", "#", "10:56 PM"."""
    mark = text.strip()
    if mark in _PERMALINK_MARKS or _CLOCK.fullmatch(mark):
        return True
    return len(mark) <= LONGEST and squeeze(mark) in _PERMALINK


def is_sticky(text: str) -> bool:
    """Whether the text is a badge of a post kept at the top: "[置顶]", "Sticky", "Pinned"."""
    return len(text) <= LONGEST and squeeze(text) in _STICKY


def strip_sticky(title: str) -> str:
    """The title without a bracketed badge before or after it: "[置顶] Title" gives "Title"."""
    for opening, closing in ("[]", "【】", "()", "（）", "「」", "〔〕", "〖〗", "［］"):
        if title.startswith(opening):
            badge, found, rest = title[1:].partition(closing)
            if found and is_sticky(badge) and rest.strip():
                return rest.strip()
        if title.endswith(closing):
            rest, found, badge = title[:-1].rpartition(opening)
            if found and is_sticky(badge) and rest.strip():
                return rest.strip()
    return title


def is_name(text: str) -> bool:
    """Whether a text could be a person's name: short, no address, and no sign of a template or of data."""
    plain = text.strip()
    return 0 < len(plain) <= LONGEST and "://" not in plain and not any(char in "{}<>[]=" for char in plain)


def is_byline_label(text: str) -> bool:
    """Whether the text is the label before an author's name: "By", "Posted by:", "作者：", "von"."""
    return len(text) <= LONGEST and squeeze(text) in _BYLINE


def strip_byline(text: str) -> str | None:
    """The name after a byline's label ("By Ann Lee", "作者：苏"), or None where the text is no byline."""
    if len(text) > LONGEST_WITH_TITLE:
        return None
    label, colon, name = unicodedata.normalize("NFKC", text).partition(":")
    if colon and squeeze(label) in _BYLINE and name.strip():
        return name.strip()
    words = text.lstrip(" +-–—*»›|·•").split()
    for count in (3, 2, 1):
        first = squeeze(" ".join(words[:count]))
        if count > 1 and first in _PUBLISHED:
            return None
        if len(words) > count and first in _BYLINE:
            return _BEHIND_NAME.sub("", " ".join(words[count:])) or None
    return None


def date_label(text: str) -> str | None:
    """What a label before a date says: "updated", "published", or None where it is no such label."""
    if len(text) > LONGEST:
        return None
    plain = squeeze(text)
    return "updated" if plain in _UPDATED else "published" if plain in _PUBLISHED else None


def is_posted(text: str) -> bool:
    """Whether what stands before a date calls it that of publication: "Posted on", "Ann Lee posted"."""
    last = text.split()[-3:]
    return any(squeeze(" ".join(last[start:])) in _POSTED for start in range(len(last)))


def is_signed(text: str, fewest: int = 1) -> bool:
    """Whether a line begins with the label of its author or date: "Posted by Ann on 3 May under", "Published on".

    The label has ``fewest`` words at the least.
    """
    first = text.split(maxsplit=3)[:3]
    labels = (" ".join(first[:count]) for count in range(fewest, len(first) + 1))
    return any(date_label(said) is not None or is_byline_label(said) for said in labels)


def label(text: str) -> str | None:
    """What a label stands before: "tags", "category", "author", "updated", "published"; None if it is no label."""
    if len(text) > LONGEST:
        return None
    plain = squeeze(text)
    if plain in _TAGS:
        return "tags"
    if plain in _CATEGORY:
        return "category"
    return date_label(text) or ("author" if plain in _BYLINE else None)


def is_share(text: str) -> bool:
    """Whether the text is a button to share, like or follow."""
    return len(text) <= LONGEST and squeeze(text) in _SHARE


def is_comments(text: str) -> bool:
    """Whether the text counts or asks for comments: "3 comments", "发表评论"."""
    return len(text) <= LONGEST and without_numbers(text) in _COMMENTS


def is_counter(text: str) -> bool:
    """Whether the text counts readers, words or minutes: "327 views", "5 min read", "阅读量：12"."""
    return len(text) <= LONGEST and without_numbers(text) in _COUNTER


def is_untitled(text: str) -> bool:
    """Whether a title only says that there is none."""
    return len(text) <= LONGEST and squeeze(text) in _UNTITLED


def is_archive(text: str) -> bool:
    """Whether a link's text names the list of all posts: "Archives", "归档", "All posts (120)"."""
    return len(text) <= LONGEST and without_numbers(text) in _ARCHIVE


def is_blog(text: str) -> bool:
    """Whether a link's text names the blog's listing: "Blog", "文章", "Articles"."""
    return len(text) <= LONGEST and without_numbers(text) in _BLOG


def is_home(text: str) -> bool:
    """Whether a link's text names the home page."""
    return len(text) <= LONGEST and squeeze(text) in _HOME
