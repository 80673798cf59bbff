"""Sheets of text and figures in one .xlsx file, and nothing that computes.

Every text is written as text, so no cell is ever a formula, whatever a citizen wrote;
text that begins like one is also marked as quoted, which keeps it text when somebody
edits the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""
TEXT_LIMIT = 32_000
"""A cell holds at most 32,767 characters."""
NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
WIDEST_COLUMN = 60
ROWS_MEASURED = 200


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, the names of its columns, its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    unseen: str = ""
    """Rows that begin with it are for programs, and hidden from people."""


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of an .xlsx file with these sheets in this order."""
    # A house that is asked for no workbook needs no writer of them.
    from xlsxwriter import Workbook  # noqa: PLC0415

    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        quoted = book.add_format({"quote_prefix": True})
        for sheet in sheets:
            rows = [list(row) for row in sheet.rows]
            page = book.add_worksheet(NOT_IN_TITLE.sub(" ", sheet.title)[:31])
            page.freeze_panes(1, 0)
            for column, width in enumerate(_widths(sheet.head, rows)):
                page.set_column(column, column, width)
            for column, name in enumerate(sheet.head):
                page.write_string(0, column, _text(name), bold)
            for number, row in enumerate(rows, start=1):
                _write_row(page, number, row, quoted)
                if sheet.unseen and row and row[0] == sheet.unseen:
                    page.set_row(number, None, None, {"hidden": True})
    return written.getvalue()


def _write_row(
    page: Worksheet, number: int, row: Sequence[Value], quoted: object
) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            look = quoted if value.startswith(FORMULA_SIGNS) else None
            page.write_string(number, column, _text(value), look)
        elif value is not None:
            page.write_number(number, column, value)


def _widths(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    widths = [_width(name) for name in head]
    for row in rows[:ROWS_MEASURED]:
        for column, value in enumerate(row[: len(widths)]):
            widths[column] = max(widths[column], _width(value))
    return widths


def _text(value: str) -> str:
    if len(value) <= TEXT_LIMIT and value.isprintable():
        return value
    return NOT_XML.sub("", value[:TEXT_LIMIT])


def _width(value: Value) -> int:
    """Return the columns a value takes: a Chinese character is twice as wide."""
    text = "" if value is None else str(value)[:WIDEST_COLUMN]
    taken = sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) + 2
    return min(WIDEST_COLUMN, max(8, taken))
