"""The reading room in a real browser: found, read, walked through; reachable; and nothing hostile ever runs."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Dialog, Page, expect, sync_playwright
from test_plugin import HOSTILE, hostile_archive

from archiver import demo

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(os.environ.get("ARCHIVER_AXE", "/nonexistent"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOM = "/-/archive/demo/"
PHONE = {"width": 360, "height": 740}
PAGES = (
    "",
    "search",
    "search?q=%E5%9B%BE%E4%B9%A6",
    "timeline",
    "tags",
    "post/2",
    "post/4",
    "post/5",
    "post/2/raw",
    "post/99",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM} on this machine"),
]


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """``archiver serve`` on an archive; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "archiver", "serve", "-d", str(archive), "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/-/versions.json")
            yield base
        finally:
            process.terminate()


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    browser = chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = tmp_path_factory.mktemp("archive") / "demo.db"
    with demo.serve() as blog:
        crawl = ["crawl", f"{blog}/", "-d", str(archive), "--full-text", "--delay", "0", "-q"]
        subprocess.run([sys.executable, "-m", "archiver", *crawl], check=True, timeout=120)
    with serving(archive) as base:
        yield base


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def test_search_read_and_walk_without_javascript(page: Page, library: str) -> None:
    page.goto(library + ROOM)
    page.get_by_role("searchbox").fill("图书")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("图书")
    page.get_by_role("heading", name="图书馆里的排队问题").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("图书馆里的排队问题")
    figure = page.locator("figure img")
    figure.scroll_into_view_if_needed()
    expect(figure).to_be_visible()
    page.get_by_role("link", name="Timeline").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    page.get_by_role("link", name="2019-03: 2 posts").click()
    expect(page.locator("ol.found > li")).to_have_count(2)
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("图书馆里的排队问题")


def test_pictures_load_and_braces_stretch(browser: Browser, library: str) -> None:
    page = browser.new_page()
    page.goto(f"{library}{ROOM}post/2")
    page.locator("figure img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    assert page.evaluate("document.querySelector('figure img').naturalWidth") == 960
    page.goto(f"{library}{ROOM}post/4")
    page.wait_for_function("document.fonts.check('16px \"Latin Modern Math\"')")
    heights = page.evaluate(
        "['{', '='].map(c => [...document.querySelectorAll('math mo')].find(o => o.textContent == c)"
        ".getBoundingClientRect().height)"
    )
    assert heights[0] > 1.5 * heights[1]
    page.close()


def test_datasettes_own_search_box_finds_chinese(page: Page, library: str) -> None:
    page.goto(f"{library}/demo/posts")
    page.locator('input[name="_search"]').fill("图书")
    page.keyboard.press("Enter")
    expect(page.locator("td.col-title mark")).to_have_text("图书")
    page.locator("td.col-title a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("图书馆里的排队问题")


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_phone(page: Page, library: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(library + ROOM + path)
    main = page.locator("main").bounding_box()
    assert main is not None
    assert main["x"] >= 0
    assert main["x"] + main["width"] <= PHONE["width"]
    widest = page.locator("body").evaluate("body => document.documentElement.scrollWidth")
    assert widest <= PHONE["width"]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, library: str) -> None:
    page.goto(f"{library}{ROOM}post/2")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("灯下札记 · Notes by Lamplight")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, library: str, path: str, scheme: Any) -> None:
    if not AXE.is_file():
        pytest.skip("ARCHIVER_AXE does not name axe.min.js (npm package axe-core)")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(library + ROOM + path)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run({resultTypes: ['violations'], iframes: false})")
    context.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert found["passes"]


class Live(ThreadingHTTPServer):
    """The live web as the browser of these tests sees it: one server for all names but ours, which writes down."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    """Answers everything with nothing."""

    server: Live

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.headers['Host']}{self.path}")
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with Live() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@dataclass
class Alarm:
    """What a page asked of the live web, and what its scripts said."""

    live: Live
    dialogs: list[str] = field(default_factory=list)

    def heard(self, page: Page) -> tuple[list[str], list[str]]:
        """Everything so far, once the page is quiet."""
        page.wait_for_load_state("networkidle")
        return self.dialogs, self.live.asked

    def said(self, dialog: Dialog) -> None:
        """Note a dialog and close it."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()


QUIET: tuple[list[str], list[str]] = ([], [])


@pytest.fixture(scope="module")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(hostile_archive(tmp_path_factory.mktemp("hostile") / "demo.db")) as base:
        yield base


@pytest.fixture(scope="module")
def exposed(chromium: BrowserType, live: Live) -> Iterator[Browser]:
    """A browser for which every name of the web is the server that writes down."""
    everything = f"--host-resolver-rules=MAP * 127.0.0.1:{live.server_address[1]}, EXCLUDE 127.0.0.1"
    browser = chromium.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, everything])
    yield browser
    browser.close()


@pytest.fixture
def watched(exposed: Browser, live: Live) -> Iterator[tuple[Page, Alarm]]:
    page = exposed.new_page()
    live.asked.clear()
    alarm = Alarm(live)
    page.on("dialog", alarm.said)
    yield page, alarm
    page.close()


def test_the_alarm_rings(watched: tuple[Page, Alarm]) -> None:
    page, alarm = watched
    page.set_content("<script>alert(1)</script><img src='http://evil.example/x.png'>")
    assert alarm.heard(page) == (["1"], ["evil.example/x.png"])


LISTS = ("", "search", "search?page=2", "search?q=alert", "timeline", "tags")
TABLES = (
    "/demo",
    "/demo/posts?_size=100",
    "/demo/posts?_columns=all&_size=100",
    "/demo/posts?_search=alert",
    "/demo/images",
)


@pytest.mark.parametrize("path", [*(ROOM + path for path in LISTS), *TABLES])
def test_hostile_titles_and_excerpts_do_nothing(watched: tuple[Page, Alarm], hostile_library: str, path: str) -> None:
    page, alarm = watched
    page.goto(hostile_library + path)
    assert alarm.heard(page) == QUIET


def test_hostile_posts_do_nothing_read_or_raw(watched: tuple[Page, Alarm], hostile_library: str) -> None:
    page, alarm = watched
    for number in range(1, len(HOSTILE) + 1):
        for path in (f"{ROOM}post/{number}", f"/demo/posts/{number}", f"{ROOM}post/{number}/raw"):
            frame = page.goto(hostile_library + path)
            assert (alarm.dialogs, alarm.live.asked) == QUIET, path
        assert frame is not None
        source = re.search(r'<iframe [^>]*src="([^"]+)"', frame.text())
        assert source is not None
        page.goto(hostile_library + source[1].replace("&amp;", "&"))
        assert (alarm.dialogs, alarm.live.asked) == QUIET, source[1]
    assert alarm.heard(page) == QUIET


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(2)</script>'
    '<image href="http://evil.example/x.png"/><foreignObject><img src="http://evil.example/y.png"/></foreignObject></svg>'
)


def test_a_hostile_drawing_does_nothing(watched: tuple[Page, Alarm], tmp_path: Path) -> None:
    page, alarm = watched
    path = hostile_archive(tmp_path / "demo.db", drawing=DRAWING.encode())
    with serving(path) as home:
        page.goto(f"{home}{ROOM}post/1")
        picture = page.locator(".rest img").first
        picture.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.rest img').naturalWidth == 9")
        with page.expect_download():
            page.evaluate("location.href = document.querySelector('.rest img').src")
        assert (alarm.dialogs, alarm.live.asked) == QUIET
