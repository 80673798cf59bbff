"""Staff sign in with their unified account, in a real browser, at a real provider."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.open_house import OpenHouse, open_house
from tests.screens import DESK, Screens, accessibility_faults, take_picture
from tests.windows.oidc import CLIENT, provider_at, secret_file


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    # The house says which port it has only when it is open.
    async with (
        provider_at("http://127.0.0.1/sign-in") as issuer,
        open_house(
            tmp_path / "data",
            oidc_issuer=issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret_file=secret_file(tmp_path),
        ) as opened,
    ):
        yield opened


async def let_the_provider_have_its_looks(page: Page) -> None:
    """Answer what the provider's pages ask of others: letters and a little picture."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=204)

    await page.route("https://fonts.googleapis.com/**", answer)
    await page.route("**/favicon.ico", answer)


async def be(page: Page, name: str) -> None:
    """Say at the provider who one is, and agree to what it asks."""
    await page.locator("input[name=login]").fill(name)
    await page.locator("input[name=password]").fill("any")
    await page.locator("button[type=submit]").click()
    await page.locator("input[name=prompt][value=consent]").wait_for(state="attached")
    await page.locator("button[type=submit]").click()


async def test_a_clerk_goes_to_the_provider_and_comes_back_to_his_page(
    house: OpenHouse, page_at: Screens
) -> None:
    # Nobody is signed in when he comes, and the page finds that out by asking.
    page_at.allow("401")
    await house.staff("clerk", "li.na")
    page = await page_at(DESK)
    await let_the_provider_have_its_looks(page)
    await page.goto(f"{house.running.address}/console/township?window=1")
    button = page.get_by_role("button", name="统一身份登录")
    await expect(button).to_be_visible()
    assert await accessibility_faults(page) == []
    await take_picture(page, "sign-on-zh")

    await button.click()
    await be(page, "li.na")

    await expect(page.get_by_role("heading", name="在 1 号窗口上岗")).to_be_visible()
    assert page.url == f"{house.running.address}/console/township?window=1"


async def test_a_refusal_is_told_in_words_and_another_way_is_still_open(
    house: OpenHouse, page_at: Screens
) -> None:
    page_at.allow("401")
    page = await page_at(DESK, "en")
    await let_the_provider_have_its_looks(page)
    button = page.get_by_role("button", name="Sign in with your unified account")
    refusal = page.get_by_role("alert")

    await page.goto(f"{house.running.address}/sign-in")
    await button.click()
    await page.get_by_text("Cancel").click()
    await expect(refusal).to_contain_text("You did not finish signing in")
    await expect(refusal).to_be_focused()
    assert page.url == f"{house.running.address}/sign-in"

    await button.click()
    await be(page, "somebody.else")
    await expect(refusal).to_contain_text("you have no account here")
    assert page.url == f"{house.running.address}/sign-in"
    await expect(button).to_be_visible()
    assert await accessibility_faults(page) == []
    await take_picture(page, "sign-on-refused-en")

    await page.get_by_role("button", name="中文").click()
    await expect(refusal).to_contain_text("您在这里没有账号")
    await take_picture(page, "sign-on-refused-zh")

    await page.goto(f"{house.running.address}/sign-in?code=made-up&state=up")
    await expect(refusal).to_contain_text("统一身份登录没有成功")
