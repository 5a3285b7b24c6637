"""Full text of post pages: ours against trafilatura and readability-lxml, on a folder of real blogs.

    python bench/fulltext.py CORPUS [--posts 12] [--hosts a,b] [--worst 5]

CORPUS holds ``sites/<host>/`` (pages as published) and ``truth/<host>.json`` with ``posts`` (``url``). Two figures:
*held*, how much of the post's text in the blog's own feed stands in the extracted text (pieces of 16 letters), over
posts that a feed carries and only what stands on the page at all; *boilerplate*, the share of letters in lines that
also stand on five or more other post pages of the blog. Ours learns from six other posts of the blog, as a crawl
does; the peers see one page at a time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import trafilatura
from readability import Document as Readability

from archiver.decode import decode
from archiver.models import Label
from archiver.parse.document import Document, read
from archiver.parse.feed import read_feed
from archiver.parse.post import learn_post_profile, read_post
from archiver.parse.post_profile import PostProfile
from archiver.text import formulas, fragment, plain
from archiver.urls import identity

PIECE = 16
OTHERS = 5
LEARN = 6
PAGES = 40
Page = tuple[str, str, Document]


def letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def pieces_of(reference: str, page: str) -> list[str]:
    """The pieces of a feed's text that stand on the page at all: hand-written summaries often do not."""
    wanted = letters(reference)
    pieces = (wanted[at : at + PIECE] for at in range(0, len(wanted) - PIECE + 1, PIECE))
    return [piece for piece in pieces if piece in page]


def held(pieces: list[str], text: str) -> float:
    """The share of the pieces that stand in the text."""
    have = letters(text)
    return sum(piece in have for piece in pieces) / len(pieces)


def lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if bare := letters(line):
            yield bare


def boilerplate(text: str, common: frozenset[str]) -> tuple[int, int]:
    """Letters in lines that stand on many pages, and all letters."""
    found = list(lines(text))
    return sum(len(line) for line in found if line in common), sum(map(len, found))


def kept_formulas(page: Page, profile: PostProfile) -> tuple[int, int]:
    """Formulas of a body's paragraphs (without listings) that stand in the text byte for byte, and all of them."""
    post = read_post(page[2], profile=profile)
    kept = whole = 0
    body = fragment(post.content_html)
    for listing in (*body.findall(".//pre"), *body.findall(".//code")):
        listing.drop_tree()
    for paragraph in body.iter("p", "li", "td"):
        blocks = any(child.tag in ("br", "p", "ul", "ol") for child in paragraph)
        text = "" if blocks else paragraph.text_content()
        found = [text[start:end] for start, end in formulas(text)]
        whole += len(found)
        kept += sum(formula in post.text for formula in found)
    return kept, whole


def file_of(site: Path, url: str) -> Path | None:
    path = unquote(urlsplit(url).path).lstrip("/")
    for candidate in (site / path, site / path / "index.html", site / f"{path.rstrip('/')}.html"):
        if candidate.is_file():
            return candidate
    return None


def load(corpus: Path, host: str) -> list[Page]:
    truth = json.loads((corpus / "truth" / f"{host}.json").read_text("utf-8"))
    posts = truth["posts"][:]
    random.Random(host).shuffle(posts)
    pages: list[Page] = []
    for post in posts:
        file = file_of(corpus / "sites" / host, post["url"])
        if file and len(pages) < PAGES:
            url = f"http://{host}{post['url']}"
            value = decode(file.read_bytes()).value
            pages.append((url, value, read(value, url)))
    return pages


def feeds(site: Path, host: str) -> dict[str, Label]:
    """The feed entries of a blog by address, the longest text of each."""
    found: dict[str, Label] = {}
    for file in sorted(site.rglob("*.xml")):
        feed = read_feed(file.read_bytes(), f"http://{host}/") if file.stat().st_size < 3_000_000 else None
        for entry in feed.entries if feed else ():
            key = urlsplit(identity(entry.url) if "//" in identity(entry.url) else f"//{identity(entry.url)}").path
            best = found.get(key)
            if best is None or len(reference_html(entry)) > len(reference_html(best)):
                found[key] = entry
    return found


