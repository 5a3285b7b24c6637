from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls, words
from archiver.models import Pager
from archiver.parse.document import Document, read
from archiver.parse.following import MAX_DEPTH, page_address
from archiver.parse.numbering import Numbering, from_steps, induce, period, slots
from archiver.parse.pager import following, merged, missing, read_pager, trap
from archiver.words.pages import NEXT

GOLDEN = sorted((Path(__file__).parent / "corpus").glob("pager-*"))
SITE = "http://blog.example"

# Each way to find the next page, as docs/pager.md tells them, needs a golden page.
RULES = (
    "older",
    "rel",
    "next",
    "arrow",
    "icon",
    "load more",
    "number",
    "address",
    "numbering",
    "previous, alone",
    "years",
    "months",
)


def pager_of(body: str, url: str = f"{SITE}/", language: str = "en", **known: Any) -> Pager:
    return read_pager(document(body, url, language), **known)


def document(body: str, url: str = f"{SITE}/", language: str = "en") -> Document:
    return read(f'<html lang="{language}"><head><title>x</title></head><body>{body}</body></html>', url)


def expected_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_golden_page(folder: Path) -> None:
    expected = expected_of(folder)
    visited = {urls.identity(url) for url in [*expected.get("visited", ()), expected["url"]]}
    doc = read((folder / "page.html").read_text(encoding="utf-8"), expected["url"])
    pager = read_pager(doc, visited=visited, posts=expected.get("posts", ()))
    for name, value in expected["pager"].items():
        found = getattr(pager, name)
        assert ({str(k): v for k, v in found.items()} if name == "numbered" else found) == value, name
    assert following(pager, expected["url"], visited) == expected.get("following", pager.next)
    if "missing" in expected:
        assert list(missing(pager, visited)) == expected["missing"]


def test_every_rule_has_a_golden_page() -> None:
    shown = {expected_of(folder)["pager"]["rule"] for folder in GOLDEN}
    assert set(RULES) <= shown
    assert len(GOLDEN) >= 30


@pytest.mark.parametrize("language", sorted(NEXT))
def test_next_words_of_every_language_lead_on(language: str) -> None:
    for phrase in NEXT[language].split("|"):
        pager = pager_of(f'<p><a href="/entries?after=77">{phrase.strip()}</a></p>', language=language)
        assert (pager.next, pager.rule) == (f"{SITE}/entries?after=77", "next"), phrase


@pytest.mark.parametrize(
    ("current", "onward"),
    [
        ("/", "/page/2/"),
        ("/", "/page2/"),
        ("/", "/page2"),
        ("/", "/index2.html"),
        ("/", "/index-2.html"),
        ("/", "/index_2.html"),
        ("/", "/?paged=2"),
        ("/", "/?page=2"),
        ("/index.html", "/page-2.html"),
        ("/blog/", "/blog/page/2/index.html"),
        ("/blog/index.php", "/blog/index.php?page=2"),
        ("/blog", "/blog/page/2"),
        ("/blog.html", "/blog/page/2"),
        ("/category/trees/2/", "/category/trees/3/"),
        ("/page/9/", "/page/10/"),
        ("/posts?offset=20", "/posts?offset=40"),
        ("/?tag=a&pg=2", "/?tag=a&pg=3"),
        ("/seite/2", "/seite/3"),
        ("/%E3%83%9A%E3%83%BC%E3%82%B8/2", "/%E3%83%9A%E3%83%BC%E3%82%B8/3"),
        ("/news/page:2", "/news/page:3"),
    ],
)
def test_addresses_make_a_numbering(current: str, onward: str) -> None:
    pager = pager_of(f'<a href="{onward}">Next</a>', SITE + current)
    assert pager.next == SITE + onward
    assert pager.pattern is not None
    number = pager.current
    assert number is not None
    assert urls.identity(page_address(pager, number + 1) or "") == urls.identity(SITE + onward)


