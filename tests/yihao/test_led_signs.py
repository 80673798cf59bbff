"""The bars of a whole house: they follow the windows, and say when nobody knows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from displays.led import led_of
from displays.led_signs import LedSigns
from queue_core.errors import ParseError
from tests.open_house import open_house
from yihao.led_bar import LedBarPlayed


class Board:
    """A bar that keeps what it is to show, and needs no network."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show(self, text: str) -> None:
        """Keep a line."""
        self.shown.append(text.strip())

    async def run(self) -> None:
        """Stay."""
        await asyncio.Event().wait()


async def test_a_bar_follows_its_window_until_the_house_closes(tmp_path: Path) -> None:
    bar = LedBarPlayed()
    async with bar.on(0), asyncio.timeout(60):
        leds = (f"1=127.0.0.1:{bar.port}:8",)
        async with open_house(tmp_path, leds=leds) as house:
            shown = [await shows(bar, "未开放")]
            clerk = await house.clerk_at("1")
            shown.append(await shows(bar, "等候"))
            taken = await house.number()
            await clerk.does("call-next")
            shown.append(await shows(bar, taken["number"]))
            await clerk.does("start")
            shown.append(await shows(bar, "正在办理"))
            await clerk.does("complete", {"outcome": "done"})
            await shows(bar, "等候")

            house.running.doubt(house.hall.hall, True)
            shown.append(await shows(bar, "中断"))
            house.running.doubt(house.hall.hall, False)
            await shows(bar, "等候")
            await clerk.does("pause", {"reason": "午休"})
            shown.append(await shows(bar, "午休"))

        last = await shows(bar, "中断")

    assert shown == [
        "1号窗口未开放",
        "1号窗口 等候叫号",
        "请A001号到本窗口",
        "正在办理A001",
        "叫号中断 请稍候",
        "暂停服务 午休",
    ]
    assert last == "叫号中断 请稍候"


async def test_a_bar_of_a_hall_that_cannot_be_served_sends_people_to_the_desk() -> None:
    bar = Board()
    settings = [led_of("township/1=bar:5005:12")]
    signs = LedSigns(settings, {}, {"township"}, bar_at=lambda host, port: bar)

    signs.start()
    await signs.stop()

    assert bar.shown[0] == "暂停叫号 请咨询导办台"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("99=127.0.0.1:5005:8", "township has no window 99"),
        ("atlantis/1=127.0.0.1:5005:8", "no hall atlantis; give HALL/1=…, of township"),
        ("1=127.0.0.1", "WINDOW=HOST:PORT:CHARACTERS"),
    ],
)
async def test_a_house_with_a_bar_that_hangs_nowhere_does_not_open(
    tmp_path: Path, setting: str, said: str
) -> None:
    with pytest.raises(ParseError, match=said):
        async with open_house(tmp_path, leds=(setting,)):
            pass


async def shows(bar: LedBarPlayed, text: str) -> str:
    """Wait until a bar shows a line with the text, and return the line."""
    while text not in (line := (await bar.shown.get()).strip()):
        pass
    return line
