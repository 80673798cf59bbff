"""The ticket machine: from one's own words to a number in the hand."""

from __future__ import annotations

import io
import re
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.async_api import Locator, Page, Route, expect

from queue_core.events import TicketIssued
from tests.displays.paper import printed
from tests.journeys.public_screens import Cable, address, calls_next, clerk_of, item_of
from tests.open_house import OpenHouse
from tests.screens import KIOSK, Screens, accessibility_faults, take_picture


COMPANY = "企业设立登记（公司注册）"
TAKE = re.compile(r"^取\s号$")


async def set_up(house: OpenHouse, kiosk: Page, place: str) -> str:
    """Enrol a machine, open it with its token, and return the device."""
    enrolled = await house.house.accounts.devices.enrol(
        "kiosk", hall="city", place=place, by="test"
    )
    await kiosk.goto(address(house, f"/kiosk/city#token={enrolled.token}"))
    return enrolled.device.device


async def choose(kiosk: Page, words: str, item: str) -> None:
    """Search in one's own words and choose the item."""
    await kiosk.get_by_role("searchbox").fill(words)
    await kiosk.get_by_role("button", name=item).click()
    await expect(kiosk.get_by_role("heading", name=item)).to_be_visible()


async def scanned(code: Locator) -> list[str]:
    """Return what a phone reads that is held before the code on the screen."""
    with Image.open(io.BytesIO(await code.screenshot())) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture)]


def issued_for(house: OpenHouse, item: str) -> list[TicketIssued]:
    """Return what the record knows of numbers taken for an item."""
    events = (recorded.event for recorded in house.house.log.read(house.hall.stream))
    return [
        event
        for event in events
        if isinstance(event, TicketIssued) and item in event.items
    ]


async def test_from_spoken_words_to_a_number_and_a_slip(
    house: OpenHouse, page_at: Screens, slips: Path
) -> None:
    await clerk_of(house, "companies")
    ahead = await house.number(item_of(house, "companies").item)
    kiosk = await page_at(KIOSK, touch=True)
    await set_up(house, kiosk, "fourth-floor")
    await expect(kiosk.get_by_role("button", name="商事登记 1 人等候")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-zones")

    await kiosk.get_by_role("button", name="搜索").tap()
    assert await accessibility_faults(kiosk) == []
    await choose(kiosk, "开公司", COMPANY)
    await expect(kiosk.get_by_text("股东与法定代表人身份证")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-item")
    await kiosk.get_by_role("button", name=TAKE).tap()

    await expect(kiosk.get_by_role("heading", name="取号成功")).to_be_visible()
    await expect(kiosk.get_by_text("P002", exact=True)).to_be_visible()
    await expect(kiosk.get_by_text("您前面还有 1 人")).to_be_visible()
    await expect(kiosk.get_by_text("商事登记 四楼西侧")).to_be_visible()
    await expect(kiosk.get_by_text("102 号窗口")).to_be_visible()
    await expect(kiosk.get_by_text("请取走下方的小票")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-taken")

    paper = printed((slips / "city-P002.escpos").read_bytes())
    assert [line for line in paper.lines if "P00" in line] == ["P002"]
    assert f"办理事项：{COMPANY}" in paper.lines
    assert "前面等候：1 人" in paper.lines
    [link] = paper.codes
    mine, own = issued_for(house, "SS001")
    assert (mine.ticket, own.channel) == (ahead["ticket"], "kiosk")
    assert link.startswith(address(house, f"/t/{own.ticket}#"))
    code = kiosk.get_by_role("img", name="用手机打开您的号票")
    assert await scanned(code) == [link]

    await kiosk.get_by_role("button", name="完成").tap()
    await expect(kiosk.get_by_role("heading", name="您要办什么？")).to_be_visible()


async def test_first_letters_of_pinyin_find_an_item(
    house: OpenHouse, page_at: Screens
) -> None:
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "letters")
    await kiosk.get_by_role("button", name="搜索").click()

    for letter in "KGS":
        await kiosk.get_by_role("button", name=letter, exact=True).click()

    await expect(kiosk.get_by_role("searchbox")).to_have_value("kgs")
    await expect(kiosk.get_by_role("button", name=COMPANY)).to_be_visible()


async def test_a_double_tap_gives_one_ticket_and_one_slip(
    house: OpenHouse, page_at: Screens, slips: Path
) -> None:
    await clerk_of(house, "trade-permits")
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "double-tap")
    await kiosk.get_by_role("button", name="搜索").click()
    await choose(kiosk, "开餐馆", "食品经营许可（新办）")

    await kiosk.get_by_role("button", name=TAKE).dblclick()

    await expect(kiosk.get_by_text("Q001", exact=True)).to_be_visible()
    assert len(issued_for(house, "SS017")) == 1
    assert [path.name for path in slips.glob("city-Q*.escpos")] == ["city-Q001.escpos"]


async def test_a_number_whose_answer_was_lost_is_asked_for_again_and_is_the_same(
    house: OpenHouse, page_at: Screens, slips: Path
) -> None:
    page_at.allow("net::ERR_FAILED")
    await clerk_of(house, "utilities")
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "lost-answer")
    item = item_of(house, "utilities")
    await kiosk.get_by_role("button", name="搜索").click()
    await choose(kiosk, item.name, item.name)

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await kiosk.route("**/tickets", lose_the_answer, times=1)
    await kiosk.get_by_role("button", name=TAKE).click()

    await expect(kiosk.get_by_text("G001", exact=True)).to_be_visible()
    assert len(issued_for(house, item.item)) == 1
    assert [path.name for path in slips.glob("city-G*.escpos")] == ["city-G001.escpos"]


