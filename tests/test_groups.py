from __future__ import annotations

import pytest

from archiver.parse.chunks import text_of
from archiver.parse.document import read
from archiver.parse.groups import Group, Item, groups, same_place
from archiver.parse.links import post_links

SITE = "http://blog.example"


def groups_of(body: str) -> list[Group]:
    return groups(post_links(read(f"<html><body>{body}</body></html>", f"{SITE}/")))


def group_of(body: str, size: int, flat: bool) -> Group:
    """The group of so many items whose items hold the most text."""
    fitting = [group for group in groups_of(body) if len(group.items) == size and group.flat is flat]
    return max(fitting, key=lambda group: sum(len(text_of(item.element)) for item in group.items))


def texts(group: Group) -> list[str]:
    return [text_of(item.element) for item in group.items]


def names(items: tuple[Item, ...]) -> list[str]:
    return [item.url.removeprefix(SITE) for item in items]


def test_the_block_of_a_link_ends_where_the_next_begins() -> None:
    body = "<div>" + "".join(f"<div><h2><a href=/{n}>Title {n}</a></h2><p>Text {n}</p></div>" for n in "abc") + "</div>"
    group = group_of(body, 3, flat=False)
    assert (group.path, group.link_path) == ("html/body/div/div", "h2/a")
    assert texts(group) == ["Title a Text a", "Title b Text b", "Title c Text c"]


def test_a_block_counts_once_by_its_first_link() -> None:
    body = "".join(f"<li><a href=/{n}><img src=x.jpg></a><a href=/{n}>Title {n}</a></li>" for n in "abc")
    assert all(len(group.items) <= 3 for group in groups_of(f"<ul>{body}</ul>"))
    assert names(group_of(f"<ul>{body}</ul>", 3, flat=False).items) == ["/a", "/b", "/c"]


def test_links_to_tags_do_not_split_a_block() -> None:
    body = "".join(
        f"<li><a href=/{n}>Title {n}</a> <a href=/tag/x{n}>x</a> <a href=/tag/y{n}>y</a></li>" for n in "abc"
    )
    group = group_of(f"<ul>{body}</ul>", 3, flat=False)
    assert group.path == "html/body/ul/li"


def test_classes_and_containers_part_what_has_one_path() -> None:
    body = (
        "<div>" + "".join(f'<p class="post"><a href=/{n}>Title {n}</a></p>' for n in "abc") + "</div>"
        "<div>" + "".join(f'<p class="side"><a href=/s{n}>Side {n}</a></p>' for n in "abcd") + "</div>"
    )
    found = {frozenset(names(group.items)) for group in groups_of(body)}
    assert {frozenset(("/a", "/b", "/c")), frozenset(("/sa", "/sb", "/sc", "/sd"))} <= found


# What stands between the titles, and what each of two records then says.
FLAT = [
    ("<h2><a href=/{n}>Title {n}</a></h2><p>Some text of {n}.</p>", "Title {n} Some text of {n}."),
    (
        "<h2><a href=/{n}>Title {n}</a></h2><p>Some text of {n}.</p><p>And more.</p><hr>",
        "Title {n} Some text of {n}. And more.",
    ),
    (
        "<div>1 May 2021</div><h3><a href=/{n}>Title {n}</a></h3><p>Some text of {n}.</p>",
        "1 May 2021 Title {n} Some text of {n}.",
    ),
    ("<dt><a href=/{n}>Title {n}</a></dt><dd>Some text of {n}.</dd>", "Title {n} Some text of {n}."),
    ("2021/05/01 <a href=/{n}>Title {n}</a><br>", "2021/05/01 Title {n}"),
    ("<a href=/{n}>Title {n}</a> (1 May 2021)<br>", "Title {n} (1 May 2021)"),
]


@pytest.mark.parametrize(("markup", "says"), FLAT)
def test_records_without_a_container_are_cut_out(markup: str, says: str) -> None:
    body = "<div>" + "\n".join(markup.format(n=n) for n in "abcd") + "</div>"
    group = group_of(body, 4, flat=True)
    assert texts(group) == [says.format(n=n) for n in "abcd"]


def test_records_are_cut_out_of_several_containers() -> None:
    record = "<h3><a href=/{n}>Title {n}</a></h3><p>Some text of {n}.</p>"
    days = ("ab", "c", "de")
    body = "".join(f"<div><b>Day</b>{''.join(record.format(n=n) for n in day)}</div>" for day in days)
    group = group_of(body, 5, flat=True)
    assert texts(group) == [f"Title {n} Some text of {n}." for n in "abcde"]


def test_a_cut_record_knows_its_place_and_its_parts() -> None:
    group = group_of("<div>" + "".join(FLAT[0][0].format(n=n) for n in "abc") + "</div>", 3, flat=True)
    for item in group.items:
        assert item.origin.tag == "h2"
        assert [node.tag for node in item.nodes] == ["h2", "p"]
        assert item.link.getparent() is not item.origin
        assert text_of(item.link) == text_of(item.origin)


def test_blocks_that_hold_their_text_are_not_cut() -> None:
    body = "<div>" + "".join(f"<div><h2><a href=/{n}>Title {n}</a></h2><p>{'word ' * 20}</p></div>" for n in "abc")
    assert not any(group.flat and len(group.items) == 3 for group in groups_of(body + "</div>"))


def test_the_same_place_in_a_copy() -> None:
    root = read("<div><p>a<b>b</b></p><p>c<b>d<i>e</i></b></p></div>", SITE).root
    copy = read("<div><p>a<b>b</b></p><p>c<b>d<i>e</i></b></p></div>", SITE).root
    for element in root.iter():
        assert same_place(element, root, copy).text == element.text


def test_a_page_without_links_has_no_groups() -> None:
    assert groups_of("<p>Nothing here.</p>") == []
