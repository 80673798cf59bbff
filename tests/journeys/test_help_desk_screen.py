"""A morning at the help desk: numbers for others, with a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from projections.live_hall import LiveTicket
from tests.displays.fake_sms_gateway import FakeSmsGateway
from tests.journeys.public_screens import address, clerk_of, item_of
from tests.journeys.staff_screens import events_of, sign_in
from tests.open_house import PASSWORD, OpenHouse, open_house
from tests.screens import Screens, accessibility_faults, take_picture


OFFICE = (1366, 768)
PRESSED_TWICE = """() => {
  const form = document.querySelector('form.wish')
  form.requestSubmit()
  form.requestSubmit()
}"""
IDENTITY, MOBILE = "11010519491231002X", "13812345678"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


async def choose(page: Page, said: str) -> None:
    """Type what a citizen says, and take the best answer by Enter alone."""
    await expect(page.get_by_role("combobox")).to_be_focused()
    await page.keyboard.type(said)
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option")).to_have_count(0)


async def sit_down(page: Page, house: OpenHouse) -> None:
    """Sign in as the help desk does, and come to its page."""
    await house.staff("help-desk", "hu.die")
    await page.add_init_script("window.slips = 0; window.print = () => window.slips++")
    await page.goto(f"{house.running.address}/sign-in")
    await page.get_by_label("账号").fill("hu.die")
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox")).to_be_focused()
    assert page.url == f"{house.running.address}/help-desk/township"
    await take_picture(page, "help-desk-empty")


async def take_number(page: Page, house: OpenHouse) -> LiveTicket:
    """Take a number of the green channel by the keys alone; return its ticket."""
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("要办的事项")).to_contain_text("最低生活保障")
    await page.get_by_label("绿色通道").check()
    # A key that is pressed twice gives one number.
    await page.evaluate(PRESSED_TWICE)
    await expect(page.get_by_role("heading", name="VA001")).to_be_visible()
    assert await page.evaluate("window.slips") == 1
    await expect(page.locator(".number-slip")).to_contain_text("VA001")
    (_, given) = house.hall.live.tickets.values()
    assert (given.number, given.channel) == ("VA001", "help-desk")
    assert await accessibility_faults(page) == []
    await take_picture(page, "help-desk-taken")
    following = page.get_by_role("button", name="下一位")
    await expect(following).to_be_focused()
    await expect(following).to_have_attribute("aria-disabled", "false")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox")).to_be_focused()
    return given


async def change_number(page: Page) -> None:
    """Find the number by a part of it, pause and resume it, and cancel it."""
    found = page.locator(".find-panel")
    await expect(found.get_by_role("button", name="VA001")).to_be_visible()
    await page.keyboard.press("F4")
    await page.keyboard.type("001")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="2 个号里有这几位")).to_be_visible()
    await found.get_by_role("button", name="VA001").click()
    await expect(found).to_contain_text("等候中，前面没有人")
    await page.get_by_role("button", name="替他暂离").click()
    await expect(found).to_contain_text("暂离中")
    await page.get_by_role("button", name="回到队里").click()
    await expect(page.get_by_role("button", name="回到队里")).to_have_count(0)
    # He has left the line as often as the hall allows.
    await expect(page.get_by_role("button", name="替他暂离")).to_have_count(0)
    await page.get_by_role("button", name="取消这个号").click()
    await expect(page.get_by_role("button", name="不取消")).to_be_focused()
    assert await accessibility_faults(page) == []
    await take_picture(page, "help-desk-cancel")
    await page.get_by_role("button", name="确认取消").click()
    await expect(found).to_contain_text("已取消")


async def test_a_citizen_who_asks_is_given_a_number_which_is_found_and_cancelled(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    page = await page_at(OFFICE)
    await sit_down(page, house)

    await page.keyboard.type("吃低保")
    best = page.get_by_role("option").first
    await expect(best).to_contain_text("没有窗口可办")
    await house.clerk_at("1", "li.na")
    await expect(best).to_contain_text("1 个窗口可办")
    await expect(best).to_contain_text("没有人等")
    await house.number()
    await expect(best).to_contain_text("1 人在等")
    assert await accessibility_faults(page) == []
    await take_picture(page, "help-desk-results")

    given = await take_number(page, house)
    await page.keyboard.type("吃低保")
    await expect(best).to_contain_text("2 人在等")
    await change_number(page)
    await expect(best).to_contain_text("1 人在等")
    manager = await house.caller("manager")
    assert await events_of(manager, house, given.ticket) == [
        *("TicketIssued", "TicketPaused", "TicketResumed"),
        "TicketEnded",
    ]


async def lose_answer(route: Route) -> None:
    """Let a press reach the house, and its answer nobody."""
    await route.fetch()
    await route.abort()


async def test_what_is_refused_is_told_with_what_helps(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409", "ERR_FAILED")
    page = await page_at((1920, 1080), "en")
    await sign_in(page, house, "help-desk", "hu.die")
    await page.goto(f"{house.running.address}/help-desk/township?lang=en")
    await expect(page.get_by_role("combobox")).to_be_focused()

    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Pick an item first")
    await choose(page, "吃低保")
    await page.keyboard.press("Enter")
    refusal = page.get_by_role("alert")
    await expect(refusal).to_contain_text("No window serves this item now.")
    await expect(refusal).to_contain_text("manager")
    assert await accessibility_faults(page) == []
    await take_picture(page, "help-desk-refused")

    # Windows are on duty now, but the answer to the next press is lost on its way.
    await house.clerk_at("1", "li.na")
    numbers = f"**{house.path}/tickets"
    await page.route(numbers, lose_answer)
    await page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()
    await expect(page.get_by_role("radio", name="Booked")).to_be_disabled()
    assert [one.number for one in house.hall.live.tickets.values()] == ["A001"]
    await take_picture(page, "help-desk-unanswered")
    await page.unroute(numbers)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="A001")).to_be_visible()
    assert len(house.hall.live.tickets) == 1


async def test_who_tells_who_he_is_is_reminded_gets_one_number_and_is_not_kept(
    tmp_path: Path, page_at: Screens
) -> None:
    page_at.allow("409")
    async with (
        FakeSmsGateway().on() as gateway,
        open_house(tmp_path, profile="city", sms_gateway=gateway.address) as house,
    ):
        await clerk_of(house, "companies")
        item = item_of(house, "companies")
        for _ in range(4):
            await house.number(item.item)
        page = await page_at(OFFICE)
        await sign_in(page, house, "help-desk", "hu.die")
        await page.goto(address(house, "/help-desk/city"))
        await choose(page, item.name)
        await page.get_by_label("身份证号").fill(IDENTITY)
        await page.get_by_label("English").check()
        await page.get_by_label("大字小票").check()
        await page.keyboard.press("Enter")

        following = page.get_by_role("button", name="下一位")
        await expect(following).to_be_focused()
        slip = page.locator(".number-slip.large")
        await expect(slip).to_contain_text("4 people ahead")
        await page.get_by_label("前面还有 3 人时发短信").fill("138 1234 5678")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("会发短信到 138****5678")).to_be_visible()
        assert await accessibility_faults(page) == []
        await take_picture(page, "help-desk-reminded")
        kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
        shown = await page.content() + await page.evaluate(kept)
        assert not any(one in shown for one in (IDENTITY, MOBILE, "138 1234"))
        await following.click()

        await choose(page, item.name)
        await page.get_by_label("身份证号").fill(IDENTITY)
        await page.keyboard.press("Enter")
        given = list(house.hall.live.tickets.values())[-1].number
        await expect(page.get_by_role("alert")).to_contain_text(given)
        await take_picture(page, "help-desk-has-one")
        await page.get_by_role("button", name=f"查看 {given}").click()
        found = page.locator(".find-panel")
        await expect(found).to_contain_text("等候中，前面还有 4 人")
        assert len(house.hall.live.tickets) == 5
        # It looks at the number's way once more after each change.
        await page.close()


async def test_the_desk_is_told_that_the_day_was_closed_and_signed_out_with_it(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    page = await page_at(OFFICE)
    await sit_down(page, house)
    manager = await house.caller("manager")

    assert (await manager.post(f"{house.path}/day/close")).status == 200

    title = page.get_by_role("heading", name="今天的办理已结束")
    await expect(title).to_be_visible()


async def test_a_clerk_is_told_that_the_desk_is_not_his(
    house: OpenHouse, page_at: Screens
) -> None:
    page = await page_at(OFFICE)
    await sign_in(page, house, "clerk", "li.na")

    await page.goto(f"{house.running.address}/help-desk/township")

    await expect(page.get_by_role("button", name="换个账号登录")).to_be_visible()
