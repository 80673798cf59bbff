"""The two files of a report: whole, self-contained, and harmless to open."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from projections.day_report.page import html_page
from projections.day_report.plots import gutter_for
from projections.day_report.report import day_report
from projections.day_report.sheets import workbook_bytes
from projections.day_report.workbook import Sheet, write_workbook
from projections.day_report.writing import write_day_report
from projections.labels import labels_of
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.reading import read_profile
from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import HallDay, at, small_labels


@pytest.fixture(scope="module")
def busy() -> BusyDay:
    return BusyDay(300)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_beside_it(busy: BusyDay, language: str) -> None:
    labels = small_labels(language)

    page = html_page(day_report(busy.pairs, busy.evaluations, labels, at("19:00")))

    assert not re.search(r"(src|href)=|@import|url\(|<script", page)
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawing)


def test_the_page_says_what_it_covers_and_concludes_first(busy: BusyDay) -> None:
    report = day_report(busy.pairs, busy.evaluations, small_labels(), at("19:00"))

    page = html_page(report)

    assert f"依据当日记录第 1–{len(busy.pairs):,} 号" in page
    assert "2026年11月2日（星期一）" in page
    assert page.index("一、结论") < page.index("二、关注点") < page.index("三、业务量")
    assert f"共列 {report.points_count} 处关注点" in page


def test_what_a_citizen_wrote_stays_text_on_the_page() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.call("09:01", "A001", "1")
    day.start("09:01", "A001", "1")
    day.complete("09:09", "A001")
    day.evaluate("09:10", "A001", "dissatisfied", "<script>alert(1)</script>")

    page = html_page(day_report(day.pairs, day.evaluations, small_labels(), 0))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_quiet_day_says_that_nothing_was_found() -> None:
    day = HallDay()
    day.end("19:00")

    page = html_page(day_report(day.pairs, [], small_labels(), 0))

    assert "未见需要关注之处" in page
    assert "当日未叫号" in page


def test_a_day_that_still_runs_says_as_of_when() -> None:
    day = HallDay()
    day.open("09:00", "1")

    page = html_page(day_report(day.pairs, [], small_labels("en"), 0))

    assert "The day is not over; figures as of 09:00:00" in page


def test_the_workbook_has_every_ticket_service_and_point(busy: BusyDay) -> None:
    report = day_report(busy.pairs, busy.evaluations, small_labels(), at("19:00"))

    book = openpyxl.load_workbook(BytesIO(workbook_bytes(report)))

    assert book.sheetnames == ["概况", "关注点", "等候", "窗口", "办件", "号票", "评价"]
    assert book["号票"].max_row == 1 + len(report.facts.visits)
    assert book["办件"].max_row == 1 + len(report.facts.services)
    assert book["关注点"].max_row == 1 + report.points_count
    assert book["评价"].max_row == 1 + len(busy.evaluations)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_citizen_wrote_is_never_a_formula(words: str) -> None:
    book = openpyxl.load_workbook(
        BytesIO(write_workbook([Sheet("a/b", ["x"], [[words, 1, 2.5, None]])]))
    )

    cell = book["a b"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert str(cell.value).strip() == words.strip()
    assert book["a b"]["C2"].value == 2.5


def test_signs_that_xml_cannot_carry_are_left_out() -> None:
    book = openpyxl.load_workbook(
        BytesIO(write_workbook([Sheet("s", ["a\x00b"], [["<&>\x1f\ud800好"]])]))
    )

    assert [row[0].value for row in book["s"].rows] == ["ab", "<&>好"]


def test_a_report_of_a_shipped_hall_is_written_as_two_files(
    busy: BusyDay, tmp_path: Path
) -> None:
    profile = read_profile(shipped_profile_dir("township"))

    paths = write_day_report(
        busy.pairs, busy.evaluations, profile, tmp_path / "reports", "en"
    )

    name = f"{profile.hall}-2026-11-02-en"
    assert [path.name for path in paths] == [f"{name}.html", f"{name}.xlsx"]
    assert profile.name.en in paths[0].read_text(encoding="utf-8")
    assert sorted((tmp_path / "reports").iterdir()) == sorted(paths)


def test_an_empty_stream_is_no_day() -> None:
    with pytest.raises(ValueError, match="empty"):
        day_report([], [], small_labels(), 0)


def test_labels_come_from_the_profile_in_the_language_asked() -> None:
    profile = read_profile(shipped_profile_dir("city"))

    labels = labels_of(profile, "zh")

    zone = profile.zones[0]
    item = profile.items[0]
    assert labels.zone(zone.zone) == zone.name.zh
    assert labels.item_minutes[item.item] == item.minutes
    assert labels.indicator("214") == "服务态度生硬"
    assert labels.window("no-such") == "no-such 号窗口"


def test_rows_for_programs_are_hidden_from_people() -> None:
    sheet = Sheet("证明", ["a"], [["2026-03-02"], ["stamp"]], unseen="stamp")

    page = openpyxl.load_workbook(BytesIO(write_workbook([sheet])))["证明"]

    assert page["A3"].value == "stamp"
    assert [page.row_dimensions[row].hidden for row in (1, 2, 3)] == [
        *(False, False, True)
    ]


def test_the_names_of_windows_stand_whole_beside_their_timeline() -> None:
    short, long = gutter_for(["1 号窗口"]), gutter_for(["1", "20 号窗口 反映窗口"])

    assert short == 24
    assert long > 2.4 * len("号窗口反映窗口")
    assert gutter_for([]) == 24
