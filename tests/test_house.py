"""The rows of the house: a module imports only from the rows above its own, and each third party has one home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "archiver"

ROWS = (
    ("errors", "models"),
    ("urls", "decode", "dates", "text", "robots", "engines", "schema", "sniff", "tokens", "words", "rules"),
    ("parse", "normalise", "fetch", "store"),
    ("crawl", "search", "demo", "datasette_plugin"),
    ("cli",),
    ("__init__", "__main__"),
)
ROW = {name: number for number, row in enumerate(ROWS) for name in row}

HOMES = {
    "requests": {"fetch"},
    "urllib3": {"fetch"},
    "protego": {"robots"},
    "ada_url": {"urls"},
    "charset_normalizer": {"decode"},
    "babel": {"dates"},
    "lxml": {"parse", "text"},
    "bs4": {"parse"},
    "soupsieve": {"parse"},
    "feedparser": {"parse"},
    "trafilatura": {"parse"},
    "sqlite3": {"schema", "store", "datasette_plugin"},
    "sqlite_utils": {"schema"},
    "click": {"cli"},
    "rich": {"cli"},
    "datasette": {"datasette_plugin", "cli"},
    "nh3": {"datasette_plugin"},
    "math_core": {"datasette_plugin"},
    "markupsafe": {"datasette_plugin"},
    "jinja2": {"datasette_plugin"},
}
AT_THE_DOOR = {"datasette", "nh3", "math_core", "trafilatura"}

MODULES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    """The room a file belongs to: its top-level module or sub-package."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, ast.stmt, bool]]:
    """Every absolute dotted name a file imports, the statement, and whether it stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    package = ["archiver", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node, id(node) in inside
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{base}.{alias.name}", node, id(node) in inside


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_arrow_never_turns_back(path: Path) -> None:
    own = room(path)
    assert own in ROW, f"{own} stands in no row of the house"
    for name, node, inside in imports(path):
        parts = name.split(".")
        top = parts[0]
        if top != "archiver":
            homes = HOMES.get(top)
            assert top in sys.stdlib_module_names or homes is not None, f"{path}:{node.lineno} {top} has no home"
            assert homes is None or own in homes, f"{path}:{node.lineno} {top} lives in {homes}"
            assert not inside or top in AT_THE_DOOR, f"{path}:{node.lineno} imports inside a function"
            continue
        assert not inside, f"{path}:{node.lineno} imports inside a function"
        if len(parts) == 1 or parts[1] == "__version__":
            continue
        other = parts[1] if parts[1] in ROW else "__init__"
        assert other == own or ROW[other] < ROW[own], f"{path}:{node.lineno} {own} must not import {other}"


def test_no_import_loops_within_a_room() -> None:
    graph = {
        path: {target for name, _, _ in imports(path) if (target := file_of(name)) and target != path}
        for path in MODULES
    }
    done: set[Path] = set()

    def walk(path: Path, trail: tuple[Path, ...]) -> None:
        assert path not in trail, f"import loop: {[str(p.relative_to(ROOT)) for p in trail]}"
        if path in done:
            return
        for target in graph.get(path, ()):
            if target.name != "__init__.py" or target.parent != ROOT:
                walk(target, (*trail, path))
        done.add(path)

    for path in MODULES:
        walk(path, ())


def file_of(name: str) -> Path | None:
    """The file of a dotted name inside the package, preferring the module over the name in it."""
    parts = name.split(".")
    if parts[0] != "archiver":
        return None
    for length in (len(parts), len(parts) - 1):
        base = ROOT.joinpath(*parts[1:length])
        for candidate in (base.with_suffix(".py"), base / "__init__.py"):
            if length > 1 and candidate.is_file():
                return candidate
    return None


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if room(path) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called != "print", f"{path}:{node.lineno} prints"
