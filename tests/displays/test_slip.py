from __future__ import annotations

import logging

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.slip import (
    Form,
    SlipFacts,
    make_slip,
    slip_lines,
    width_of,
    window_ranges,
    wrapped,
)
from tests.displays.paper import printed


ADDRESS = "https://hall.example/t/0123456789abcdef#c2VjcmV0"

FACTS = SlipFacts(
    hall="云山市政务服务中心",
    number="A012",
    items=["最低生活保障对象认定"],
    people_ahead=5,
    zone="社会事务",
    place="二楼西侧",
    windows=["42", "43", "44", "48"],
    issued="2026-03-02 09:05",
    address=ADDRESS,
    return_after_calls=3,
    missed_limit=3,
)

ENGLISH = msgspec.structs.replace(
    FACTS,
    hall="Yunshan City Government Service Centre",
    items=["Subsistence allowance"],
    zone="Social Affairs",
    place="Floor 2, west side",
    language="en",
)


def test_a_slip_says_everything_a_citizen_needs() -> None:
    assert make_slip(FACTS).text == [
        "云山市政务服务中心",
        "您的排队号",
        "A012",
        "-" * 48,
        "办理事项：最低生活保障对象认定",
        "前面等候：5 人",
        "办理区域：社会事务（二楼西侧）",
        "办理窗口：42-44、48 号",
        "取号时间：2026-03-02 09:05",
        "-" * 48,
        "请留意叫号。过号不用重新取号，再叫 3 个号后会重",
        "新叫您；第 3 次过号，号票作废。",
        ADDRESS,
        "扫码看进度，可暂离、取消、评价",
    ]


def test_a_slip_in_english_says_the_same() -> None:
    assert make_slip(ENGLISH).text == [
        "Yunshan City Government Service Centre",
        "Your number",
        "A012",
        "-" * 48,
        "For: Subsistence allowance",
        "Ahead of you: 5",
        "Area: Social Affairs (Floor 2, west side)",
        "Windows: 42-44, 48",
        "Taken at: 2026-03-02 09:05",
        "-" * 48,
        "Please listen for your number. If you miss your",
        "call, keep this slip: you are called again after",
        "3 others. Missed call 3 ends it.",
        ADDRESS,
        "Scan to follow your number, pause or cancel it",
    ]


def test_a_slip_near_closing_warns() -> None:
    late = msgspec.structs.replace(FACTS, closing_soon=True)

    assert "临近下班，今天可能办不完，敬请谅解。" in make_slip(late).text


def test_a_slip_names_the_green_channel_and_every_item() -> None:
    green = msgspec.structs.replace(
        FACTS, number="VA012", ticket_class="green", items=["低保", "临时救助"]
    )

    text = make_slip(green).text

    assert text[2:4] == ["VA012", "绿色通道"]
    assert "办理事项：低保、临时救助" in text


def test_where_the_first_miss_ends_a_ticket_the_slip_says_so() -> None:
    strict = msgspec.structs.replace(ENGLISH, missed_limit=1)

    text = " ".join(make_slip(strict).text)

    assert "If you miss your call, this number ends" in text
    assert "called again" not in text


def test_a_citizen_who_is_next_is_told_to_listen() -> None:
    first = msgspec.structs.replace(FACTS, people_ahead=0, windows=[])

    text = make_slip(first).text

    assert "前面等候：0 人，请留意叫号" in text
    assert "办理窗口：请留意叫号屏" in text


@pytest.mark.parametrize("facts", [FACTS, ENGLISH])
@pytest.mark.parametrize("columns", [32, 48])
def test_the_paper_shows_what_the_text_says(facts: SlipFacts, columns: int) -> None:
    slip = make_slip(facts, Form(columns=columns))

    paper = printed(slip.data)

    code = slip.text.index(ADDRESS)
    assert paper.lines == [*slip.text[:code], "", *slip.text[code + 1 :]]
    assert paper.codes == [ADDRESS]
    assert paper.cuts == 1


def test_the_number_is_by_far_the_largest_thing_on_the_paper() -> None:
    paper = printed(make_slip(FACTS).data)

    sizes = dict(zip(paper.lines, paper.sizes, strict=True))
    assert sizes.pop("A012") == (6, 6)
    assert max(sizes.values()) == (1, 2)


@pytest.mark.parametrize("number", ["A1", "A012", "VA012", "YB1012"])
@pytest.mark.parametrize("columns", [24, 32, 48])
def test_the_number_fits_on_any_paper(number: str, columns: int) -> None:
    facts = msgspec.structs.replace(FACTS, number=number)

    paper = printed(make_slip(facts, Form(columns=columns)).data)

    width, _ = paper.sizes[paper.lines.index(number)]
    assert width * len(number) <= columns


