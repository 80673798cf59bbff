"""Visit every screen of a demo hall in a real browser and save the pictures.

``scripts/screenshots`` installs what is needed and starts this program with: the
browser, the folder, the languages, and the file of the overview picture or nothing.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.async_api import Browser, Page, WebSocketRoute, async_playwright


SCREEN_LINE = re.compile(
    r"  (?P<name>[a-z ]+?)  +(?P<address>http\S+)"
    r"(?:\s+account (?P<account>\S+)\s+password (?P<password>\S+))?"
)
VERY_SATISFIED = re.compile("非常满意|[Vv]ery satisfied")
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SIZES = {
    "board": (1920, 1080),
    "board-portrait": (1080, 1920),
    "sign": (1920, 1080),
    "kiosk": (1080, 1920),
    "phone": (390, 844),
    "phone-small": (360, 640),
    "sign-in": (1280, 800),
    "console": (1440, 900),
    "pad": (1280, 800),
    "manager": (1920, 1080),
    "home": (1280, 900),
}
ZONES = "social,police"
PORT = 8740
WAIT_MILLISECONDS = 20_000
# Where each screen stands in the overview: left, top, width.
OVERVIEW = {
    "board": (40, 40, 1000),
    "kiosk": (1080, 40, 430),
    "phone": (1550, 40, 310),
    "manager": (40, 642, 1000),
    "console": (1080, 844, 780),
}
OVERVIEW_SIZE = (1900, 1372)


class Screen(NamedTuple):
    """One line of what the demo prints."""

    address: str
    account: str
    password: str


async def main(
    chromium: str, folder: Path, languages: list[str], overview: str
) -> None:
    """Take every picture in every language."""
    with tempfile.TemporaryDirectory() as data:
        async with demo_hall(data) as screens, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium)
            for language in languages:
                target = folder / language
                target.mkdir(parents=True, exist_ok=True)
                await Pictures(browser, screens, language, target).take_all()
                print(f"{target}: {len(list(target.glob('*.png')))} pictures")
            await browser.close()
    if overview:
        lay_out(folder / languages[0], Path(overview))


@asynccontextmanager
async def demo_hall(data: str) -> AsyncIterator[dict[str, Screen]]:
    """Run a demo until the hall is busy, and stop it in the end."""
    command = ("-m", "yihao", "demo", "--data", data, "--port", str(PORT))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, "--speed", "60", stdout=PIPE
    )
    try:
        yield await busy_hall(process)
    finally:
        process.terminate()
        await process.wait()


async def busy_hall(process: Process) -> dict[str, Screen]:
    """Read the demo's screens, and wait until its rehearsal has reached 09:30."""
    assert process.stdout is not None
    screens: dict[str, Screen] = {}
    async for line in process.stdout:
        text = line.decode()
        if found := SCREEN_LINE.match(text):
            screens[found["name"]] = Screen(
                found["address"], found["account"] or "", found["password"] or ""
            )
        if text.startswith("09:30"):
            return screens
    raise SystemExit("the demo ended before the hall was busy")