def reference_html(entry: Label) -> str:
    return max(entry.content_html, entry.summary_html, key=len)


def key_of(url: str) -> str:
    same = identity(url)
    return urlsplit(same if "//" in same else f"//{same}").path


def by_trafilatura(page: Page) -> str:
    return trafilatura.extract(page[1], url=page[0], include_comments=False) or ""


def by_readability(page: Page) -> str:
    try:
        return plain(Readability(page[1]).summary(html_partial=True))
    except Exception:
        return ""


def ours(profile: PostProfile) -> Callable[[Page], str]:
    return lambda page: read_post(page[2], profile=profile).text


def measure(corpus: Path, host: str, posts: int, worst: list[tuple[float, str]]) -> dict[str, dict[str, float]]:
    pages = load(corpus, host)
    entries = feeds(corpus / "sites" / host, host)
    counted: Counter[str] = Counter(line for page in pages for line in set(lines(plain(page[2].root))))
    common = frozenset(line for line, count in counted.items() if count > OTHERS)
    profile = learn_post_profile([(page[2], "") for page in pages[-LEARN:]])
    tools = {"archiver": ours(profile), "trafilatura": by_trafilatura, "readability": by_readability}
    sums: dict[str, dict[str, float]] = {name: defaultdict(float) for name in tools}
    for page in pages[:posts]:
        entry = entries.get(key_of(page[0]))
        whole_page = letters(plain(page[2].root))
        pieces = pieces_of(plain(reference_html(entry)), whole_page) if entry else []
        kept, formulas_ = kept_formulas(page, profile)
        sums["archiver"]["kept"] += kept
        sums["archiver"]["formulas"] += formulas_
        for name, tool in tools.items():
            start = time.process_time()
            text = tool(page)
            figures = sums[name]
            figures["seconds"] += time.process_time() - start
            repeated, whole = boilerplate(text, common)
            figures["repeated"] += repeated
            figures["letters"] += whole
            figures["share"] += repeated / whole if whole else 0.0
            figures["pages"] += 1
            if pieces:
                share = held(pieces, text)
                figures["held"] += share
                figures["posts"] += 1
                if name == "archiver":
                    worst.append((share, page[0]))
    return sums


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--posts", type=int, default=12)
    parser.add_argument("--hosts", default="")
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    hosts = (
        options.hosts.split(",") if options.hosts else sorted(p.stem for p in (options.corpus / "truth").glob("*.json"))
    )
    worst: list[tuple[float, str]] = []
    total: dict[str, Counter[str]] = defaultdict(Counter)
    print(f"{'blog':28}" + "".join(f"{name:>26}" for name in ("archiver", "trafilatura", "readability")))
    print(f"{'':28}" + f"{'held':>13}{'boilerplate':>13}" * 3)
    for host in hosts:
        sums = measure(options.corpus, host, options.posts, worst)
        row = f"{host[:27]:28}"
        for name, figures in sums.items():
            total[name].update(figures)
            row += f"{show(figures['held'], figures['posts']):>13}{show(figures['share'], figures['pages']):>13}"
        print(row, flush=True)
    row = f"{'all, mean of posts':28}"
    for whole in total.values():
        row += f"{show(whole['held'], whole['posts']):>13}{show(whole['share'], whole['pages']):>13}"
    print(row)
    base = total["archiver"]["seconds"] or 1.0
    print("time against archiver: " + ", ".join(f"{name} {each['seconds'] / base:.1f}" for name, each in total.items()))
    print(f"formulas byte for byte: {total['archiver']['kept']:.0f} of {total['archiver']['formulas']:.0f}")
    for share, url in sorted(worst)[: options.worst]:
        print(f"  {share:.2f} {url}")
    ours_, peers = total["archiver"], [total["trafilatura"], total["readability"]]
    better = all(
        ours_["held"] / ours_["posts"] >= peer["held"] / peer["posts"] and ours_["share"] <= peer["share"]
        for peer in peers
    )
    return 0 if better else 1


def show(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
