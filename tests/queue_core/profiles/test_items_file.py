from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.profiles.faults import FaultList
from queue_core.profiles.items_file import COLUMNS, ItemRow, read_rows
from queue_core.profiles.reading import check_profile, read_profile
from tests.queue_core.profiles.folders import ITEMS, item_faults, seen, write_profile


def rows_of(content: str | bytes) -> tuple[list[ItemRow], FaultList]:
    """Read rows, with what is wrong with them."""
    faults = FaultList("items.csv")
    raw = content if isinstance(content, bytes) else content.encode()
    return read_rows(raw, faults), faults


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_are_read_as_spreadsheets_save_them(codec: str, line_end: str) -> None:
    rows, faults = rows_of(ITEMS.replace("\n", line_end).encode(codec))

    assert [row.name for row in rows] == ["最低生活保障", "临时救助", "领用发票"]
    assert [row.line for row in rows] == [2, 3, 4]
    assert [fault.advice for fault in faults.found] == [True] * (codec == "gb18030")


def test_headings_may_be_chinese() -> None:
    heading, rest = ITEMS.split("\n", 1)

    rows, faults = rows_of(",".join(COLUMNS.values()) + "\n" + rest)

    assert heading == ",".join(COLUMNS)
    assert [row.code for row in rows] == ["M1", "M2", "T1"]
    assert faults.found == []


def test_empty_rows_and_trailing_cells_of_a_spreadsheet_are_nothing() -> None:
    rows, faults = rows_of(ITEMS.replace("\n", ",,,\n") + ",,,,,,,,,,,\n\n")

    assert len(rows) == 3
    assert faults.found == []


def test_a_cell_may_hold_commas_quotes_and_a_line_break() -> None:
    rows, faults = rows_of(ITEMS.replace("最低生活保障", '"低保, ""基本""\n认定"'))

    assert rows[0].name == '低保, "基本" 认定'
    assert [row.line for row in rows] == [2, 4, 5]
    assert faults.found == []


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("M2,", "M1,", (3, "code"), "stands in line 2 already"),
        ("M2,", "M 2,", (3, "code"), "letters, digits and . _ -"),
        ("M2,", ",", (3, "code"), "letters, digits"),
        ("临时救助", "", (3, "name"), "is empty"),
        (",税务,", ",税物,", (4, "department"), 'no department "税物"'),
        (",办税,", ",办事,", (4, "zone"), 'no zone "办事"'),
        (",发票,", ",票据,", (4, "queue"), 'no queue "票据"'),
        (",发票,", ",民政,", (4, "queue"), "belongs to zone social, not to tax"),
        (",8,", ",0,", (4, "minutes"), "a number above 0"),
        (",8,", ",-8,", (4, "minutes"), "a number above 0"),
        (",8,", ",nan,", (4, "minutes"), "a number above 0"),
        (",8,", ",八,", (4, "minutes"), 'not "八"'),
        (",8,", ",,", (4, "minutes"), 'not ""'),
        (",8,即办", ",8,马上", (4, "kind"), "即办 (immediate) or 承诺"),
        (",8,即办,身份证", ",8,即办", (4, ""), "has 8 cells, but the heading has 9"),
        (",8,", ",8,9,", (4, ""), "has 10 cells"),
        ("领用发票", '"领用发票', (4, ""), "is not closed"),
        ("领用发票", '"领用"发票', (4, ""), "stands where none may be"),
        ("领用发票", "领用\x07发票", (4, "name"), "invisible character"),
        ("code,", "number,", (1, "code"), "this column is missing"),
        ("aliases,", "name,", (1, "name"), "stands twice"),
    ],
)
def test_a_fault_of_items_csv_names_line_and_column(
    tmp_path: Path, old: str, new: str, place: tuple[int, str], words: str
) -> None:
    faults = item_faults(tmp_path, (old, new))

    fault = next(fault for fault in faults if words in fault.message)
    assert (fault.file, fault.line, fault.field) == ("items.csv", *place)
    assert fault.message_zh


def test_a_broken_row_hides_no_other(tmp_path: Path) -> None:
    faults = item_faults(
        tmp_path, ("最低生活保障", '"最低'), ("临时救助", ""), (",8,", ",no,")
    )

    assert seen(faults) == [
        ("items.csv", 2, ""),
        ("items.csv", 3, "name"),
        ("items.csv", 4, "minutes"),
    ]


def test_a_column_of_notes_is_allowed_and_an_unknown_one_is_told() -> None:
    text = "\n".join(f"{row},x,y" for row in ITEMS.strip().split("\n"))

    _, faults = rows_of(text.replace(",x,y", ",备注,颜色", 1))

    assert [(fault.field, fault.advice) for fault in faults.found] == [("颜色", True)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel workbook"),
        (codecs.BOM_UTF16_LE + ITEMS.encode("utf-16-le"), "UTF-16"),
        (b"code,name\n\xff\xff\xff", "neither UTF-8 nor GB18030"),
        (ITEMS.replace(",", ";").encode(), "not separated by commas"),
        (ITEMS.replace(",", "\t").encode(), "not separated by commas"),
        (b"", "this column is missing"),
    ],
)
def test_a_file_that_is_no_csv_says_what_it_is(content: bytes, words: str) -> None:
    rows, faults = rows_of(content)

    assert rows == []
    assert words in faults.found[0].message


def test_a_wrong_byte_is_placed_in_its_line() -> None:
    content = ITEMS.encode().replace("临时".encode(), b"\xff\xff\xff")

    _, faults = rows_of(content)

    assert faults.found[0].line == 3


def test_a_file_without_items_is_a_fault(tmp_path: Path) -> None:
    write_profile(tmp_path, items=ITEMS.split("\n")[0])

    assert check_profile(tmp_path)[0].message == "there are no items"


def test_minutes_may_be_parts_of_a_minute(tmp_path: Path) -> None:
    write_profile(tmp_path, items=ITEMS.replace(",8,", ",2.5,"))

    assert read_profile(tmp_path).items[2].minutes == 2.5


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    rows, faults = rows_of(content)

    assert rows or faults.found


@given(st.text(alphabet='a,"\n\r 即办1;', max_size=80))
def test_no_text_under_the_heading_breaks_the_reader(text: str) -> None:
    heading = ",".join(COLUMNS)

    rows, faults = rows_of(f"{heading}\n{text}")

    lines = [row.line for row in rows] + [fault.line for fault in faults.found]
    assert all(2 <= line <= text.count("\n") + text.count("\r") + 2 for line in lines)
    assert lines or not text.strip(' \n\r,"')
