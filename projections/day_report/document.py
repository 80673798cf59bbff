"""The frame of a report as one HTML file: head, numbered sections, key figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from projections.labels import Labels

from .style import style_sheet


NUMERALS = "一二三四五六七八九十"

Section = tuple[str, str]
"""The heading of a section, and what stands below it."""


def html_document(
    title: str, head: str, sections: Sequence[Section], labels: Labels
) -> str:
    """Return the whole document; the sections are numbered in the language's way.

    ``title`` and headings are text, all else is markup.
    """
    body = "".join(
        f"<section>{_heading(n, heading, labels)}{content}</section>"
        for n, (heading, content) in enumerate(sections)
    )
    lang = "zh-CN" if labels.language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title>"
        f"<style>{style_sheet(title, labels.language)}</style></head>"
        f'<body class="{labels.language}"><main>{head}{body}</main>'
        f"</body></html>\n"
    )


def document_head(
    issuer: str, title: str, lines: Iterable[str], notes: Iterable[str] = ()
) -> str:
    """Write who reports what, on what, and what a reader must know first."""
    said = " · ".join(escape(line) for line in lines)
    more = "".join(f"<br>{escape(note)}" for note in notes)
    return (
        f'<header><div class="issuer">{escape(issuer)}</div>'
        f"<h1>{escape(title)}</h1>"
        f'<div class="sub">{said}{more}</div></header>'
    )


def statement(
    sentences: Iterable[str],
    keys: Iterable[tuple[str, str]],
    signatures: Iterable[str],
) -> str:
    """Write the conclusions, the key figures (name, markup) and who signs."""
    said = "".join(f"<p>{escape(line)}</p>" for line in sentences)
    cells = (f"<div><b>{value}</b>{escape(name)}</div>" for name, value in keys)
    signed = "".join(f"<span>{escape(name)}</span>" for name in signatures)
    return (
        f'<div class="statement">{said}</div>'
        f'<div class="keys">{"".join(cells)}</div>'
        f'<div class="sign">{signed}</div>'
    )


def figure(drawing: str, caption: str) -> str:
    """Write a drawing and its caption."""
    return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


def half_hour_name(half: int) -> str:
    """Return when a half hour of the day begins: ``9:30``."""
    return f"{half // 2}:{'30' if half % 2 else '00'}"


def _heading(n: int, heading: str, labels: Labels) -> str:
    number = f"{NUMERALS[n]}、" if labels.language == "zh" else f"{n + 1}. "
    return f"<h2>{number}{escape(heading)}</h2>"