def test_the_bytes_of_a_short_slip_are_these() -> None:
    short = msgspec.structs.replace(
        FACTS,
        hall="大厅",
        items=["低保"],
        address="http://h/t/1#2",
        windows=["3"],
        missed_limit=1,
    )

    data = make_slip(short).data

    plain, centre = b"\x1d!\x00\x1bE\x00\x1ba\x00", b"\x1d!\x00\x1bE\x00\x1ba\x01"
    assert data == b"".join(
        [
            b"\x1b@\x1c&",
            b"\x1d!\x01\x1bE\x01\x1ba\x01\xb4\xf3\xcc\xfc\n",
            centre + "您的排队号\n".encode("gb18030"),
            b"\x1d!\x55\x1bE\x01\x1ba\x01A012\n",
            plain + b"-" * 48 + b"\n",
            plain + "办理事项：低保\n".encode("gb18030"),
            plain + "前面等候：5 人\n".encode("gb18030"),
            plain + "办理区域：社会事务（二楼西侧）\n".encode("gb18030"),
            plain + "办理窗口：3 号\n".encode("gb18030"),
            plain + "取号时间：2026-03-02 09:05\n".encode("gb18030"),
            plain + b"-" * 48 + b"\n",
            plain + "请留意叫号。过号后号票作废，需重新取号。\n".encode("gb18030"),
            b"\x1ba\x01",
            b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1",
            b"\x1d(k\x11\x001P0http://h/t/1#2\x1d(k\x03\x001Q0\n",
            centre + "扫码看进度，可暂离、取消、评价\n".encode("gb18030"),
            b"\x1bd\x06\x1dV\x00",
        ]
    )


def test_no_fact_of_a_slip_could_name_a_person() -> None:
    assert set(SlipFacts.__struct_fields__) == {
        *("hall", "number", "items", "people_ahead", "zone", "place", "windows"),
        *("issued", "address", "return_after_calls", "missed_limit"),
        *("ticket_class", "closing_soon", "language"),
    }


def test_names_cannot_smuggle_commands_to_the_printer() -> None:
    hostile = msgspec.structs.replace(
        FACTS, hall="厅\x1b@\x1dV\x00", items=["a\nb"], place="\x10\x04\x01"
    )

    paper = printed(make_slip(hostile).data)

    assert paper.cuts == 1
    assert paper.lines[0] == "厅 @ V"


def test_making_a_slip_leaves_the_house_s_logging_alone() -> None:
    before = logging.getLogger().handlers[:]

    make_slip(FACTS)

    assert logging.getLogger().handlers == before


@pytest.mark.parametrize(
    ("windows", "short"),
    [
        ([], []),
        (["7"], ["7"]),
        (["1", "2"], ["1-2"]),
        (["1", "2", "3", "5", "7", "8"], ["1-3", "5", "7-8"]),
        (["S1", "S2", "9", "10"], ["S1", "S2", "9-10"]),
    ],
)
def test_windows_in_a_row_are_written_as_a_range(
    windows: list[str], short: list[str]
) -> None:
    assert window_ranges(windows) == short


words = st.text(
    st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])
    | st.sampled_from(" ，。（）")
)


@given(hall=words, items=st.lists(words, max_size=3), columns=st.integers(24, 64))
def test_no_line_is_wider_than_the_paper_and_no_word_is_lost(
    hall: str, items: list[str], columns: int
) -> None:
    facts = msgspec.structs.replace(FACTS, hall=hall, items=items)

    lines = [line for line in slip_lines(facts, columns) if line.style != "code"]

    assert all(width_of(line.text) <= columns for line in lines)
    whole = "".join(line.text for line in lines).replace(" ", "")
    assert hall.replace(" ", "") in whole
    assert "、".join(items).replace(" ", "") in whole


def test_a_large_slip_is_twice_as_large_and_says_the_same() -> None:
    plain, large = make_slip(FACTS), make_slip(FACTS, Form(large=True))

    paper = printed(large.data)

    # Where a line ends there is no space any more.
    assert "".join(large.text).replace(" ", "").replace("-" * 24, "-" * 48) == (
        "".join(plain.text).replace(" ", "")
    )
    assert all(width >= 2 and height >= 2 for width, height in paper.sizes)
    assert all(
        width_of(line) * width <= 48
        for line, (width, _) in zip(paper.lines, paper.sizes, strict=True)
    )


def test_a_title_of_two_lines_has_lines_of_like_length() -> None:
    name = "Yunshan City Government Service Centre"

    lines = [line.text for line in wrapped(name, 31, "title")]

    assert lines == ["Yunshan City Government", "Service Centre"]
    assert [line.text for line in wrapped(name, 31, "plain")] == [
        "Yunshan City Government Service",
        "Centre",
    ]