@pytest.mark.parametrize(
    ("url", "kind", "value"),
    [
        ("/page/2/", "page", 2),
        ("/page/2/index.html", "page", 2),
        ("/Page2.html", "page", 2),
        ("/list_3_2.html", "plain", 2),
        ("/?start=10", "offset", 10),
        ("/?query-7-page=3", "page", 3),
        ("/archives/6191", "plain", 6191),
        ("/?p=12", "plain", 12),
    ],
)
def test_slots(url: str, kind: str, value: int) -> None:
    slot = slots(SITE + url)[0]
    assert (slot.kind, slot.value) == (kind, value)
    assert slot.pattern.replace("{n}", str(value)).lower() == (SITE + url).lower()


@pytest.mark.parametrize(
    "url", ["/", "/about", "/2021-roses/", "/?month=5", "/?m=202105", "/photo-1234567.html", "/{n}/2", "/?page=x"]
)
def test_no_slots(url: str) -> None:
    assert slots(SITE + url) == ()


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("/2021/", 2021),
        ("/blog/2021/05/", 202105),
        ("/archives/202105.html", 202105),
        ("/2021_05_01_archive.html", 202105),
        ("/archive-2021.html", 2021),
        ("/?m=202105", 202105),
        ("/2021/05/12/", None),
        ("/the-best-of-2021.html", None),
        ("/archives/6191", None),
        ("/2021/13/", None),
    ],
)
def test_period(url: str, value: int | None) -> None:
    assert period(SITE + url) == value


@pytest.mark.parametrize(
    "links",
    [
        [],
        [(2, "/archives/6191"), (3, "/archives/6208")],
        [(2, "/a/4"), (3, "/b/7")],
        [(5, "/?year=2021")],
        [(2, "/?start=7"), (3, "/?start=9"), (4, "/?start=30")],
    ],
)
def test_no_numbering(links: list[tuple[int, str]]) -> None:
    assert induce((number, SITE + url) for number, url in links) is None


def test_numbering_outvotes_a_link_that_lies() -> None:
    numbering = induce((n, f"{SITE}/page/{n if n != 4 else 44}/") for n in range(2, 8))
    assert numbering is not None
    assert (numbering.number(f"{SITE}/page/3/"), numbering.number(SITE)) == (3, 1)
    assert numbering.address(4) == f"{SITE}/page/4/"


def test_numbering_counts_down_in_the_address() -> None:
    numbering = induce([(2, f"{SITE}/index-9.html"), (3, f"{SITE}/index-8.html"), (4, f"{SITE}/index-7.html")])
    assert numbering is not None
    assert (numbering.step, numbering.number(f"{SITE}/index-5.html")) == (-1, 6)


def test_unrelated_addresses_make_no_step() -> None:
    assert from_steps(f"{SITE}/page/2/", f"{SITE}/page/9/") is None
    assert from_steps(f"{SITE}/", f"{SITE}/posts/2021") is None


@given(
    st.integers(1, 400), st.integers(0, 1), st.sampled_from(["/page/{n}/", "/p-{n}.html", "/?page={n}", "/b/?o={n}"])
)
def test_numbering_and_address_are_inverse(page: int, origin: int, shape: str) -> None:
    slot = slots(SITE + shape.replace("{n}", "7"))[0]
    numbering = Numbering(slot.pattern, slot.key, slot.bases, origin)
    address = numbering.address(page)
    assert address is not None
    assert numbering.number(address) == page


@given(st.lists(st.integers(2, 30), min_size=2, max_size=8, unique=True), st.integers(1, 3))
def test_printed_numbers_read_back(numbers: list[int], step: int) -> None:
    links = [(number, f"{SITE}/blog?start={(number - 1) * step * 5}") for number in numbers]
    numbering = induce(links)
    assert numbering is not None
    assert all(numbering.address(number) == url for number, url in links)


@given(st.text(max_size=60))
def test_any_address_is_harmless(text: str) -> None:
    url = f"{SITE}/{text}"
    assert all(slot.value >= 0 for slot in slots(url))
    assert period(url) is None or period(url) is not None
    assert trap(url) is None or isinstance(trap(url), str)


