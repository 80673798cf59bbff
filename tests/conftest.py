"""Fixtures of the whole house: a real browser, and pages whose errors fail the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from tests.screens import Screens, chromium_path


# Examples are not timed: a machine that is busy with other work fails no rule.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a worker."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_path())
        yield chromium
        await chromium.close()


@pytest.fixture
async def page_at(browser: Browser) -> AsyncIterator[Screens]:
    """Open pages with `await page_at(PHONE, "en")`; their errors fail the test."""
    screens = Screens(browser)
    yield screens
    errors = await screens.close()
    assert not errors, "\n".join(["errors in the pages:", *errors])
