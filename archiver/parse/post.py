"""A post's own page: its body as found, as text and pictures, and what the page says of the post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from archiver.models import RawPost
from archiver.parse.document import Document
from archiver.parse.images import images
from archiver.parse.post_body import body
from archiver.parse.post_labels import labels_of, next_part, series_of
from archiver.parse.post_meta import author_of, dates_of
from archiver.parse.post_profile import RUNNING, PostProfile, find, learn_path, title_furniture
from archiver.parse.post_region import region
from archiver.parse.post_title import title_of
from archiver.parse.post_units import repeated_lines
from archiver.parse.post_weights import probes
from archiver.text import fragment, outer_html, plain

SHORT = 200
CLOUD = 3  # pages, and tags common to all of them, that make a cloud
WHOLE = "whole page"
NOTHING = PostProfile()


def learn_post_profile(posts: Sequence[tuple[Document, str]]) -> PostProfile:
    """What a few post pages of one blog teach, each given with its index excerpt (plain text, may be empty).

    Three to six posts are enough; one gives a path without knowledge of what repeats.
    """
    path, rule = learn_path(posts) if posts else ("", "")
    prefix, suffix = title_furniture(doc.title for doc, _ in posts)
    profile = PostProfile(path, rule, prefix, suffix)
    found = [(doc, excerpt, find(doc, path)) for doc, excerpt in posts]
    bodies = [
        body(container, title=title_of(doc, profile, "", container)[0], language=doc.language, keep=probes(excerpt))
        for doc, excerpt, container in found
        if container is not None
    ]
    tags = [_tags(doc, profile, container) for doc, _, container in found if container is not None]
    return replace(profile, repeated=repeated_lines(bodies) if len(bodies) > 1 else (), cloud=_cloud(tags))


def _tags(doc: Document, profile: PostProfile, container: HtmlElement) -> tuple[str, ...]:
    heading = title_of(doc, profile, "", container)[2]
    return labels_of(doc, region(container, heading, doc.language))[1]


def _cloud(tags: Sequence[Collection[str]]) -> tuple[str, ...]:
    """The tags that all of at least three pages link, where they are so many that they are no post's own."""
    common = set(tags[0]).intersection(*tags[1:]) if len(tags) >= CLOUD else set()
    return tuple(sorted(common)) if len(common) >= CLOUD else ()


def read_post(doc: Document, *, profile: PostProfile | None = None, excerpt: str = "", title: str = "") -> RawPost:
    """The post that a page holds; ``excerpt`` (plain text) and ``title`` are what the index says of it.

    The profile's path leads to the body; a page that has no such place is read by itself. Where neither gives a body,
    trafilatura may. ``evidence`` names the rule behind each field.
    """
    known = profile or NOTHING
    container, rule = _container(doc, known, excerpt)
    name, title_rule, heading = title_of(doc, known, title, container)
    around = region(container, heading, doc.language)
    content = body(container, title=name, repeated=known.repeated, language=doc.language, keep=probes(excerpt))
    text = plain(content)
    if rule == WHOLE and (other := _fallback(doc)) is not None:
        content, rule = other, "trafilatura"
        text = plain(content)
    author, author_rule = author_of(doc, around)
    category, tags = labels_of(doc, around)
    tags = tuple(tag for tag in tags if tag not in known.cloud)
    return RawPost(
        url=doc.url,
        canonical=doc.canonical,
        title=name,
        dates=dates_of(doc, around),
        author=author,
        category=category,
        series=series_of(around, doc),
        tags=tags,
        language=doc.language,
        content_html=outer_html(content),
        text=text,
        images=images(content, doc.base),
        next_part=next_part(doc, around),
        evidence={k: v for k, v in (("content", rule), ("title", title_rule), ("author", author_rule)) if v},
    )


def _container(doc: Document, profile: PostProfile, excerpt: str) -> tuple[HtmlElement, str]:
    """The element that holds the body and the rule that found it."""
    if profile.path and (found := find(doc, profile.path)) is not None:
        return found, f"{profile.rule}: {profile.path.rpartition(' > ')[2]}"
    path, rule = learn_path([(doc, excerpt)])
    alone = find(doc, path) if path else None
    if alone is not None:
        return alone, f"{rule} on this page: {path.rpartition(' > ')[2]}"
    whole = doc.root.find("body")
    return (doc.root if whole is None else whole), RUNNING if rule == RUNNING else WHOLE


def _fallback(doc: Document) -> HtmlElement | None:
    """What trafilatura finds where no body was found, unless it is next to nothing."""
    import trafilatura

    found = trafilatura.extract(
        outer_html(doc.root), url=doc.url, output_format="html", include_comments=False, include_images=True
    )
    if not found:
        return None
    element = fragment(found)
    return element if len(plain(element)) > SHORT else None
