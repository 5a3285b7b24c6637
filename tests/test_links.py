from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.parse.document import Document, read
from archiver.parse.links import (
    FIXED_PAGES,
    address_kind,
    along,
    plainly_elsewhere,
    post_address,
    post_links,
    relative_path,
    tag_path,
)

SITE = "http://blog.example"


def document(body: str, url: str = f"{SITE}/") -> Document:
    return read(f"<html><body>{body}</body></html>", url)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{SITE}/2021/05/roses/", ""),
        (f"{SITE}/archives/17.html", ""),
        (f"{SITE}/posts/tag", ""),
        (f"{SITE}/?p=12", ""),
        (f"{SITE}/a/b/c/about", ""),
        (f"{SITE}/tag/roses/", "tag"),
        (f"{SITE}/blog/tags/roses", "tag"),
        (f"{SITE}//tag//roses/", "tag"),
        (" HTTPS://Blog.example/Tag/Roses ", "tag"),
        ("//blog.example/tag/roses", "tag"),
        ("//tag/roses", ""),
        ("/tag/roses#top", "tag"),
        ("tag/roses?a=b", "tag"),
        ("http://[::1", ""),
        (f"{SITE}/search/label/roses", "other"),
        (f"{SITE}/label/roses", "tag"),
        (f"{SITE}/etiqueta/rosas", "tag"),
        (f"{SITE}/?tag=roses", "tag"),
        (f"{SITE}/category/garden/", "category"),
        (f"{SITE}/kategorie/garten/", "category"),
        (f"{SITE}/?cat=3", "category"),
        (f"{SITE}/author/ann/", "author"),
        (f"{SITE}/@ann", "author"),
        (f"{SITE}/@ann/roses", ""),
        (f"{SITE}/page/2/", "page"),
        (f"{SITE}/page/hello", ""),
        (f"{SITE}/seite/2", "page"),
        (f"{SITE}/?paged=2", "page"),
        (f"{SITE}/?tag=", ""),
        (f"{SITE}/about/", "fixed"),
        (f"{SITE}/impressum.html", "fixed"),
        (f"{SITE}/blog/contact.php", "fixed"),
        (f"{SITE}/wp-content/uploads/x", "other"),
        (f"{SITE}/", ""),
    ],
)
def test_addresses_tell_their_kind(url: str, kind: str) -> None:
    assert address_kind(url) == kind


@pytest.mark.parametrize("name", sorted(FIXED_PAGES))
def test_fixed_pages_are_named_in_lower_case_and_known(name: str) -> None:
    assert name == name.lower()
    assert address_kind(f"{SITE}/{name}") == "fixed"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/roses/", f"{SITE}/roses/"),
        ("roses.html#more-12", f"{SITE}/roses.html"),
        ("?p=12", f"{SITE}/?p=12"),
        ("/roses/#comments", None),
        ("/roses/#respond", None),
        ("/roses/#comment-12", None),
        ("#top", None),
        ("/", None),
        ("index.html", None),
        ("https://blog.example/", None),
        ("http://elsewhere.example/roses/", None),
        ("mailto:ann@blog.example", None),
        ("javascript:void(0)", None),
        ("/feed.xml", None),
        ("/img/roses.jpg", None),
        ("http://[broken", None),
    ],
)
def test_links_that_may_lead_to_a_post(href: str, address: str | None) -> None:
    doc = document(f'<a href="{href}">Roses in May</a>')
    (link,) = doc.root.iter("a")
    assert post_address(link, doc) == address


@pytest.mark.parametrize(
    ("href", "text", "kept"),
    [
        ("/page/2/", "2", False),
        ("/page/2/", "Older posts", False),
        ("/?page=2", "Next page", False),
        ("/list?start=20", "下一页", False),
        ("/page/2/", "How a page of 1750 was printed in two colours", True),
        ("/roses/", "Next to the roses", True),
        ("/posts/2", "2", False),
    ],
)
def test_links_of_the_pager_are_no_posts(href: str, text: str, kept: bool) -> None:
    doc = document(f'<a href="{href}">{text}</a>')
    assert [link.url for link in post_links(doc)] == ([SITE + href] if kept else [])


def test_links_know_their_identity_and_their_place() -> None:
    doc = document('<main><h2><a href="/roses/?utm_source=x">Roses</a></h2><p><a href="/roses">more</a></p></main>')
    first, second = post_links(doc)
    assert first.key == second.key
    assert (first.path, second.path) == ("html/body/main/h2/a", "html/body/main/p/a")


TREE = document("<ul><li><a href=/x>x</a><b><a href=/y>y</a></b></li><li><a href=/z>z</a></li></ul>").root


@given(st.sampled_from([element for element in TREE.iter() if isinstance(element.tag, str)]), st.data())
def test_paths_lead_back_to_their_elements(element: object, data: st.DataObject) -> None:
    chain = [element, *element.iterancestors()]  # type: ignore[attr-defined]
    ancestor = data.draw(st.sampled_from(chain))
    path = relative_path(element, ancestor)  # type: ignore[arg-type]
    assert element in list(along(ancestor, path))
    assert tag_path(element, {}).endswith(path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("href", "elsewhere"),
    [
        ("https://other.example/tag/sea", True),
        ("http://blog.example/tag/sea", False),
        ("https://WWW.Blog.Example/tag/sea", False),
        ("https://other.example/?from=blog.example", False),
        ("https://böcker.example/", False),
        ("//other.example/", False),
        ("/tag/sea", False),
        ("", False),
    ],
)
def test_only_an_address_that_never_names_the_site_is_plainly_elsewhere(href: str, elsewhere: bool) -> None:
    assert plainly_elsewhere(href, "blog.example") is elsewhere
    assert not plainly_elsewhere(href, "")
