"""A whole house for drills: shipped halls, and a clock that can be set."""

from __future__ import annotations

import asyncio
import datetime
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from projections.halls import Hall
from queue_core import commands as c
from queue_core.clock import HallClock
from queue_core.desk import Answer
from queue_core.events import TicketCalled
from queue_core.profiles.catalog import shipped_profile_dir
from yihao.house import RunningHouse, running_house
from yihao.settings import Settings

from .ground import Ground
from .truth import require


PROFILE = "township"
ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime.date(2026, 3, 2)
"""A Monday on which the shipped hall is open, as on the days after it."""

PATIENCE_SECONDS = 60.0


class Machine:
    """A machine whose wall clock is set by hand, and whose time passes by hand."""

    def __init__(self, at: int) -> None:
        self.wall = at
        self._passed = 0.0

    def passes(self, seconds: float) -> None:
        """Let time pass; the wall clock goes on from wherever it stands."""
        self.wall += round(seconds * 1000)
        self._passed += seconds

    def clock(self) -> HallClock:
        """Return the clock of a house that starts on this machine now."""
        return HallClock(wall=lambda: self.wall, monotonic=lambda: self._passed)


def instant(hour: int, days: int = 0) -> int:
    """Return the instant of an hour of a drill's day, by the hall's local time."""
    day = DAY + datetime.timedelta(days)
    local = datetime.datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
    return int(local.timestamp() * 1000)


def profile_named(hall: str, folder: Path) -> Path:
    """Return a copy of the shipped profile under another hall's name."""
    shutil.copytree(shipped_profile_dir(PROFILE), folder)
    file = folder / "hall.toml"
    text = file.read_text(encoding="utf-8")
    own, other = f'hall = "{PROFILE}"', f'hall = "{hall}"'
    file.write_text(text.replace(own, other, 1), encoding="utf-8")
    return folder


@asynccontextmanager
async def house_on(
    ground: Ground, clock: HallClock, *folders: Path
) -> AsyncIterator[RunningHouse]:
    """Open a house with some halls on a drill's ground.

    Raises:
        LogError: it cannot be opened.
    """
    settings = Settings(
        halls=folders or (shipped_profile_dir(PROFILE),),
        data=ground.folder,
        database="" if ground.store == "SQLite" else ground.database,
        port=0,
        link_port=0,
    )
    async with running_house(settings, clock=clock) as running:
        yield running


class Work:
    """What citizens and a clerk do in a hall of a house, one after another."""

    def __init__(self, running: RunningHouse, name: str, start: str = "") -> None:
        """``start`` sets the ids of this run's commands apart from others'."""
        self.hall: Hall = running.house.hall(name)
        self._clock = running.house.clock
        self._start = f"{start}{self.hall.hall}"
        self._given = 0
        window = self.hall.profile.windows[0]
        queue = window.skills[0].queue
        self._said = {"window": window.window, "clerk": "drill"}
        self._item = next(i.item for i in self.hall.profile.items if i.queue == queue)

    async def until_open(self, date: str) -> None:
        """Wait until the keeper has opened a day, and go on duty.

        Raises:
            Violated: he does not.
        """
        changed = asyncio.Event()
        leave = self.hall.desk.subscribe(lambda _: changed.set())
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not (self.hall.live.date == date and self.hall.live.day_state):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            require(False, f"{self.hall.hall} was not opened on {date}")
        finally:
            leave()
        await self.do(c.OpenWindow, **self._said)

    async def take(self) -> None:
        """Take a number."""
        ticket = f"{self._start}-ticket-{self._given}"
        await self.do(c.IssueTicket, ticket=ticket, items=[self._item], channel="kiosk")

    async def rest(self) -> None:
        """Call nobody for a while."""
        await self.do(c.PauseWindow, reason="drill", **self._said)

    async def serve(self) -> str:
        """Call the next ticket and serve it; return its number."""
        answer = await self.do(c.CallNext, **self._said)
        called = answer.find(TicketCalled)
        require(called, f"nobody waits in {self.hall.hall}")
        assert called is not None
        await self.do(c.StartService, **self._said)
        await self.do(c.CompleteService, outcome="done", **self._said)
        return called.number

    async def do(self, kind: type[c.Command], **values: Any) -> Answer:
        """Give a command."""
        self._given += 1
        command_id = f"{self._start}-{self._given}"
        now = self._clock.now()
        return await self.hall.submit(
            kind(command_id=command_id, at=now, by="drill", **values)
        )
