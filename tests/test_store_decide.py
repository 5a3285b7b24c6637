"""The decider: what becomes of a post when a page speaks of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.store.decide import Merged, claims_of, merge, noted, repeats
from archiver.store.fields import RULES, TRUST, Source
from archiver.store.keys import content_key, cut, images_key

LISTING, POST, FEED = Source.LISTING, Source.POST, Source.FEED


def date(
    value: str | None, where: Where | None = Where.BLOCK, precision: Precision = Precision.DAY, rule: str = "iso"
) -> FoundDate:
    return FoundDate(value, precision if value else None, rule, value or "", where)


OLD = Record(
    url="https://a.org/p/1",
    title="On entropy",
    published=date("2019-03-06"),
    excerpt="The first paragraph.",
    excerpt_html="<p>The first paragraph.</p>",
    images=(Image("https://a.org/1.png", "one", "Figure 1"),),
    read_more="https://a.org/p/1#more",
    author="Ann",
    category="Notes",
    series="Entropy",
    tags=("maths", "physics"),
    language="en",
    text="The first paragraph. " * 80,
    content_html="<p>...</p>",
    evidence={"title": "h2"},
)


def met(
    old: Record = OLD, *, source: Source = LISTING, said: Record | str | None = "same", again: bool = False, **new: Any
) -> Merged:
    """Merge a change into a post; ``said`` is what the source said last time: the same, another record, nothing."""
    before = claims_of(old) if said == "same" else claims_of(said) if isinstance(said, Record) else {}
    return merge(old, replace(old, **new), source, before, again=again)


SILENT = FoundDate(None, None, "", "03-06")

# A source that changes what it said itself: field, new value, the value that stands, and what that is called.
REVISIONS: tuple[tuple[str, Any, Any, str], ...] = (
    ("title", "On entropy, again", "On entropy, again", "revised"),
    ("title", "On  entropy ", "On entropy", ""),
    ("title", "", "On entropy", ""),
    ("title", "On ent…", "On entropy", ""),
    ("title", "On ent...", "On entropy", ""),
    ("title", "Off…", "Off…", "revised"),
    ("excerpt", "Another paragraph.", "Another paragraph.", "revised"),
    ("excerpt", "The first\n\n paragraph.", "The first paragraph.", ""),
    ("excerpt", "The first paragraph.\n328 views · 3 comments", "The first paragraph.", ""),
    ("excerpt", "", "The first paragraph.", ""),
    ("published", date("2019-03-07"), date("2019-03-07"), "revised"),
    ("published", FoundDate(), OLD.published, ""),
    ("published", SILENT, OLD.published, ""),
    ("published", date("2019-03-07", Where.NEIGHBOURS), OLD.published, ""),
    ("published", date("2019-03", precision=Precision.MONTH), OLD.published, ""),
    ("published", date("2019-04", precision=Precision.MONTH), OLD.published, ""),
    ("published", date("2019-03-09", rule="relative"), OLD.published, ""),
    (
        "published",
        date("2019-03-06T10:00", precision=Precision.MINUTE),
        date("2019-03-06T10:00", precision=Precision.MINUTE),
        "completed",
    ),
    ("author", "Bob", "Bob", "revised"),
    ("author", None, "Ann", ""),
    ("category", "News", "News", "revised"),
    ("series", None, "Entropy", ""),
    ("tags", ("physics", "maths"), ("maths", "physics"), ""),
    ("tags", ("maths",), ("maths",), "revised"),
    ("tags", (), ("maths", "physics"), ""),
    ("images", (), OLD.images, ""),
    ("images", (Image("http://www.a.org/1.png?v=2", "one", "Figure 1"),), OLD.images, ""),
    (
        "images",
        (Image("https://a.org/1.png?v=2", "one", "Figure 2"),),
        (Image("https://a.org/1.png", "one", "Figure 2"),),
        "revised",
    ),
    (
        "images",
        (*OLD.images, Image("https://a.org/2.png")),
        (*OLD.images, Image("https://a.org/2.png")),
        "revised",
    ),
    ("text", "Something else. " * 80, "Something else. " * 80, "revised"),
    ("text", "Sorry, an error occurred.", OLD.text, ""),
    ("text", None, OLD.text, ""),
    ("url", "http://a.org/p/1/", "http://a.org/p/1/", "completed"),
    ("read_more", None, OLD.read_more, ""),
    ("read_more", "https://a.org/p/1?full", "https://a.org/p/1?full", "completed"),
    ("language", "de", "de", "completed"),
)


@pytest.mark.parametrize(("field", "new", "stands", "called"), REVISIONS)
def test_a_source_that_changes_its_mind(field: str, new: Any, stands: Any, called: str) -> None:
    merged = met(**{field: new})
    assert getattr(merged.record, field) == stands
    assert merged.revised == ((field,) if called == "revised" else ())
    assert merged.completed == ((field,) if called == "completed" else ())


# Another source than the one that gave what is stored: field, source, new value, the value that stands.
CONFLICTS: tuple[tuple[str, Source, Any, Any, Any], ...] = (
    ("title", POST, "On ent…", "On entropy", "On entropy"),
    ("title", POST, "On entropy", "On ent…", "On entropy"),
    ("title", POST, "A", "B", "A"),
    ("published", POST, date("2019-03-06"), date("2019-03-07", Where.POST), date("2019-03-06")),
    (
        "published",
        POST,
        date("2019-03-06", Where.NEIGHBOURS),
        date("2019-03-07", Where.POST),
        date("2019-03-07", Where.POST),
    ),
    ("published", FEED, date("2019-03-06", Where.URL), date("2019-03-07", Where.FEED), date("2019-03-07", Where.FEED)),
    (
        "published",
        FEED,
        date("2019-03-06"),
        date("2019-03-06T10:00+08:00", Where.FEED, Precision.MINUTE),
        date("2019-03-06T10:00+08:00", Where.FEED, Precision.MINUTE),
    ),
    (
        "published",
        FEED,
        date("2019-03-06T10:00", Where.GROUP),
        date("2019-03", Where.BLOCK),
        date("2019-03-06T10:00", Where.GROUP),
    ),
    ("author", POST, "Ann", "Bob", "Ann"),
    ("category", FEED, "Notes", "News", "Notes"),
    ("tags", POST, ("a", "b"), ("b", "c"), ("a", "b", "c")),
    ("excerpt", POST, "listed", "meta description", "listed"),
    ("excerpt", FEED, "listed", "summary", "listed"),
    ("excerpt", LISTING, "summary of the feed", "listed", "listed"),
    ("text", POST, "from the feed", "from the page", "from the page"),
    ("text", FEED, "from the page", "from the feed", "from the page"),
    (
        "images",
        POST,
        (Image("https://a.org/1.png"),),
        (Image("https://a.org/0.png"), Image("https://a.org/1.png")),
        (Image("https://a.org/0.png"), Image("https://a.org/1.png")),
    ),
    (
        "images",
        LISTING,
        (Image("https://a.org/1.png"), Image("https://a.org/2.png")),
        (Image("https://a.org/2.png", "", "two"), Image("https://a.org/3.png")),
        (Image("https://a.org/1.png"), Image("https://a.org/2.png", "", "two"), Image("https://a.org/3.png")),
    ),
    ("url", FEED, "https://a.org/p/1", "https://a.org/p/1?utm_source=feed", "https://a.org/p/1"),
    ("url", LISTING, "https://a.org/p/1?utm_source=feed", "https://a.org/p/1", "https://a.org/p/1"),
)


@pytest.mark.parametrize(("field", "source", "old", "new", "stands"), CONFLICTS)
def test_sources_that_disagree_are_settled_without_a_revision(
    field: str, source: Source, old: Any, new: Any, stands: Any
) -> None:
    stored = replace(OLD, **{field: old})
    merged = met(stored, source=source, said=None, **{field: new})
    assert getattr(merged.record, field) == stands
    assert merged.revised == ()
    assert merged.completed == ((field,) if stands != old else ())


def test_every_field_of_a_record_has_a_rule() -> None:
    companions = {"excerpt_html", "content_html", "evidence"}
    assert {rule.field for rule in RULES} | companions == set(Record.__dataclass_fields__)


def test_every_place_of_a_date_has_its_trust() -> None:
    assert set(TRUST) == {*Where, None}


def test_what_was_unknown_is_completed() -> None:
    bare = Record(url=OLD.url, title=OLD.title, evidence=OLD.evidence)
    merged = merge(bare, OLD, POST, {})
    assert merged.record == OLD
    assert merged.revised == ()


def test_a_source_that_repeats_itself_does_not_undo_another() -> None:
    listed = replace(OLD, title="On ent…", published=date("2019-03", precision=Precision.MONTH))
    stored = merge(listed, OLD, POST, {}).record
    assert stored.title == "On entropy"
    assert merge(stored, listed, LISTING, claims_of(listed)).record == stored


def test_a_source_may_change_only_what_is_its_own() -> None:
    listed = replace(OLD, author="A. N. Other")  # but Ann is stored, from elsewhere
    merged = met(said=listed, author="Somebody")
    assert merged.record == OLD


def test_a_second_sighting_in_one_crawl_only_completes() -> None:
    merged = met(again=True, title="Pinned: on entropy", excerpt="Longer", author="Bob", tags=("x",), images=())
    assert merged.record == OLD
    merged = met(replace(OLD, author=None), again=True, title="Pinned: on entropy", author="Bob")
    assert (merged.record.author, merged.record.title, merged.completed) == ("Bob", OLD.title, ("author",))


def test_a_restatement_replaces_what_was_its_own_reading() -> None:
    better = replace(OLD, title="On ent…", author="Bob", published=FoundDate(), text=None, excerpt="")
    merged = merge(OLD, better, LISTING, claims_of(OLD), again=True, restated=True)
    assert merged.revised == ()
    assert set(merged.completed) == {"title", "author", "published"}
    assert (merged.record.title, merged.record.published, merged.record.text) == ("On ent…", FoundDate(), OLD.text)
    foreign = merge(OLD, better, LISTING, {}, again=True, restated=True)
    assert foreign.record == OLD


def test_what_was_said_twice_of_a_field_is_both_repeated() -> None:
    first, second, third = (claims_of(replace(OLD, author=name)) for name in ("Ann", "Bob", "Eve"))
    both = noted(second, first, restated=True)
    assert repeats(first, both)
    assert repeats(second, both)
    assert not repeats(third, both)
    assert repeats(third, noted(third, both, restated=True))
    assert repeats(first, noted(third, both, restated=True))
    assert not repeats(second, noted(second, first) | {"author": "x"})
    assert noted(first, first) == first
    assert noted({}, first) == first


def test_without_any_claim_the_source_counts_as_the_author() -> None:
    assert merge(OLD, replace(OLD, title="Now"), LISTING, None).revised == ("title",)


GUESS = {"title": "guess: first words"}


def test_a_guessed_title_never_replaces_a_known_one() -> None:
    assert met(title="The first paragraph", evidence=GUESS).record.title == "On entropy"


def test_a_known_title_replaces_a_guessed_one_without_a_revision() -> None:
    guessed = replace(OLD, title="The first paragraph", evidence=GUESS)
    for said in ("same", None):
        merged = met(guessed, said=said, title="On entropy", evidence={"title": "h2"})
        assert (merged.record.title, merged.revised, merged.completed) == ("On entropy", (), ("title",))
        assert merged.record.evidence == {"title": "h2"}


def test_a_reckoned_date_gives_way_without_a_revision() -> None:
    merged = met(replace(OLD, published=date("2019-03-05", rule="relative")), published=date("2019-03-06"))
    assert (merged.record.published.value, merged.revised) == ("2019-03-06", ())


def test_html_goes_with_its_text() -> None:
    cosmetic = met(excerpt_html="<div><p>The first paragraph.</p></div>")
    assert (cosmetic.record, cosmetic.fields) == (OLD, ())
    changed = met(excerpt="New.", excerpt_html="<p>New.</p>")
    assert changed.record.excerpt_html == "<p>New.</p>"
    assert met(excerpt="New.", excerpt_html="").record.excerpt_html == OLD.excerpt_html
    missing = met(replace(OLD, content_html=None), content_html="<p>x</p>")
    assert (missing.record.content_html, missing.fields) == ("<p>x</p>", ())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a b\n\nc", "abc"),
        ("Text.\n12 comments", "Text."),
        ("Text.\n阅读(123) | 评论(4)", "Text."),
        ("In 2018 we were five", "In2018wewerefive"),
        ("1 + 1 = 3", "1+1=3"),
        ("\n", ""),
        (None, ""),
    ],
)
def test_counters_and_whitespace_are_not_content(text: str | None, key: str) -> None:
    assert content_key(text) == key


@pytest.mark.parametrize(
    ("short", "whole", "is_cut"),
    [
        ("On ent…", "On entropy", True),
        ("On ent ...", "On entropy", True),
        ("On entropy…", "On entropy", True),
        ("On entropy", "On entropy and more", False),
        ("…", "On entropy", False),
        ("Well…", "On entropy", False),
    ],
)
def test_a_text_cut_short(short: str, whole: str, is_cut: bool) -> None:
    assert cut(short, whole) is is_cut


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.org/1.png?v=1", "http://a.org/1.png?v=2", True),
        ("https://a.org/pic.php?id=1", "https://a.org/pic.php?id=2", False),
        ("https://a.org/1.png", "https://a.org/2.png", False),
    ],
)
def test_a_picture_under_a_new_signature_is_the_same(one: str, other: str, same: bool) -> None:
    assert (images_key([Image(one)]) == images_key([Image(other)])) is same


values = st.sampled_from(["", "a", "b", "a b", "ab…", "a\n3 views", "guess"])
maybe = st.none() | values
dates = st.builds(
    FoundDate,
    st.sampled_from([None, "2019", "2019-03", "2019-03-06", "2019-03-07", "2019-03-06T10:00"]),
    st.sampled_from([None, *Precision]),
    st.sampled_from(["", "iso", "relative"]),
    st.just("raw"),
    st.sampled_from([None, *Where]),
)
pictures = st.builds(
    Image, st.sampled_from(["https://a.org/1.png", "https://a.org/2.png?v=1", "http://a.org/2.png"]), values, values
)
records = st.builds(
    Record,
    url=st.sampled_from(["https://a.org/p/1", "http://a.org/p/1/"]),
    title=values,
    published=dates,
    excerpt=values,
    excerpt_html=values,
    images=st.lists(pictures, max_size=3).map(tuple),
    read_more=maybe,
    author=maybe,
    category=maybe,
    series=maybe,
    tags=st.lists(values.filter(bool), max_size=3, unique=True).map(tuple),
    language=maybe,
    text=maybe,
    content_html=maybe,
    evidence=st.sampled_from([{}, {"title": "h2"}, GUESS]),
)
sources = st.sampled_from(list(Source))
claims = st.none() | st.just({}) | records.map(claims_of)


@given(records, sources, claims, st.booleans())
def test_the_same_again_changes_nothing(
    record: Record, source: Source, before: dict[str, str] | None, again: bool
) -> None:
    merged = merge(record, record, source, before, again=again)
    assert (merged.record, merged.fields) == (record, ())


@given(records, records, sources, claims, st.booleans())
def test_nothing_known_is_ever_lost(
    old: Record, new: Record, source: Source, before: dict[str, str] | None, again: bool
) -> None:
    merged = merge(old, new, source, before, again=again)
    for rule in RULES:
        known, stands = rule.key(getattr(old, rule.field)), rule.key(getattr(merged.record, rule.field))
        assert stands or not known, rule.field
        if known and stands != known:
            assert rule.field in merged.fields
    for html in ("excerpt_html", "content_html"):
        assert getattr(merged.record, html) or not getattr(old, html)


@given(records, records, sources, claims)
def test_a_second_sighting_never_revises(
    old: Record, new: Record, source: Source, before: dict[str, str] | None
) -> None:
    assert merge(old, new, source, before, again=True).revised == ()


@given(records, records, sources)
def test_what_a_source_said_before_changes_nothing_known(old: Record, new: Record, source: Source) -> None:
    merged = merge(old, new, source, claims_of(new))
    for rule in RULES:
        if rule.key(getattr(old, rule.field)):
            assert getattr(merged.record, rule.field) == getattr(old, rule.field)


@given(records, records, sources)
def test_merging_settles(old: Record, new: Record, source: Source) -> None:
    """After a source was heard once, hearing it again changes nothing."""
    merged = merge(old, new, source, {})
    assert merge(merged.record, new, source, claims_of(new)).fields == ()
