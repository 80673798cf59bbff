"""A clerk's morning at the console, by keyboard, against a running house."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys.staff_screens import events_of, sign_in
from tests.open_house import MINUTE, VILLAGE, Caller, OpenHouse, open_house
from tests.screens import Screens, accessibility_faults, take_picture


OFFICE = (1366, 768)
"""The smallest screen that stands on a clerk's desk."""

OLD_AGE = "SW007"
"""Another item of the queue that window 1 serves first."""

SPACE_AS_SOON_AS_THE_NEXT_ONE_CHANGES = """() => {
  const rows = document.querySelector('.waiting-list ol')
  new MutationObserver((_, observer) => {
    observer.disconnect()
    const space = { code: 'Space', key: ' ', bubbles: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', space))
  }).observe(rows, { childList: true })
}"""
"""No clerk reads a new number before the finger that was on its way has come down."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


class Console(NamedTuple):
    """A clerk's console, and the clerk as the house knows him."""

    page: Page
    clerk: Caller
    house: OpenHouse

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, once the last command is answered."""
        busy = self.page.locator(".action-row [aria-disabled=true]")
        await expect(busy).to_have_count(0)
        for key in keys:
            await self.page.keyboard.press(key)

    async def shows(self, number: str, stage: str) -> None:
        """Wait until this number is at the window, in this stage."""
        await expect(self.page.locator(".current .hero")).to_have_text(number)
        await expect(self.page.locator(".current .stage")).to_have_text(stage)

    async def is_free(self) -> None:
        """Wait until nobody is at the window."""
        await expect(self.page.locator(".current .stage")).to_have_text("窗口空闲")

    async def says(self, line: str) -> None:
        """Wait until the line under the buttons says so."""
        await expect(self.page.locator(".notice-line")).to_contain_text(line)

    async def events(self, ticket: str) -> list[str]:
        """Return what is on record about a ticket."""
        return await events_of(self.clerk, self.house, ticket)

    @property
    def waiting(self) -> Locator:
        """The rows of the waiting list, in their order."""
        return self.page.get_by_role("region", name="等候").get_by_role("listitem")


async def console(
    house: OpenHouse, page_at: Screens, window: str = "1", *, opened: bool = True
) -> Console:
    """Sit down at a window's console; its clerk opens it with one key."""
    page = await page_at(OFFICE)
    clerk = await sign_in(page, house, "clerk", f"li.na-{window}")
    await page.goto(f"{house.running.address}/console/township?window={window}")
    title = page.get_by_role("heading", name=f"在 {window} 号窗口上岗")
    await expect(title).to_be_visible()
    at = Console(page, clerk, house)
    if opened:
        await at.press("Enter")
        await at.is_free()
    return at


async def test_a_window_is_chosen_and_opened_and_the_next_one_called_by_keyboard(
    house: OpenHouse, page_at: Screens
) -> None:
    page = await page_at(OFFICE)
    clerk = await sign_in(page, house, "clerk", "li.na")
    at = Console(page, clerk, house)
    await page.goto(f"{house.running.address}/console/township")
    await expect(page.get_by_label("窗口号")).to_be_focused()
    await page.keyboard.type("1")
    await at.press("Enter")
    await expect(page.get_by_role("checkbox", name="民政社会事务")).to_be_checked()
    await at.press("Enter")
    await expect(page.get_by_text("没有人在等，有人取号会提醒您")).to_be_visible()

    # Who takes a number is seen at once, with what he needs.
    taken = await house.number()
    await expect(at.waiting).to_contain_text(["A001最低生活保障对象认定"])
    guide = page.get_by_role("region", name="下一位")
    await expect(guide).to_contain_text("家庭经济状况核对授权书")
    await at.says("A001 刚到，请您窗口先叫")

    await at.press("Space")
    await at.shows("A001", "等办事人到窗口")
    await expect(page.get_by_text("已叫 1 次，共 3 次")).to_be_visible()
    await expect(at.waiting).to_have_count(0)
    await at.press("r")
    await at.says("秒前刚播报，再按一次才重呼")
    await at.press("r")
    await expect(page.get_by_text("已叫 2 次，共 3 次")).to_be_visible()
    await at.press("Space")
    await at.says("A001 还在窗口：人来了按 S，没来按 M")
    await at.press("s")
    await at.shows("A001", "正在办理")
    assert await at.events(taken["ticket"]) == [
        *("TicketIssued", "TicketCalled", "TicketRecalled", "ServiceStarted")
    ]
    assert await accessibility_faults(page) == []
    await take_picture(page, "console-serving")


