"""Small SVG drawings for paper: bars, waits and a window timeline. Lengths are mm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10


INK = "#1f2933"
QUIET = "#9aa5b1"
FAINT = "#e4e7eb"
DARK = "#27567b"
LIGHT = "#a9c5dc"
AMBER = "#c4862b"


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


def svg(width: float, height: float, body: str, title: str) -> str:
    """Wrap a drawing of ``width`` × ``height`` mm, with a title for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" '
        f'height="{height:g}mm"><title>{escape(title)}</title>{body}</svg>'
    )


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


def timeline(
    rows: Sequence[Row],
    span: tuple[float, float],
    sessions: Iterable[tuple[float, float]],
    width: float,
    title: str,
) -> str:
    """Draw one row of states per window between two minutes of the day."""
    gutter, line, head = 24.0, 4.2, 4.0
    height = head + line * len(rows) + 0.6
    unit = (width - gutter) / max(1.0, span[1] - span[0])

    def x(minute: float) -> float:
        return gutter + (min(max(minute, span[0]), span[1]) - span[0]) * unit

    parts = []
    for hour in range(ceil(span[0] / 60), floor(span[1] / 60) + 1):
        at = x(hour * 60)
        parts.append(_line((at, head), (at, height), f"{FAINT} .15"))
        if at < width - 4:
            parts.append(_text(at, 2.8, f"{hour:02}:00", 2.1, "middle"))
    for n, row in enumerate(rows):
        y = head + n * line
        parts.append(_text(0, y + 3.1, row.label, 2.4, "start"))
        for part in row.stretches:
            left = x(part.since)
            wide = max(0.12, x(part.until) - left)
            parts.append(_rect(left, y + 0.6, wide, line - 1.2, part.colour))
    for edge in (edge for session in sessions for edge in session):
        dashed = ' stroke-dasharray=".7 .7"'
        parts.append(_line((x(edge), head), (x(edge), height), f"{INK} .2", dashed))
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
            parts.append(_line((self.left, y), (self.width, y), f"{colour} .2"))
            parts.append(_text(self.left - 1, y + 0.8, _tick(tick), 2.1, "end"))
        return "".join(parts)

    def bar(self, n: int, value: float, shift: float, share: float, fill: str) -> str:
        if value <= 0:
            return ""
        y = self.y(value)
        x = self.left + (n + shift) * self.step
        return _rect(x, y, share * self.step, self.y(0) - y, fill)

    def mark(self, n: int, value: float) -> str:
        y = self.y(value)
        x = self.left + (n + 0.1) * self.step
        return _line((x, y), (x + 0.8 * self.step, y), f"{DARK} .5")

    def labels(self, labels: Sequence[str]) -> str:
        every = max(1, ceil(7.5 / self.step))
        return "".join(
            _text(
                self.left + (n + 0.5) * self.step, self.height - 1, text, 2.1, "middle"
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


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" '
        f'height="{height:.2f}" fill="{fill}"/>'
    )


def _line(
    start: tuple[float, float], end: tuple[float, float], stroke: str, more: str = ""
) -> str:
    colour, width = stroke.split()
    return (
        f'<line x1="{start[0]:.2f}" y1="{start[1]:.2f}" x2="{end[0]:.2f}" '
        f'y2="{end[1]:.2f}" stroke="{colour}" stroke-width="{width}"{more}/>'
    )


def _text(x: float, y: float, text: str, size: float, anchor: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" fill="{INK}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
