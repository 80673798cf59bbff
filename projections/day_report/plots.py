"""Small SVG drawings for paper: bars, waits and a window timeline. Lengths are mm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from projections.drawing import (
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


@dataclass(frozen=True, slots=True)
class Bar:
    """One place on the axis: a label, a bar, and a second bar or a mark."""

    label: str
    value: float
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A coloured stretch of a timeline row, in minutes of the day."""

    since: float
    until: float
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a timeline."""

    label: str
    stretches: Sequence[Stretch]


def pair_bars(bars: Sequence[Bar], width: float, height: float, title: str) -> str:
    """Draw two bars side by side at every place."""
    scale = _scale([max(b.value, b.second or 0) for b in bars])
    plot = _Plot(width, height, len(bars), scale)
    parts = [plot.grid(scale)]
    for n, bar in enumerate(bars):
        parts.append(plot.bar(n, bar.value, 0.12, 0.38, LIGHT))
        parts.append(plot.bar(n, bar.second or 0, 0.50, 0.38, DARK))
    parts.append(plot.labels([bar.label for bar in bars]))
    return svg(width, height, "".join(parts), title)


def marked_bars(
    bars: Sequence[Bar], width: float, height: float, title: str, top: float = 0
) -> str:
    """Draw one bar and a mark above it at every place, up to a common ``top``."""
    own = _scale([max(b.value, b.second or 0) for b in bars])
    scale = _scale([top or own[-1]])
    plot = _Plot(width, height, len(bars), scale)
    parts = [plot.grid(scale)]
    for n, bar in enumerate(bars):
        parts.append(plot.bar(n, bar.value, 0.18, 0.64, LIGHT))
        if bar.second:
            parts.append(plot.mark(n, bar.second))
    parts.append(plot.labels([bar.label for bar in bars]))
    return svg(width, height, "".join(parts), title)


def gutter_for(labels: Iterable[str]) -> float:
    """Return how wide the names beside a timeline are, all of them whole."""
    widest = max(
        (sum(_sign_width(sign) for sign in label) for label in labels), default=0
    )
    return max(24.0, 2.4 * widest + 2)


def _sign_width(sign: str) -> float:
    """Return the width of a sign in its own size: a Chinese one is square."""
    return 1.0 if ord(sign) >= 0x2010 else 0.58


def timeline(
    rows: Sequence[Row],
    span: tuple[float, float],
    sessions: Iterable[tuple[float, float]],
    title: str,
    *,
    width: float,
    gutter: float,
) -> str:
    """Draw one row of states per window between two minutes of the day."""
    line, head = 4.2, 4.0
    height = head + line * len(rows) + 0.6
    unit = (width - gutter) / max(1.0, span[1] - span[0])

    def x(minute: float) -> float:
        return gutter + (min(max(minute, span[0]), span[1]) - span[0]) * unit

    parts = []
    for hour in range(ceil(span[0] / 60), floor(span[1] / 60) + 1):
        at = x(hour * 60)
        parts.append(stroke((at, head), (at, height), f"{FAINT} .15"))
        if at < width - 4:
            parts.append(caption(at, 2.8, f"{hour:02}:00", 2.1, "middle"))
    for n, row in enumerate(rows):
        y = head + n * line
        parts.append(caption(0, y + 3.1, row.label, 2.4, "start"))
        for part in row.stretches:
            left = x(part.since)
            wide = max(0.12, x(part.until) - left)
            parts.append(rectangle(left, y + 0.6, wide, line - 1.2, part.colour))
    for edge in (edge for session in sessions for edge in session):
        dashed = ' stroke-dasharray=".7 .7"'
        parts.append(stroke((x(edge), head), (x(edge), height), f"{INK} .2", dashed))
    return svg(width, height, "".join(parts), title)


class _Plot:
    """A frame with ``places`` on the axis and values up to the last tick."""

    foot = 4.0
    head = 2.5

    def __init__(
        self, width: float, height: float, places: int, ticks: Sequence[float]
    ) -> None:
        self.width, self.height = width, height
        self.left = max(7.0, 1.3 * max(len(_tick(tick)) for tick in ticks) + 1.5)
        self.step = (width - self.left) / max(1, places)
        self.top = ticks[-1]

    def y(self, value: float) -> float:
        room = self.height - self.head - self.foot
        return self.head + room * (1 - min(value, self.top) / self.top)

    def grid(self, ticks: Sequence[float]) -> str:
        parts = []
        for tick in ticks:
            y = self.y(tick)
            colour = QUIET if tick == 0 else FAINT
            parts.append(stroke((self.left, y), (self.width, y), f"{colour} .2"))
            parts.append(caption(self.left - 1, y + 0.8, _tick(tick), 2.1, "end"))
        return "".join(parts)

    def bar(self, n: int, value: float, shift: float, share: float, fill: str) -> str:
        if value <= 0:
            return ""
        y = self.y(value)
        x = self.left + (n + shift) * self.step
        return rectangle(x, y, share * self.step, self.y(0) - y, fill)

    def mark(self, n: int, value: float) -> str:
        y = self.y(value)
        x = self.left + (n + 0.1) * self.step
        return stroke((x, y), (x + 0.8 * self.step, y), f"{DARK} .5")

    def labels(self, labels: Sequence[str]) -> str:
        every = max(1, ceil(7.5 / self.step))
        # The last one stands whole inside the frame, a little beside its bar.
        furthest = self.width - 3.0
        return "".join(
            caption(
                min(self.left + (n + 0.5) * self.step, furthest),
                *(self.height - 1, text, 2.1, "middle"),
            )
            for n, text in enumerate(labels)
            if n % every == 0
        )


def _scale(values: Iterable[float]) -> list[float]:
    """Return about four ticks from 0 up to a round top."""
    largest = max([*values, 1.0])
    rough = largest / 4
    power = 10 ** floor(log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough - 1e-9)
    count = ceil(largest / step - 1e-9)
    return [round(step * n, 6) for n in range(count + 1)]


def _tick(value: float) -> str:
    return f"{value:,g}"
