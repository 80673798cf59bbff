"""The office on its screens: devices, a second factor, and the audit of it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import expect

from queue_core.interface.serving import SESSION_COOKIE
from tests.open_house import PASSWORD, OpenHouse, open_house
from tests.screens import DESK, PAD, Screens, accessibility_faults, take_picture

from .staff_screens import sign_in


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_a_pad_shows_a_code_and_works_once_the_manager_has_typed_it_in(
    house: OpenHouse, page_at: Screens
) -> None:
    pad, desk = await page_at(PAD), await page_at(DESK)
    await sign_in(desk, house, "manager", "zhao.min")
    await pad.goto(f"{house.running.address}/pad/township/1")
    shown = pad.locator(".enrol .code")
    await expect(shown).to_be_visible()
    code = await shown.inner_text()
    await take_picture(pad, "pad-code")

    await desk.goto(f"{house.running.address}/devices/township")
    await desk.get_by_label("设备上的登记码").fill("AAAA-BBBB")
    await desk.get_by_label("类型").select_option("pad")
    await desk.get_by_label("窗口号").fill("1")
    page_at.allow("422")
    await desk.get_by_role("button", name="登记").click()
    await expect(desk.get_by_role("alert")).to_contain_text("没有此类设备")
    await desk.get_by_label("设备上的登记码").fill(code.lower())
    await desk.get_by_role("button", name="登记").click()
    await expect(desk.get_by_role("status")).to_contain_text("已登记在 1")
    await expect(desk.get_by_role("table")).to_contain_text("评价器")
    assert await accessibility_faults(desk) == []
    await take_picture(desk, "devices-zh")

    await expect(shown).to_have_count(0, timeout=30_000)
    assert pad.url.endswith("/pad/township/1")
    assert "d." not in pad.url


async def test_a_second_factor_is_turned_on_asked_for_and_noted(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("403")
    desk = await page_at(DESK)
    await sign_in(desk, house, "manager", "zhao.min")
    await desk.goto(f"{house.running.address}/account")
    await desk.get_by_role("button", name="启用").click()
    secret = await desk.locator(".secret").inner_text()
    await take_picture(desk, "account-zh")
    await desk.get_by_label("动态码", exact=True).fill(pyotp.TOTP(secret).now())
    await desk.get_by_role("button", name="确认").click()
    codes = desk.locator(".codes li")
    await expect(codes).to_have_count(10)
    recovery = await codes.first.inner_text()
    assert await accessibility_faults(desk) == []

    await desk.context.clear_cookies(name=SESSION_COOKIE)
    await desk.goto(f"{house.running.address}/sign-in")
    await desk.get_by_label("账号").fill("zhao.min")
    await desk.get_by_label("密码", exact=True).fill(PASSWORD)
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_label("动态码")).to_be_focused()
    await take_picture(desk, "sign-in-code")
    await desk.get_by_label("动态码").fill(recovery)
    await desk.keyboard.press("Enter")
    await expect(desk).to_have_url(f"{house.running.address}/manager/township")

    auditor = await page_at(DESK, "en")
    await sign_in(auditor, house, "auditor", "sun.li")
    await auditor.goto(f"{house.running.address}/audit")
    table = auditor.get_by_role("table")
    for told in ("Second factor added", "Recovery code used", "Session ended"):
        await expect(table).to_contain_text(told)
    await auditor.get_by_label("Action").select_option("recovery-code-used")
    await auditor.get_by_role("button", name="Show").click()
    await expect(table.locator("tbody tr")).to_have_count(1)
    assert await accessibility_faults(auditor) == []
    await take_picture(auditor, "audit-en")
    async with auditor.expect_download() as download:
        await auditor.get_by_role("link", name="Export CSV").click()
    assert (await download.value).suggested_filename == "audit.csv"


async def test_no_page_breaks_the_policy_and_one_that_would_is_caught(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("policy: ", "Content Security Policy")
    page = await page_at(DESK)
    await page.goto(f"{house.running.address}/sign-in")

    async with page.expect_console_message(
        lambda told: "policy: " in told.text
    ) as told:
        await page.evaluate(
            """() => {
                const script = document.createElement('script')
                script.textContent = 'document.title = "broken"'
                document.head.append(script)
            }"""
        )

    assert "policy: script-src" in (await told.value).text
    assert await page.title() != "broken"
