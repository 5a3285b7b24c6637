"""The comparison of claims with what is held: values only, no archive and no site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.crawl.coverage import (
    By,
    Claim,
    Coverage,
    Held,
    Lack,
    Missing,
    compare,
    gaps,
    letters,
    may_be_post,
    not_followed,
    pages_missing,
    telling,
)
from archiver.models import Pager
from archiver.store import Blog
from archiver.urls import identity

BLOG = Blog(1, "Notes", "https://a.org/", aliases=("b.org",))
SITEMAP = "https://a.org/sitemap.xml"


def held(*urls: str, titles: tuple[str, ...] = (), chrome: tuple[str, ...] = ()) -> Held:
    return Held(BLOG, {BLOG.address(url): url for url in urls}, titles, frozenset(map(identity, chrome)))


def claim(by: By, *urls: str, title: str = "") -> Claim:
    return Claim(by, SITEMAP, tuple((url, title, SITEMAP) for url in urls))


def lost(posts: Held, claimed: Claim) -> list[str]:
    return [one.url for one in compare(posts, claimed)[1]]


ARCHIVES = tuple(f"https://a.org/archives/{number}" for number in range(1, 30))
SLUGS = tuple(f"https://a.org/{name}/" for name in ("bread", "rivers", "clocks", "winter"))


@pytest.mark.parametrize(
    ("posts", "by", "named", "missing"),
    [
        (ARCHIVES, By.SITEMAP, "https://a.org/archives/77", True),
        (ARCHIVES, By.SITEMAP, "http://www.a.org/archives/77/", True),
        (ARCHIVES, By.SITEMAP, "https://b.org/archives/77", True),
        (ARCHIVES, By.SITEMAP, "http://www.a.org/archives/7/", False),
        (ARCHIVES, By.SITEMAP, "https://b.org/archives/7?utm_source=feed", False),
        (ARCHIVES, By.SITEMAP, "https://elsewhere.org/archives/77", False),
        (ARCHIVES, By.SITEMAP, "https://a.org/about", False),
        (ARCHIVES, By.SITEMAP, "https://a.org/", False),
        (ARCHIVES, By.SITEMAP, "https://a.org/page/2/", False),
        (ARCHIVES, By.SITEMAP, "https://a.org/tag/bread/", False),
        (ARCHIVES, By.SITEMAP, "https://a.org/archives/77.pdf", False),
        (ARCHIVES, By.LIST, "https://a.org/archives/77", True),
        (ARCHIVES, By.LIST, "https://a.org/archives/", False),
        (ARCHIVES, By.FEED, "https://a.org/archives/77", True),
        (ARCHIVES, By.FEED, "https://a.org/links/a-talk", True),
        (ARCHIVES, By.FEED, "https://elsewhere.org/a-talk", False),
        (ARCHIVES, By.INDEX, "https://a.org/links/a-talk", True),
        (SLUGS, By.SITEMAP, "https://a.org/harbours/", True),
        (SLUGS, By.SITEMAP, "https://a.org/privacy/", False),
        (("https://a.org/2019/03/bread",), By.SITEMAP, "https://a.org/2019/04/rivers", True),
        (("https://a.org/2019/03/bread",), By.SITEMAP, "https://a.org/2019/04", False),
        (("https://a.org/2019/03/bread",), By.SITEMAP, "https://a.org/2019/04/", False),
        (("https://a.org/?p=3",), By.SITEMAP, "https://a.org/?p=4", True),
        (("https://a.org/?p=3",), By.SITEMAP, "https://a.org/?cat=4", False),
    ],
)
def test_what_counts_as_a_missing_post(posts: tuple[str, ...], by: By, named: str, missing: bool) -> None:
    found = lost(held(*posts), claim(by, *posts, named))
    assert found == ([named] if missing else [])


def test_a_menu_page_named_like_a_post_is_none() -> None:
    menu = "https://a.org/my-work/"
    assert lost(held(*SLUGS), claim(By.SITEMAP, *SLUGS, menu)) == [menu]
    assert lost(held(*SLUGS, chrome=(menu,)), claim(By.SITEMAP, *SLUGS, menu)) == []
    linked = "https://a.org/archives/77"
    assert lost(held(*ARCHIVES, chrome=(linked,)), claim(By.SITEMAP, *ARCHIVES, linked)) == [linked]


def test_names_at_the_root_count_only_where_most_of_them_are_posts() -> None:
    others = tuple(f"https://a.org/project-{letter}/" for letter in "abcdefg")
    answer, missing, notes = compare(held(*SLUGS), claim(By.SITEMAP, *SLUGS, *others))
    assert (answer.claimed, answer.held, missing) == (4, 4, [])
    assert notes == [f"sitemap {SITEMAP} names 7 addresses that may be posts or other pages"]


def test_a_sitemap_of_other_things_claims_nothing() -> None:
    answer, missing, _ = compare(held(*ARCHIVES), claim(By.SITEMAP, "https://a.org/archives/900"))
    assert (answer.claimed, missing) == (0, [])


def test_a_rare_shape_says_nothing_of_other_addresses() -> None:
    posts = held(*ARCHIVES, "https://a.org/a-lone-page")
    assert lost(posts, claim(By.SITEMAP, *ARCHIVES, "https://a.org/a-lone-page", "https://a.org/another-page")) == []


def test_a_feed_with_addresses_of_another_kind_is_matched_by_title() -> None:
    posts = held(*ARCHIVES, titles=("Notes on “bread”, 1",))
    assert lost(posts, claim(By.FEED, "https://a.org/?p=5", title='Notes on "bread" 1')) == []
    assert lost(posts, claim(By.FEED, "https://a.org/?p=5", title="Notes on rivers")) == ["https://a.org/?p=5"]
    same_kind = claim(By.FEED, "https://a.org/archives/77", title="Notes on bread 1")
    assert lost(posts, same_kind) == ["https://a.org/archives/77"]
    assert lost(posts, claim(By.FEED, "https://a.org/?p=6", title="!?")) == ["https://a.org/?p=6"]


def test_a_feed_on_an_unknown_host_of_the_blog_is_matched_by_path() -> None:
    answer, missing, notes = compare(
        held(*ARCHIVES), claim(By.FEED, "https://mirror.org/archives/3", "https://mirror.org/archives/99")
    )
    assert (answer.claimed, answer.held, missing) == (1, 1, [])
    assert notes == [f"feed {SITEMAP} names 1 addresses on other sites"]


def test_the_page_that_names_a_post_is_told() -> None:
    claimed = Claim(By.INDEX, "https://a.org/", (("https://a.org/archives/99", "", "https://a.org/page/3/"),))
    _, missing, _ = compare(held(*ARCHIVES), claimed)
    assert missing == [Missing(Lack.POST, "https://a.org/archives/99", "the index page https://a.org/page/3/ names it")]


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_held_and_missing_are_all_that_is_claimed(have: set[int], named: set[int]) -> None:
    posts = held(*(f"https://a.org/archives/{number}" for number in have))
    claimed = claim(By.FEED, *(f"http://b.org/archives/{number}/" for number in named))
    answer, missing, _ = compare(posts, claimed)
    assert answer.claimed == len(named)
    assert answer.held + len(missing) == answer.claimed
    assert {int(identity(one.url).rpartition("/")[2]) for one in missing} == named - have


PAGES = {2: "https://a.org/page/2/", 3: "https://a.org/page/3/"}
PAGER = Pager(current=1, last=4, numbered=PAGES, pattern="https://a.org/page/{n}/")


@pytest.mark.parametrize(
    ("visited", "posts", "unread"),
    [
        ((), 10, [2, 3, 4]),
        ((2,), 20, [3, 4]),
        ((2, 4), 27, [3]),
        ((2, 3), 31, []),
        ((2, 3, 4), 12, []),
    ],
)
def test_pages_that_were_never_read(visited: tuple[int, ...], posts: int, unread: list[int]) -> None:
    been = {identity(f"https://a.org/page/{number}/") for number in visited} | {"a.org/"}
    last, found = pages_missing([PAGER], been, [10, 10, 10], posts)
    assert (last, found) == (4, [f"https://a.org/page/{number}/" for number in unread])


def test_without_a_pager_no_page_is_missing() -> None:
    assert pages_missing([], set(), [], 0) == (None, [])
    assert pages_missing([Pager()], set(), [10], 10) == (None, [])


def test_a_trap_is_no_missing_page() -> None:
    deep = Pager(next="https://a.org/" + "a/" * 30, numbered={2: "https://a.org/" + "a/" * 30})
    assert pages_missing([deep], set(), [10], 10) == (None, [])
    assert not_followed([deep], set()) == []


def test_pages_ahead_of_a_run_that_ended() -> None:
    ahead = [Pager(next="https://a.org/page/2/"), Pager(next="https://a.org/page/3/"), Pager()]
    assert not_followed(ahead, {"a.org/page/2"}) == ["https://a.org/page/3/"]


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ((1, 2, 3, 4, 5), []),
        ((1, 2, 3, 9), []),
        (
            (1, 2, 3, 5, 9),
            ["addresses like /archives/N run from 1 to 9: 5 posts, 4 numbers between them are not ours (4, 6-8)"],
        ),
        (
            (10, 1, 3, 5, 7, 20, 22),
            [
                "addresses like /archives/N run from 1 to 22: 7 posts, 15 numbers between them are not ours"
                " (2, 4, 6, 8-9, 11-19, ...)"
            ],
        ),
    ],
)
def test_gaps_are_told(paths: tuple[int, ...], told: list[str]) -> None:
    assert list(gaps(f"https://a.org/archives/{number}" for number in paths)) == told


@pytest.mark.parametrize(
    "pattern", ["https://a.org/{}/a-name.html", "https://a.org/2019/{}", "https://a.org/post-{}", "https://a.org/x{}/"]
)
def test_years_and_names_make_no_gaps(pattern: str) -> None:
    assert list(gaps(pattern.format(number) for number in (1, 2, 3, 5, 9, 14))) == []


@pytest.mark.parametrize("pattern", ["https://a.org/?p={}", "https://a.org/post/{}.html", "https://a.org/{}/"])
def test_numbers_in_parameters_and_before_endings_make_gaps(pattern: str) -> None:
    (told,) = gaps(pattern.format(number) for number in (1, 2, 3, 5, 9, 14))
    assert "run from 1 to 14: 6 posts, 8 numbers" in told


@given(st.sets(st.integers(1, 400), min_size=5))
def test_gaps_and_posts_fill_the_row(numbers: set[int]) -> None:
    told = list(gaps(f"https://a.org/archives/{number}" for number in numbers))
    between = max(numbers) - min(numbers) + 1 - len(numbers)
    assert bool(told) == bool(between)
    assert all(f"{len(numbers):,} posts, {between:,} numbers between them" in one for one in told)


@pytest.mark.parametrize(
    ("shape", "tells"), [("/*", False), ("/*.html", False), ("/N", True), ("/archives/*", True), ("/?p=N", True)]
)
def test_shapes_that_tell(shape: str, tells: bool) -> None:
    assert telling(shape) is tells


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://a.org/bread/", True),
        ("https://a.org/", False),
        ("https://a.org/category/x/", False),
        ("https://a.org/author/su", False),
        ("https://a.org/2019/03/", False),
        ("https://a.org/feed.xml", False),
        ("https://a.org/about/", False),
    ],
)
def test_addresses_that_may_be_posts(url: str, may: bool) -> None:
    assert may_be_post(url) is may


def test_titles_are_compared_by_their_letters() -> None:
    assert letters(" “Ménage” – à 3! 熵") == letters("ménage à 3熵") == "ménageà3熵"


def test_what_is_lacking_of_a_kind() -> None:
    lacks = (Missing(Lack.POST, "u", "c"), Missing(Lack.IMAGE, "i", "c"))
    assert Coverage(BLOG, 1, missing=lacks).lacking(Lack.IMAGE) == ("i",)
