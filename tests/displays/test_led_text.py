"""What a bar of 8 or 12 characters says of its window."""

from __future__ import annotations

from typing import Any

import pytest

from displays.led_text import bar_text, doubt_text, hall_closed_text, width_of
from projections.live_hall import OPEN, PAUSED
from projections.topics.window import NEVER_OPENED


CLOSED, CALLED, SERVING = 0, 1, 2


def sign(
    duty: int, number: str | None = None, stage: int = 0, reason: str | None = None
) -> list[Any]:
    """Return the state of a window as its sign has it."""
    return [duty, None, number, 1 if number else None, 1, stage, 0, None, reason]


@pytest.mark.parametrize(
    ("state", "window", "eight", "twelve"),
    [
        (sign(OPEN, "A012", CALLED), "3", "请A012号到本窗口", "请A012号到3号窗口办理"),
        (
            sign(OPEN, "A012", CALLED),
            "012",
            "请A012号到本窗口",
            "请A012号到12号窗口办理",
        ),
        (
            sign(OPEN, "VA0123", CALLED),
            "3",
            "请VA0123到本窗口",
            "请VA0123号到3号窗口办理",
        ),
        (sign(OPEN, "A012", SERVING), "3", "正在办理A012", "3号窗口正在办理A012号"),
        (sign(OPEN), "3", "3号窗口 等候叫号", "3号窗口 等候叫号"),
        (sign(OPEN), "105", "等候叫号", "105号窗口 等候叫号"),
        (sign(PAUSED), "3", "3号窗口暂停服务", "3号窗口暂停服务"),
        (sign(PAUSED, reason="午休"), "3", "暂停服务 午休", "暂停服务 午休"),
        (sign(CLOSED), "3", "3号窗口未开放", "3号窗口未开放"),
        (NEVER_OPENED, "105", "105号窗口未开放", "105号窗口未开放"),
    ],
)
def test_a_bar_says_the_most_that_it_has_room_for(
    state: list[Any], window: str, eight: str, twelve: str
) -> None:
    for characters, expected in ((8, eight), (12, twelve)):
        text = bar_text(state, window, characters)

        assert text.strip() == expected
        assert width_of(text) == characters * 2


@pytest.mark.parametrize("window", ["3", "12", "105", "A-105", "西区二楼综合服务15"])
@pytest.mark.parametrize("number", ["1", "A012", "VA0123", "ABC12345"])
@pytest.mark.parametrize("stage", [CALLED, SERVING])
@pytest.mark.parametrize("characters", [8, 12])
def test_the_longest_names_fill_no_more_than_the_bar_and_never_hide_the_number(
    window: str, number: str, stage: int, characters: int
) -> None:
    text = bar_text(sign(OPEN, number, stage), window, characters)

    assert number in text
    assert width_of(text) == characters * 2
    assert len(text.encode("gb18030")) == characters * 2


@pytest.mark.parametrize("characters", [8, 12])
def test_a_long_reason_for_a_pause_gives_way_to_the_pause(characters: int) -> None:
    state = sign(PAUSED, reason="系统升级维护预计三十分钟后恢复办理")

    assert bar_text(state, "3", characters).strip() == "3号窗口暂停服务"


@pytest.mark.parametrize("window", ["105", "A-105", "西区二楼综合服务15"])
def test_a_window_with_a_long_name_still_says_that_it_is_not_open(window: str) -> None:
    for state in (sign(CLOSED), sign(PAUSED), sign(OPEN)):
        text = bar_text(state, window, 8)

        assert text.strip().endswith(("未开放", "暂停服务", "等候叫号"))
        assert width_of(text) == 16


def test_a_bar_that_knows_nothing_says_so_and_names_no_number() -> None:
    assert doubt_text(8).strip() == "叫号中断 请稍候"
    assert doubt_text(12).strip() == "叫号系统中断 请稍候"
    assert hall_closed_text(8).strip() == "请咨询导办台"
    assert hall_closed_text(12).strip() == "暂停叫号 请咨询导办台"
    assert {width_of(doubt_text(8)), width_of(hall_closed_text(8))} == {16}
