"""Staff sign in on the screen, with a real browser against a running house."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.open_house import PASSWORD, OpenHouse, open_house
from tests.screens import DESK, Screens, accessibility_faults, take_picture


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


async def type_in(page: Page, account: str, password: str) -> None:
    """Fill the form as its owner would, and press Enter."""
    await page.get_by_label("账号").fill(account)
    await page.get_by_label("密码", exact=True).fill(password)
    await page.keyboard.press("Enter")


async def test_a_wrong_password_is_told_in_words_and_the_right_one_opens_the_console(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    await house.staff("clerk", "li.na")
    page = await page_at(DESK)
    await page.goto(f"{house.running.address}/sign-in")
    await expect(page.get_by_label("账号")).to_be_focused()

    await type_in(page, "li.na", "wrong horse 1")
    refusal = page.get_by_role("alert")
    await expect(refusal).to_contain_text("账号或密码不对")
    await expect(refusal).to_be_focused()
    await expect(page.get_by_label("账号")).to_have_value("li.na")
    assert await accessibility_faults(page) == []
    await take_picture(page, "sign-in-refused")

    await type_in(page, "li.na", PASSWORD)
    await expect(page.get_by_role("heading", name="您今天在哪个窗口？")).to_be_visible()
    assert page.url == f"{house.running.address}/console/township"


async def test_what_is_missing_is_asked_for_at_its_field(
    house: OpenHouse, page_at: Screens
) -> None:
    page = await page_at(DESK)
    await page.goto(f"{house.running.address}/sign-in")

    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_text("请输入账号。")).to_be_visible()
    await expect(page.get_by_label("账号")).to_be_focused()

    await page.get_by_label("账号").fill("li.na")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("请输入密码。")).to_be_visible()
    await expect(page.get_by_label("密码", exact=True)).to_be_focused()


async def test_whoever_comes_to_a_page_unknown_signs_in_and_comes_back_to_it(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    await house.staff("manager", "wang.fang")
    page = await page_at(DESK)

    await page.goto(f"{house.running.address}/manager/township")
    await type_in(page, "wang.fang", PASSWORD)
    await expect(page.get_by_role("heading", name="哪里吃紧")).to_be_visible()
    assert page.url == f"{house.running.address}/manager/township"

    await page.get_by_role("button", name="退出登录").click()
    await expect(page.get_by_label("账号")).to_be_visible()
    await page.goto(f"{house.running.address}/manager/township")
    await expect(page.get_by_label("账号")).to_be_visible()


async def test_a_clerk_who_reads_english_signs_in_in_english(
    house: OpenHouse, page_at: Screens
) -> None:
    await house.staff("clerk", "li.na")
    page = await page_at(DESK, "en")
    await page.goto(f"{house.running.address}/sign-in")

    await page.get_by_label("Account").fill("li.na")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    assert await accessibility_faults(page) == []
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("heading")).to_have_text(
        ["At which window are you today?", "Services", "Assistance"]
    )