class Pictures:
    """One language's walk through the house."""

    def __init__(
        self, browser: Browser, screens: dict[str, Screen], language: str, folder: Path
    ) -> None:
        self._browser = browser
        self._screens = screens
        self._language = language
        self._folder = folder

    async def take_all(self) -> None:
        """Visit the public screens, then serve a ticket and look at the staff's."""
        await self._save(await self._open("home", self._address("all screens")), "home")
        await self._look_at_boards()
        await self._take_a_number()
        console = await self._signed_in("console", "clerk")
        await self._serve(console)
        manager = await self._signed_in("manager", "manager")
        await self._save(manager, "manager")

    async def _look_at_boards(self) -> None:
        """Save the board wide, tall, of some zones, shared by two, and cut off."""
        board = self._address("hall board")
        page = await self._open("board", board)
        await self._save(page, "board")
        for name, address in (
            ("board-portrait", board),
            ("board-zones", f"{board}?zones={ZONES}"),
            ("board-second", f"{board}?page=2/2"),
        ):
            size = name if name in SIZES else "board"
            await self._save(await self._open(size, address), name)
        away = await self._open("board", "about:blank")
        await away.route_web_socket(re.compile("^ws"), hang_up)
        await away.goto(self._spoken(board))
        await self._save(away, "board-away")

    async def _take_a_number(self) -> None:
        await self._walk_through_kiosk()
        for name in ("phone", "phone-small"):
            phone = await self._open(name, self._address("phone"))
            await self._save(phone, f"{name}-start")
            await phone.locator("input").first.fill("公积金")
            await phone.locator("button.row").first.click()
            await self._save(phone, f"{name}-item")
            await phone.locator(".take button").click()
            await phone.wait_for_url("**/t/**")
            await self._save(phone, name)

    async def _walk_through_kiosk(self) -> None:
        """Save every step of the machine, in ordinary and in large type."""
        for kind in ("kiosk", "kiosk-large"):
            kiosk = await self._open("kiosk", self._address("kiosk"))
            await kiosk.locator(".zone").first.wait_for()
            if kind == "kiosk-large":
                await kiosk.locator(".foot .key").nth(1).click()
            await self._save(kiosk, kind)
            await kiosk.locator(".search").first.click()
            await kiosk.get_by_role("searchbox").fill("公积金")
            await kiosk.locator("button.row").first.wait_for()
            await self._save(kiosk, f"{kind}-search")
            await kiosk.locator(".foot .key").first.click()
            await kiosk.locator("button.zone").nth(2).click()
            await kiosk.locator("button.row").first.wait_for()
            await self._save(kiosk, f"{kind}-items")
            await kiosk.locator("button.row").first.click()
            await self._save(kiosk, f"{kind}-item")
            await kiosk.locator(".keys .key.main").click()
            await kiosk.locator(".done").wait_for()
            await self._save(kiosk, f"{kind}-taken")

    async def _serve(self, console: Page) -> None:
        sign = await self._open("sign", self._screens["window sign"].address)
        pad = await self._open("pad", self._screens["evaluation pad"].address)
        if await console.locator("text=/开窗|Open the window/").count():
            await console.keyboard.press("Enter")
        called = console.locator("section.current.called")
        while not await called.count():
            # The rehearsed clerks are quick: it may take a few presses to get one.
            await console.keyboard.press("Space")
            await console.wait_for_timeout(1_500)
        await self._save(sign, "sign")
        await console.keyboard.press("s")
        await self._save(console, "console")
        await self._save(pad, "pad-asleep")
        await console.keyboard.press("c")
        await console.wait_for_timeout(500)
        await self._save(console, "console-outcome")
        await console.keyboard.press("1")
        # The console leaves a moment to undo; then the pad asks.
        await pad.get_by_text(VERY_SATISFIED).first.wait_for()
        await self._save(pad, "pad")

    async def _signed_in(self, name: str, role: str) -> Page:
        screen = self._screens[role]
        page = await self._open(name, screen.address)
        await page.locator("input").first.wait_for()
        await self._save(page, "sign-in")
        await page.locator("input").nth(0).fill(screen.account)
        await page.locator("input").nth(1).fill(screen.password)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/{name}/**")
        await page.wait_for_timeout(1_500)
        return page

    def _address(self, screen: str) -> str:
        return self._screens[screen].address

    def _spoken(self, address: str) -> str:
        """Return the address of a page in the language of the walk."""
        path, mark, token = address.partition("#")
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}lang={self._language}{mark}{token}"

    async def _open(self, name: str, address: str) -> Page:
        width, height = SIZES[name]
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            locale=LANGUAGES[self._language],
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        page = await context.new_page()
        if address != "about:blank":
            await page.goto(self._spoken(address))
        return page

    async def _save(self, page: Page, name: str) -> None:
        # Pictures are for people: what has just changed may finish its motion.
        await page.wait_for_timeout(1_500)
        await page.screenshot(path=self._folder / f"{name}.png")


async def hang_up(route: WebSocketRoute) -> None:
    """Let a page find nobody at the other end."""
    await route.close()


def lay_out(folder: Path, target: Path) -> None:
    """Put the screens side by side on one quiet ground."""
    ground = Image.new("RGB", OVERVIEW_SIZE, "#dfe4ec")
    for name, (left, top, width) in OVERVIEW.items():
        picture = Image.open(folder / f"{name}.png").convert("RGB")
        height = round(picture.height * width / picture.width)
        ground.paste(
            picture.resize((width, height), Image.Resampling.LANCZOS), (left, top)
        )
    ground.quantize(128).save(target, optimize=True)
    print(target)


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4])
    )
