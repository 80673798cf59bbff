"""A house in this process whose hall is brought into the states of the pictures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from argon2 import PasswordHasher

from displays.printing import PrinterError
from displays.slip import PLAIN_FORM, Form, Slip
from displays.slips import SlipDesk
from queue_core.access.passwords import Passwords
from queue_core.access.roles import DeviceKind, Role
from queue_core.clock import HallClock
from queue_core.interface.pacing import PACES
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import Item
from queue_core.profiles.reading import read_profile
from yihao.house import RunningHouse, running_house
from yihao.settings import Settings


PROFILE = "city"
DATE = "2026-03-02"
MINUTE = 60_000
OPEN_FOR = 30 * MINUTE
CLOSED = 2
PASSWORD = "a quiet day 1"
PAPERLESS = "paperless"
"""The place of a machine whose printer has no paper."""
CLERKS = ("周小禾", "欧阳慧敏", "陈立", "方晓晴", "郑一帆", "孙佳禾", "何清", "罗云舒")


class Watch:
    """The seconds of the hall, which can be turned on."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Return the machine's seconds, and those that were skipped."""
        return time.monotonic() + self.ahead


class PaperlessPrinter:
    """A printer that is out of paper."""

    form: Form = PLAIN_FORM

    async def print_slip(self, slip: Slip) -> None:
        """Print nothing."""
        raise PrinterError("paper-out", PAPERLESS)

    async def require_ready(self) -> None:
        """Tell what is missing."""
        raise PrinterError("paper-out", PAPERLESS)


class Clerk(NamedTuple):
    """A clerk at an open window."""

    window: str
    token: str


class PosedHall:
    """A running hall, and the people who bring it into a state."""

    def __init__(
        self, running: RunningHouse, watch: Watch, http: aiohttp.ClientSession
    ) -> None:
        self.house = running.house
        self.address = running.address
        self.hall = next(iter(running.house.halls.values()))
        self.name = self.hall.hall
        self._watch = watch
        self._http = http

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass in the hall."""
        self._watch.ahead += minutes * 60

    async def staff(self, role: Role, account: str, name: str = "") -> str:
        """Make an account that is signed in, and return the session's token."""
        await self.house.accounts.add_account(
            account,
            name=name or CLERKS[len(account) % len(CLERKS)],
            role=role,
            hall=self.name,
            password=PASSWORD,
            by="pictures",
        )
        signed_in = await self.house.accounts.sessions.sign_in(account, PASSWORD)
        return signed_in.token

    async def device(self, kind: DeviceKind, place: str) -> str:
        """Enrol a device and return its token."""
        enrolled = await self.house.accounts.devices.enrol(
            kind, hall=self.name, place=place, by="pictures"
        )
        return enrolled.token

    def windows_of(self, queue: str) -> list[str]:
        """Return the windows that mainly serve a queue."""
        return [
            window.window
            for window in self.hall.profile.windows
            for skill in window.skills
            if (skill.queue, skill.level) == (queue, "primary")
        ]

    async def clerk_of(self, queue: str) -> Clerk:
        """Open the first window of a queue that is closed."""
        windows = self.hall.live.windows
        closed = (one for one in self.windows_of(queue) if not windows[one].clerk)
        return await self.clerk_at(next(closed))

    def items_of(self, queue: str) -> list[Item]:
        """Return the items of a queue, the longest name first."""
        items = [one for one in self.hall.profile.items if one.queue == queue]
        return sorted(items, key=lambda item: -len(item.name))

    async def clerk_at(self, window: str) -> Clerk:
        """Open a window."""
        account = f"3{int(window):04}"
        name = CLERKS[int(window) % len(CLERKS)]
        clerk = Clerk(window, await self.staff("clerk", account, name))
        await self.does(clerk, "open")
        return clerk

    async def does(
        self, clerk: Clerk, what: str, body: dict[str, Any] | None = None
    ) -> Any:
        """Let a clerk press something, and return the answer."""
        path = f"/api/halls/{self.name}/windows/{clerk.window}/{what}"
        return await self.post(path, clerk.token, body or {})

    async def take(self, item: str, **wishes: object) -> Any:
        """Take a number by phone."""
        body = {"item": item, "channel": "phone", **wishes}
        return await self.post(f"/api/halls/{self.name}/tickets", "", body)

    async def come(self, queue: str, people: int) -> list[Any]:
        """Let people take numbers of a queue, for one item after another."""
        items = self.items_of(queue)
        return [
            await self.take(items[one % len(items)].item, language="zh")
            for one in range(people)
        ]

    async def tell(self, manager: str, zh: str, en: str) -> str:
        """Broadcast a notice, and return its id."""
        path = f"/api/halls/{self.name}/notices"
        told = await self.post(path, manager, {"zh": zh, "en": en})
        return str(told["notice"])

    async def untell(self, manager: str, notice: str) -> None:
        """Withdraw a notice."""
        path = f"/api/halls/{self.name}/notices/{notice}/withdraw"
        await self.post(path, manager, {})

    async def is_closed(self) -> None:
        """Wait until the keeper has closed the day, as its hour has come."""
        closed = asyncio.Event()
        leave = self.hall.desk.subscribe(lambda recorded: closed.set())
        try:
            while self.hall.live.day_state != CLOSED:
                closed.clear()
                await closed.wait()
        finally:
            leave()

    async def get(self, path: str, token: str) -> Any:
        """Ask for something."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self._http.get(path, headers=headers) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def post(self, path: str, token: str, body: dict[str, Any]) -> Any:
        """Give a command; it must succeed."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._http.post(path, json=body, headers=headers) as answer:
            said = await answer.json()
        if answer.status >= 400:
            raise SystemExit(f"{path}: {said['error']['message']}")
        return said


@asynccontextmanager
async def posed_hall(data: Path) -> AsyncIterator[PosedHall]:
    """Open a city hall on a Monday, half an hour after its doors."""
    folder = shipped_profile_dir(PROFILE)
    opens_at = day_hours(read_profile(folder), DATE).sessions[0].opens_at
    watch = Watch()
    clock = HallClock(1.0, opens_at + OPEN_FOR, monotonic=watch)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    settings = Settings(
        halls=(folder,),
        data=data,
        port=0,
        link_port=0,
        printers=(f"file:{data / 'slips'}",),
        # Everybody in these pictures calls from one address.
        paces=tuple(f"{kind}=9999/999" for kind in PACES),
    )
    async with (
        running_house(settings, clock=clock, passwords=passwords) as running,
        aiohttp.ClientSession(running.address) as http,
    ):
        slips = running.house.slips
        if isinstance(slips, SlipDesk):
            slips.printers[PAPERLESS] = PaperlessPrinter()
        yield PosedHall(running, watch, http)
