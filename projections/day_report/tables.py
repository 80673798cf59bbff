"""HTML tables: a head and rows of cells, everything in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


Cell = str | int | float

SHORT = 16
"""A table of so many rows is kept on one page."""


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    styles: Sequence[str] = (),
    total: Sequence[Cell] = (),
    kind: str = "",
) -> str:
    """Write a table; ``styles`` name a class per column (``n`` for figures)."""
    columns = [*styles, *[""] * (len(head) - len(styles))]
    top = "".join(
        f"<th{_class(style)}>{escape(name)}</th>"
        for name, style in zip(head, columns, strict=True)
    )
    body = [_row(row, columns) for row in rows]
    names = f"{kind} short".strip() if len(body) <= SHORT else kind
    if total:
        body.append(_row(total, columns, "total"))
    return (
        f"<table{_class(names)}><thead><tr>{top}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def minutes(seconds: float) -> str:
    """Return seconds as minutes with one decimal."""
    return f"{seconds / 60:.1f}"


def _row(row: Sequence[Cell], columns: Sequence[str], kind: str = "") -> str:
    cells = "".join(
        f"<td{_class(style)}>{_cell(value)}</td>"
        for value, style in zip(row, columns, strict=True)
    )
    return f"<tr{_class(kind)}>{cells}</tr>"


def _cell(value: Cell) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return escape(str(value))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
