"""Pictures of a clerk's console and of the pad in front of the window."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from .posed_hall import PosedHall
from .studio import DESK, PAD, Cable, Camera, Studio


QUEUE = "everyday"
OFFICE = (1366, 768)
"""The smallest screen that stands on a clerk's desk."""
GOOD = re.compile("^(非常满意|Very satisfied)$")
LOW = re.compile("^(不满意|Dissatisfied)$")


class Desks:
    """One console for each camera, each at a window of its own."""

    def __init__(self, hall: PosedHall, studio: Studio, manager: str) -> None:
        self._hall = hall
        self._studio = studio
        self._manager = manager
        self._pages: dict[str, Page] = {}
        self._cables: dict[str, Cable] = {}

    async def sit_down(self) -> None:
        """Show the choice of a window, and a console before it is open."""
        await self._studio.scene("console, choosing a window", self._choose)
        await self._studio.scene("console, before opening", self._arrive)

    async def work(self) -> None:
        """Open, call, serve and end, with every sheet on the way."""
        await self._studio.scene("console, opening and waiting", self._wait)
        await self._hall.come(QUEUE, 6)
        await self._studio.scene("console, calling and serving", self._serve)
        notice = await self._hall.tell(
            self._manager,
            "三楼办税服务厅 14:00 起系统升级，急办的请先到 75 号窗口咨询",
            "Tax services on floor 3 pause for a system update from 14:00.",
        )
        await self._studio.scene("console, a notice", self._saved("console-notice"))
        await self._hall.untell(self._manager, notice)
        await self._studio.scene("console, pausing and cut off", self._pause)

    async def _choose(self, camera: Camera) -> None:
        page = await self._come(camera, f"chooser-{camera.language}", "")
        await page.locator("input").first.wait_for()
        await camera.save(page, "console-choose", close=True)

    async def _arrive(self, camera: Camera) -> None:
        window = self._window(camera)
        cable = self._cables[camera.language] = Cable()
        page = await self._come(
            camera, f"at-{window}", f"?window={window}", cable=cable
        )
        self._pages[camera.language] = page
        await page.locator("h1, h2").first.wait_for()
        await camera.save(page, "console-duty")

    async def _wait(self, camera: Camera) -> None:
        page = self._pages[camera.language]
        await page.keyboard.press("Enter")
        await page.locator(".current").wait_for()
        await camera.save(page, "console-idle")

    async def _serve(self, camera: Camera) -> None:
        page = self._pages[camera.language]
        await camera.save(page, "console-waiting")
        await page.keyboard.press("Space")
        await page.locator("section.current.called").wait_for()
        await camera.save(page, "console-called")
        await page.keyboard.press("m")
        await camera.save(page, "console-missed-reason")
        await page.keyboard.press("1")
        await camera.save(page, "console-missed-undo")
        await page.keyboard.press("z")
        await page.locator("section.current.called").wait_for()
        await page.keyboard.press("s")
        await page.locator("section.current.serving").wait_for()
        await camera.save(page, "console-serving")
        for key, name in (
            ("a", "add-item"),
            ("h", "hold"),
            ("t", "transfer"),
            ("?", "keys"),
            ("c", "outcome"),
        ):
            await page.keyboard.press(key)
            await camera.save(page, f"console-{name}")
            if key != "c":
                await page.keyboard.press("Escape")
        await page.keyboard.press("3")
        await camera.save(page, "console-supplement")
        await page.keyboard.press("Escape")
        await page.keyboard.press("c")
        await page.keyboard.press("1")
        await camera.save(page, "console-completed-undo")

    async def _pause(self, camera: Camera) -> None:
        page = self._pages[camera.language]
        await page.keyboard.press("p")
        await camera.save(page, "console-pause-reason")
        await page.keyboard.press("1")
        await camera.save(page, "console-paused")
        await self._cables[camera.language].pull_out()
        await camera.save(page, "console-cut-off", close=True)

    def _saved(self, name: str) -> Callable[[Camera], Awaitable[None]]:
        return lambda camera: camera.save(self._pages[camera.language], name)

    def _window(self, camera: Camera) -> str:
        place = self._studio.cameras.index(camera)
        return self._hall.windows_of(QUEUE)[2 + place]

    async def _come(
        self, camera: Camera, account: str, query: str, *, cable: Cable | None = None
    ) -> Page:
        session = await self._hall.staff("clerk", account)
        path = f"/console/{self._hall.name}{query}"
        size = DESK if camera.language == "zh" else OFFICE
        return await camera.open(path, size, session=session, cable=cable)


class Pads:
    """One pad for each camera, each at a window of its own."""

    def __init__(self, hall: PosedHall, studio: Studio, queue: str) -> None:
        self._hall = hall
        self._studio = studio
        self._queue = queue
        self._pages: dict[str, Page] = {}
        self._cables: dict[str, Cable] = {}

    async def show(self) -> None:
        """Let the pads sleep, watch, ask, thank and be cut off."""
        hall, scene = self._hall, self._studio.scene
        await scene("pads stand", self._stand)
        windows = [self._window(camera) for camera in self._studio.cameras]
        clerks = [await hall.clerk_at(window) for window in windows]
        await scene("pad-asleep", self._saved("pad-asleep"))
        await hall.come(self._queue, len(clerks))
        for name, what in (("pad-called", "call-next"), ("pad-serving", "start")):
            for clerk in clerks:
                await hall.does(clerk, what)
            await scene(name, self._saved(name))
        hall.pass_minutes(5)
        for clerk in clerks:
            await hall.does(clerk, "complete", {"outcome": "done"})
        await scene("pad asks and thanks", self._answer)
        for clerk in clerks:
            await hall.does(clerk, "close")

    async def _stand(self, camera: Camera) -> None:
        window = self._window(camera)
        token = await self._hall.device("pad", window)
        cable = self._cables[camera.language] = Cable()
        path = f"/pad/{self._hall.name}/{window}"
        page = await camera.open(path, PAD, token=token, cable=cable)
        await page.locator(".asleep").wait_for()
        self._pages[camera.language] = page
        await camera.save(page, "pad-window-closed")

    async def _answer(self, camera: Camera) -> None:
        page = self._pages[camera.language]
        if camera.language == "en":
            # A pad asks in Chinese until somebody wants another language.
            await page.get_by_role("button", name="English").click()
        await page.get_by_text(GOOD).first.wait_for()
        await camera.save(page, "pad-asks")
        await page.get_by_text(LOW).click()
        await camera.save(page, "pad-low")
        await page.get_by_text(GOOD).click()
        await camera.save(page, "pad-good")
        # The page's clock is not the browser's, so no motion seems to come to rest.
        await page.locator("button.send").dispatch_event("click")
        await page.locator(".message").wait_for()
        await camera.save(page, "pad-thanks")
        await self._cables[camera.language].pull_out()
        await page.clock.fast_forward(12_000)
        await camera.save(page, "pad-cut-off", close=True)

    def _window(self, camera: Camera) -> str:
        place = self._studio.cameras.index(camera)
        return self._hall.windows_of(self._queue)[-1 - place]

    def _saved(self, name: str) -> Callable[[Camera], Awaitable[None]]:
        return lambda camera: camera.save(self._pages[camera.language], name)
