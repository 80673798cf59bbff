"""A house that is open for a test: real stores, real HTTP, a clock moved by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from argon2 import PasswordHasher

from projections.proof.sealing import seals
from queue_core.access.passwords import Passwords
from queue_core.access.roles import DeviceKind, Role
from queue_core.clock import HallClock
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from yihao.house import RunningHouse, running_house
from yihao.settings import Settings


MONDAY = "2026-03-02"
PASSWORD = "correct horse 1"
MINUTE = 60_000

CIVIL, INSURANCE, VILLAGE = "SW001", "RS003", "SW061"
"""Items of the township hall, one for each of three queues."""


class HandClock(HallClock):
    """A clock that stands still until a test moves it; sleepers wake at once."""

    def __init__(self, starts_at: int) -> None:
        super().__init__(1.0, starts_at, monotonic=lambda: 0.0)
        self._now = starts_at
        self._moved = asyncio.Event()

    def now(self) -> int:
        """Return the instant to which the clock was moved last."""
        return self._now

    def move_to(self, at: int) -> None:
        """Let it be ``at`` now."""
        self._now = max(self._now, at)
        self._moved.set()
        self._moved = asyncio.Event()

    def pass_by(self, milliseconds: int) -> None:
        """Let some time pass."""
        self.move_to(self._now + milliseconds)

    async def sleep_until(self, at: int) -> None:
        """Wait until a test moves the clock that far."""
        while self._now < at:
            await self._moved.wait()


class Told(NamedTuple):
    """An answer: its status, and what it says."""

    status: int
    says: Any

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.says["error"]["code"])

    @property
    def details(self) -> dict[str, Any]:
        """The values of a refusal."""
        found: dict[str, Any] = self.says["error"]["details"]
        return found


class Caller:
    """Somebody who calls the house, with what he is known by."""

    def __init__(self, http: aiohttp.ClientSession, token: str = "") -> None:
        self.http = http
        self.token = token

    async def get(self, path: str, **query: str) -> Told:
        """Ask for something."""
        return await self._tell("GET", path, params=query)

    async def post(self, path: str, body: object = None, key: str = "") -> Told:
        """Give a command; under a key it may be repeated."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self._tell("POST", path, json=body or {}, headers=headers)

    async def delete(self, path: str) -> Told:
        """Take something away."""
        return await self._tell("DELETE", path)

    async def _tell(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Told:
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(
            method, path, headers={**known, **(headers or {})}, **options
        ) as answer:
            raw = await answer.read()
        try:
            return Told(answer.status, json.loads(raw))
        except ValueError:
            return Told(answer.status, raw)


class Clerk(Caller):
    """A clerk at a window."""

    hall: str
    window: str

    async def does(self, what: str, body: object = None, key: str = "") -> Told:
        """Give a command at the window."""
        path = f"/api/halls/{self.hall}/windows/{self.window}/{what}"
        return await self.post(path, body, key)


class OpenHouse:
    """A running house, and ways to come in."""

    def __init__(
        self, running: RunningHouse, clock: HandClock, http: aiohttp.ClientSession
    ) -> None:
        self.running = running
        self.house = running.house
        self.clock = clock
        self.http = http
        self.hall = next(iter(running.house.halls.values()))
        self.anyone = Caller(http)
        self.path = f"/api/halls/{self.hall.hall}"

    async def staff(
        self, role: Role, account: str = "", hall: str | None = None
    ) -> str:
        """Make an account, sign in and return the session's token."""
        account = account or role
        await self.house.accounts.add_account(
            account,
            name=f"{account} 同志",
            role=role,
            hall=self.hall.hall if hall is None else hall,
            password=PASSWORD,
            by="test",
        )
        signed_in = await self.house.accounts.sessions.sign_in(account, PASSWORD)
        return signed_in.token

    async def caller(self, role: Role, account: str = "") -> Caller:
        """Return a member of staff who is signed in."""
        return Caller(self.http, await self.staff(role, account))

    async def device(self, kind: DeviceKind, place: str) -> Caller:
        """Enrol a device of the hall and return it."""
        enrolled = await self.house.accounts.devices.enrol(
            kind, hall=self.hall.hall, place=place, by="test"
        )
        return Caller(self.http, enrolled.token)

    async def clerk_at(self, window: str, account: str = "") -> Clerk:
        """Return a clerk who has opened a window."""
        account = account or f"clerk-{window}"
        clerk = Clerk(self.http, await self.staff("clerk", account))
        clerk.hall, clerk.window = self.hall.hall, window
        told = await clerk.does("open")
        assert told.status == 200, told
        return clerk

    async def number(self, item: str = CIVIL, **wishes: object) -> dict[str, Any]:
        """Take a number by phone and return the answer."""
        body = {"item": item, "channel": "phone", **wishes}
        told = await self.anyone.post(f"{self.path}/tickets", body)
        assert told.status == 201, told
        taken: dict[str, Any] = told.says
        return taken

    async def holder(self, item: str = CIVIL) -> tuple[Caller, dict[str, Any]]:
        """Take a number and return its holder, known by the ticket's secret."""
        taken = await self.number(item)
        return Caller(self.http, taken["secret"]), taken

    async def day_state(self, state: int, date: str = "") -> None:
        """Wait until the day (of a date) is not open (0), open (1) or closed (2)."""
        changed = asyncio.Event()
        leave = self.hall.desk.subscribe(lambda recorded: changed.set())
        try:
            while not self._is(state, date):
                await changed.wait()
                changed.clear()
        finally:
            leave()

    async def day_sealed(self, date: str) -> None:
        """Wait until a day that is over is signed."""
        changed = asyncio.Event()
        leave = self.hall.desk.subscribe(lambda recorded: changed.set())
        try:
            while date not in [s.date for s in seals(self.house.log, self.hall.hall)]:
                await changed.wait()
                changed.clear()
        finally:
            leave()

    def _is(self, state: int, date: str) -> bool:
        live = self.hall.live
        return live.day_state == state and date in {"", live.date}


def cheap_passwords() -> Passwords:
    """Return hashes that cost a test nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def keys_in(home: Path) -> dict[str, Path]:
    """Return settings of the same keys for every house that opens with them."""
    return {
        "key_file": home / "house.key",
        "signing_key_file": home / "signing.key",
        "persons_key_file": home / "persons.key",
    }


@cache
def shipped_profile(name: str) -> HallProfile:
    """Return a profile that is shipped; it is read once for all tests."""
    return read_profile(shipped_profile_dir(name))


@asynccontextmanager
async def open_house(
    data: Path,
    *,
    profile: str = "township",
    folder: Path | None = None,
    date: str = MONDAY,
    at: int | None = None,
    **settings: Any,
) -> AsyncIterator[OpenHouse]:
    """Open a house for a test, at nine o'clock of a Monday, its day open.

    With ``at`` the clock begins there, and nothing is waited for.
    """
    read = read_profile(folder) if folder else shipped_profile(profile)
    folder = folder or shipped_profile_dir(profile)
    hours = day_hours(read, date)
    clock = HandClock(hours.sessions[0].opens_at + 30 * MINUTE if at is None else at)
    told = Settings(halls=(folder,), data=data, port=0, link_port=0, **settings)
    async with (
        running_house(told, clock=clock, passwords=cheap_passwords()) as running,
        aiohttp.ClientSession(running.address) as http,
    ):
        house = OpenHouse(running, clock, http)
        if at is None:
            await house.day_state(1)
        yield house
