"""Pictures of the help desk, where numbers are given to others."""

from __future__ import annotations

from playwright.async_api import Page

from .posed_hall import PosedHall
from .studio import BOARD, Cable, Camera, Size, Studio


QUEUE = "everyday"
UNSERVED = "exit-entry"
"""A queue at which no window has opened yet."""
LAPTOP: Size = (1366, 768)
SLIP: Size = (302, 700)
"""A roll of 80 mm, in the dots of a screen."""
SAID = "社保"


class HelpDesks:
    """A help desk for each camera: a small screen, and a large dark one."""

    def __init__(self, hall: PosedHall, studio: Studio) -> None:
        self._hall = hall
        self._studio = studio

    async def show(self) -> None:
        """Show an empty desk, results, a number, how it stands, and a refusal."""
        await self._studio.scene("help desk", self._give)
        await self._studio.scene("help desk, dark", self._give_in_the_dark)
        await self._studio.scene("help desk, refused", self._refuse)

    async def _give(self, camera: Camera) -> None:
        cable = Cable()
        page = await self._come(camera, "light", LAPTOP, cable=cable)
        await camera.save(page, "help-desk-empty")
        await page.locator("[role=combobox]").fill(SAID)
        await page.locator("[role=option]").first.wait_for()
        await camera.save(page, "help-desk-results")
        await choose(page, self._item(QUEUE, 0))
        await choose(page, self._item(QUEUE, 1))
        await page.locator("input[value=green]").check()
        await camera.save(page, "help-desk-wish")
        await page.locator("button.take").click()
        await page.locator(".taken-panel").wait_for()
        await camera.save(page, "help-desk-taken")
        await page.locator(".find-panel li button").first.click()
        await page.locator(".found .keys").wait_for()
        await page.locator(".found .keys button").last.click()
        await camera.save(page, "help-desk-cancel")
        await page.emulate_media(media="print")
        await page.set_viewport_size({"width": SLIP[0], "height": SLIP[1]})
        await camera.save(page, "help-desk-slip", whole=True)
        await page.emulate_media(media="screen")
        await page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
        await cable.pull_out()
        await camera.save(page, "help-desk-cut-off", close=True)

    async def _give_in_the_dark(self, camera: Camera) -> None:
        page = await self._come(camera, "dark", BOARD, dark=True)
        await choose(page, self._item(QUEUE, 0))
        await page.locator("[role=combobox]").fill(SAID)
        await page.locator("[role=option]").first.wait_for()
        await camera.save(page, "help-desk-dark")
        await page.locator("[role=combobox]").fill("")
        await page.locator("button.take").click()
        await page.locator(".taken-panel").wait_for()
        await camera.save(page, "help-desk-taken-dark", close=True)

    async def _refuse(self, camera: Camera) -> None:
        page = await self._come(camera, "refused", LAPTOP)
        await choose(page, self._item(UNSERVED, 0))
        await page.locator("button.take").click()
        await page.locator(".refused").wait_for()
        await camera.save(page, "help-desk-refused", close=True)

    def _item(self, queue: str, place: int) -> str:
        return self._hall.items_of(queue)[place].name

    async def _come(
        self,
        camera: Camera,
        name: str,
        size: Size,
        *,
        dark: bool = False,
        cable: Cable | None = None,
    ) -> Page:
        account = f"help-desk-{name}-{camera.language}"
        session = await self._hall.staff("help-desk", account)
        path = f"/help-desk/{self._hall.name}"
        page = await camera.open(path, size, session=session, dark=dark, cable=cable)
        await page.locator("[role=combobox]").wait_for()
        return page


async def choose(page: Page, name: str) -> None:
    """Find an item by its whole name, and take it into the number."""
    field = page.locator("[role=combobox]")
    await field.fill(name)
    await page.locator("[role=option]").first.wait_for()
    await field.press("Enter")
    await page.locator("[role=option]").first.wait_for(state="detached")
