"""A house that is served for a measure, with clerks signed in at their windows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from queue_core.access.accounts import AccountStore
from queue_core.access.passwords import Passwords
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.values import WindowRules
from yihao.settings import Settings

from .children import Child, child
from .city_hall import CityHall, clerk_of
from .http_client import Asked, ask_all, post


PASSWORD = "bench bench bench"


class ServedHouse:
    """A house in a process of its own, and what its clerks and kiosks send along."""

    def __init__(
        self,
        hall: CityHall,
        windows: list[WindowRules],
        tokens: dict[str, str],
        kiosk: str,
        server: Child,
    ) -> None:
        self.hall = hall
        self.windows = windows
        self.server = server
        self.port: int = server.ready["port"]
        self._tokens = tokens
        self._kiosk = kiosk
        self._asked = 0

    def number(self, window: WindowRules, *, kiosk: bool = False) -> Asked:
        """Return the request for a number of the window's first queue."""
        items = self.hall.items[window.skills[0].queue]
        body: dict[str, object] = {
            "item": items[self._asked % len(items)],
            "channel": "phone",
        }
        if kiosk:
            body = body | {"channel": "kiosk", "print": False}
        path = f"/api/halls/{self.hall.hall}/tickets"
        token = self._kiosk if kiosk else ""
        return post("tickets", path, body, token=token, key=self._key())

    def press(self, window: WindowRules, what: str, **body: object) -> Asked:
        """Return the request of a clerk at a window."""
        path = f"/api/halls/{self.hall.hall}/windows/{window.window}/{what}"
        token = self._tokens[window.window]
        return post(what, path, body, token=token, key=self._key())

    def serving(self, window: WindowRules) -> list[Asked]:
        """Return what a clerk sends for one citizen who waits."""
        return [
            self.press(window, "call-next"),
            self.press(window, "start"),
            self.press(window, "complete", outcome="done"),
        ]

    def _key(self) -> str:
        self._asked += 1
        return f"{self._asked:032x}"


@contextmanager
def served_house(hall: CityHall, folder: Path, windows: int) -> Iterator[ServedHouse]:
    """Serve the hall at nine o'clock, with so many windows open."""
    settings = Settings(halls=(hall.folder,), data=folder)
    folder.mkdir()
    chosen = hall.windows(windows)
    tokens, kiosk = asyncio.run(enrol(settings, hall, chosen))
    said = {
        "profile": str(hall.folder),
        "data": str(folder),
        "starts_at": hall.nine,
        "settled": True,
    }
    with child("house_child", said, folder / "log") as server:
        house = ServedHouse(hall, chosen, tokens, kiosk, server)
        opening = [house.press(window, "open") for window in chosen]
        asyncio.run(ask_all(house.port, [opening]))
        yield house


async def enrol(
    settings: Settings, hall: CityHall, windows: list[WindowRules]
) -> tuple[dict[str, str], str]:
    """Make the clerks' accounts and a kiosk; return tokens by window, and its own."""
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    store = AccountStore(SqliteTables(settings.accounts), passwords=cheap)
    tokens: dict[str, str] = {}
    try:
        for window in windows:
            clerk = clerk_of(window.window)
            await store.add_account(
                clerk,
                name=clerk,
                role="clerk",
                hall=hall.hall,
                password=PASSWORD,
                by="bench",
            )
            signed_in = await store.sessions.sign_in(clerk, PASSWORD)
            tokens[window.window] = signed_in.token
        enrolled = await store.devices.enrol(
            "kiosk", hall=hall.hall, place="kiosk-1", by="bench"
        )
    finally:
        await store.close()
    return tokens, enrolled.token
