"""A citizen with a card and a phone: at the machine, at the window, on his phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.displays.fake_sms_gateway import FakeSmsGateway
from tests.journeys.public_screens import address, clerk_of, item_of
from tests.journeys.staff_screens import sign_in
from tests.journeys.test_kiosk_screen import TAKE, choose, set_up
from tests.open_house import Clerk, OpenHouse, open_house
from tests.screens import (
    DESK,
    KIOSK,
    PHONE,
    Screens,
    accessibility_faults,
    take_picture,
)
from yihao.card_reader import CardReader


IDENTITY, NAME, MOBILE = "11010519491231002X", "诸葛小明", "13812345678"


@pytest.fixture
async def gateway() -> AsyncIterator[FakeSmsGateway]:
    async with FakeSmsGateway().on() as listening:
        yield listening


@pytest.fixture
async def house(tmp_path: Path, gateway: FakeSmsGateway) -> AsyncIterator[OpenHouse]:
    async with open_house(
        tmp_path / "data",
        profile="city",
        sms_gateway=gateway.address,
        printers=(f"file:{tmp_path}",),
    ) as opened:
        yield opened


async def test_a_phone_is_asked_for_at_the_end_and_only_masks_are_seen(
    house: OpenHouse, gateway: FakeSmsGateway, page_at: Screens
) -> None:
    await clerk_of(house, "companies")
    for _ in range(4):
        await house.number(item_of(house, "companies").item)
    kiosk, phone = await page_at(KIOSK, touch=True), await page_at(PHONE)
    desk = await page_at(DESK)

    async with CardReader().on(0) as reader:
        await takes_a_number_and_is_to_be_reminded(house, kiosk, reader)
        # Without its reader the machine would look for it in vain.
        await kiosk.goto("about:blank")
    await takes_the_wish_back_and_wishes_again(house, phone)
    await stands_at_the_window(house, desk)

    assert [message.to for message in await gateway.has(2)] == [MOBILE, MOBILE]
    for page in (phone, desk):
        shown = await page.content()
        assert not any(one in shown for one in (IDENTITY, NAME, MOBILE))


async def takes_a_number_and_is_to_be_reminded(
    house: OpenHouse, kiosk: Page, reader: CardReader
) -> None:
    """Lay a card down, take a number, and leave a phone."""
    item = item_of(house, "companies")
    await set_up(house, kiosk, "entrance")
    at = f"ws://127.0.0.1:{reader.port}"
    await kiosk.goto(address(house, f"/kiosk/city?card={at}"))
    await kiosk.get_by_role("button", name="搜索").tap()
    await choose(kiosk, item.name, item.name)
    await reader.asked()
    await reader.lay_down(IDENTITY, NAME)
    await expect(kiosk.get_by_text("身份证已读取")).to_be_visible()
    await kiosk.get_by_role("button", name=TAKE).tap()
    await take_picture(kiosk, "kiosk-offers-reminder")

    await kiosk.get_by_role("button", name="短信提醒我").tap()
    await expect(kiosk.get_by_role("button", name="提醒我")).to_be_disabled()
    for digit in MOBILE:
        await kiosk.get_by_role("button", name=digit, exact=True).tap()
    await expect(kiosk.get_by_text("138 1234 5678")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-reminder")
    await kiosk.get_by_role("button", name="提醒我").tap()
    await expect(kiosk.get_by_text("到时短信提醒 138****5678")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-reminded")
    shown = await kiosk.content()
    assert not any(one in shown for one in (IDENTITY, NAME, MOBILE))


async def takes_the_wish_back_and_wishes_again(house: OpenHouse, page: Page) -> None:
    """Switch the reminder off on the ticket's page, and on again."""
    last = list(house.hall.live.tickets.values())[-1]
    secret = house.house.secrets.ticket_secret(last.ticket)
    await page.goto(address(house, f"/t/{last.ticket}#{secret}"))
    switch = page.get_by_role("switch", name="到时短信提醒 138****5678")
    await expect(switch).to_have_attribute("aria-checked", "true")
    await switch.click()
    await page.get_by_role("switch", name="前面还有 3 人时发短信").click()
    await page.get_by_label("手机号").fill("12345")
    await page.get_by_role("button", name="提醒我").click()
    await expect(page.get_by_text("请输入 11 位手机号")).to_be_visible()
    assert await accessibility_faults(page) == []
    await take_picture(page, "phone-reminder")
    await page.get_by_label("手机号").fill("138 1234 5678")
    await page.get_by_role("button", name="提醒我").click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await take_picture(page, "phone-reminded")


async def stands_at_the_window(house: OpenHouse, desk: Page) -> None:
    """Be called to a window whose clerk sees masks."""
    token = (await sign_in(desk, house, "clerk", "zhao.min")).token
    clerk = Clerk(house.http, token)
    clerk.hall, clerk.window = "city", "103"
    assert (await clerk.does("open")).status == 200
    for _ in range(4):
        await clerk.does("call-next")
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})
    await clerk.does("call-next")
    await desk.goto(address(house, "/console/city?window=103"))
    for mask in ("诸***", "110***********002X", "138****5678"):
        await expect(desk.get_by_text(mask)).to_be_visible()
    assert await accessibility_faults(desk) == []
    await take_picture(desk, "console-person")
