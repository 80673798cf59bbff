"""Screens as a citizen or a clerk has them in front of them, in a real Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
)


Size = tuple[int, int]

FEATURES_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay"),
    *("MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
)
"""What Playwright turns off, which naming more takes back, and the suggestions of the
address bar: they are a page of the browser's own, as dear to open as ours, for each
window that nobody types an address into."""
BROWSER_OPTIONS = [f"--disable-features={','.join(FEATURES_OFF)}"]

BOARD: Size = (1920, 1080)
DESK: Size = (1440, 900)
KIOSK: Size = (1080, 1920)
PAD: Size = (1280, 800)
PHONE: Size = (390, 844)

TIMEOUT_MILLISECONDS = 30_000
expect.set_options(timeout=TIMEOUT_MILLISECONDS)
POLICY_WATCH = """addEventListener('securitypolicyviolation', (broken) =>
  console.error(`policy: ${broken.effectiveDirective} ${broken.blockedURI}`))"""
"""Whatever breaks the content policy of a page is an error of that page."""

WCAG_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


class Screens:
    """Open pages for one test, and keep what goes wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._allowed: list[str] = []
        self._errors: list[str] = []

    async def __call__(
        self, size: Size = BOARD, language: str = "zh-CN", *, touch: bool = False
    ) -> Page:
        """Return an empty page of that size, with a storage of its own."""
        width, height = size
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Shanghai",
            has_touch=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        await context.add_init_script(POLICY_WATCH)
        self._contexts.append(context)
        return self._watched(await context.new_page())

    async def beside(self, page: Page) -> Page:
        """Return a second page that shares the storage of the first."""
        return self._watched(await page.context.new_page())

    def allow(self, *texts: str) -> None:
        """Accept errors that contain one of the texts: the test is about them."""
        self._allowed.extend(texts)

    async def close(self) -> list[str]:
        """Close every page, and return what went wrong in them."""
        for context in self._contexts:
            await context.close()
        return [
            error
            for error in self._errors
            if not any(text in error for text in self._allowed)
        ]

    def _watched(self, page: Page) -> Page:
        page.on("console", self._note_console)
        page.on("pageerror", self._note_page_error)
        return page

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self._errors.append(f"console: {message.text} ({place})")

    def _note_page_error(self, error: Error) -> None:
        self._errors.append(f"page: {error.stack or error.message}")


async def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the screen, where YIHAO_SCREENSHOTS asks for pictures."""
    folder = os.environ.get("YIHAO_SCREENSHOTS")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def accessibility_faults(
    page: Page, tags: Sequence[str] = WCAG_AA, *, without: Sequence[str] = ()
) -> list[str]:
    """Return one line for each WCAG 2.2 AA rule the page breaks."""
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": list(tags)},
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    results = await Axe().run(page, options=options)
    return [
        f"{fault['id']}: {fault['help']}: {node['html']}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]


def chromium_path() -> str | None:
    """Return the browser to use: the one that is named, else the machine's own."""
    named = os.environ.get("YIHAO_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")
