"""Drawings of a run: how far each goal was reached, and each round's ratio."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from projections.drawing import (
    AMBER,
    DARK,
    FAINT,
    INK,
    LIGHT,
    QUIET,
    caption,
    rectangle,
    stroke,
    svg,
)

from .rows import Row
from .tables import figure_of, number


WIDTH, GUTTER, RIGHT, LINE, HEAD = 200.0, 66.0, 52.0, 6.0, 8.0
MOST = 2.0
"""Bars end here, in goals."""


def goals_plot(rows: Sequence[Row]) -> str:
    """Draw a bar for every goal; one that reaches the line is met."""
    shown = [row for row in rows if row.reached is not None]
    parts = axis(len(shown))
    for n, row in enumerate(shown):
        reached = min(MOST, row.reached or 0.0)
        y = HEAD + n * LINE
        colour = DARK if row.met else AMBER
        parts.append(caption(0, y + 4.2, f"{row.measure}: {row.name}", 2.5, "start"))
        parts.append(rectangle(GUTTER, y + 1.2, reached * unit(), LINE - 2.4, colour))
        value = figure_of(row) if row.goal.startswith("figure") else ratio_of(row)
        words = f"{value} · goal: {row.goal}"
        parts.append(caption(WIDTH - RIGHT + 1, y + 4.2, words, 2.4, "start"))
    parts.append(goal_line(len(shown)))
    height = HEAD + LINE * len(shown) + 2
    return drawing(height, parts, "How far each goal was reached")


def rounds_plot(rows: Sequence[Row]) -> str:
    """Draw the ratio to the rival in every round, and their median, by tenfolds."""
    shown = [row for row in rows if row.ratio is not None]
    every = [log10(ratio) for row in shown for ratio in ratios(row)]
    least, most = floor(min(every, default=0.0)), ceil(max(every, default=0.0))
    step = (WIDTH - GUTTER - RIGHT) / max(1, most - least)
    foot = HEAD + LINE * len(shown)

    def x(ratio: float) -> float:
        return GUTTER + (log10(ratio) - least) * step

    parts: list[str] = []
    for tenfold in range(least, max(most, least + 1) + 1):
        at = x(10.0**tenfold)
        pen = f"{QUIET} .4" if tenfold == 0 else f"{FAINT} .2"
        parts.append(stroke((at, HEAD - 2), (at, foot), pen))
        parts.append(caption(at, HEAD - 3, f"{10.0**tenfold:g}", 2.1, "middle"))
    for n, row in enumerate(shown):
        y = HEAD + n * LINE
        parts.append(caption(0, y + 4.2, f"{row.measure}: {row.name}", 2.5, "start"))
        for one in ratios(row):
            parts.append(rectangle(x(one) - 0.4, y + 2, 0.8, 2, LIGHT))
        middle = x(row.ratio or 1.0)
        parts.append(stroke((middle, y + 1), (middle, y + LINE - 1), f"{INK} .5"))
        parts.append(caption(WIDTH - RIGHT + 1, y + 4.2, ratio_of(row), 2.4, "start"))
    return drawing(foot + 2, parts, "Ratio to the rival in every round")


def drawing(height: float, parts: list[str], title: str) -> str:
    """Return a drawing that stands alone, with letters of its own."""
    body = f'<g font-family="sans-serif">{"".join(parts)}</g>'
    return svg(WIDTH, height, body, title)


def axis(count: int) -> list[str]:
    """Draw the scale in goals."""
    parts: list[str] = []
    for tick in (0.0, 0.5, 1.0, 1.5, MOST):
        x = GUTTER + tick * unit()
        foot = HEAD + LINE * count
        parts.append(stroke((x, HEAD - 2), (x, foot), f"{FAINT} .2"))
        mark = f"{tick:g}" if tick < MOST else f"≥ {tick:g}"
        parts.append(caption(x, HEAD - 3, mark, 2.1, "middle"))
    return parts


def goal_line(count: int) -> str:
    """Draw the line at which a goal is met."""
    x = GUTTER + unit()
    return stroke((x, HEAD - 2), (x, HEAD + LINE * count), f"{QUIET} .5")


def unit() -> float:
    """Return the length of one goal."""
    return (WIDTH - GUTTER - RIGHT) / MOST


def ratios(row: Row) -> list[float]:
    """Return the ratio of every round."""
    return [own / other for own, other in row.rounds]


def ratio_of(row: Row) -> str:
    """Return the ratio in words."""
    return f"{number(row.ratio or 0.0)} × the rival's"
