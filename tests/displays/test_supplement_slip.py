"""What a citizen must bring, on paper of every width, and never who he is."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from displays.slip import Form, slip_of, width_of
from displays.supplement_slip import supplement_lines
from projections.supplements import Supplement
from tests.displays.paper import printed


TOLD = Supplement(
    hall="云山市政务服务中心",
    number="A012",
    items=["最低生活保障对象认定", "高龄老人津贴申领"],
    missing=["户口簿", "村委会出具的家庭经济状况证明原件及复印件各一份"],
    window="42",
    clerk="li.na",
    told="2026-03-02 09:05",
    language="zh",
)


def test_the_paper_says_what_to_bring_for_what_and_who_said_so() -> None:
    assert [line.text for line in supplement_lines(TOLD)] == [
        "云山市政务服务中心",
        "一次性告知单",
        "A012",
        "-" * 48,
        "办理事项：最低生活保障对象认定、高龄老人津贴申领",
        "请补齐以下材料：",
        "1. 户口簿",
        "2. 村委会出具的家庭经济状况证明原件及复印件各一",
        "份",
        "-" * 48,
        "材料备齐后，请带本单再来办理。",
        "告知窗口：42 号",
        "窗口人员：li.na",
        "告知时间：2026-03-02 09:05",
    ]


def test_a_visitor_who_took_his_number_in_english_is_told_in_english() -> None:
    english = msgspec.structs.replace(TOLD, language="en", missing=["户口簿"])

    text = [line.text for line in supplement_lines(english)]

    assert "What to bring" in text
    assert "Told at window 42" in text
    assert "1. 户口簿" in text


def test_the_printer_gets_every_line_in_the_size_it_has() -> None:
    paper = printed(slip_of(supplement_lines(TOLD), Form(), "A012").data)

    assert paper.lines == [line.text for line in supplement_lines(TOLD)]
    assert paper.cuts == 1
    assert paper.codes == []


@given(
    st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=20),
    st.sampled_from([24, 32, 48]),
)
def test_no_line_is_wider_than_the_paper(missing: list[str], columns: int) -> None:
    told = msgspec.structs.replace(TOLD, missing=missing)

    assert all(width_of(one.text) <= columns for one in supplement_lines(told, columns))