@given(st.text(alphabet="<>/ab123\"'= hrefpagnxt\n", max_size=200))
def test_any_markup_is_harmless(text: str) -> None:
    pager = pager_of(text)
    assert pager.next is None or pager.next.startswith(SITE)


@given(
    st.integers(1, 25), st.integers(1, 25), st.sampled_from(["/page/{}/", "/page{}", "/?paged={}", "/index-{}.html"])
)
def test_a_crawl_visits_every_page_once_and_ends(total: int, start: int, shape: str) -> None:
    start = min(start, total)
    addresses = {n: SITE + (shape.format(n) if n > 1 else "/") for n in range(1, total + 1)}
    by_key = {urls.identity(address): n for n, address in addresses.items()}
    visited: set[str] = set()
    url: str | None = addresses[start]
    seen: list[int] = []
    known: Pager | None = None
    while url is not None:
        number = by_key[urls.identity(url)]
        seen.append(number)
        visited.add(urls.identity(url))
        window = [n for n in range(number - 2, number + 3) if 1 <= n <= total and n != number]
        links = "".join(f'<a href="{addresses[n]}">{n}</a> ' for n in window)
        pager = pager_of(f"<p>{links}</p>", url, visited=visited)
        known = merged(known, pager) if known else pager
        url = following(pager, url, visited)
    assert seen == list(range(start, total + 1))
    assert known is not None
    for address in missing(known, visited):
        assert by_key[urls.identity(address)] < start


def test_newer_posts_are_never_the_way_on() -> None:
    assert pager_of('<a href="/?before=1">Newer posts</a>').next is None
    assert pager_of('<a rel="prev" href="/?x=1">Older posts</a><a rel="next" href="/?x=2">Newer posts</a>').next == (
        f"{SITE}/?x=1"
    )


def test_a_visited_page_is_not_the_next_one() -> None:
    body = '<a href="/page/2/">Next</a>'
    assert pager_of(body, visited=[f"{SITE}/page/2/"]).next is None
    assert pager_of(body, visited=[urls.identity("https://www.blog.example/page/2")]).next is None


def test_two_pagers_on_one_page_agree_on_the_listing_s_own() -> None:
    body = '<aside><a href="/photos/page/2/">Next</a></aside><p><a href="/blog/page/2/">Next</a></p>'
    assert pager_of(body, f"{SITE}/blog/").next == f"{SITE}/blog/page/2/"


def test_a_pager_goes_on_where_its_link_is_missing() -> None:
    known = Pager(current=2, last=5, numbered={5: f"{SITE}/page/5/"}, pattern=f"{SITE}/page/{{n}}/")
    visited = {f"{SITE}/page/2/"}
    assert following(known, f"{SITE}/page/2/", visited) == f"{SITE}/page/3/"
    assert missing(known, visited) == tuple(f"{SITE}/page/{n}/" for n in (3, 4, 5))


def test_following_counts_down_in_a_reversed_pager() -> None:
    known = Pager(current=3, last=9, pattern=f"{SITE}/index-{{n}}.html", reverse=True)
    visited = {f"{SITE}/index-3.html", f"{SITE}/index-2.html"}
    assert following(known, f"{SITE}/index-3.html", visited) == f"{SITE}/index-1.html"
    assert following(known, f"{SITE}/index-3.html", {*visited, f"{SITE}/index-1.html"}) is None


def test_following_never_returns_the_same_page() -> None:
    assert following(Pager(next=f"{SITE}/a/"), f"{SITE}/a", ()) is None


def test_pages_below_zero_have_no_address() -> None:
    assert page_address(Pager(pattern=f"{SITE}/?start={{n}}", origin=0, step=10), 0) is None
    assert page_address(Pager(), 3) is None


