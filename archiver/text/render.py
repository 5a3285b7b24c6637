"""Elements to plain text: blocks become paragraphs, and what stands inside a formula is kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from lxml.html import HtmlElement

from archiver.text.marks import digits_only, emoji, is_permalink
from archiver.text.tex import formulas

BREAK = "\x1e"
SPACES = re.compile(r"(?: ?[\t\n\r\f\v\xa0]| {2})[ \t\n\r\f\v\xa0]*")  # all but a lone space
BREAKS = re.compile(r" ?\x1e ?")
MANY = re.compile(r"\n{3,}")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1d\x1f\x7f]")

PARAGRAPHS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dialog", "div", "dl"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "html", "main", "menu", "nav", "p", "pre", "listing", "xmp", "section", "summary", "table"),
        *("ol", "ul", "dir", "tbody", "thead", "tfoot"),
    )
)
LINES = frozenset(("li", "dt", "dd", "tr", "legend", "optgroup", "option"))
CELLS = frozenset(("td", "th"))
LISTS = frozenset(("ol", "ul", "menu", "dir"))
PRE = frozenset(("pre", "listing", "xmp", "plaintext"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
UNREAD = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "audio", "video"),
        *("canvas", "select", "textarea", "input", "button", "datalist", "map", "frame", "frameset", "applet"),
    )
)
RUNS = frozenset(("a", "abbr", "b", "cite", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"))
"""Elements that only hold text; a list for speed, not all there are."""
BLOCKS = PARAGRAPHS | LINES | CELLS | UNREAD | {"br", "img"}

Action = tuple[Callable[[], None]]


class Renderer:
    """Walks one element and collects its text; no recursion, so that depth costs nothing.

    ``blocks`` holds pieces of finished text and the white space between them. ``gap`` is what the next piece is
    owed: 1 a new line, 2 a blank line; ``separator`` is set between two cells of a row instead.
    """

    def __init__(self, drop: Collection[HtmlElement] = ()) -> None:
        """Leave out the elements in ``drop``."""
        self.drop = drop
        self.blocks: list[str] = []
        self.buffer: list[str] = []
        self.gap = 0
        self.separator = ""
        self.marker = ""
        self.numbers: list[int | None] = []
        self.quotes = 0
        self.verbatim = 0
        self.headings = 0
        self.stack: list[HtmlElement | str | Action] = []

    def render(self, root: HtmlElement) -> str:
        """The text of an element, without the text after it."""
        self.stack.append((self.flush,))
        self.enter(root, tail=False)
        while self.stack:
            item = self.stack.pop()
            if isinstance(item, str):
                self.buffer.append(item)
            elif isinstance(item, tuple):
                item[0]()
            else:
                self.enter(item)
        return "".join(self.blocks)

    def enter(self, element: HtmlElement, tail: bool = True) -> None:
        """Start an element: what it does now, and what is to be done at its end."""
        if tail and element.tail:
            self.stack.append(element.tail)
        if element in self.drop:
            return
        tag = element.tag
        if tag in BLOCKS:
            self.block(element, str(tag))
        elif not self.unread(element):
            self.push(element)

    def unread(self, element: HtmlElement) -> bool:
        """Whether a run of text is no text of the author's: a permalink mark, a line number, a comment."""
        if element.tag == "a" and self.headings and is_permalink(element):
            return True
        return not isinstance(element.tag, str) or (self.verbatim > 0 and digits_only(element))

    def push(self, element: HtmlElement) -> None:
        """Put an element's content on the stack, first things last."""
        self.stack.extend(reversed(self.begun(element)))

    def begun(self, element: HtmlElement) -> list[HtmlElement]:
        """Take an element's text and the plain runs it begins with; gives the children from the first other one on."""
        if element.text:
            self.buffer.append(element.text)
        children = list(element)
        for place, child in enumerate(children):
            if child.tag not in RUNS or len(child) or self.verbatim or self.headings or child in self.drop:
                return children[place:]
            self.buffer += child.text or "", child.tail or ""
        return []

    def block(self, element: HtmlElement, tag: str) -> None:
        """Start an element that is not a run of text."""
        if tag == "br":
            self.buffer.append("\n" if self.verbatim else BREAK)
        elif tag == "img":
            self.buffer.append(emoji(element))
        elif tag not in UNREAD:
            self.open(element, tag)

    def open(self, element: HtmlElement, tag: str) -> None:
        """Start a paragraph, a line, a cell or a list."""
        if self.verbatim:
            self.open_verbatim(element)
            return
        self.flush()
        if tag in CELLS:
            self.cell(element)
            return
        gap = 1 if tag in LINES or (tag in LISTS and self.numbers) else 2
        self.owe(gap)
        if tag == "li":
            self.marker = self.item_marker(element)
        elif tag in LISTS:
            self.numbers.append(_first_number(element) if tag == "ol" else None)
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in HEADINGS:
            self.headings += 1
        elif tag in PRE:
            self.verbatim += 1
        rest = self.begun(element)
        if rest:
            self.stack.append((lambda: self.close(tag, gap),))
            self.stack.extend(reversed(rest))
        else:
            self.close(tag, gap)

    def open_verbatim(self, element: HtmlElement) -> None:
        """Start a line inside preformatted text."""
        if digits_only(element):
            return
        self.new_line()
        self.stack.append((self.new_line,))
        self.push(element)

    def new_line(self) -> None:
        """End the line inside preformatted text unless it has just begun."""
        if self.buffer and not self.buffer[-1].endswith("\n"):
            self.buffer.append("\n")

    def close(self, tag: str, gap: int) -> None:
        """End what ``open`` began."""
        self.flush()
        if tag in LISTS:
            self.numbers.pop()
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag in HEADINGS:
            self.headings -= 1
        elif tag in PRE:
            self.verbatim -= 1
        elif tag == "li":
            self.marker = ""
        self.owe(gap)

    def owe(self, gap: int) -> None:
        """Ask for white space before the next piece."""
        self.gap = max(self.gap, gap)
        self.separator = ""

    def cell(self, element: HtmlElement) -> None:
        """Start a cell: a tab parts it from the one before, a blank line when it holds blocks."""
        if digits_only(element, beside_code=True):
            return
        blocks = any(child.tag in PARAGRAPHS for child in element)
        first = element.getprevious() is None
        self.stack.append((lambda: self.end_cell(blocks),))
        if blocks:
            self.owe(2)
        elif not first and not self.gap:
            self.separator += "\t"
        self.push(element)

    def end_cell(self, blocks: bool) -> None:
        """End a cell."""
        self.flush()
        if blocks:
            self.owe(2)

    def item_marker(self, element: HtmlElement) -> str:
        """What stands before a list's item, counting the items of ordered lists."""
        indent = "  " * max(len(self.numbers) - 1, 0)
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return f"{indent}- "
        number = _integer(element.get("value"), number)
        self.numbers[-1] = number + 1
        return f"{indent}{number}. "

    def flush(self) -> None:
        """Finish the piece of text collected so far."""
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        if raw.isspace():
            return
        text = verbatim(raw) if self.verbatim else flow(raw)
        if not text:
            return
        if self.blocks:
            self.blocks.append(self.separator or "\n" * max(self.gap, 1))
        if self.marker or self.quotes:
            text = "> " * self.quotes + self.marker + text
            self.marker = ""
        self.blocks.append(text)
        self.gap, self.separator = 0, ""


