"""The reading room's pages: bytes and milliseconds of each, through Datasette without the network.

    python bench/reading.py [ARCHIVE.db] [--times 30]

Without an archive, the sample blog is written into one. Printed for each page: size, median and 95th percentile of
the time to answer. Targets: a table of 100 posts under 150 kB, the reading view under 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from datasette.app import Datasette

from archiver import demo

PAGES = (
    ("home", "/-/archive/{name}/"),
    ("post 2", "/-/archive/{name}/post/2"),
    ("row page of post 2", "/{name}/posts/2"),
    ("newest posts", "/-/archive/{name}/search"),
    ("search 图书", "/-/archive/{name}/search?q=" + quote("图书")),
    ("search 的", "/-/archive/{name}/search?q=" + quote("的")),
    ("timeline", "/-/archive/{name}/timeline"),
    ("tags", "/-/archive/{name}/tags"),
    ("table of 100 posts", "/{name}/posts?_size=100"),
    ("table, searched 的", "/{name}/posts?_size=100&_search=" + quote("的")),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = options.archive or crawled(Path(folder) / "demo.db")
        asyncio.run(measure(archive, options.times))


def crawled(path: Path) -> Path:
    with demo.serve() as blog:
        command = ["crawl", f"{blog}/", "-d", str(path), "--full-text", "--delay", "0", "-q"]
        subprocess.run([sys.executable, "-m", "archiver", *command], check=True)
    return path


async def measure(archive: Path, times: int) -> None:
    datasette = Datasette([str(archive)], settings={"sql_time_limit_ms": 5000})
    await datasette.invoke_startup()
    print(f"{'page':<22}{'status':>7}{'kB':>9}{'p50 ms':>9}{'p95 ms':>9}")
    for title, path in PAGES:
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            answer = await datasette.client.get(path.format(name=archive.stem))
            spent.append((time.perf_counter() - start) * 1000)
        slow = sorted(spent)[int(len(spent) * 0.95)]
        size = len(answer.content) / 1000
        print(f"{title:<22}{answer.status_code:>7}{size:>9.1f}{statistics.median(spent):>9.1f}{slow:>9.1f}")


if __name__ == "__main__":
    main()
