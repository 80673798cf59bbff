"""Pages of a real browser in every language, and the pictures of them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, WebSocketRoute
from playwright.async_api import Error as PlaywrightError

from queue_core.interface.serving import SESSION_COOKIE


Size = tuple[int, int]

BOARD: Size = (1920, 1080)
DESK: Size = (1440, 900)
KIOSK: Size = (1080, 1920)
PAD: Size = (1280, 800)
PHONE: Size = (390, 844)
SMALL_PHONE: Size = (320, 568)

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
WAIT_MILLISECONDS = 20_000
SETTLE_MILLISECONDS = 350
OUTDATED = 8_000
"""Milliseconds after which a picture that nothing confirms is an old one."""
CHOOSE_DARK = "localStorage.setItem('yihao.theme', 'dark')"
"""Offices are light until somebody chooses otherwise."""
QUIET = """() => document.fonts.ready.then(() => new Promise(
  (seen) => requestAnimationFrame(() => requestAnimationFrame(seen))))"""


class Camera:
    """What takes the pictures of one language."""

    def __init__(
        self, browser: Browser, address: str, folder: Path, language: str
    ) -> None:
        self.language = language
        self.folder = folder / language
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken = 0
        self._browser = browser
        self._address = address

    async def open(
        self,
        path: str,
        size: Size,
        *,
        token: str = "",
        session: str = "",
        dark: bool = False,
        cable: Cable | None = None,
    ) -> Page:
        """Open a page: a device by its token, staff by a session's."""
        width, height = size
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            locale=LOCALES[self.language],
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            # A phone's picture has more dots, so that its small signs can be read.
            device_scale_factor=2 if width < 600 else 1,
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        if session:
            cookie = {"name": SESSION_COOKIE, "value": session, "url": self._address}
            await context.add_cookies([cookie])  # type: ignore[list-item]
        page = await context.new_page()
        if dark:
            await page.add_init_script(CHOOSE_DARK)
        if cable is not None:
            await cable.lay(page)
        await page.goto(self._address + self.spoken(path, token))
        return page

    def spoken(self, path: str, token: str = "") -> str:
        """Return the path of a page in the language of the pictures."""
        path, _, after = path.partition("#")
        joint = "&" if "?" in path else "?"
        after = f"token={token}" if token else after
        return f"{path}{joint}lang={self.language}" + (f"#{after}" if after else "")

    async def save(
        self, page: Page, name: str, *, whole: bool = False, close: bool = False
    ) -> None:
        """Take a picture once the page has come to rest, or of all that scrolls."""
        await page.evaluate(QUIET)
        await page.wait_for_timeout(SETTLE_MILLISECONDS)
        await page.screenshot(path=self.folder / f"{name}.png", full_page=whole)
        self.taken += 1
        if close:
            await page.context.close()


class Cable:
    """The cable between a page and the live link, which can be pulled out."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._is_out = False
        self._ends: list[tuple[WebSocketRoute, WebSocketRoute]] = []

    async def lay(self, page: Page) -> None:
        """Lay the cable to a page that is still to be opened."""
        self._page = page
        await page.clock.install()
        await page.route_web_socket(re.compile("^ws"), self._connect)

    async def pull_out(self) -> None:
        """Cut the page off, until it has noticed."""
        assert self._page is not None
        self._is_out = True
        for screen, server in self._ends:
            await server.close()
            await screen.close()
        self._ends.clear()
        await self._page.clock.fast_forward(OUTDATED)

    async def _connect(self, screen: WebSocketRoute) -> None:
        if self._is_out:
            await screen.close()
        else:
            self._ends.append((screen, screen.connect_to_server()))


class Studio:
    """All cameras, for one scene after another."""

    def __init__(self, cameras: list[Camera]) -> None:
        self.cameras = cameras
        self.failed: list[str] = []
        """Scenes that could not be shown; the others are still worth looking at."""
        self._began = time.monotonic()

    async def scene(self, name: str, act: Callable[[Camera], Awaitable[None]]) -> None:
        """Let every camera take the pictures of a scene, and tell how far it is."""
        async with asyncio.TaskGroup() as group:
            for camera in self.cameras:
                group.create_task(self._play(name, act, camera))
        taken = sum(camera.taken for camera in self.cameras)
        seconds = time.monotonic() - self._began
        print(f"{seconds:5.0f} s  {taken:3} pictures  {name}", flush=True)

    async def _play(
        self, name: str, act: Callable[[Camera], Awaitable[None]], camera: Camera
    ) -> None:
        try:
            await act(camera)
        except PlaywrightError as error:
            self.failed.append(f"{name} ({camera.language}): {error.message}")
            print(f"✗ {self.failed[-1]}", flush=True)