def flow(raw: str) -> str:
    """Running text with its white space collapsed, line breaks kept, formulas untouched."""
    if "$" not in raw and "\\" not in raw:
        return (raw if "  " not in raw and raw.isprintable() else prose(raw)).strip()
    parts: list[str] = []
    at = 0
    for start, end in formulas(raw):
        parts += prose(raw[at:start]), formula(raw[start:end])
        at = end
    return "".join((*parts, prose(raw[at:]))).strip()


def prose(raw: str) -> str:
    """Text outside formulas: white space collapsed, breaks as new lines, invisible characters gone."""
    if "  " not in raw and raw.isprintable():
        return raw
    text = SPACES.sub(" ", raw)
    if not text.isascii() or not text.isprintable():
        text = INVISIBLE.sub("", text)
    if BREAK in text:
        text = MANY.sub("\n\n", BREAKS.sub("\n", text))
    return text


def formula(raw: str) -> str:
    """A formula as written; a line break is one new line, also where the source has one beside it."""
    if BREAK not in raw:
        return raw
    raw = raw.replace("\r\n", "\n")
    return raw.replace(f"{BREAK}\n", "\n").replace(f"\n{BREAK}", "\n").replace(BREAK, "\n")


def verbatim(raw: str) -> str:
    """Preformatted text: lines and indentation kept."""
    text = INVISIBLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _first_number(element: HtmlElement) -> int:
    return _integer(element.get("start"), 1)


def _integer(value: str | None, default: int) -> int:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.removeprefix("-").isdigit() and len(value) < 7 else default
