"""A small .xlsx writer: sheets of text and figures, and nothing that computes.

Every text is an inline string, so no cell is ever a formula, whatever a citizen wrote;
text that begins like one is also marked as quoted, which keeps it text when somebody
edits the cell. Rows go straight into the file: 160,000 cells take half a second,
where openpyxl took nearly five seconds on the same machine.
(ECMA-376, parts 1 and 2; the tests read the files back with openpyxl.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


Value = str | int | float | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
TEXT_LIMIT = 32_000
"""A cell holds at most 32,767 characters."""
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")

BOLD, QUOTED = 1, 2
"""Places in the style table below."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
    '<xf xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, the names of its columns, its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of an .xlsx file with these sheets in this order."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(sheets)))
        office = f'{_OFFICE}/officeDocument" Target="xl/workbook.xml'
        archive.writestr("_rels/.rels", _relations([office]))
        archive.writestr("xl/workbook.xml", _book(sheets))
        parts = [
            f'{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml'
            for n in range(1, len(sheets) + 1)
        ]
        styles = f'{_OFFICE}/styles" Target="styles.xml'
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, styles]))
        archive.writestr("xl/styles.xml", _STYLES)
        for n, sheet in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(sheet))
    return written.getvalue()


def _content_types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_TYPES}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f"{parts}</Types>"
    )


def _relations(targets: Sequence[str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{target}"/>'
        for n, target in enumerate(targets, start=1)
    )
    xmlns = f"{_PACKAGE}/relationships"
    return f'{_HEAD}<Relationships xmlns="{xmlns}">{rows}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    rows = "".join(
        f'<sheet name="{_text(NOT_IN_TITLE.sub(" ", sheet.title)[:31])}" '
        f'sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{rows}</sheets></workbook>"
    )


def _sheet(sheet: Sheet) -> str:
    rows = [list(row) for row in sheet.rows]
    widths = [_width(name) for name in sheet.head]
    for row in rows[:200]:
        for n, value in enumerate(row[: len(widths)]):
            widths[n] = min(60, max(widths[n], _width(value)))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    head = "".join(_cell(name, BOLD) for name in sheet.head)
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView '
        'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData><row>{head}</row>{body}</sheetData>"
        "</worksheet>"
    )


def _cell(value: Value, style: int = 0) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        style = style or (QUOTED if value.startswith(FORMULA_SIGNS) else 0)
        text = f'<is><t xml:space="preserve">{_text(value)}</t></is>'
        return f'<c t="inlineStr" s="{style}">{text}</c>'
    return f'<c s="{style}"><v>{value}</v></c>'


def _text(value: str) -> str:
    return NOT_XML.sub("", value[:TEXT_LIMIT]).translate(MARKUP)


def _width(value: Value) -> int:
    """Return the columns a value takes: a Chinese character is twice as wide."""
    text = "" if value is None else str(value)[:60]
    return max(8, sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) + 2)
