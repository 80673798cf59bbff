"""The manager's morning in front of the whole hall, against a running house."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Locator, Page, expect

from projections.day_record import recorded_dates
from queue_core.care.archives import archive
from tests.journeys.staff_screens import sign_in, way_of
from tests.open_house import MINUTE, MONDAY, Caller, OpenHouse, open_house
from tests.screens import (
    BOARD,
    PHONE,
    Screens,
    accessibility_faults,
    take_picture,
)


TUESDAY = "2026-03-03"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


class Floor(NamedTuple):
    """The manager's page, and the manager as the house knows him."""

    page: Page
    manager: Caller

    def zone(self, name: str) -> Locator:
        """Return a zone of the floor plan."""
        heading = self.page.get_by_role("heading", name=name)
        return self.page.get_by_role("article").filter(has=heading)

    def tile(self, window: str) -> Locator:
        """Return a window of the floor plan."""
        return self.page.get_by_role("button", name=f"{window} 号窗口，")

    def figure(self, name: str) -> Locator:
        """Return one of today's figures."""
        strip = self.page.locator(".figures-strip").get_by_role("button")
        return strip.filter(has_text=name).locator("strong")

    def longest(self, number: str) -> Locator:
        """Return the row of a number among the longest waits."""
        return self.page.locator(".row").filter(has_text=number)


async def floor(house: OpenHouse, page_at: Screens) -> Floor:
    """Let the manager look at the hall."""
    page = await page_at(BOARD)
    manager = await sign_in(page, house, "manager", "zhao.min")
    await page.goto(f"{house.running.address}/manager/{house.hall.hall}")
    await expect(page.get_by_role("heading", name="哪里吃紧")).to_be_visible()
    return Floor(page, manager)


async def test_zones_windows_longest_waits_and_figures_change_as_the_hall_does(
    house: OpenHouse, page_at: Screens
) -> None:
    at = await floor(house, page_at)
    await expect(at.zone("便民服务")).to_contain_text("没有人等")
    await expect(at.tile("1")).to_contain_text("未开")
    await expect(at.figure("今日取号")).to_have_text("0")

    clerk = await house.clerk_at("1", "li.na")
    await expect(at.tile("1")).to_contain_text("空闲")
    await house.number()
    await house.number()
    await expect(at.zone("便民服务")).to_contain_text("2 人等")
    await expect(at.figure("今日取号")).to_have_text("2")
    await expect(at.figure("正在等")).to_have_text("2")
    await expect(at.longest("A001")).to_contain_text("便民服务")

    await clerk.does("call-next")
    await expect(at.tile("1")).to_contain_text("叫号")
    await expect(at.longest("A001")).to_have_count(0)
    await clerk.does("start")
    await expect(at.tile("1")).to_contain_text("办理")
    house.clock.pass_by(8 * MINUTE)
    await clerk.does("complete", {"outcome": "done"})
    await expect(at.figure("已办")).to_have_text("1")
    await clerk.does("pause", {"reason": "会议或培训"})
    await expect(at.tile("1")).to_contain_text("暂停")
    await at.tile("1").click()
    await expect(at.page.get_by_text("会议或培训")).to_be_visible()


