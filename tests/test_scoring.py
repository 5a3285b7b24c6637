from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.parse.dating import Dater
from archiver.parse.document import read
from archiver.parse.groups import groups
from archiver.parse.links import post_links
from archiver.parse.scoring import ENOUGH, TABLE, Judge, Traits, reasons, score

SITE = "http://blog.example"
NONE = Traits(**{field.name: 0 for field in fields(Traits)})


def best_of(body: str, labels: tuple[str, ...] = ()) -> tuple[Traits, list[str]]:
    """The traits and addresses of the likeliest group of a page."""
    links = post_links(read(f"<html lang='en'><body>{body}</body></html>", f"{SITE}/"))
    judge = Judge(Dater("en"), labels, links)
    traits, group = max(((judge.traits(group), group) for group in groups(links)), key=lambda pair: score(pair[0]))
    return traits, [item.url.removeprefix(SITE) for item in group.items]


def test_each_kind_of_evidence_is_named_once_and_weighs_something() -> None:
    named = [name for name, _, _ in TABLE]
    assert len(set(named)) == len(named)
    assert all(weight for _, weight, _ in TABLE)


@pytest.mark.parametrize("name", ["heading", "dated", "more", "declared", "labelled", "pictures", "main"])
def test_evidence_for_a_listing_raises_the_score(name: str) -> None:
    assert score(replace(NONE, **{name: 1.0})) > score(NONE)


@pytest.mark.parametrize("name", ["aside", "other", "days"])
def test_evidence_against_a_listing_lowers_the_score(name: str) -> None:
    assert score(replace(NONE, **{name: 1.0})) < score(NONE)


@given(st.integers(2, 500), st.integers(2, 500))
def test_more_posts_never_weigh_less(one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert score(replace(NONE, size=small)) <= score(replace(NONE, size=large))


def test_reasons_name_what_counted_the_strongest_first() -> None:
    told = reasons(replace(NONE, heading=1.0, dated=0.5, title=40.0, size=2)).split(", ")
    amounts = [abs(float(part.rpartition(" ")[2])) for part in told]
    assert any(part.startswith("dated +1.0") for part in told)
    assert amounts == sorted(amounts, reverse=True)


POSTS = "".join(f"<article><h2><a href=/{n}/>A title of some length {n}</a></h2><p>Words.</p></article>" for n in "abc")
SIDE = "".join(f"<li><a href=/{n}/>Another title of its own {n}</a></li>" for n in "defghi")

# What stands beside three articles on a page, and must not be taken for the listing.
RIVALS = [
    f"<aside><ul>{SIDE}</ul></aside>",
    f"<div class='sidebar'><ul>{SIDE}</ul></div>",
    f"<nav><ul>{SIDE}</ul></nav>",
    "<div>" + "".join(f"<a href=/tag/{n}/>a long tag name {n}</a>" for n in "abcdefgh") + "</div>",
    "<ul>" + "".join(f"<li><a href=/{n}/>{n}</a></li>" for n in "jklmnopq") + "</ul>",
    "<ul>" + "".join(f"<li><a href=/2020/0{n}/>0{n}/2020</a></li>" for n in range(1, 9)) + "</ul>",
]


@pytest.mark.parametrize("rival", RIVALS)
@pytest.mark.parametrize("first", [True, False])
def test_what_stands_beside_the_posts_is_not_the_listing(rival: str, first: bool) -> None:
    main = f"<div>{POSTS}</div>"
    traits, found = best_of(rival + main if first else main + rival)
    assert found == ["/a/", "/b/", "/c/"]
    assert score(traits) >= ENOUGH


def test_the_feed_tells_two_lists_apart() -> None:
    lists = (
        "<ul>" + "".join(f"<li><a href=/{k}/{n}>The {k} number {n}</a></li>" for n in "abcd") + "</ul>"
        for k in ("tool", "post")
    )
    _, found = best_of("<div>" + "</div><div>".join(lists) + "</div>", (f"{SITE}/post/b", f"{SITE}/post/c"))
    assert found == [f"/post/{n}" for n in "abcd"]


def test_a_link_that_is_a_date_is_no_title() -> None:
    body = "".join(
        f"<div><a href=/2021/0{n}/01/>2021-0{n}-01</a><p><a href=/story-{n}>A story with the number {n}</a></p></div>"
        for n in range(1, 6)
    )
    assert best_of(body)[1] == [f"/story-{n}" for n in range(1, 6)]
