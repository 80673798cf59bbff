"""What journeys in front of the public screens have in common."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from playwright.async_api import Page, WebSocketRoute

from queue_core.profiles.profile import Item
from tests.open_house import Clerk, OpenHouse


RECORDER = """
speechSynthesis.speak = (utterance) => {
  const ended = () => utterance.dispatchEvent(new Event('end'))
  if (utterance.text) window.noteSentence(utterance.text).then(ended)
}
"""

OUTDATED = 8_000
"""Milliseconds after which a picture that nothing confirms is an old one."""
ANY_RETRY = 31_000
"""Milliseconds after which a page has surely tried to connect again."""


def address(house: OpenHouse, path: str) -> str:
    """Return the whole address of a page."""
    return house.running.address + path


def item_of(house: OpenHouse, queue: str) -> Item:
    """Return the first item of a queue."""
    return next(item for item in house.hall.profile.items if item.queue == queue)


async def clerk_of(house: OpenHouse, queue: str) -> Clerk:
    """Return a clerk at the next window that mainly serves the queue."""
    window = next(
        window.window
        for window in house.hall.profile.windows
        for skill in window.skills
        if (skill.queue, skill.level) == (queue, "primary")
        and not house.hall.live.windows[window.window].clerk
    )
    return await house.clerk_at(window)


async def calls_next(clerk: Clerk) -> dict[str, Any]:
    """Let the clerk call, and return the ticket."""
    told = await clerk.does("call-next")
    assert told.status == 200, told
    called: dict[str, Any] = told.says["ticket"]
    return called


async def serves(clerk: Clerk, outcome: str = "done") -> None:
    """Let the clerk serve whom he has called, from the beginning to the end."""
    for what, body in (("start", {}), ("complete", {"outcome": outcome})):
        told = await clerk.does(what, body)
        assert told.status == 200, told


class Listener:
    """Somebody in the hall who hears what a page speaks."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self._more = asyncio.Event()

    async def attend(self, page: Page) -> None:
        """Listen to a page that is still to be opened."""
        await page.expose_function("noteSentence", self._hear)
        await page.add_init_script(RECORDER)

    async def heard(self, count: int) -> list[str]:
        """Wait until so many sentences were spoken in all, and return them."""
        async with asyncio.timeout(30):
            while len(self.sentences) < count:
                await self._more.wait()
                self._more.clear()
        return self.sentences

    def _hear(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self._more.set()


class Cable:
    """The cable between a page and the live link, which can be pulled out.

    The page's own clock is moved with it, so nobody has to wait.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_out = False
        self._ends: list[tuple[WebSocketRoute, WebSocketRoute]] = []

    async def lay(self) -> None:
        """Lay the cable to a page that is still to be opened."""
        await self._page.clock.install()
        await self._page.route_web_socket(re.compile("^ws"), self._connect)

    async def pull_out(self) -> None:
        """Cut the page off, until it has noticed."""
        self._is_out = True
        for screen, server in self._ends:
            await server.close()
            await screen.close()
        self._ends.clear()
        await self._page.clock.fast_forward(OUTDATED)

    async def plug_in(self) -> None:
        """Let the page come back."""
        self._is_out = False
        await self._page.clock.fast_forward(ANY_RETRY)

    async def _connect(self, screen: WebSocketRoute) -> None:
        if self._is_out:
            await screen.close()
        else:
            self._ends.append((screen, screen.connect_to_server()))
