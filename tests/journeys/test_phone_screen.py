"""The phone: a number in the pocket, from the taking to the evaluation."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.journeys.public_screens import (
    Cable,
    address,
    calls_next,
    clerk_of,
    item_of,
    serves,
)
from tests.open_house import OpenHouse
from tests.screens import PHONE, Screens, accessibility_faults, take_picture


NEXT = "下一个就轮到您"


async def opened(house: OpenHouse, page: Page, queue: str) -> dict[str, Any]:
    """Take a number of the queue and open its page, as from the code on a slip."""
    taken = await house.number(item_of(house, queue).item)
    await page.goto(address(house, taken["phone_path"]))
    await expect(page.get_by_role("heading", name=taken["number"])).to_be_visible()
    return taken


def people_ahead(phone: Page, people: int) -> Locator:
    """Return the line that tells how many are ahead, if it tells so many."""
    return phone.get_by_text(re.compile(rf"^您前面还有\s*{people}\s*人$"))


async def faults_in_both_themes(phone: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA by day or by night."""
    faults = await accessibility_faults(phone)
    await phone.emulate_media(color_scheme="dark")
    faults += await accessibility_faults(phone)
    await phone.emulate_media(color_scheme="light")
    return faults


async def test_a_number_taken_by_phone_moves_up_as_others_are_called(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "property")
    for _ in range(2):
        await house.number(item_of(house, "property").item)
    phone = await page_at(PHONE, touch=True)
    await phone.goto(address(house, "/phone/city"))
    zone = phone.get_by_role("button", name="不动产")
    await expect(zone).to_contain_text("2 人等候")
    await phone.get_by_role("searchbox").fill("办房本")
    item = "新建商品房首次转移登记"
    found = phone.get_by_role("search").locator("~ *").get_by_role("button", name=item)
    await expect(found).to_be_visible()
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-search")
    await found.tap()
    await expect(phone.get_by_text("购房合同")).to_be_visible()
    await take_picture(phone, "phone-item")

    await phone.get_by_role("button", name="取号").tap()

    await expect(phone.get_by_role("heading", name="S003")).to_be_visible()
    await expect(people_ahead(phone, 2)).to_be_visible()
    await expect(phone.get_by_text("由 93 号窗口办理")).to_be_visible()
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-waiting")

    await phone.get_by_role("button", name="核对我的号").tap()
    await expect(phone.get_by_text("在。S003 号在当天的记录里。")).to_be_visible()
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-proof")
    await phone.get_by_role("button", name="再核对一次").tap()
    await expect(phone.get_by_text("前面的记录没有改动")).to_be_visible()

    assert (await calls_next(clerk))["number"] == "S001"
    await expect(people_ahead(phone, 1)).to_be_visible()
    await serves(clerk)
    await calls_next(clerk)
    await expect(phone.get_by_text(NEXT)).to_be_visible()
    await serves(clerk)

    # Whoever has lost the page finds the number where it was taken.
    await phone.goto(address(house, "/phone/city"))
    await phone.get_by_role("link", name="S003").tap()
    await expect(phone.get_by_text(NEXT)).to_be_visible()

    await calls_next(clerk)
    await expect(phone).to_have_title("请到93号窗口 · S003")


async def test_the_phone_says_when_it_is_your_turn_also_after_a_reload(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "everyday")
    phone = await page_at(PHONE)
    await opened(house, phone, "everyday")

    await calls_next(clerk)

    await expect(phone.get_by_text("请到", exact=True)).to_be_visible()
    await expect(phone.get_by_text("1号窗口")).to_be_visible()
    await expect(phone).to_have_title("请到1号窗口 · H001")
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-called")
    await clerk.does("recall")
    await expect(phone.get_by_text("第 2 次呼叫")).to_be_visible()

    await phone.reload()
    await expect(phone.get_by_text("第 2 次呼叫")).to_be_visible()
    await expect(phone.get_by_text("1号窗口")).to_be_visible()

    await clerk.does("start")
    await expect(phone.get_by_text("正在办理", exact=True)).to_be_visible()


async def test_the_citizen_says_how_it_was_and_a_low_grade_needs_a_reason(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "everyday")
    phone = await page_at(PHONE)
    await opened(house, phone, "everyday")
    await calls_next(clerk)
    await clerk.does("start")
    papers = {"outcome": "needs-supplement", "supplement": ["营业执照", "法人身份证"]}
    await clerk.does("complete", papers)
    await expect(phone.get_by_role("heading", name="需补充材料")).to_be_visible()
    await expect(phone.get_by_text("2. 法人身份证")).to_be_visible()
    grades = phone.get_by_role("radio")
    await expect(grades).to_have_count(5)
    assert not [grade for grade in await grades.all() if await grade.is_checked()]

    await phone.get_by_text("不满意", exact=True).click()
    await phone.get_by_role("button", name="提交评价").click()

    alert = phone.get_by_role("alert")
    await expect(alert).to_have_text("请选一项原因，或写几句话，我们好改进")
    await expect(alert).to_be_focused()
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-evaluate")

    await phone.get_by_label("想说的话").fill("等了很久")
    await phone.get_by_role("button", name="提交评价").click()
    thanks = phone.get_by_text("评价已收到，谢谢您")
    await expect(thanks).to_be_visible()

    await phone.reload()
    await expect(thanks).to_be_visible()
    await expect(phone.get_by_role("radio")).to_have_count(0)