async def test_the_green_channel_is_for_whom_it_names(
    house: OpenHouse, page_at: Screens, slips: Path
) -> None:
    clerk = await clerk_of(house, "personal-tax")
    await house.number(item_of(house, "personal-tax").item)
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "green")
    await kiosk.get_by_role("button", name="搜索").click()
    await choose(kiosk, "退个税", "个人所得税年度综合所得汇算")
    green = kiosk.get_by_role("button", name="绿色通道取号")
    await expect(green).to_contain_text("老年人、残疾人、孕产妇")

    await green.click()

    await expect(kiosk.get_by_text("VN001", exact=True)).to_be_visible()
    await expect(kiosk.get_by_text("您前面没有人")).to_be_visible()
    assert "绿色通道" in printed((slips / "city-VN001.escpos").read_bytes()).lines
    assert (await calls_next(clerk))["number"] == "VN001"


async def test_a_machine_speaks_english_to_one_and_chinese_to_the_next(
    house: OpenHouse, page_at: Screens, slips: Path
) -> None:
    await clerk_of(house, "employment")
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "english")

    await kiosk.get_by_role("button", name="Switch to English").click()
    await expect(kiosk.get_by_role("heading", name="What do you need?")).to_be_visible()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-zones-en")
    await kiosk.get_by_role("button", name="Search in your own words").click()
    await choose(kiosk, "pension", "Residents' pension, claim")
    await kiosk.get_by_role("button", name="Take a number").click()

    await expect(
        kiosk.get_by_role("heading", name="Here is your number")
    ).to_be_visible()
    await expect(kiosk.get_by_text("U001", exact=True)).to_be_visible()
    await expect(kiosk.get_by_text("Nobody is ahead of you")).to_be_visible()
    await take_picture(kiosk, "kiosk-taken-en")
    lines = printed((slips / "city-U001.escpos").read_bytes()).lines
    assert "Ahead of you: 0. Please listen for your number" in lines

    await kiosk.get_by_role("button", name="Done").click()
    await expect(kiosk.get_by_role("heading", name="您要办什么？")).to_be_visible()


async def test_larger_type_and_lower_buttons_hide_nothing(
    house: OpenHouse, page_at: Screens
) -> None:
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "for-everybody")

    await kiosk.get_by_role("button", name="大字").click()
    await kiosk.get_by_role("button", name="按钮下移").click()

    last = kiosk.get_by_role("button", name="下一页")
    while await last.is_enabled():
        await last.click()
    await expect(kiosk.get_by_role("button", name="工程建设")).to_be_in_viewport(
        ratio=1
    )
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-large-low")


async def test_an_item_that_no_open_window_serves_is_sent_to_the_help_desk(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409")
    kiosk = await page_at(KIOSK)
    await set_up(house, kiosk, "no-window")
    zone = kiosk.get_by_role("button", name="24小时自助")
    await expect(zone).to_contain_text("暂无开放窗口")
    await zone.click()
    await kiosk.get_by_role("button", name="自助打印社保缴费证明").click()

    await kiosk.get_by_role("button", name=TAKE).click()

    alert = kiosk.get_by_role("alert")
    await expect(alert).to_have_text(
        "现在没有窗口办理此事项，请到一楼大厅入口处导办台咨询。"
    )
    await expect(alert).to_be_focused()
    assert await accessibility_faults(kiosk) == []
    await take_picture(kiosk, "kiosk-refused")


async def test_a_machine_that_is_not_enrolled_says_so(
    house: OpenHouse, page_at: Screens
) -> None:
    kiosk = await page_at(KIOSK)

    await kiosk.goto(address(house, "/kiosk/city"))

    await expect(kiosk.get_by_role("heading", name="本机未登记")).to_be_visible()
    await expect(kiosk.get_by_role("button")).to_have_count(0)
    assert await accessibility_faults(kiosk) == []


async def test_a_machine_that_was_taken_away_gives_no_number(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    await clerk_of(house, "medical")
    kiosk = await page_at(KIOSK)
    device = await set_up(house, kiosk, "taken-away")
    item = item_of(house, "medical")
    await kiosk.get_by_role("button", name="搜索").click()
    await choose(kiosk, item.name, item.name)
    await house.house.accounts.devices.revoke(device, hall="city", by="test")

    await kiosk.get_by_role("button", name=TAKE).click()

    await expect(kiosk.get_by_role("heading", name="本机未登记")).to_be_visible()
    assert issued_for(house, item.item) == []


async def test_a_machine_that_is_cut_off_shows_no_old_counts(
    house: OpenHouse, page_at: Screens
) -> None:
    await clerk_of(house, "tax")
    await house.number(item_of(house, "tax").item)
    kiosk = await page_at(KIOSK)
    cable = Cable(kiosk)
    await cable.lay()
    await set_up(house, kiosk, "cut-off")
    zone = kiosk.get_by_role("button", name="办税服务")
    await expect(zone).to_contain_text("人等候")

    await cable.pull_out()

    await expect(kiosk.get_by_text("截至 09:")).to_be_visible()
    await expect(zone).not_to_contain_text("人等候")

    await cable.plug_in()

    await expect(zone).to_contain_text("人等候")
