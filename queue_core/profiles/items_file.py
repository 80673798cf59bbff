"""Read ``items.csv``: rows with their lines, and every fault of its form.

The file is what a spreadsheet saves: UTF-8 with or without a byte order mark, or the
GB18030 of a Chinese Excel. Rows are read one by one, so that a broken row hides no
other. What the cells mean (zones, queues) is looked at in ``checking.py``.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .faults import FaultList
from .fitting import CONTROL
from .texts import decoded


FILE = "items.csv"

COLUMNS = {
    "code": "事项编码",
    "name": "事项名称",
    "department": "部门",
    "zone": "专区",
    "queue": "队列",
    "aliases": "口语化名称",
    "minutes": "时长（分钟）",
    "kind": "类型",
    "materials": "材料",
}
"""The columns a file must have, under their English or Chinese heading."""

OTHER_COLUMNS = {"name_en": "英文名称", "notes": "备注"}

KINDS = {
    **dict.fromkeys(("即办", "即办件", "immediate"), "即办"),
    **dict.fromkeys(("承诺", "承诺件", "promised"), "承诺"),
}

CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
LONGEST_CELL = 300
LONGEST_RECORD = 20
"""Lines one row may span; a longer one has a quote that was never closed."""
MOST_MINUTES = 480


@dataclass
class ItemRow:
    """One row, with what could be read of it; empty where there is a fault."""

    line: int
    code: str = ""
    name: str = ""
    department: str = ""
    zone: str = ""
    queue: str = ""
    aliases: list[str] = field(default_factory=list)
    minutes: float = 0.0
    kind: str = ""
    materials: list[str] = field(default_factory=list)
    name_en: str = ""


def read_rows(content: bytes, faults: FaultList) -> list[ItemRow]:
    """Return the rows of the file; what is wrong with its form goes to ``faults``."""
    text = decoded(content, faults)
    if text is None:
        return []
    records = _records(text, faults)
    line, header = next(records, (1, []))
    columns = _columns(line, header, faults)
    if columns is None:
        return []
    rows = []
    for line, cells in records:
        if faults.is_full:
            break
        if _has_width(line, cells, len(header), faults):
            rows.append(_row(line, cells, columns, faults))
    return rows


# From text to cells.


def _records(text: str, faults: FaultList) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the cells of every row that is not empty."""
    lines = re.split(r"\r\n|\n|\r", text)
    at = 0
    while at < len(lines):
        end = _record_end(lines, at)
        cells = _cells("\n".join(lines[at:end])) if end else None
        if cells is None:
            en = 'a quote (") is not closed, or stands where none may be'
            faults.add_at(at + 1, "", en, '引号（"）不成对或位置不对')
        elif any(cells):
            yield at + 1, cells
        at = end if end and cells is not None else at + 1


def _record_end(lines: list[str], start: int) -> int | None:
    """Return the line after the row: a row goes on while a quote is open."""
    quotes = 0
    for at in range(start, min(start + LONGEST_RECORD, len(lines))):
        quotes += lines[at].count('"')
        if quotes % 2 == 0:
            return at + 1
    return None


def _cells(record: str) -> list[str] | None:
    """Return the cells of one row, or None where quotes break it."""
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), strict=True))
    except csv.Error:
        return None
    if not rows:
        return []
    return [" ".join(cell.split()) for cell in rows[0]] if len(rows) == 1 else None


# From cells to rows.


def _columns(line: int, header: list[str], faults: FaultList) -> dict[str, int] | None:
    known = {zh: code for code, zh in (COLUMNS | OTHER_COLUMNS).items()}
    columns: dict[str, int] = {}
    if len(header) == 1 and all(code in header[0] for code in COLUMNS):
        en = "the columns are not separated by commas; save it as CSV UTF-8"
        faults.add_at(line, "", en, "各列不是用逗号分隔的，请另存为“CSV UTF-8”")
        return None
    for place, heading in enumerate(header):
        code = known.get(heading, heading.lower())
        if code in columns:
            faults.add_at(line, code, "this column stands twice", "此列重复")
        elif code in COLUMNS or code in OTHER_COLUMNS:
            columns[code] = place
        elif heading:
            en = "this column is not known and was left out"
            faults.add_at(line, heading, en, "没有这一列，已忽略", advice=True)
    for code in (one for one in COLUMNS if one not in columns):
        faults.add_at(line, code, "this column is missing", f"缺少“{COLUMNS[code]}”列")
    return columns if "code" in columns else None


def _has_width(line: int, cells: list[str], width: int, faults: FaultList) -> bool:
    """Tell whether the row has a cell for every column; trailing ones may be empty."""
    if len(cells) >= width and not any(cells[width:]):
        return True
    en = f"has {len(cells)} cells, but the heading has {width}"
    zh = f"有 {len(cells)} 个单元格，而标题行有 {width} 个"
    faults.add_at(line, "", en, zh)
    return False


def _row(
    line: int, cells: list[str], columns: dict[str, int], faults: FaultList
) -> ItemRow:
    row = ItemRow(line)
    for column, place in columns.items():
        cell = cells[place]
        if CONTROL.search(cell):
            en = "holds an invisible character"
            faults.add_at(line, column, en, "含有不可见字符")
        elif column in ("aliases", "materials"):
            setattr(row, column, _list_of(line, column, cell, faults))
        elif column == "minutes":
            row.minutes = _minutes(line, cell, faults)
        elif column == "kind":
            row.kind = _kind(line, cell, faults)
        elif column == "code":
            row.code = _code(line, cell, faults)
        elif column in ("name", "department", "zone", "queue"):
            setattr(row, column, _filled(line, column, cell, faults))
        elif column == "name_en":
            row.name_en = cell
    return row


def _filled(line: int, column: str, cell: str, faults: FaultList) -> str:
    if not cell:
        faults.add_at(line, column, "is empty", "不能为空")
    elif len(cell) > LONGEST_CELL:
        en = f"is longer than {LONGEST_CELL} characters"
        faults.add_at(line, column, en, f"超过 {LONGEST_CELL} 个字")
    return cell


def _code(line: int, cell: str, faults: FaultList) -> str:
    if CODE.match(cell):
        return cell
    en = f'must be letters, digits and . _ - (at most 64), not "{cell[:40]}"'
    zh = f"应由字母、数字和 . _ - 组成（最多 64 位），现为“{cell[:40]}”"
    faults.add_at(line, "code", en, zh)
    return ""


def _kind(line: int, cell: str, faults: FaultList) -> str:
    if cell in KINDS:
        return KINDS[cell]
    en = f'must be 即办 (immediate) or 承诺 (promised), not "{cell[:40]}"'
    faults.add_at(line, "kind", en, f"应为“即办”或“承诺”，现为“{cell[:40]}”")
    return ""


def _minutes(line: int, cell: str, faults: FaultList) -> float:
    try:
        minutes = float(cell)
    except ValueError:
        minutes = math.nan
    if 0 < minutes <= MOST_MINUTES:
        return minutes
    en = f'must be a number above 0, at most {MOST_MINUTES}, not "{cell[:40]}"'
    zh = f"应为大于 0、不超过 {MOST_MINUTES} 的数字，现为“{cell[:40]}”"
    faults.add_at(line, "minutes", en, zh)
    return 0.0


def _list_of(line: int, column: str, cell: str, faults: FaultList) -> list[str]:
    separator = r"[|｜]" if re.search(r"[|｜]", cell) else "、"
    words = [word.strip() for word in re.split(separator, cell)]
    kept = list(dict.fromkeys(word for word in words if word))
    for word in kept:
        _filled(line, column, word, faults)
    return kept
