"""The two files of a year's report: whole, self-contained, and true to the record."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import openpyxl
import pytest

from projections.kept.rebuilding import rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import KeptDays, NotKept
from projections.year_report.page import html_page
from projections.year_report.report import YearReport, year_report
from projections.year_report.sections import LISTED
from projections.year_report.sheets import workbook_bytes
from projections.year_report.writing import report_of_year, write_year_report
from queue_core.log.memory_log import MemoryLog
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.parts import Waits
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from tests.queue_core.care.recorded import some_days

from .test_figures import LONG, SHORT, kept, one_day


POSITION = 48_223


@pytest.fixture(scope="module")
def profile() -> HallProfile:
    return read_profile(shipped_profile_dir("township"))


def some_year(profile: HallProfile, **changes: Any) -> YearReport:
    """Return the report of two days in two months."""
    days = [
        kept("2026-02-27", one_day(SHORT)),
        kept("2026-03-02", one_day(SHORT, LONG)),
    ]
    words: dict[str, Any] = {"language": "zh", "clerks": {}, "generated_at": 0}
    found = KeptDays(POSITION, days)
    return year_report(found, 2026, profile, **(words | changes))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_beside_it(profile: HallProfile, language: str) -> None:
    page = html_page(some_year(profile, language=language))

    assert not re.search(r"(src|href)=|@import|url\(|<script", page)
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawing)


def test_the_page_concludes_first_and_every_section_says_as_of_which_record(
    profile: HallProfile,
) -> None:
    page = html_page(some_year(profile))

    order = [
        "一、结论",
        "二、各月",
        "三、忙时",
        "四、各专区",
        "六、各窗口",
        "十、口径说明",
    ]
    places = [page.index(heading) for heading in order]
    assert places == sorted(places)
    assert "依据记录至第 48,223 号" in page
    sections = re.findall(r"<section>.*?</section>", page, re.DOTALL)
    assert len(sections) == 10
    # The conclusions and the method stand under the document's head and name it there.
    assert all("第 48,223 号" in section for section in sections[1:])


def test_the_conclusions_tell_volumes_waits_and_when_it_is_busy(
    profile: HallProfile,
) -> None:
    page = html_page(some_year(profile))

    assert "开放 2 天，取号 3 个，日均 2 个，办毕 3 个" in page
    assert "平均等候 12 分，九成群众在 24 分 内被叫到" in page
    assert "66.67% 在承诺的 15 分 内叫到" in page
    assert "最忙的月份是 3 月（日均取号 2 个）" in page
    assert "星期一 9:00 起的半小时（平均取号 1.0 个）" in page
    assert "本年无评价" in page


def test_the_hall_says_how_long_nobody_should_wait(profile: HallProfile) -> None:
    strict = msgspec.structs.replace(profile, waits=Waits(target_minutes=5))

    page = html_page(some_year(strict, language="en"))

    assert "0% were called within the promised 5 min" in page


def test_a_day_that_is_not_over_is_told(profile: HallProfile) -> None:
    day = one_day(SHORT)
    del day.pairs[-1]
    found = KeptDays(POSITION, [kept("2026-03-02", day)])

    report = year_report(found, 2026, profile, "zh", clerks={}, generated_at=0)

    assert "数据截至 2026-03-02 17:00，该日尚未结束" in html_page(report)


def test_names_of_clerks_are_told_and_stay_text(profile: HallProfile) -> None:
    report = some_year(profile, clerks={"clerk-1": "<b>王芳</b>"})

    page = html_page(report)

    assert "&lt;b&gt;王芳&lt;/b&gt;" in page
    assert "<b>王芳" not in page


def test_of_very_many_items_the_page_lists_those_served_most(
    profile: HallProfile,
) -> None:
    report = some_year(profile)
    card = report.figures.items["CARD"]
    many = {f"ITEM{n}": card for n in range(LISTED + 5)}
    report.figures.items = many

    page = html_page(report)

    assert f"共 {LISTED + 5} 个，此处列办件最多的 {LISTED} 个" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_has_everything_and_every_row_its_position(
    profile: HallProfile, language: str
) -> None:
    report = some_year(profile, language=language)

    book = openpyxl.load_workbook(BytesIO(workbook_bytes(report)))

    summary, *sheets = book.worksheets
    assert len(sheets) == 7
    for sheet in sheets:
        head, *rows = sheet.iter_rows(values_only=True)
        assert rows
        assert {row[-1] for row in rows} == {POSITION}
        assert all(len(row) == len(head) and None not in head for row in rows)
    assert summary["A1"].value == report.labels.hall


def test_the_workbook_counts_minutes_hours_and_shares(profile: HallProfile) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(some_year(profile))))

    windows = list(book["各窗口"].iter_rows(values_only=True))
    row = dict(zip(windows[0], windows[1], strict=True))

    assert (row["在岗（小时）"], row["办件"]) == (16, 3)
    assert (row["平均等候（分钟）"], row["时限内叫到"]) == (12, 0.6667)
    assert "取号" not in row


def test_files_are_written_beside_each_other(
    profile: HallProfile, tmp_path: Path
) -> None:
    files = write_year_report(some_year(profile), "township", tmp_path / "reports")

    names = [file.name for file in files]
    assert names == ["township-2026-zh.html", "township-2026-zh.xlsx"]
    assert sorted(tmp_path.glob("reports/*")) == sorted(files)


def test_a_year_is_told_in_the_words_of_its_last_day(tmp_path: Path) -> None:
    log, store = MemoryLog(), SqliteKept(tmp_path / "projections.db")
    log.append(some_days(3))
    with pytest.raises(NotKept):
        report_of_year(log, store, "city", 2026, "zh", clerks={}, generated_at=0)
    rebuild(log, store)

    report = report_of_year(log, store, "city", 2026, "en", clerks={}, generated_at=0)
    other = report_of_year(log, store, "city", 2025, "en", clerks={}, generated_at=0)

    assert report is not None
    assert (report.figures.days, report.position) == (3, log.last_position())
    assert report.labels.hall == read_profile(shipped_profile_dir("township")).name.en
    assert other is None