async def test_a_long_wait_is_told_with_what_would_help(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    await house.number()
    await clerk.does("pause", {"reason": "设备故障"})
    house.clock.pass_by(32 * MINUTE)

    at = await floor(house, page_at)
    await expect(at.zone("便民服务")).to_contain_text("最久 32 分")
    await expect(at.zone("便民服务")).to_contain_text("吃紧")
    await expect(at.longest("A001")).to_contain_text("32 分")
    assert await accessibility_faults(at.page) == []
    await take_picture(at.page, "manager-hurts")
    await at.page.get_by_role("button", name="1 号窗口已暂停 32 分（设备故障）").click()
    heading = at.page.get_by_role("heading", name="1 号窗口", exact=True)
    await expect(heading).to_be_visible()
    panel = at.page.locator(".panel")
    await expect(panel).to_contain_text("li.na 同志（工号 li.na）")
    await at.page.keyboard.press("Escape")

    await at.zone("便民服务").get_by_role("button", name="便民服务").click()
    zone = at.page.locator(".panel")
    await expect(zone).to_contain_text("1 人 · 最久 32 分")
    await expect(zone).to_contain_text("1 号窗口已暂停 32 分")
    await take_picture(at.page, "manager-zone")
    await zone.get_by_role("button", name="请求支援").click()
    await expect(at.page.get_by_text("已请求")).to_be_visible()
    (asked,) = house.hall.live.notices.values()
    assert asked.audience == "staff"
    assert "1" in asked.windows
    assert asked.zh.startswith("便民服务 1 人在等，最久 32 分，请 1、")


async def test_a_ticket_that_the_manager_pins_may_be_called_out_of_order(
    house: OpenHouse, page_at: Screens
) -> None:
    desk = await page_at((1366, 768))
    clerk = await sign_in(desk, house, "clerk", "li.na")
    assert (await clerk.post(f"{house.path}/windows/1/open")).status == 200
    for _ in range(2):
        await house.number()
        house.clock.pass_by(MINUTE)
    pinned = await house.number()
    await desk.goto(f"{house.running.address}/console/township?window=1")
    rows = desk.get_by_role("region", name="等候").get_by_role("listitem")
    await expect(rows).to_have_count(3)
    await desk.keyboard.press("ArrowUp")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_text("按规则顺序，不能先叫")).to_be_visible()

    at = await floor(house, page_at)
    await at.longest("A003").get_by_role("button", name="置顶").click()
    await at.page.get_by_role("button", name="行动不便").click()
    await take_picture(at.page, "manager-pins")
    await at.page.locator("form.pin-form").get_by_role("button", name="置顶").click()
    await expect(at.page.get_by_text("A003 已置顶，窗口现在可以先叫。")).to_be_visible()

    await expect(rows.filter(has_text="A003")).to_contain_text("置顶")
    await desk.get_by_role("button", name="叫此号").click()
    await expect(desk.locator(".current .hero")).to_have_text("A003")
    way = await way_of(at.manager, house, pinned["ticket"])
    assert [line["event"] for line in way] == [
        *("TicketIssued", "TicketPinned", "TicketCalled")
    ]
    assert "行动不便" in way[1]["text"]


