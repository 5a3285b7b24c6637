"""Numbers within bounds as options take them, refused in plain words."""

from __future__ import annotations

import math
from typing import Any

import click


class Whole(click.IntRange):
    """A whole number within bounds."""

    def _describe_range(self) -> str:
        return ""  # the help says in words what matters

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; else an error that names the bounds."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value} is not a whole number {bounds(self.min, self.max)}.", param, ctx)


class Number(click.FloatRange):
    """A number within bounds; ``nan``, which lies in every range, is none."""

    def _describe_range(self) -> str:
        return ""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; else an error that names the bounds."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            number = math.nan
        if math.isnan(number) or math.isinf(number):
            self.fail(f"{value} is not a number {bounds(self.min, self.max, above=self.min_open)}.", param, ctx)
        return number


def bounds(low: float | None, high: float | None, *, above: bool = False) -> str:
    """Bounds in words: ``from 0 on``, ``above 0``, ``from 1 to 9999``."""
    start = f"{'above' if above else 'from'} {low or 0:g}"
    return f"{start} to {high:g}" if high is not None else start if above else f"{start} on"
