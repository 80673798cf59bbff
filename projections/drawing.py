"""What SVG drawings for paper are made of. Lengths are mm."""

from __future__ import annotations

from html import escape


INK = "#1f2933"
QUIET = "#9aa5b1"
FAINT = "#e4e7eb"
DARK = "#27567b"
LIGHT = "#a9c5dc"
AMBER = "#c4862b"


def svg(width: float, height: float, body: str, title: str) -> str:
    """Wrap a drawing of ``width`` × ``height`` mm, with a title for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" '
        f'height="{height:g}mm"><title>{escape(title)}</title>{body}</svg>'
    )


def rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a filled rectangle."""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" '
        f'height="{height:.2f}" fill="{fill}"/>'
    )


def stroke(
    start: tuple[float, float], end: tuple[float, float], pen: str, more: str = ""
) -> str:
    """Return a line; ``pen`` is a colour and a width, as ``#1f2933 .2``."""
    colour, width = pen.split()
    return (
        f'<line x1="{start[0]:.2f}" y1="{start[1]:.2f}" x2="{end[0]:.2f}" '
        f'y2="{end[1]:.2f}" stroke="{colour}" stroke-width="{width}"{more}/>'
    )


def caption(x: float, y: float, words: str, size: float, anchor: str) -> str:
    """Return a text whose ``anchor`` (start, middle, end) is at x, y."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" fill="{INK}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
