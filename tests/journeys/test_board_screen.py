"""The hall board: am I called, and where do I go?"""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.journeys.public_screens import (
    Cable,
    Listener,
    address,
    calls_next,
    clerk_of,
    item_of,
    serves,
)
from tests.journeys.type_sizes import FOUR_K, FULL_HD, TALL, require_readable
from tests.open_house import OpenHouse
from tests.screens import BOARD, KIOSK, Screens, accessibility_faults, take_picture


def zone_row(board: Page, zone: str, waiting: int) -> Locator:
    """Return the zone's row at the foot of the board, if so many wait."""
    row = re.compile(rf"^\s*{zone}\s*{waiting}(?!\d)")
    return board.get_by_role("listitem").filter(has_text=row)


async def test_a_call_stands_large_on_the_board_and_is_spoken(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "civil")
    board, listener = await page_at(BOARD), Listener()
    await listener.attend(board)
    await board.goto(address(house, "/board/city?zones=social"))
    await expect(board.get_by_text("暂无叫号")).to_be_visible()
    await house.number(item_of(house, "civil").item)

    called = await calls_next(clerk)

    assert called["number"] == "A001"
    await expect(board.get_by_role("heading", name="请到窗口办理")).to_be_visible()
    number = board.get_by_text("A001", exact=True)
    await expect(number).to_be_visible()
    box = await number.bounding_box()
    assert box is not None
    assert box["height"] > 200
    await expect(board.get_by_text("42号窗口")).to_be_visible()
    await expect(board.get_by_text("二楼西侧")).to_be_visible()
    chinese = "请 A 零 零 一 号，到 42 号窗口办理"
    english = "Number A 0 0 1, please go to window 42"
    assert await listener.heard(3) == [chinese, chinese, english]
    assert await accessibility_faults(board) == []
    await take_picture(board, "board-call")
    await require_readable(board, FULL_HD, FOUR_K)

    await clerk.does("recall")

    await expect(board.get_by_role("heading", name="第 2 次呼叫")).to_be_visible()
    assert await listener.heard(6) == [chinese, chinese, english] * 2

    await clerk.does("start")
    await expect(board.get_by_role("heading", name="正在办理")).to_be_visible()
    await clerk.does("complete", {"outcome": "done"})
    await expect(board.get_by_text("暂无叫号")).to_be_visible()
    assert len(listener.sentences) == 6


async def test_the_waiting_of_every_zone_is_counted_live(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "marriage")
    board = await page_at(KIOSK)
    await board.goto(address(house, "/board/city"))
    await expect(zone_row(board, "婚姻登记", 0)).to_be_visible()

    for _ in range(2):
        await house.number(item_of(house, "marriage").item)

    await expect(zone_row(board, "婚姻登记", 2)).to_be_visible()
    await expect(
        board.get_by_role("listitem").filter(has_text="工程建设")
    ).to_be_visible()
    await calls_next(clerk)
    await expect(zone_row(board, "婚姻登记", 1)).to_be_visible()
    await expect(board.get_by_text("R001", exact=True)).to_be_visible()
    await require_readable(board, TALL)
    await take_picture(board, "board-portrait")
    await serves(clerk)


async def test_a_board_of_other_zones_shows_nothing_of_the_call(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "household")
    await clerk_of(house, "projects")
    other = await page_at(BOARD)
    await other.goto(address(house, "/board/city?zones=construction"))
    board = await page_at(BOARD, "en")
    await board.goto(address(house, "/board/city?zones=police,construction&lang=en"))
    await house.number(item_of(house, "household").item)

    await calls_next(clerk)

    await expect(board.get_by_role("heading", name="Please go to")).to_be_visible()
    await expect(board.get_by_text("C001", exact=True)).to_be_visible()
    await expect(board.get_by_text(re.compile(r"Window\s51"))).to_be_visible()
    await expect(zone_row(board, "Police and Traffic", 0)).to_be_visible()
    assert await accessibility_faults(board) == []
    await take_picture(board, "board-en")

    # What was issued after the call has arrived, so the call would have, too.
    await house.number(item_of(house, "projects").item)
    await expect(zone_row(other, "工程建设", 1)).to_be_visible()
    await expect(other.get_by_text("暂无叫号")).to_be_visible()


async def test_a_board_that_is_cut_off_says_so_and_announces_nothing_twice(
    house: OpenHouse, page_at: Screens
) -> None:
    first, second = [await clerk_of(house, "help") for _ in range(2)]
    for _ in range(3):
        await house.number(item_of(house, "help").item)
    board, listener = await page_at(BOARD), Listener()
    cable = Cable(board)
    await cable.lay()
    await listener.attend(board)
    await board.goto(address(house, "/board/city?zones=public"))
    await expect(board.get_by_text("暂无叫号")).to_be_visible()
    await calls_next(first)
    await expect(board.get_by_text("K001", exact=True)).to_be_visible()
    await listener.heard(3)

    await cable.pull_out()

    notice = board.get_by_role("status").filter(has_text="截至 09:")
    await expect(notice).to_be_visible()
    assert await accessibility_faults(board) == []
    await take_picture(board, "board-cut-off")

    await calls_next(second)
    await first.does("recall")
    await cable.plug_in()

    await expect(board.get_by_text("K002", exact=True)).to_be_visible()
    await expect(notice).to_be_hidden()
    spoken = await listener.heard(9)
    assert [sentence for sentence in spoken if sentence.startswith("Number")] == [
        "Number K 0 0 1, please go to window 15",
        "Number K 0 0 2, please go to window 16",
        "Number K 0 0 1, please go to window 15",
    ]

    await board.reload()
    await serves(first)
    await calls_next(first)

    await expect(board.get_by_text("K003", exact=True)).to_be_visible()
    third = "请 K 零 零 三 号，到 15 号窗口办理"
    assert (await listener.heard(12))[9:11] == [third, third]


async def test_a_browser_that_makes_no_sound_untouched_asks_for_a_touch(
    house: OpenHouse, page_at: Screens
) -> None:
    board = await page_at(BOARD)
    await board.goto(address(house, "/board/city?zones=self-service"))
    sound = board.get_by_role("button", name="点按打开声音")

    await sound.click()

    await expect(sound).to_be_hidden()


async def test_a_board_of_no_hall_says_that_its_address_is_wrong(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("404")
    board = await page_at(BOARD)

    await board.goto(address(house, "/board/atlantis"))

    await expect(board.get_by_text("没有这个大厅，请核对地址")).to_be_visible()