async def test_who_steps_away_keeps_the_place_and_is_not_called_meanwhile(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "housing")
    phone = await page_at(PHONE)
    await opened(house, phone, "housing")
    other = await house.number(item_of(house, "housing").item)

    await phone.get_by_role("button", name="暂时离开").click()
    panel = phone.get_by_text("位置为您保留，最长 30 分钟")
    await expect(panel).to_be_visible()
    assert await faults_in_both_themes(phone) == []
    await phone.get_by_role("button", name="暂时离开").click()

    await expect(phone.get_by_text("位置为您保留到 10:00")).to_be_visible()
    await take_picture(phone, "phone-away")
    assert (await calls_next(clerk))["number"] == other["number"]
    await serves(clerk)

    await phone.get_by_role("button", name="我回来了").click()

    await expect(phone.get_by_text(NEXT)).to_be_visible()
    await expect(phone.get_by_role("button", name="取消号票")).to_be_visible()
    await expect(phone.get_by_role("button", name="暂时离开")).to_be_hidden()
    await calls_next(clerk)
    await expect(phone).to_have_title(re.compile("^请到.*J001$"))


async def test_a_number_that_is_given_back_is_not_valid_any_more(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "social-permits")
    phone = await page_at(PHONE, "en")
    await opened(house, phone, "social-permits")
    await expect(phone.get_by_text("You are next")).to_be_visible()
    assert await faults_in_both_themes(phone) == []

    await phone.get_by_role("button", name="Give it back").click()
    await expect(phone.get_by_text("not valid any more")).to_be_visible()
    await phone.get_by_role("button", name="Keep it").click()
    await phone.get_by_role("button", name="Give it back").click()
    await phone.get_by_role("button", name="Give it back").click()

    await expect(phone.get_by_text("Cancelled")).to_be_visible()
    await expect(phone.get_by_role("link", name="Take another number")).to_be_visible()
    await take_picture(phone, "phone-cancelled-en")
    assert (await clerk.does("call-next")).says["ticket"] is None


async def test_a_phone_that_is_cut_off_says_so_and_comes_back(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "invoices")
    for _ in range(3):
        await house.number(item_of(house, "invoices").item)
    phone = await page_at(PHONE)
    cable = Cable(phone)
    await cable.lay()
    await opened(house, phone, "invoices")
    await expect(people_ahead(phone, 3)).to_be_visible()
    await calls_next(clerk)
    await expect(people_ahead(phone, 2)).to_be_visible()

    await cable.pull_out()

    notice = phone.get_by_role("status").filter(has_text="截至 09:")
    await expect(notice).to_be_visible()
    await serves(clerk)
    await calls_next(clerk)
    await expect(people_ahead(phone, 2)).to_be_visible()
    assert await faults_in_both_themes(phone) == []
    await take_picture(phone, "phone-cut-off")

    await cable.plug_in()

    await expect(people_ahead(phone, 1)).to_be_visible()
    await expect(notice).to_be_hidden()


async def test_a_phone_that_no_link_reaches_says_of_when_its_picture_is(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "projects")
    for _ in range(2):
        await house.number(item_of(house, "projects").item)
    phone = await page_at(PHONE)
    cable = Cable(phone)
    await cable.lay()
    await cable.pull_out()

    ahead = (await opened(house, phone, "projects"))["people_ahead"]

    notice = phone.get_by_role("status").filter(has_text="截至 09:")
    await expect(notice).to_be_visible()
    await expect(people_ahead(phone, ahead)).to_be_visible()

    await calls_next(clerk)
    await cable.plug_in()

    await expect(people_ahead(phone, ahead - 1)).to_be_visible()
    await expect(notice).to_be_hidden()


async def test_a_ticket_opens_only_with_its_own_secret(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401", "403", "404")
    await clerk_of(house, "employment")
    mine = await house.number(item_of(house, "employment").item)
    other = await house.number(item_of(house, "employment").item)
    phone = await page_at(PHONE)
    stolen = f"/t/{mine['ticket']}#{other['secret']}"

    await phone.goto(address(house, stolen))
    await expect(phone.get_by_role("alert")).to_contain_text("打不开这张号票")
    await expect(phone.get_by_text(mine["number"])).to_have_count(0)

    await phone.goto(address(house, f"/t/{mine['ticket']}"))
    await phone.reload()
    await expect(phone.get_by_role("alert")).to_contain_text("链接不完整")


async def test_an_item_that_no_open_window_serves_is_sent_to_the_help_desk(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("409")
    phone = await page_at(PHONE)
    await phone.goto(address(house, "/phone/city?item=ZZ001"))

    await phone.get_by_role("button", name="取号").click()

    alert = phone.get_by_role("alert")
    await expect(alert).to_contain_text("请到一楼大厅入口处导办台咨询")
    await expect(alert).to_be_focused()
    assert await faults_in_both_themes(phone) == []
