"""Pictures of the pages of the manager, the auditor and the administrator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

import pyotp
from playwright.async_api import Page

from queue_core.access.roles import Role

from .posed_hall import PASSWORD, PosedHall
from .studio import BOARD, DESK, Cable, Camera, Size, Studio


LAPTOP: Size = (1366, 768)
Figure = Literal["tickets", "load"]


class Manager:
    """The manager's page, by day and by night."""

    def __init__(self, hall: PosedHall, studio: Studio, session: str) -> None:
        self._hall = hall
        self._studio = studio
        self._session = session
        self._path = f"/manager/{hall.name}"

    async def calm(self) -> None:
        """Show the hall before anybody waits."""
        await self._studio.scene("manager, calm", self._seen("manager-calm"))

    async def busy(self) -> None:
        """Show the busy hall in both themes, on a small screen, and every panel."""
        for name, dark, size in (
            ("manager", False, BOARD),
            ("manager-dark", True, BOARD),
            ("manager-small", False, LAPTOP),
        ):
            await self._studio.scene(name, self._seen(name, dark=dark, size=size))
        await self._studio.scene("manager, panels", self._panels)
        await self._studio.scene("manager, the past", self._past)
        await self._studio.scene("manager, cut off", self._cut_off)

    def _seen(
        self, name: str, *, dark: bool = False, size: Size = BOARD
    ) -> Callable[[Camera], Awaitable[None]]:
        async def act(camera: Camera) -> None:
            page = await self._open(camera, size, dark=dark)
            await camera.save(page, name, close=True)

        return act

    async def _open(
        self,
        camera: Camera,
        size: Size = BOARD,
        *,
        dark: bool = False,
        cable: Cable | None = None,
    ) -> Page:
        page = await camera.open(
            self._path, size, session=self._session, dark=dark, cable=cable
        )
        await page.locator(".floor-plan .zone").first.wait_for()
        return page

    async def _panels(self, camera: Camera) -> None:
        page = await self._open(camera)
        for selector, name in (
            (".zone.high .name, .zone .name", "zone"),
            (".tile.called, .tile.serving", "window"),
            (".figures-strip .main", "tickets"),
        ):
            await page.locator(selector).first.click()
            await page.locator(".beside .panel").wait_for()
            await camera.save(page, f"manager-{name}")
        await page.locator(".panel .number-link, .panel .number").first.click()
        await camera.save(page, "manager-ticket")
        await page.locator("summary").click()
        await camera.save(page, "manager-reports", close=True)

    async def _past(self, camera: Camera) -> None:
        page = await self._open(camera)
        await page.goto(self._hall.address + camera.spoken(f"{self._path}?at=40"))
        await page.locator(".floor-plan .zone").first.wait_for()
        await camera.save(page, "manager-past", close=True)

    async def _cut_off(self, camera: Camera) -> None:
        cable = Cable()
        page = await self._open(camera, cable=cable)
        await cable.pull_out()
        await camera.save(page, "manager-cut-off", close=True)


async def show_sign_in(hall: PosedHall, studio: Studio) -> None:
    """Show the sign-in page, what it refuses, and how it asks for a code."""
    session = await hall.staff("administrator", "second.factor", "林知远")
    begun = await hall.post("/api/session/second-factor", session, {})
    code = pyotp.TOTP(begun["secret"]).now()
    await hall.post("/api/session/second-factor/confirm", session, {"code": code})

    async def sign_in(camera: Camera) -> None:
        page = await camera.open("/sign-in", DESK)
        await page.locator("#account").wait_for()
        await camera.save(page, "sign-in")
        await page.locator("#account").fill(f"nobody.{camera.language}")
        await page.locator("#password").fill("a wrong word 1")
        await page.keyboard.press("Enter")
        await page.locator(".refusal").wait_for()
        await camera.save(page, "sign-in-refused")
        await page.locator("#account").fill("second.factor")
        await page.locator("#password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.locator("#code").wait_for()
        await camera.save(page, "sign-in-code", close=True)

    await studio.scene("signing in", sign_in)


async def show_office(hall: PosedHall, studio: Studio, manager: str) -> None:
    """Show one's own account, the devices of the hall, and the audit."""
    pages: list[tuple[str, str, Role]] = [
        ("/account", "account", "inspector"),
        ("/audit", "audit", "auditor"),
    ]
    for path, name, role in pages:
        session = await hall.staff(role, f"{name}.reader", "林知远")
        await studio.scene(name, opened(path, name, session))
        if name == "account":
            await studio.scene("second factor", turned_on(session))
    await studio.scene("devices", opened(f"/devices/{hall.name}", "devices", manager))


def turned_on(session: str) -> Callable[[Camera], Awaitable[None]]:
    """Return the scene in which somebody begins to use a second factor."""

    async def act(camera: Camera) -> None:
        page = await camera.open("/account", DESK, session=session)
        await page.locator("main section button").first.click()
        await page.locator("main input").first.wait_for()
        await camera.save(page, "account-second-factor", close=True)

    return act


def opened(
    path: str, name: str, session: str, *, size: Size = DESK
) -> Callable[[Camera], Awaitable[None]]:
    """Return the scene of a page of staff."""

    async def act(camera: Camera) -> None:
        page = await camera.open(path, size, session=session)
        await page.locator("h1, h2").first.wait_for()
        await camera.save(page, name, close=True)

    return act
