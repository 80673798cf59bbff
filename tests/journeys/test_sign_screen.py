"""The sign over a window: is it my turn here?"""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.journeys.public_screens import (
    Cable,
    address,
    calls_next,
    clerk_of,
    item_of,
    serves,
)
from tests.open_house import OpenHouse
from tests.screens import BOARD, KIOSK, Screens, accessibility_faults, take_picture


async def put_up(
    house: OpenHouse, sign: Page, window: str, *, language: str = "zh"
) -> None:
    """Enrol the sign of a window, and open it with its token."""
    token = (await house.device("sign", window)).token
    path = f"/sign/city/{window}?lang={language}#token={token}"
    await sign.goto(address(house, path))


async def test_the_sign_shows_the_number_at_its_window_and_clears(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "vehicles")
    sign = await page_at(BOARD)
    await put_up(house, sign, clerk.window)
    await expect(sign.get_by_role("heading", name="64")).to_be_visible()
    await expect(sign.get_by_text("等候叫号")).to_be_visible()
    await expect(sign.get_by_text("工号 clerk-64")).to_be_visible()
    await house.number(item_of(house, "vehicles").item)

    await calls_next(clerk)

    await expect(sign.get_by_role("heading", name="请到本窗口")).to_be_visible()
    number = sign.get_by_text("E001", exact=True)
    await expect(number).to_be_visible()
    assert await accessibility_faults(sign) == []
    await take_picture(sign, "sign-called")

    await clerk.does("start")
    await expect(sign.get_by_role("heading", name="正在办理")).to_be_visible()

    await clerk.does("complete", {"outcome": "done"})
    await expect(sign.get_by_text("等候叫号")).to_be_visible()
    await expect(number).to_be_hidden()

    await clerk.does("pause", {"reason": "设备故障"})
    await expect(sign.get_by_text("暂停服务")).to_be_visible()
    await expect(sign.get_by_text("设备故障")).to_be_visible()
    assert await accessibility_faults(sign) == []

    await clerk.does("resume")
    await clerk.does("close")
    await expect(sign.get_by_text("未开放")).to_be_visible()
    await expect(sign.get_by_text("工号")).to_be_hidden()


async def test_the_sign_of_another_window_shows_nothing_of_the_call(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk, neighbour = [await clerk_of(house, "exit-entry") for _ in range(2)]
    other, sign = await page_at(BOARD), await page_at(KIOSK)
    await put_up(house, other, neighbour.window)
    await put_up(house, sign, clerk.window, language="en")
    for _ in range(2):
        await house.number(item_of(house, "exit-entry").item)

    await calls_next(clerk)

    await expect(sign.get_by_role("heading", name="Please come here")).to_be_visible()
    await expect(sign.get_by_text("D001", exact=True)).to_be_visible()
    assert await accessibility_faults(sign) == []
    await take_picture(sign, "sign-portrait-en")
    await expect(other.get_by_text("等候叫号")).to_be_visible()

    await calls_next(neighbour)

    await expect(other.get_by_text("D002", exact=True)).to_be_visible()
    await expect(sign.get_by_text("D001", exact=True)).to_be_visible()


async def test_a_sign_that_is_cut_off_says_so_and_shows_the_next_afterwards(
    house: OpenHouse, page_at: Screens
) -> None:
    clerk = await clerk_of(house, "property-records")
    for _ in range(2):
        await house.number(item_of(house, "property-records").item)
    sign = await page_at(BOARD)
    cable = Cable(sign)
    await cable.lay()
    await put_up(house, sign, clerk.window)
    await calls_next(clerk)
    await expect(sign.get_by_text("T001", exact=True)).to_be_visible()

    await cable.pull_out()

    notice = sign.get_by_role("status").filter(has_text="截至 09:")
    await expect(notice).to_be_visible()
    await serves(clerk)
    await calls_next(clerk)
    await expect(sign.get_by_text("T001", exact=True)).to_be_visible()
    assert await accessibility_faults(sign) == []
    await take_picture(sign, "sign-cut-off")

    await cable.plug_in()

    await expect(sign.get_by_text("T002", exact=True)).to_be_visible()
    await expect(notice).to_be_hidden()


async def test_a_sign_that_was_taken_down_shows_nothing_any_more(
    house: OpenHouse, page_at: Screens
) -> None:
    manager = await house.caller("manager", "signs-manager")
    enrolled = await manager.post(
        f"{house.path}/devices", {"kind": "sign", "place": "125"}
    )
    token, device = enrolled.says["token"], enrolled.says["device"]
    sign = await page_at(BOARD)
    await sign.goto(address(house, f"/sign/city/125#token={token}"))
    await expect(sign.get_by_text("未开放")).to_be_visible()

    revoked = await manager.post(f"{house.path}/devices/{device}/revoke")

    assert revoked.status == 200
    await sign.reload()
    await expect(sign.get_by_text("本屏未登记")).to_be_visible()


async def test_a_sign_of_no_window_says_that_its_address_is_wrong(
    house: OpenHouse, page_at: Screens
) -> None:
    sign = await page_at(BOARD)

    await sign.goto(address(house, "/sign/city/999"))

    await expect(sign.get_by_text("没有这个窗口")).to_be_visible()
    await expect(sign.get_by_text("请工作人员核对本屏地址")).to_be_visible()
