"""The ticket machine when something is missing: paper, the house; and a card reader."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, Route, expect

from displays.printing import NetworkPrinter
from displays.slips import SlipDesk
from tests.displays.fake_printer import PAPER_OUT, READY, FakePrinter
from tests.displays.paper import printed
from tests.journeys.public_screens import address, clerk_of, item_of
from tests.journeys.test_kiosk_screen import TAKE, choose, issued_for, set_up
from tests.open_house import OpenHouse
from tests.screens import KIOSK, Screens, accessibility_faults, take_picture
from yihao.card_reader import CardReader


SMALLEST = 60
"""Pixels of a 1080 × 1920 panel that a finger needs."""
REACH = 640
"""Above this line, a third of the panel, nothing is to be touched."""
CARD = "11010119900307123X"


async def small_targets(kiosk: Page) -> list[str]:
    """Return every button and field that is too small, or out of reach."""
    found: list[str] = await kiosk.evaluate(
        """([smallest, reach]) =>
            Array.from(document.querySelectorAll('button, a, input, [role=button]'))
                .map((one) => [one, one.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && box.height > 0)
                .filter(([, box]) => Math.min(box.width, box.height) < smallest
                    || box.top < reach || box.bottom > window.innerHeight)
                .map(([one, box]) => `${one.textContent.trim() || one.tagName}: `
                    + `${Math.round(box.width)} x ${Math.round(box.height)} `
                    + `at ${Math.round(box.top)}`)""",
        [SMALLEST - 0.5, REACH],
    )
    return found


async def covered(kiosk: Page) -> list[str]:
    """Return the lines about the number that something else covers or cuts."""
    found: list[str] = await kiosk.evaluate(
        """() => {
            const card = document.querySelector('.card').getBoundingClientRect()
            return Array.from(document.querySelectorAll('.card > p'))
                .filter((line) => {
                    const box = line.getBoundingClientRect()
                    return box.top < card.top - 1 || box.bottom > card.bottom + 1
                })
                .map((line) => line.textContent.trim())
        }"""
    )
    return found


async def test_every_target_is_large_and_within_reach_on_every_step(
    house: OpenHouse, page_at: Screens
) -> None:
    await clerk_of(house, "companies")
    kiosk = await page_at(KIOSK, touch=True)
    await set_up(house, kiosk, "targets")
    zone = kiosk.locator(".zone").first
    for wish in ("", "大字", "按钮下移", "Switch to English"):
        if wish:
            await kiosk.get_by_role("button", name=wish).tap()
        await expect(zone).to_be_visible()
        assert await small_targets(kiosk) == [], wish
    await kiosk.get_by_role("button", name="切换到中文").tap()

    companies = kiosk.get_by_role("button", name="商事登记")
    while not await companies.is_visible():
        await kiosk.get_by_role("button", name="下一页").tap()
    await companies.tap()
    await expect(kiosk.locator(".row").first).to_be_visible()
    assert await small_targets(kiosk) == []
    await take_picture(kiosk, "kiosk-items-large-low")
    await kiosk.locator(".row").first.tap()
    await expect(kiosk.get_by_role("button", name=TAKE)).to_be_visible()
    assert await small_targets(kiosk) == []
    await take_picture(kiosk, "kiosk-item-large-low")
    await kiosk.get_by_role("button", name=TAKE).tap()
    await expect(kiosk.get_by_role("button", name="完成")).to_be_visible()
    assert await small_targets(kiosk) == []
    assert await covered(kiosk) == []
    await take_picture(kiosk, "kiosk-taken-large-low")
    await kiosk.get_by_role("button", name="English").tap()
    assert await covered(kiosk) == []
    await take_picture(kiosk, "kiosk-taken-large-low-en")
    await kiosk.get_by_role("button", name="Done").tap()
    await kiosk.get_by_role("button", name="搜索").tap()
    assert await small_targets(kiosk) == []
    await take_picture(kiosk, "kiosk-search")
    await choose(kiosk, "开公司", "企业设立登记（公司注册）")
    await kiosk.get_by_role("button", name=TAKE).tap()
    await expect(kiosk.get_by_role("button", name="完成")).to_be_visible()
    assert await small_targets(kiosk) == []
    await kiosk.get_by_role("button", name="English").tap()
    assert await covered(kiosk) == []


async def test_paper_that_is_out_is_said_before_the_press(
    house: OpenHouse, page_at: Screens
) -> None:
    await clerk_of(house, "medical")
    slips = house.house.slips
    assert isinstance(slips, SlipDesk)
    item = item_of(house, "medical")
    kiosk = await page_at(KIOSK)
    async with FakePrinter(PAPER_OUT).on() as printer:
        slips.printers["paperless"] = NetworkPrinter("127.0.0.1", printer.port)
        await set_up(house, kiosk, "paperless")
        await expect(kiosk.get_by_text("小票打印机暂停使用")).to_be_visible()
        await take_picture(kiosk, "kiosk-no-paper")
        await kiosk.get_by_role("button", name="搜索").click()
        await choose(kiosk, item.name, item.name)
        await expect(kiosk.get_by_text("打印机缺纸，不出小票")).to_be_visible()
        assert await accessibility_faults(kiosk) == []
        await take_picture(kiosk, "kiosk-no-paper-item")

        await kiosk.get_by_role("button", name="取号，不打小票").click()

        await expect(kiosk.get_by_text("小票没有打印出来")).to_be_visible()
        await expect(
            kiosk.get_by_role("img", name="用手机打开您的号票")
        ).to_be_visible()
        assert len(issued_for(house, item.item)) == 1
        await take_picture(kiosk, "kiosk-no-paper-taken")
        assert printer.paper.empty()


async def test_a_house_that_is_gone_is_said_at_once_and_nothing_is_printed(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("net::ERR_INTERNET_DISCONNECTED")
    await clerk_of(house, "utilities")
    slips = house.house.slips
    assert isinstance(slips, SlipDesk)
    item = item_of(house, "utilities")
    kiosk = await page_at(KIOSK)
    async with FakePrinter(READY).on() as printer:
        slips.printers["cut"] = NetworkPrinter("127.0.0.1", printer.port)
        await set_up(house, kiosk, "cut")
        await kiosk.get_by_role("button", name="搜索").click()
        await choose(kiosk, item.name, item.name)

        await kiosk.context.set_offline(True)

        gone = kiosk.get_by_role("button", name="暂时不能取号")
        await expect(gone).to_be_disabled(timeout=3_000)
        await expect(kiosk.get_by_role("alert")).to_contain_text("还没有取到号")
        await take_picture(kiosk, "kiosk-unreachable")
        assert issued_for(house, item.item) == []
        assert printer.paper.empty()

        await kiosk.context.set_offline(False)
        await kiosk.get_by_role("button", name=TAKE).click()

        await expect(kiosk.get_by_text("请取走下方的小票")).to_be_visible()
        [paper] = await printer.came_out(1)
        [issued] = issued_for(house, item.item)
        assert issued.number in printed(paper).lines


async def test_a_card_goes_into_the_request_and_nowhere_else(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409")
    await clerk_of(house, "employment")
    item = item_of(house, "employment")
    kiosk = await page_at(KIOSK)
    sent: list[Any] = []

    async def note(route: Route) -> None:
        sent.append(route.request.post_data_json)
        await route.continue_()

    await kiosk.route("**/tickets", note)
    await set_up(house, kiosk, "card-reader")
    async with CardReader().on(0) as reader:
        at = f"ws://127.0.0.1:{reader.port}"
        await kiosk.goto(address(house, f"/kiosk/city?card={at}"))
        await expect(kiosk.locator(".zone").first).to_be_visible()
        assert await reader.lay_down(CARD) == 0
        for number in (1, 2):
            await kiosk.get_by_role("button", name="搜索").click()
            await choose(kiosk, item.name, item.name)
            await expect(kiosk.get_by_text("可以刷身份证")).to_be_visible()
            await reader.asked()
            assert await reader.lay_down(CARD) == 1
            await expect(kiosk.get_by_text("身份证已读取")).to_be_visible()
            assert CARD not in await kiosk.content()
            assert await accessibility_faults(kiosk) == []
            await take_picture(kiosk, "kiosk-card")
            await kiosk.get_by_role("button", name=TAKE).click()
            if number == 1:
                await kiosk.get_by_role("button", name="完成").click()
                await reader.asked(0)

    # The same card has a live number for this item: one is enough.
    await expect(kiosk.get_by_role("alert")).to_contain_text("请用原号等候")
    assert [body["subject"] for body in sent] == [CARD, CARD]
    [issued] = issued_for(house, item.item)
    assert CARD not in repr(issued)
    kept = await kiosk.evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
    )
    assert CARD not in kept
    recorded = house.house.log.read(house.hall.stream)
    assert not any(CARD in repr(one.event) for one in recorded)
