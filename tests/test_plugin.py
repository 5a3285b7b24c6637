"""The reading room through a real Datasette: what each page shows, whom it serves, and what it never does."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette
from plugin_archives import BASE, demo_archive, demo_record, keep, room, sha256_of
from test_plugin_reading import HOSTILE, SAFE_TAGS, Tags

from archiver.datasette_plugin import archives, browse, find, images, tables
from archiver.datasette_plugin.post import language_of, own_names, tags_of
from archiver.demo import content, pictures
from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.search import Filters, search
from archiver.store import Archive

ROOM = "/-/archive/demo/"


@pytest.fixture(scope="session")
def demo() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield demo_archive(Path(folder) / "demo.db")


@pytest.fixture
def served(demo: Path) -> Datasette:
    return room(demo)


def get(datasette: Datasette, path: str, **options: Any) -> Any:
    """One answer of a Datasette, its databases opened and closed within."""
    return asyncio.run(ask(datasette, path, **options))


async def ask(datasette: Datasette, path: str, **options: Any) -> Any:
    await datasette.invoke_startup()
    return await datasette.client.get(path, **options)


def numbers(path: Path) -> dict[str, int]:
    """The ids of posts by title."""
    with sqlite3.connect(path) as connection:
        found = dict(connection.execute("SELECT title, id FROM posts"))
    connection.close()
    return found


@pytest.mark.parametrize(
    ("path", "needles"),
    [
        (
            "",
            [
                "灯下札记 · Notes by Lamplight",
                "<strong>12</strong> posts",
                "2017-08-01 to 2019-04-10",
                "all with whole",
            ],
        ),
        ("timeline", ["2019-03: 2 posts", "since=2019-03&amp;until=2019-03", "2018: 4 posts"]),
        ("tags", [f"?tag={quote('概率')}", "<span>4</span>"]),
        ("search", ["12 posts", "newest first", "从一张借书卡说起"]),
        (f"search?q={quote('图书')}", ["1 post<", "<mark>图书</mark>馆里的排队问题", "<math><mi>λ</mi></math>"]),
        ("search?q=maximum+entropy", ["1 post<", "<mark>Maximum</mark> <mark>entropy</mark>"]),
        ("search?year=2018&sort=oldest", ["4 posts", "2018"]),
        (f"search?tag={quote('天文')}", ["2 posts", "tagged 天文"]),
        ("search?since=2019-02&until=2019-03", ["4 posts", "2019-02 to 2019-03"]),
        ("search?picture=1", ["5 posts"]),
        (f"search?q={quote('圖書館')}", ["0 posts"]),
        (f"search?q={quote('圖書館')}&variants=1", ["1 post<", "<mark>图书馆</mark>里的排队问题", 'value="1" checked']),
        ("search?q=xyzzy", ["0 posts", "No post matches"]),
        ("search?page=99", ["no such page"]),
    ],
)
def test_pages(served: Datasette, path: str, needles: list[str]) -> None:
    answer = get(served, ROOM + path)
    assert answer.status_code == 200
    for needle in needles:
        assert needle in answer.text
    assert answer.headers["content-security-policy"] == archives.PAGE_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text


def test_a_post_is_read_with_its_pictures_formulas_neighbours_and_evidence(served: Datasette, demo: Path) -> None:
    known = numbers(demo)
    text = get(served, f"{ROOM}post/{known['图书馆里的排队问题']}").text
    assert f'<img src="{ROOM}image/{sha256_of("queue")}"' in text
    assert "<figcaption>等待时间随繁忙程度的变化" in text
    assert '<math display="block"><mtable' in text
    assert '<a href="#eq-eq:balance">(1)</a>' in text
    assert f'rel="prev" href="{ROOM}post/{known["Maximum entropy with a pencil"]}"' in text
    assert f'rel="next" class="newer" href="{ROOM}post/{known["从一张借书卡说起"]}"' in text
    assert 'href="http://lamp.example/archives/11"' in text
    assert "from: archive list, printed as “6 Mar”, known to the day" in text
    assert 'lang="zh"' in text
    assert "post page of 2026-11-20" in text


def test_the_row_page_is_the_reading_view_too(served: Datasette, demo: Path) -> None:
    number = numbers(demo)["分段函数与一把伞"]
    text = get(served, f"/demo/posts/{number}").text
    assert '<article class="post" lang="zh">' in text
    assert "<mo>{</mo>" in text
    assert '<th scope="row">published_from</th>' in text
    assert get(served, f"/demo/posts/{number}.json?_shape=array").json()[0]["title"] == "分段函数与一把伞"


def test_a_picture_is_served_by_its_hash_once(served: Datasette) -> None:
    path = f"{ROOM}image/{sha256_of('lake')}"
    answer = get(served, path)
    assert answer.content == pictures.draw("lake")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-security-policy"] == images.POLICY
    assert "immutable" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    for names in (tag, f"W/{tag}", f'"other" , {tag}'):
        again = get(served, path, headers={"If-None-Match": names})
        assert (again.status_code, again.content) == (304, b"")
    for names in ('"other"', tag.strip('"'), tag[:-2] + '"'):
        assert get(served, path, headers={"If-None-Match": names}).status_code == 200


@pytest.mark.parametrize(
    ("media_type", "served_as", "download"),
    [
        ("image/png", "image/png", False),
        ("image/avif", "image/avif", False),
        ("image/svg+xml", "image/svg+xml", True),
        ("text/html", "application/octet-stream", True),
        ("image/png; x", "application/octet-stream", True),
        (None, "application/octet-stream", True),
    ],
)
def test_only_pictures_are_shown_as_pictures(media_type: str | None, served_as: str, download: bool) -> None:
    content_type, headers = images.headers(media_type, "0" * 64)
    assert content_type == served_as
    assert ("Content-Disposition" in headers) is download
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "post/999",
        "post/999/raw",
        "post/1/raw?page=999",
        "image/" + "0" * 64,
        "nothing",
        "../archive-static/secret",
        "/../archive-static/archive.py",
    ],
)
def test_what_is_not_there_is_404(served: Datasette, path: str) -> None:
    assert get(served, ROOM + path).status_code == 404


@pytest.mark.parametrize("path", ["", "search", "post/1", "random", "feed", "nothing"])
def test_the_room_is_for_reading(served: Datasette, path: str) -> None:
    for method in ("POST", "OPTIONS", "DELETE"):
        answer = asyncio.run(said(served, method, ROOM + path))
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert asyncio.run(said(served, "HEAD", ROOM + path)).content == b""


async def said(datasette: Datasette, method: str, path: str) -> Any:
    await datasette.invoke_startup()
    return await datasette.client.request(method, path)


def test_the_stored_page_is_shown_in_a_sandbox(served: Datasette, demo: Path) -> None:
    path = f"{ROOM}post/{numbers(demo)['雨声的谱']}/raw"
    frame = get(served, path)
    source = re.search(r'<iframe sandbox="" [^>]* src="([^"]+)"', frame.text)
    assert source is not None
    page = get(served, source[1].replace("&amp;", "&"))
    assert page.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "铁桶例外" in page.text
    as_source = get(served, source[1] + "&source=1")
    assert as_source.headers["content-type"] == "text/plain; charset=utf-8"
    assert as_source.content == page.content
    assert "listing page" in get(served, f"{ROOM}post/1").text


def test_random_goes_to_a_post(served: Datasette) -> None:
    answer = get(served, ROOM + "random")
    assert answer.status_code == 302
    assert re.fullmatch(r"/-/archive/demo/post/\d+", answer.headers["location"])
    assert answer.headers["cache-control"] == "no-store"


def test_the_feed_is_atom(served: Datasette) -> None:
    answer = get(served, ROOM + "feed")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    name = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{name}entry")
    assert len(entries) == 12
    assert [entry.findtext(f"{name}updated") for entry in entries][:2] == [
        "2019-04-10T00:00:00Z",
        "2019-03-06T00:00:00Z",
    ]
    links = {link.get("rel"): link.get("href") for link in entries[1].findall(f"{name}link")}
    assert links["via"] == "http://lamp.example/archives/11"
    assert str(links["alternate"]).startswith("http://localhost/-/archive/demo/post/")


@pytest.mark.parametrize(
    ("published", "instant"),
    [
        ("2019", "2019-01-01T00:00:00Z"),
        ("2019-03", "2019-03-01T00:00:00Z"),
        ("2019-03-06", "2019-03-06T00:00:00Z"),
        ("2019-03-06T10:00", "2019-03-06T10:00:00Z"),
        ("2019-03-06T10:00+08:00", "2019-03-06T10:00:00+08:00"),
        ("2019-03-06T10:00:59.25Z", "2019-03-06T10:00:59Z"),
        (None, "2026-11-20T08:00:00Z"),
        ("nonsense", "2026-11-20T08:00:00Z"),
    ],
)
def test_feed_dates(tmp_path: Path, published: str | None, instant: str) -> None:
    row = {"published": published, "first_seen": "2026-11-20T08:00:00Z", "id": 1, "title": "\x00a\x1b", "url": "x:y"}
    listed = archives.Room(Datasette([]), _Request(), "demo")
    root = ElementTree.fromstring(browse.atom(listed, [{**row, "author": None, "blog_title": "b", "excerpt": ""}]))
    entry = root[-1]
    assert [child.text for child in entry if child.tag.endswith(("updated", "title"))] == ["a", instant]


class _Request:
    url = "http://localhost/-/archive/demo/feed"


def test_datasettes_own_search_box_finds_chinese_and_marks_it(served: Datasette) -> None:
    text = get(served, f"/demo/posts?_search={quote('图书馆')}").text
    assert "1 row" in text
    assert "<mark>图书馆</mark>里的排队问题" in text
    assert "周末的<mark>图书馆</mark>只开" in text
    assert "<mark>" not in get(served, "/demo/posts").text


@pytest.mark.parametrize(
    "query", ['"', "*", "a OR", "(", "NOT", "'; --", "title:", "AND AND", "\x00", "图" * 5000, "🙂", "^a"]
)
@pytest.mark.parametrize("path", ["/demo/posts?_search=", f"{ROOM}search?q="])
def test_any_query_is_answered(served: Datasette, path: str, query: str) -> None:
    assert get(served, path + quote(query)).status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [
        {"page": "x"},
        {"page": "-1"},
        {"blog": "1e9"},
        {"since": "2019-3"},
        {"year": "'"},
        {"sort": "p.id;"},
        {"page": "9" * 50},
    ],
)
def test_an_argument_that_makes_no_sense_is_left_out(served: Datasette, arguments: dict[str, str]) -> None:
    answer = get(served, f"{ROOM}search?{urlencode(arguments)}")
    assert answer.status_code == 200
    assert "12 posts" in answer.text


def test_sorting_and_filters_hold_through_paging(tmp_path: Path) -> None:
    records = (
        Record(f"{BASE}/{number}", f"Post {number} about rain", FoundDate(f"2019-01-{number:02}", Precision.DAY))
        for number in range(1, 31)
    )
    served = room(keep(tmp_path / "demo.db", records))
    first = get(served, f"{ROOM}search?q=rain&sort=oldest").text
    second = get(served, f"{ROOM}search?q=rain&sort=oldest&page=2").text
    assert re.findall(r"Post (\d+) about", first) == [str(number) for number in range(1, 21)]
    assert re.findall(r"Post (\d+) about", second) == [str(number) for number in range(21, 31)]
    assert "?q=rain&amp;sort=oldest&amp;page=2" in first
    assert "page 2 of 2" in second


def test_the_reading_room_and_the_command_line_find_the_same(tmp_path: Path) -> None:
    """A tag counts for more than a caption and an excerpt; a coarse date may lie within the days asked for."""
    said = "one two three four"
    tagged = Record(f"{BASE}/1", "Tagged", FoundDate("2019", Precision.YEAR), excerpt=f"{said} five", tags=("rain",))
    shown = Record(
        f"{BASE}/2",
        "Shown",
        FoundDate("2019-02-01", Precision.DAY),
        excerpt=f"{said} rain",
        images=(Image(f"{BASE}/x.png", caption="rain"),),
    )
    path = keep(tmp_path / "demo.db", (tagged, shown))
    served = room(path)
    rows = (("", Filters(), ["Tagged", "Shown"]), ("&since=2019-03", Filters(since="2019-03"), ["Tagged"]))
    for arguments, filters, expected in rows:
        with Archive.read(path) as archive:
            assert [hit.post["title"] for hit in search(archive, "rain", filters).hits] == expected
        text = get(served, f"{ROOM}search?q=rain{arguments}").text
        assert re.findall(r">(Tagged|Shown)<", text) == expected


def test_tables_need_no_config_file(served: Datasette) -> None:
    database = get(served, "/demo.json").json()
    shown = [table["name"] for table in database["tables"] if not table["hidden"]]
    assert set(shown) == {"blogs", "posts", "images", "tags", "crawls", "problems", "pages", "revisions"}
    text = get(served, "/demo/posts").text
    assert re.findall(r'<th [^>]*data-column="(\w+)"', text) == list(tables.SHOWN_COLUMNS)
    assert "Show all 25 columns" in text
    everything = get(served, "/demo/posts?_columns=all").text
    assert 'data-column="evidence"' in everything
    assert 'data-column="evidence"' in get(served, "/demo/posts?_col=evidence").text
    dates = re.findall(r'<td class="col-published">([^<]+)</td>', text)
    assert dates == sorted(dates, reverse=True)
    assert "Open the reading room" in get(served, "/demo").text


def test_thumbnails_in_tables(served: Datasette) -> None:
    assert f'<img src="{ROOM}image/{sha256_of("walk")}"' in get(served, "/demo/images").text


def test_a_users_own_metadata_wins(demo: Path) -> None:
    own = {
        "databases": {
            "demo": {"tables": {"posts": {"sort": "title", "description": "Mine"}, "lease": {"hidden": False}}}
        }
    }
    served = room(demo, metadata=own)
    assert "Mine" in get(served, "/demo/posts").text
    hidden = {table["name"]: table["hidden"] for table in get(served, "/demo.json").json()["tables"]}
    assert not hidden["lease"]
    assert hidden["post_html"]


def test_a_hundred_posts_weigh_little(tmp_path: Path) -> None:
    base = demo_record(content.posts()[1])
    records = (
        Record(
            f"{BASE}/archives/{number}",
            f"{base.title} {number}",
            base.published,
            base.excerpt * 5,
            base.excerpt_html,
            tags=base.tags,
            text=(base.text or "") * 5,
            content_html=base.content_html,
        )
        for number in range(100)
    )
    served = room(keep(tmp_path / "demo.db", records))
    answer = get(served, "/demo/posts?_size=100")
    assert answer.text.count('<td class="col-title">') == 100
    assert len(answer.content) < 150_000
    searched = get(served, f"/demo/posts?_size=100&_search={quote('图书馆')}")
    assert searched.text.count('<td class="col-title">') == 100
    assert len(searched.content) < 150_000


def test_changes_are_shown(tmp_path: Path) -> None:
    first = demo_record(content.posts()[1])
    path = keep(tmp_path / "demo.db", [first])
    text = (first.text or "").replace("图书馆", "阅览室")
    changed = Record(
        first.url, "阅览室里的排队问题", first.published, first.excerpt, text=text, content_html="<p>x</p>"
    )
    with Archive.open(path) as archive:
        archive.save_post(1, changed)
    shown = get(room(path), f"{ROOM}post/1").text
    assert "What it said before" in shown
    assert "<del>图书馆</del><ins>阅览室</ins>里的排队问题" in shown


def test_excerpts_missing_pictures_and_unknown_dates_are_said(tmp_path: Path) -> None:
    record = Record(
        f"{BASE}/x",
        "Only a beginning",
        excerpt="It begins.",
        excerpt_html='<p>It begins. <img src="/lost.jpg" alt="a lake"></p>',
        images=(Image(f"{BASE}/lost.jpg", "a lake"),),
        read_more=f"{BASE}/x#more",
    )
    served = room(keep(tmp_path / "demo.db", [record]))
    text = get(served, f"{ROOM}post/1").text
    assert "Only the excerpt of this post is kept" in text
    assert "date unknown" in text
    assert '<span class="missing" role="img" aria-label="picture not kept">a lake</span>' in text
    assert "1 picture: http://lamp.example/lost.jpg (404)" in text
    assert "1 post without a date" in get(served, f"{ROOM}timeline").text
    assert "1 without a date" in get(served, ROOM).text


def test_two_archives_and_a_stranger_side_by_side(demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "my blog+x.db"
    shutil.copy(demo, other)
    stranger = tmp_path / "stranger.db"
    connection = sqlite3.connect(stranger)
    connection.executescript(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, tags TEXT);"
        "INSERT INTO posts VALUES (1, 'Not ours', '[\"a\"]');"
        "CREATE VIRTUAL TABLE f USING fts5(title, content='posts');"
    )
    connection.close()
    served = room(demo, other, stranger)
    assert archives.archives(served) == ["demo", "my blog+x"]
    path = archives.path_of(served, "my blog+x")
    home = get(served, path)
    assert home.status_code == 200
    assert get(served, "/-/archive/my~20blog~2Bx/").text == home.text
    assert f'href="{path}search?blog=1"' in home.text
    assert get(served, "/-/archive/stranger/").status_code == 404
    page = get(served, "/stranger/posts").text
    assert "Not ours" in page
    assert "-/archive/stranger" not in page
    assert "archive.css" not in page
    assert "Not ours" in get(served, "/stranger/posts/1").text
    assert get(served, "/stranger.json").json()["tables"][0]["hidden"] is False
    assert get(served, "/stranger/posts?_search=ours").status_code == 200


def test_permissions_are_asked_for(demo: Path) -> None:
    nobody = {"databases": {"demo": {"allow": {"id": "root"}}}}
    for page in (
        "",
        "search",
        "timeline",
        "tags",
        "random",
        "feed",
        "post/1",
        "post/1/raw",
        f"image/{sha256_of('lake')}",
    ):
        assert get(room(demo, metadata=nobody), ROOM + page).status_code == 404, page
    no_pages = {"databases": {"demo": {"tables": {"page_bodies": {"allow": False}, "image_data": {"allow": False}}}}}
    served = room(demo, metadata=no_pages)
    assert get(served, ROOM + "post/1/raw").status_code == 404
    assert get(served, f"{ROOM}image/{sha256_of('lake')}").status_code == 404
    assert "As it came" not in get(served, ROOM + "post/2").text


def test_every_link_here_stays_under_the_base_url(demo: Path) -> None:
    served = room(demo, settings={"base_url": "/blogs/"})
    for page in ("", "search?q=rain", "timeline", "tags", "post/2"):
        text = get(served, ROOM + page).text
        hrefs = [link for tag, link in re.findall(r"<(\w+)[^>]* (?:href|src|action)=\"(/[^\"]*)\"", text)]
        assert hrefs
        assert all(href.startswith("/blogs/") for href in hrefs), page


def test_a_damaged_archive_is_said_politely(demo: Path, tmp_path: Path) -> None:
    broken = tmp_path / "demo.db"
    data = bytearray(demo.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    broken.write_bytes(data)
    answer = get(room(broken), ROOM + "search")
    assert answer.status_code == 503
    assert "could not be read" in answer.text
    empty = tmp_path / "empty.db"
    connection = sqlite3.connect(empty)
    connection.executescript("PRAGMA application_id = 0x424C4F47; CREATE TABLE x (y);")
    connection.close()
    assert get(room(empty), "/-/archive/empty/").status_code == 503
    assert get(room(empty), "/empty").status_code == 200


def test_what_no_crawl_of_ours_would_write_is_shown_as_far_as_it_goes(demo: Path, tmp_path: Path) -> None:
    edited = tmp_path / "demo.db"
    shutil.copy(demo, edited)
    connection = sqlite3.connect(edited)
    odd = ["2019-0²-01", "２０１９-01-01", "99999", "0000-00-00", "", "\0", "x" * 999]
    connection.executemany("UPDATE posts SET published = ? WHERE id = ?", zip(odd, range(1, 99), strict=False))
    connection.execute("UPDATE posts SET tags = ? WHERE id = 1", ('["half \\ud800"]',))
    connection.execute("UPDATE posts SET tags = ? WHERE id = 2", ("[" * 100_000,))
    halved = '{"title": "\\ud800"}'
    connection.execute("INSERT INTO revisions (post_id, changed_at, before, fields) VALUES (1, '', ?, '[]')", (halved,))
    connection.execute("UPDATE page_bodies SET data = CASE rowid % 2 WHEN 1 THEN 'text' ELSE x'ff' END")
    connection.commit()
    connection.close()
    served = room(edited)
    for page in ("", "timeline", "search", "feed", "tags", "post/1", "post/2"):
        assert get(served, ROOM + page).status_code == 200, page
    assert "half ?" in get(served, "/demo/posts/1").text
    for number in (1, 2, 3, 4):
        frame = get(served, f"{ROOM}post/{number}/raw").text
        source = re.search(r'<iframe sandbox="" [^>]* src="([^"]+)"', frame)
        assert source is not None
        damaged = get(served, source[1].replace("&amp;", "&"))
        assert damaged.status_code == 503
        assert "damaged" in damaged.text


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "demo.db"):
        pass
    served = room(tmp_path / "demo.db")
    assert "archiver crawl URL" in get(served, ROOM).text
    assert get(served, ROOM + "random").status_code == 404
    assert "No posts yet" in get(served, ROOM + "timeline").text
    assert get(served, ROOM + "feed").status_code == 200
    assert get(served, ROOM + "search").status_code == 200


@pytest.mark.parametrize("missing", ["nh3", "math_core"])
def test_datasette_starts_and_reads_without_an_optional_library(demo: Path, missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from datasette.cli import cli\n"
        f"cli([{str(demo)!r}, '--get', '{ROOM}post/2'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "图书馆里的排队问题" in done.stdout


def test_without_the_plugin_the_file_is_plain_and_readable(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(demo), "--get", "/demo/posts.json?_search=entropy&_shape=array"],
        env={"DATASETTE_LOAD_PLUGINS": "", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Maximum entropy with a pencil" in done.stdout


def hostile_archive(path: Path, drawing: bytes = b"") -> Path:
    """An archive whose every text is an attack, and its pictures too if a drawing is given."""
    records = [
        Record(
            f"{BASE}/hostile/{number}",
            payload,
            FoundDate("2019-01-01", Precision.DAY, "", payload, Where.BLOCK, payload),
            payload,
            payload,
            images=(Image(f"{BASE}/x.png?{number}", payload, payload),),
            read_more=f"{BASE}/{quote(payload)}",
            author=payload,
            category=payload,
            tags=(payload,),
            language=payload,
            text=payload,
            content_html=payload,
        )
        for number, payload in enumerate(HOSTILE)
    ]
    keep(path, records, title="<script>alert(1)</script>")
    if drawing:
        with Archive.open(path) as archive:
            archive.save_image(1, drawing, "image/svg+xml", 9, 9)
    return path


@pytest.fixture(scope="session")
def hostile() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield hostile_archive(Path(folder) / "demo.db")


@pytest.mark.parametrize(
    "page", ["", "search", "search?page=2", "timeline", "tags", "search?q=alert", "search?q=script"]
)
def test_hostile_texts_are_texts_in_every_list(hostile: Path, page: str) -> None:
    check_tags(get(room(hostile), ROOM + page).text)


@pytest.mark.parametrize("number", range(1, len(HOSTILE) + 1))
def test_hostile_posts_are_harmless_posts(hostile: Path, number: int) -> None:
    check_tags(get(room(hostile), f"{ROOM}post/{number}").text)


OUR_TAGS = SAFE_TAGS | set(
    "html head meta title link body header nav form label input button main article footer iframe select option".split()
)


def check_tags(html: str) -> None:
    """Nothing but tags of ours, no handlers, no style sheet or picture from elsewhere, no script."""
    for tag, attributes in Tags(html).tags:
        assert tag in OUR_TAGS, tag
        assert not any(name.startswith("on") for name in attributes), attributes
        assert tag != "meta" or "http-equiv" not in attributes
        assert tag not in {"img", "iframe"} or str(attributes["src"]).startswith("/-/archive/"), attributes
        assert tag != "link" or str(attributes["href"]).startswith("/-/archive"), attributes
        assert tag != "form" or str(attributes["action"]).startswith("/-/archive/"), attributes
        assert re.match(r"https?://|mailto:|#|/|\?", attributes.get("href") or "#"), attributes


def test_hostile_texts_in_datasettes_own_tables(hostile: Path) -> None:
    served = room(hostile)
    plain = get(served, "/demo/posts?_col=published&_facet=published&_size=100").text
    for path in ("/demo/posts?_size=100", "/demo/posts?_columns=all&_size=100", "/demo/images", "/demo/blogs"):
        text = get(served, path).text
        assert text.count("<script") == plain.count("<script") if "posts" in path else "<script>alert" not in text
        assert "<img src=x" not in text
        assert escape("<script>alert(1)</script>") in text or "images" in path or "blogs" in path


@pytest.mark.parametrize(
    ("count", "most", "shade"), [(0, 10, 0), (1, 10, 1), (5, 10, 2), (10, 10, 4), (1, 1, 4), (1, 0, 4)]
)
def test_shades(count: int, most: int, shade: int) -> None:
    assert browse.shade(count, most) == shade


def test_years_have_no_gaps() -> None:
    rows = [
        {"year": "2019", "month": "03", "posts": 2},
        {"year": "2017", "month": "", "posts": 1},
        {"year": "2017", "month": "12", "posts": 1},
    ]
    found = browse.years(rows)
    assert [(year.year, dict(year.months), year.total) for year in found] == [
        ("2019", {3: 2}, 2),
        ("2018", {}, 0),
        ("2017", {0: 1, 12: 1}, 2),
    ]
    assert [(bar["year"], bar["height"]) for bar in browse.bars(found)] == [("2017", 100), ("2018", 0), ("2019", 100)]
    assert browse.years([]) == []


@pytest.mark.parametrize(
    ("wish", "address"),
    [
        (find.Wish(), "?"),
        (find.Wish(query="a&b", blog=1, picture=True), "?q=a%26b&blog=1&picture=1"),
        (find.Wish(query="a", variants=True), "?q=a&variants=1"),
        (find.Wish(query="a", page=3), "?q=a"),
    ],
)
def test_a_wish_is_an_address(wish: find.Wish, address: str) -> None:
    assert wish.address() == address
    assert wish.address(page=2).endswith("page=2")


@pytest.mark.parametrize(
    ("row", "language"),
    [
        ({"language": "zh-CN", "title": "字", "excerpt": ""}, "zh-CN"),
        ({"language": "zh-TW", "title": "only", "excerpt": "English"}, "en"),
        ({"language": "ru", "title": "x", "excerpt": ""}, "ru"),
        ({"language": '"><script>', "title": "x", "excerpt": ""}, "en"),
        ({"language": None, "title": "图书", "excerpt": ""}, "zh"),
        ({"language": None, "title": "x", "excerpt": "字" * 30}, "zh"),
        ({"language": None, "title": "é", "excerpt": ""}, ""),
    ],
)
def test_language(row: dict[str, Any], language: str) -> None:
    assert language_of(row) == language


def test_posts_are_known_under_every_name_of_their_blog() -> None:
    found = own_names({"a.example/1", "b.example/2", "b.example.org/3"}, "http://www.a.example/", ("b.example",))
    assert found == {
        "a.example/1": "a.example/1",
        "b.example/2": "a.example/2",
        "b.example.org/3": "b.example.org/3",
    }


@pytest.mark.parametrize("stored", ["", "[]", "null", "{", '{"a": 1}', "[1, 2]"])
def test_no_tags(stored: str) -> None:
    assert tags_of(stored) == ()


def test_functions_for_sql(served: Datasette) -> None:
    hits = "select rowid from posts_fts where posts_fts match archiver_match('图书')"
    sql = f"select archiver_snippet(text, '图书') from posts where id in ({hits})"
    rows = get(served, f"/demo.json?{urlencode({'sql': sql, '_shape': 'arrays'})}").json()["rows"]
    assert len(rows) == 1
    assert "【图书】" in rows[0][0]


def test_static_files_are_for_keeps(served: Datasette) -> None:
    page = get(served, ROOM).text
    address = re.search(r'href="(/-/archive-static/archive\.css\?[0-9a-f]{12})"', page)
    assert address is not None
    assert "immutable" in get(served, address[1]).headers["cache-control"]
    font = get(served, "/-/archive-static/latinmodern-math.woff2")
    assert font.content.startswith(b"wOF2")
    assert font.headers["content-type"] == "font/woff2"
