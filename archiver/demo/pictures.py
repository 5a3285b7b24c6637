"""The sample blog's pictures, drawn when asked for: a palette canvas of 960 x 540, written as PNG."""

from __future__ import annotations

import math
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

WIDTH, HEIGHT = 960, 540
LEFT, RIGHT, TOP, BOTTOM = 90, 900, 50, 470
PALETTE = (
    (250, 248, 243),  # paper
    (58, 60, 68),  # ink
    (214, 208, 196),  # grid
    (178, 74, 52),  # brick
    (46, 98, 132),  # lake
    (120, 142, 96),  # moss
    (226, 172, 88),  # lamp
    (150, 110, 140),  # heather
    (236, 224, 204),  # dusk
    (94, 132, 152),  # water
    (196, 184, 170),  # fog
)
PAPER, INK, GRID, BRICK, LAKE, MOSS, LAMP, HEATHER, DUSK, WATER, FOG = range(len(PALETTE))


@dataclass(slots=True)
class Canvas:
    """Pixels as palette numbers, row by row."""

    pixels: bytearray = field(default_factory=lambda: bytearray(WIDTH * HEIGHT))

    def box(self, left: float, top: float, right: float, bottom: float, colour: int) -> None:
        """Fill a rectangle, clipped to the canvas."""
        start, end = max(0, round(left)), min(WIDTH, round(right))
        for row in range(max(0, round(top)), min(HEIGHT, round(bottom))):
            if end > start:
                self.pixels[row * WIDTH + start : row * WIDTH + end] = bytes([colour]) * (end - start)

    def disc(self, x: float, y: float, radius: float, colour: int) -> None:
        """Fill a circle."""
        for row in range(math.ceil(y - radius), math.floor(y + radius) + 1):
            half = math.sqrt(max(0.0, radius**2 - (row - y) ** 2))
            self.box(x - half, row, x + half, row + 1, colour)

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: int, radius: float = 2.5) -> None:
        """Draw a straight stroke as a row of dots."""
        steps = max(1, round(math.hypot(x1 - x0, y1 - y0) / 1.5))
        for step in range(steps + 1):
            share = step / steps
            self.disc(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, radius, colour)

    def curve(self, function: Callable[[float], float], colour: int) -> None:
        """Draw ``function`` of 0..1, whose values above 1 leave the frame."""
        points = [(x / 200, function(x / 200)) for x in range(201)]
        seen = [(LEFT + x * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP)) for x, y in points if y <= 1]
        for (x0, y0), (x1, y1) in pairwise(seen):
            self.line(x0, y0, x1, y1, colour, 3)

    def axes(self) -> None:
        """Draw the frame of a chart with five grid lines."""
        for step in range(1, 6):
            y = BOTTOM - step * (BOTTOM - TOP) / 5
            self.box(LEFT, y, RIGHT, y + 1, GRID)
        self.box(LEFT - 2, TOP - 10, LEFT + 1, BOTTOM + 2, INK)
        self.box(LEFT - 2, BOTTOM, RIGHT + 10, BOTTOM + 3, INK)

    def png(self) -> bytes:
        """The canvas as a PNG with a palette."""
        rows = b"".join(b"\0" + self.pixels[row * WIDTH : (row + 1) * WIDTH] for row in range(HEIGHT))
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        palette = bytes(value for colour in PALETTE for value in colour)
        chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in chunks)


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def queue(canvas: Canvas) -> None:
    """Waiting time against load."""
    canvas.axes()
    x = LEFT + 0.8 * (RIGHT - LEFT)
    canvas.box(x, TOP, x + 2, BOTTOM, LAMP)
    canvas.curve(lambda load: 0.1 * load / (1.0001 - load), BRICK)


def entropy(canvas: Canvas) -> None:
    """Entropy of a coin against its bias."""
    canvas.axes()
    canvas.curve(lambda p: 0.0 if p in (0.0, 1.0) else -p * math.log2(p) - (1 - p) * math.log2(1 - p), LAKE)


def dough(canvas: Canvas) -> None:
    """A logistic curve with readings scattered about it."""
    canvas.axes()

    def height(x: float) -> float:
        return 0.12 + 0.8 / (1 + math.exp(-11 * (x - 0.5)))

    canvas.curve(height, MOSS)
    rng = random.Random(7)
    for step in range(1, 36):
        y = height(step / 36) + rng.uniform(-0.02, 0.02)
        canvas.disc(LEFT + step / 36 * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP), 6, LAMP)


def lake(canvas: Canvas) -> None:
    """A low sun over hills, with its track on the water."""
    canvas.box(0, 0, WIDTH, 330, DUSK)
    canvas.disc(660, 235, 46, LAMP)
    for column in range(WIDTH):
        far = 262 + 26 * math.sin(column / 120) + 12 * math.sin(column / 47)
        near = 292 + 20 * math.sin(column / 90 + 2) + 6 * math.sin(column / 23)
        canvas.box(column, far, column + 1, 331, FOG)
        canvas.box(column, near, column + 1, 331, MOSS)
    canvas.box(0, 330, WIDTH, HEIGHT, WATER)
    rng = random.Random(3)
    for row in range(340, HEIGHT, 6):
        half = 30 + (row - 330) * 0.22 * rng.uniform(0.5, 1.4)
        canvas.box(660 - half, row, 660 + half, row + 2, LAMP)
    for _ in range(90):
        x, y = rng.uniform(0, WIDTH), rng.uniform(345, HEIGHT)
        canvas.box(x, y, x + rng.uniform(20, 90), y + 2, LAKE)
    canvas.box(176, 150, 186, 345, INK)
    for angle in range(-9, 10):
        canvas.line(181, 150, 181 + angle * 11, 150 + abs(angle) * 9 + 60, INK, 1.5)


def walk(canvas: Canvas) -> None:
    """Five random walks from one door."""
    rng = random.Random(11)
    for colour in (BRICK, LAKE, MOSS, LAMP, HEATHER):
        x, y = WIDTH / 2, HEIGHT / 2
        for _ in range(400):
            angle = rng.uniform(0, 2 * math.pi)
            x1, y1 = x + 11 * math.cos(angle), y + 11 * math.sin(angle)
            canvas.line(x, y, x1, y1, colour, 1.2)
            x, y = x1, y1
    canvas.disc(WIDTH / 2, HEIGHT / 2, 9, INK)


PICTURES: dict[str, Callable[[Canvas], None]] = {
    "queue": queue,
    "entropy": entropy,
    "dough": dough,
    "lake": lake,
    "walk": walk,
}


def draw(name: str) -> bytes:
    """The named picture as PNG; KeyError if there is none of that name."""
    canvas = Canvas()
    PICTURES[name](canvas)
    return canvas.png()