async def test_a_numbers_way_is_found_by_its_number_and_behind_a_figure(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    await house.number()
    await clerk.does("call-next")
    await clerk.does("start")
    await clerk.does("complete", {"outcome": "accepted"})
    await house.number()
    at = await floor(house, page_at)

    await at.page.keyboard.press("/")
    await at.page.keyboard.type("a001")
    await at.page.keyboard.press("Enter")
    await expect(at.page.get_by_role("heading", name="A001 的经过")).to_be_visible()
    lines = at.page.locator(".panel").get_by_role("listitem")
    await expect(lines).to_have_count(5)
    await expect(lines.last).to_contain_text("办毕")
    await take_picture(at.page, "manager-way")
    await at.page.keyboard.press("Escape")

    await at.page.get_by_label("排队号").fill("Z999")
    await at.page.keyboard.press("Enter")
    await expect(at.page.get_by_role("alert")).to_have_text("今天没有 Z999 这个号")

    await at.page.get_by_role("button", name="作废 0").click()
    await expect(at.page.get_by_role("heading", name="过号作废 · 0 个")).to_be_visible()
    await at.figure("正在等").click()
    await expect(at.page.get_by_role("heading", name="正在等 · 1 个号")).to_be_visible()
    await at.page.get_by_role("button", name="A002").click()
    await expect(at.page.get_by_role("heading", name="A002 的经过")).to_be_visible()


async def test_a_notice_is_on_every_screen_at_once_until_it_is_withdrawn(
    house: OpenHouse, page_at: Screens
) -> None:
    await house.clerk_at("1", "li.na")
    taken = await house.number()
    address = house.running.address
    board, phone, desk = (
        await page_at(BOARD),
        await page_at(PHONE),
        await page_at((1366, 768)),
    )
    await board.goto(f"{address}/board/township")
    await phone.goto(f"{address}{taken['phone_path']}")
    await sign_in(desk, house, "clerk", "wang.fang")
    await desk.goto(f"{address}/console/township?window=2")
    at = await floor(house, page_at)

    await at.page.get_by_role("button", name="发通知").click()
    await at.page.get_by_label("中文（60 字以内）").fill("饮水机维修，请到二楼接水")
    await at.page.get_by_role("button", name="发出").click()
    for page in (board, phone, desk):
        await expect(page.get_by_text("饮水机维修，请到二楼接水")).to_be_visible()
    assert await accessibility_faults(at.page) == []
    await take_picture(at.page, "manager-notices")
    await take_picture(board, "board-notice")
    await take_picture(desk, "console-notice")

    await at.page.get_by_role("button", name="撤下").click()
    for page in (board, phone, desk):
        await expect(page.get_by_text("饮水机维修，请到二楼接水")).to_be_hidden()
    await expect(at.page.get_by_text("现在没有通知")).to_be_visible()


async def test_the_hall_is_seen_as_it_stood_at_any_event_of_the_day(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    for _ in range(2):
        await house.number()
        house.clock.pass_by(5 * MINUTE)
    for what in ("call-next", "start"):
        await clerk.does(what)
        house.clock.pass_by(MINUTE)
    await clerk.does("complete", {"outcome": "done"})
    page = await page_at(BOARD)
    await sign_in(page, house, "inspector", "qian.li")
    await page.goto(f"{house.running.address}/manager/township")
    await expect(page.get_by_role("button", name="发通知")).to_have_count(0)

    await page.get_by_role("button", name="回看").click()
    bar = page.get_by_role("region", name="大厅回看")
    await expect(bar).to_contain_text("办毕")
    last = house.hall.live.version
    await expect(bar).to_contain_text(f"记录 {last} / {last}")
    for _ in range(3):
        await page.keyboard.press("ArrowLeft")
    await expect(bar).to_contain_text("1 号窗口叫号")
    await expect(
        page.get_by_role("button", name="1 号窗口，叫号，0 分")
    ).to_be_visible()
    board = page.get_by_role("region", name="大屏")
    await expect(board.locator(".large")).to_contain_text("A001")
    await expect(board.locator(".large")).to_contain_text("1号窗口")
    await expect(board.locator(".zones")).to_contain_text("1 人等下一个 A002")
    await page.keyboard.press("ArrowLeft")
    await expect(board).to_contain_text("大屏上没有叫号")
    await expect(page.locator(".line")).to_contain_text("2 人 · 最久 5 分")
    assert await accessibility_faults(page) == []
    await take_picture(page, "manager-past")

    await page.locator(".line").get_by_role("button", name="A001").click()
    lines = page.locator(".panel").get_by_role("listitem")
    await lines.filter(has_text="开始办理").get_by_role("button").click()
    await page.keyboard.press("Escape")
    await expect(
        page.get_by_role("button", name="1 号窗口，办理，0 分")
    ).to_be_visible()

    await page.get_by_label("当天时间").fill(
        str(house.hall.live.load.rows[-1].start_at)
    )
    await page.keyboard.press("Home")
    await expect(bar).to_contain_text(f"记录 1 / {last}")
    await page.get_by_role("button", name="播放（空格）").click()
    await expect(bar).to_contain_text("取号 A001")
    await page.get_by_role("button", name="回到现在").click()
    await expect(page.get_by_role("heading", name="哪里吃紧")).to_be_visible()


async def test_a_number_of_a_day_in_an_archive_is_found_and_its_day_looked_at(
    tmp_path: Path, page_at: Screens
) -> None:
    page_at.allow("404")
    data = tmp_path / "data"
    async with open_house(data) as monday:
        await monday.clerk_at("1", "li.na")
        await monday.number()
    async with open_house(data, date=TUESDAY) as tuesday:
        await tuesday.day_state(1, TUESDAY)
    record, folder = data / "record.sqlite", data / "archives"
    archive(record, folder, "township", TUESDAY, remove=True, kept_days=1)

    async with open_house(data, date=TUESDAY) as house:
        assert recorded_dates(house.house.log, "township") == [TUESDAY]
        at = await floor(house, page_at)
        number, day = at.page.get_by_label("排队号"), at.page.get_by_label("哪一天的号")
        await number.fill("a001")
        await day.fill("2026-03-01")
        await number.press("Enter")
        alert = at.page.get_by_role("alert")
        await expect(alert).to_have_text("2026-03-01 大厅没有营业记录")
        await day.fill(MONDAY)
        await number.press("Enter")
        heading = at.page.get_by_role("heading", name=f"A001 的经过 · {MONDAY}")
        await expect(heading).to_be_visible()
        await at.page.get_by_role("button", name="看当时").first.click()
        await expect(at.page.get_by_label("日期")).to_have_value(MONDAY)
        bar = at.page.get_by_role("region", name="大厅回看")
        await expect(bar.get_by_role("status")).to_contain_text("取号 A001")
        await at.page.goto(f"{house.running.address}/manager/township?date=2026-03-01")
        await expect(alert).to_contain_text("2026-03-01 大厅没有营业记录")
        await at.page.get_by_label("日期").fill(MONDAY)
        await expect(bar).to_contain_text("记录")
        await at.page.close()


async def test_the_reports_of_day_and_year_open_in_pages_of_their_own(
    house: OpenHouse, page_at: Screens
) -> None:
    await house.clerk_at("1", "li.na")
    await house.number()
    at = await floor(house, page_at)
    menu = at.page.locator("summary")
    link = at.page.get_by_role("link", name="今日抽查报告", exact=True)
    await menu.click()
    await take_picture(at.page, "manager-reports")

    async with at.page.context.expect_page() as opened:
        await link.click()
    report = await opened.value
    await expect(report.get_by_role("heading").first).to_have_text("运行抽查日报")
    await take_picture(report, "manager-report")

    await expect(link).to_be_hidden()
    await menu.click()
    async with at.page.context.expect_page() as opened:
        await at.page.get_by_role("link", name="2026 年度报告", exact=True).click()
    report = await opened.value
    await expect(report.get_by_role("heading").first).to_contain_text("2026")
    for name in ("今日抽查报告，表格", "2026 年度报告，表格"):
        path = await at.page.get_by_label(name).get_attribute("href")
        answer = await at.page.request.get(f"{house.running.address}{path}")
        assert answer.status == 200
        assert "spreadsheetml" in answer.headers["content-type"]


async def test_the_day_ends_only_when_nobody_may_still_be_served(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409")
    clerk = await house.clerk_at("1", "li.na")
    taken = await house.number()
    at = await floor(house, page_at)
    end = at.page.get_by_role("button", name="结束今天", exact=True)
    sure = at.page.get_by_role("button", name="确认结束今天")

    await end.click()
    await take_picture(at.page, "manager-ends-day")
    await sure.click()
    await expect(at.page.get_by_role("alertdialog")).to_contain_text(
        "还有 1 张号票未办完。"
    )

    assert (await clerk.does("close")).status == 200
    await sure.click()
    ended = at.page.get_by_role("banner").get_by_text("今天已结束")
    await expect(ended).to_be_visible()
    await expect(end).to_be_hidden()
    way = await way_of(at.manager, house, taken["ticket"])
    assert [line["event"] for line in way] == ["TicketIssued", "TicketEnded"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_whole_city_hall_is_seen_at_one_look(
    tmp_path: Path, page_at: Screens, language: str
) -> None:
    async with open_house(tmp_path, profile="city") as city:
        page = await page_at(BOARD, language)
        await sign_in(page, city, "manager", "zhao.min")
        await page.goto(f"{city.running.address}/manager/city")

        zones = page.get_by_role("article")
        await expect(zones).to_have_count(10)
        await expect(zones.locator(".tiles").get_by_role("button")).to_have_count(125)
        for zone in await zones.all():
            await expect(zone).to_be_in_viewport(ratio=1)
        await take_picture(page, f"manager-city-{language}")
        await page.close()
