"""A small hall whose commands go through a desk, and a log that can be made to fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from queue_core import commands as c
from queue_core.desk import Answer, HallDesk
from queue_core.errors import LogError
from queue_core.events import TicketCalled, TicketIssued
from queue_core.log.event_log import Entry, EventLog, Recorded, Unreadable
from queue_core.log.memory_log import MemoryLog
from tests.queue_core.rules.hall import CLERKS, HOURS, NINE, RULES


MONDAY = "2026-11-02"
TUESDAY = "2026-11-03"
WEDNESDAY = "2026-11-04"

__all__ = ["CLERKS", "MONDAY", "TUESDAY", "WEDNESDAY", "FaultyLog", "Hall", "a_hall"]


class Hall:
    """Gives commands to a desk, each under an id of its own unless it is told one."""

    def __init__(self, desk: HallDesk, log: EventLog) -> None:
        self.desk = desk
        self.log = log
        self.at = NINE
        self.given = 0
        self.told: list[Recorded] = []
        desk.subscribe(self.told.extend)

    def command(self, kind: type[c.Command], /, **values: Any) -> c.Command:
        """Return a command that has not been given yet."""
        self.given += 1
        values.setdefault("command_id", f"c{id(self)}-{self.given}")
        if issubclass(kind, c.ClerkCommand | c.OpenWindow):
            values.setdefault("clerk", CLERKS[values["window"]])
        return kind(at=self.at, by="somebody", **values)

    async def do(self, kind: type[c.Command], /, **values: Any) -> Answer:
        """Give a command."""
        return await self.desk.submit(self.command(kind, **values))

    async def open(self, date: str = MONDAY, windows: str = "1") -> Answer:
        """Open the day and some windows."""
        opened = await self.do(c.OpenDay, date=date, hours=HOURS, rules=RULES)
        for window in windows:
            await self.do(c.OpenWindow, window=window)
        return opened

    async def take(self, **values: Any) -> TicketIssued:
        """Take a number."""
        values.setdefault("ticket", f"t{id(self)}-{self.given}")
        values.setdefault("items", ["a1"])
        answer = await self.do(c.IssueTicket, channel="kiosk", **values)
        issued = answer.find(TicketIssued)
        assert issued is not None
        return issued

    async def serve(self, window: str = "1") -> str:
        """Call, start and complete the next ticket; return the service's id."""
        called = (await self.do(c.CallNext, window=window)).find(TicketCalled)
        assert called is not None
        await self.do(c.StartService, window=window)
        await self.do(c.CompleteService, window=window, outcome="done")
        return f"{called.ticket}.1"

    async def all_at_once(self, commands: Sequence[c.Command]) -> list[Any]:
        """Give several commands at once and return answers and errors."""
        return await asyncio.gather(
            *(self.desk.submit(command) for command in commands),
            return_exceptions=True,
        )

    def takes(self, count: int) -> list[c.Command]:
        """Return the wishes of several citizens for a number."""
        return [
            self.command(
                c.IssueTicket,
                ticket=f"t{id(self)}-{self.given}",
                items=["a1"],
                channel="kiosk",
            )
            for _ in range(count)
        ]


class FaultyLog(MemoryLog):
    """A log whose next appends can be counted, held up, or made to fail."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []
        """How many entries each append that succeeded had."""
        self.before_append: list[Exception] = []
        """Raised one by one instead of recording."""
        self.after_append: list[Exception] = []
        """Raised one by one although it was recorded: the answer was lost."""
        self.unreadable = False
        self.damaged = ""
        """A stream whose first event makes no sense any more."""
        self.gate = threading.Event()
        """While it is closed, an append stays in the middle of its commit."""
        self.gate.set()
        self.arrived = threading.Event()
        """An append has come to the gate."""

    def record(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record, or fail as told."""
        self.arrived.set()
        self.gate.wait()
        if self.before_append:
            raise self.before_append.pop(0)
        written = super().record(entries)
        self.batches.append(len(entries))
        if self.after_append:
            raise self.after_append.pop(0)
        return written

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Read, or fail as told."""
        if self.unreadable:
            raise LogError("the disk is gone")
        if stream == self.damaged:
            raise Unreadable(stream, 1, "it is damaged")
        return super().read(stream, after, upto)

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Read, or fail as told."""
        if self.unreadable:
            raise LogError("the disk is gone")
        return super().read_all(after_position, limit)

    def forget(self) -> None:
        """Lose everything, as a standby may that was not told in time."""
        self._rows.clear()
        self._positions.clear()

    @asynccontextmanager
    async def held_up(self) -> AsyncIterator[Callable[[], None]]:
        """Hold up the next commit; inside, it is on its way and not on disk."""
        self.arrived.clear()
        self.gate.clear()
        try:
            yield self.gate.set
        finally:
            self.gate.set()

    async def until_held(self) -> None:
        """Wait until a commit has come to the gate."""
        await asyncio.get_running_loop().run_in_executor(None, self.arrived.wait)


@asynccontextmanager
async def a_hall(
    log: EventLog | None = None, *, hall: str = "city", **settings: Any
) -> AsyncIterator[Hall]:
    """Run a desk for the length of a test."""
    log = log if log is not None else MemoryLog()
    desk = HallDesk(hall, log, **settings)
    await desk.start()
    try:
        yield Hall(desk, log)
    finally:
        await desk.stop()