async def test_who_does_not_come_is_missed_with_a_reason_and_the_next_one_called(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    first, _ = await house.number(), await house.number()
    await at.press("Space")
    await at.shows("A001", "等办事人到窗口")

    await at.press("m")
    await expect(at.page.get_by_text("呼叫后无人到窗口")).to_be_visible()
    # A call that was made just now is better repeated.
    await expect(at.page.get_by_text("秒前刚叫，办事人可能正走过来")).to_be_visible()
    await at.press("1")
    await at.is_free()
    undo = at.page.get_by_role("button", name="A001 已记过号")
    await expect(undo).to_contain_text("撤销")
    await expect(undo).to_contain_text("秒")
    await expect(at.page.get_by_role("heading", name="暂不在队")).to_be_visible()
    assert await accessibility_faults(at.page) == []
    await take_picture(at.page, "console-undo")
    await at.press("z")
    await at.shows("A001", "等办事人到窗口")
    await expect(undo).to_have_count(0)
    assert (await at.events(first["ticket"]))[-2:] == ["TicketMissed", "MissUndone"]

    await at.press("m", "1", "Space")
    await at.shows("A002", "等办事人到窗口")
    await expect(undo).to_have_count(0)
    await take_picture(at.page, "console-missed")
    assert (await at.events(first["ticket"]))[-1] == "TicketMissed"


async def test_what_was_undone_too_late_stays_and_the_undo_goes_by_itself(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    taken = await house.number()
    await at.press("Space")
    await at.shows("A001", "等办事人到窗口")
    await at.press("s")
    await at.shows("A001", "正在办理")
    await at.press("c", "1")
    undo = at.page.get_by_role("button", name="A001 已完成")
    await expect(undo).to_be_visible()

    # Another screen of this clerk's has undone and completed it; time goes on.
    window = f"{house.path}/windows/1"
    assert (await at.clerk.post(f"{window}/undo")).status == 200
    await at.shows("A001", "正在办理")
    await at.clerk.post(f"{window}/complete", {"outcome": "done"})
    await expect(undo).to_be_visible()
    house.clock.pass_by(MINUTE)
    await at.page.reload()

    await at.is_free()
    await expect(undo).to_have_count(0)
    await at.press("z")
    await at.says("没有可以撤销的操作")
    assert (await at.events(taken["ticket"]))[-3:] == [
        *("CompletionUndone", "ServiceCompleted", "TicketEnded")
    ]


async def test_a_press_that_another_window_was_faster_than_is_asked_for_again(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    first, second = await house.number(), await house.number()
    await expect(at.waiting).to_contain_text(["A001", "A002"])
    await at.page.evaluate(SPACE_AS_SOON_AS_THE_NEXT_ONE_CHANGES)

    other = await house.clerk_at("2", "wang.fang")
    assert (await other.does("call-next")).says["ticket"]["number"] == "A001"
    await at.says("A001 刚离开等候（被别的窗口叫走或已取消），下一位是 A002")
    await take_picture(at.page, "console-double-call")
    assert await at.events(second["ticket"]) == ["TicketIssued"]

    await at.press("Space")
    await at.shows("A002", "等办事人到窗口")
    assert (await at.events(first["ticket"])) == ["TicketIssued", "TicketCalled"]


async def test_a_service_is_held_taken_back_and_ends_with_what_must_be_brought(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    taken = await house.number()
    await at.press("Space")
    await at.shows("A001", "等办事人到窗口")
    await at.press("s")
    await at.shows("A001", "正在办理")

    await at.press("h", "2")
    await at.is_free()
    await expect(at.page.get_by_role("heading", name="挂起在本窗口")).to_be_visible()
    await at.press("b")
    await at.shows("A001", "正在办理")

    await at.press("a")
    await at.page.keyboard.type("老人津贴")
    found = at.page.get_by_role("option", name="高龄老人津贴申领")
    await expect(found).to_have_attribute("aria-selected", "true")
    await take_picture(at.page, "console-add-item")
    await at.press("Enter")
    guide = at.page.get_by_role("region", name="正在办理的事项")
    await expect(guide).to_contain_text("高龄老人津贴申领")

    await at.press("c", "3")
    ticks = at.page.locator(".materials").get_by_role("checkbox")
    await expect(ticks).to_have_count(6)
    await at.press("2", "6", "0")
    await at.page.keyboard.type("村委会证明")
    await at.press("Enter")
    await take_picture(at.page, "console-supplement")
    await at.page.evaluate("window.print = () => { window.printed = true }")
    await at.press("Enter")
    await at.is_free()

    # The window has no printer of its own, so the browser prints the paper.
    await at.page.wait_for_function("window.printed")
    await at.page.emulate_media(media="print")
    paper = at.page.get_by_role("article")
    await expect(paper).to_contain_text("近期照片")
    await expect(paper).to_contain_text("村委会证明")
    await expect(at.page.get_by_role("main")).to_be_hidden()
    await take_picture(at.page, "console-paper")
    await at.page.emulate_media(media="screen")
    await expect(paper).to_be_hidden()
    again = at.page.get_by_role("button", name="再印 A001 的告知单")
    await expect(again).to_be_visible()

    told = await at.clerk.get(f"/api/tickets/{taken['ticket']}")
    (service,) = told.says["services"]
    assert service["outcome"] == "needs-supplement"
    assert service["supplement"] == ["户口簿", "近期照片", "村委会证明"]
    assert await at.events(taken["ticket"]) == [
        *("TicketIssued", "TicketCalled", "ServiceStarted", "TicketHeld"),
        *("HeldTicketResumed", "ItemAdded", "ServiceCompleted", "TicketEnded"),
    ]


async def test_a_ticket_is_sent_on_to_a_queue_and_the_other_window_gets_it(
    house: OpenHouse, page_at: Screens
) -> None:
    at, other = await console(house, page_at), await console(house, page_at, "3")
    taken = await house.number()
    await at.press("Space")
    await at.shows("A001", "等办事人到窗口")
    await at.press("s")
    await at.shows("A001", "正在办理")

    await at.press("t")
    await at.page.keyboard.type("c")
    target = at.page.get_by_role("option", selected=True)
    await expect(target).to_contain_text("农业与便民")
    await take_picture(at.page, "console-transfer")
    await at.press("Enter")
    await at.says("转走 A001")
    await expect(other.waiting).to_contain_text(["A001"])

    await other.press("Space")
    await other.shows("A001", "等办事人到窗口")
    assert (await at.events(taken["ticket"]))[-2:] == [
        *("TicketTransferred", "TicketCalled")
    ]


async def test_another_clerks_window_and_a_refusal_are_told_in_words(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409")
    await house.clerk_at("2", "wang.fang")
    at = await console(house, page_at, "3", opened=False)
    await house.number(VILLAGE)
    opened = await at.clerk.post(f"{house.path}/windows/1/open")
    assert opened.status == 200

    await at.press("Enter")
    await at.says("您正在 1 号窗口值守。先在那里关窗，再到这里开窗。")
    await take_picture(at.page, "console-refused")

    await at.page.goto(f"{house.running.address}/console/township?window=2")
    title = at.page.get_by_role("heading", name="2 号窗口由 wang.fang 值守")
    await expect(title).to_be_visible()
    await at.press("Space")
    await expect(at.page.get_by_text("这里只能看，不能叫号。")).to_be_visible()
    live = await house.anyone.get(f"{house.path}/live")
    assert live.says["calls"] == []


async def test_a_window_pauses_with_a_reason_goes_on_and_closes(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    state = at.page.locator(".staff-bar .state")
    await expect(state).to_have_text("开放")

    await at.press("p", "3")
    await expect(state).to_have_text("暂停")
    await expect(at.page.get_by_text("原因：会议或培训")).to_be_visible()
    window = await at.clerk.get(f"{house.path}/windows/1")
    assert window.says["pause_reason"] == "会议或培训"
    await at.press("p")
    await expect(state).to_have_text("开放")

    await at.press("q")
    await at.says("关窗，3 秒内可撤销")
    await at.press("Escape")
    await expect(state).to_have_text("开放")
    await at.press("q")
    await expect(state).to_have_text("未开窗")
    window = await at.clerk.get(f"{house.path}/windows/1")
    assert window.says["state"] == "closed"


async def test_a_clerk_who_reads_english_serves_somebody_in_english(
    house: OpenHouse, page_at: Screens
) -> None:
    page = await page_at(OFFICE, "en")
    clerk = await sign_in(page, house, "clerk", "li.na")
    at = Console(page, clerk, house)
    await page.goto(f"{house.running.address}/console/township?window=1")
    await page.get_by_role("button", name="Open").click()
    await expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
    taken = await house.number(OLD_AGE)
    house.clock.pass_by(MINUTE)
    guide = page.get_by_role("region", name="Next")
    await expect(guide).to_contain_text("Old-age allowance")

    await at.press("Space")
    await at.shows("A001", "Waiting for the visitor")
    await at.press("s")
    await at.shows("A001", "Serving")
    assert await accessibility_faults(page) == []
    await take_picture(page, "console-en")
    await at.press("c", "1")
    await expect(page.locator(".current .stage")).to_have_text("Free")
    assert (await at.events(taken["ticket"]))[-1] == "TicketEnded"


async def test_a_clerk_is_told_that_the_day_was_closed_and_signed_out_with_it(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await console(house, page_at)
    page_at.allow("401")
    manager = await house.caller("manager")

    assert (await manager.post(f"{house.path}/day/close")).status == 200
    title = at.page.get_by_role("heading", name="今天的办理已结束")
    await expect(title).to_be_visible()
    await expect(at.page.get_by_role("status")).to_have_text(
        "窗口已关，您已退出登录。辛苦了！"
    )
    assert await accessibility_faults(at.page) == []
    await take_picture(at.page, "console-day-closed")

    await at.page.keyboard.press("Enter")
    await expect(at.page).to_have_url(re.compile("/sign-in"))
