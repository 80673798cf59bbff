"""The screens of the tests report what goes wrong in a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.screens import PHONE, Screens, accessibility_faults, take_picture


async def test_a_page_has_the_size_and_language_of_its_screen(
    page_at: Screens,
) -> None:
    page = await page_at(PHONE, "en")

    seen = await page.evaluate("[innerWidth, innerHeight, navigator.language]")

    assert seen == [390, 844, "en"]


async def test_errors_of_a_page_are_kept(browser: Browser) -> None:
    screens = Screens(browser)
    page = await screens()
    await page.evaluate("console.error('the printer is gone')")
    async with page.expect_event("pageerror"):
        await page.evaluate("setTimeout(() => { throw new Error('out of paper') })")

    errors = await screens.close()

    assert len(errors) == 2
    assert "the printer is gone" in errors[0]
    assert "out of paper" in errors[1]


async def test_an_error_the_test_is_about_is_accepted(page_at: Screens) -> None:
    page = await page_at()

    page_at.allow("printer")

    await page.evaluate("console.error('the printer is gone')")


async def test_faults_for_people_who_cannot_see_are_found(page_at: Screens) -> None:
    page = await page_at()
    await page.set_content("<html lang='en'><title>Hall</title><main><button>")

    faults = await accessibility_faults(page)

    assert [fault.split(":")[0] for fault in faults] == ["button-name"]


async def test_chinese_is_drawn_with_its_own_glyphs(page_at: Screens) -> None:
    page = await page_at()
    await page.set_content("<span>请取号</span><br><span>\U0010ffff</span>")

    session = await page.context.new_cdp_session(page)
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    document = await session.send("DOM.getDocument")
    span = await session.send(
        "DOM.querySelector",
        {"nodeId": document["root"]["nodeId"], "selector": "span"},
    )
    drawn = await session.send("CSS.getPlatformFontsForNode", span)

    assert sum(font["glyphCount"] for font in drawn["fonts"]) == 3
    assert any("CJK" in font["familyName"] for font in drawn["fonts"])


async def test_pictures_are_kept_only_where_they_are_asked_for(
    page_at: Screens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await page_at(PHONE)

    monkeypatch.delenv("YIHAO_SCREENSHOTS", raising=False)
    await take_picture(page, "before")
    monkeypatch.setenv("YIHAO_SCREENSHOTS", str(tmp_path))
    await take_picture(page, "after")

    assert [path.name for path in tmp_path.iterdir()] == ["after.png"]