def test_merged_pagers_keep_all_numbers() -> None:
    shape = f"{SITE}/page/{{n}}/"
    first = Pager(last=9, numbered={2: "b"}, pattern=shape)
    later = Pager(next="d", current=3, last=4, numbered={4: "d"}, pattern=shape)
    both = merged(first, later)
    assert (both.last, both.numbered, both.next, both.current) == (9, {2: "b", 4: "d"}, "d", 3)
    other = Pager(pattern=f"{SITE}/?paged={{n}}")
    assert merged(first, other) is other


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/page/2/", None),
        ("/2021/05/", None),
        ("/a/b/a/b/a/b/", "the same folder more than twice"),
        ("/" + "x" * 2100, "longer than 2000 characters"),
        ("/" + "/".join(str(n) for n in range(MAX_DEPTH + 1)), "deeper than 20 folders"),
        ("/?a=1&a=2&a=3", "the same parameter again and again"),
        ("/events/1899/", None),
        ("/page/1900/", None),
        ("/notes/page/2100/", None),
        ("/?month=1902-05", "a calendar page of the year 1902"),
    ],
)
def test_trap(url: str, told: str | None) -> None:
    assert trap(SITE + url) == told


@pytest.mark.parametrize(
    ("markup", "onward"),
    [
        ('<a href="/n/b"><i class="icon-chevron-right"></i></a>', True),
        ('<a href="/n/b"><svg><use href="#arrow-right"></use></svg></a>', True),
        ('<a href="/n/b"><img src="/img/next.png" alt=""></a>', True),
        ('<li class="next"><a href="/n/b"></a></li>', True),
        ('<a class="older-posts" href="/n/b"></a>', True),
        ('<a href="/n/b" title="Older posts"><b class="x"></b></a>', True),
        ('<a href="/n/b"><i class="fa fa-angle-left"></i></a>', False),
        ('<a class="pull-right" href="/n/b"><i class="fa fa-home"></i></a>', False),
        ('<a href="/n/b"><i class="icon-chevron-left"></i><i class="icon-chevron-right"></i></a>', False),
        ('<a class="next disabled" href="/n/b"><i class="fa fa-angle-right"></i></a>', False),
        ('<a style="visibility: hidden" href="/n/b">Next</a>', False),
        ('<a aria-disabled="true" href="/n/b">Next</a>', False),
        ('<a href="/n/b">→</a>', True),
        ('<a href="/n/b">❯</a>', True),
        ('<a href="/n/b">←</a>', False),
    ],
)
def test_icons_and_arrows(markup: str, onward: bool) -> None:
    assert pager_of(f"<ul>{markup}</ul>").next == (f"{SITE}/n/b" if onward else None)


def test_arrows_do_not_speak_in_pages_written_from_right_to_left() -> None:
    assert pager_of('<a href="/n/b">→</a>', language="he").next is None


def test_every_step_has_a_meaning_for_the_pager() -> None:
    ways = {step: pager_of(f'<a href="/z">{word}</a>').next for step, word in STEP_WORDS.items()}
    assert {step for step, onward in ways.items() if onward} == {
        words.Step.OLDER,
        words.Step.NEXT,
        words.Step.MORE,
        words.Step.PREVIOUS,
    }
    assert set(STEP_WORDS) == set(words.Step)


STEP_WORDS = {
    words.Step.OLDER: "Older posts",
    words.Step.NEWER: "Newer posts",
    words.Step.NEXT: "Next",
    words.Step.PREVIOUS: "Previous",
    words.Step.FIRST: "First",
    words.Step.LAST: "Last",
    words.Step.MORE: "Load more",
    words.Step.POST: "Next post",
}


@pytest.mark.parametrize(
    ("own", "link"),
    [("/blog/page/2/", "/blog/"), ("/blog/2/", "/blog/"), ("/?page=2", "/"), ("/notes-2.html", "/notes.html")],
)
def test_a_lone_previous_does_not_lead_from_a_numbered_page_to_the_first(own: str, link: str) -> None:
    assert pager_of(f'<p><a href="{link}">Previous</a></p>', f"{SITE}{own}").next is None
