"""A hall with its desk, its log and its live link, for the measures of the link.

Everything is as ``yihao serve`` puts it together, but for HTTP and for access: every
topic is served to everybody. Many citizens wait for one window.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from displays.link.server import LinkServer
from displays.link.transport import Limits
from queue_core.clock import HallClock
from queue_core.commands import CallNext, CompleteService, IssueTicket, StartService
from queue_core.desk import HallDesk
from queue_core.log.event_log import Recorded
from queue_core.log.sqlite_log import SqliteLog
from yihao.cycles import spare_what_stays
from yihao.listening import raise_file_limit

from .children import Orders, asked, be_ready
from .city_hall import CityHall, clerk_of


PATIENCE_SECONDS = 60.0


class LinkedHall:
    """The hall of a run, and what is asked of it."""

    def __init__(self, folder: Path, profile: Path, limits: Limits) -> None:
        self.hall = CityHall(profile)
        self.window = self.hall.windows(1)[0]
        self.log = SqliteLog(folder / "link.sqlite")
        self.desk = HallDesk(self.hall.hall, self.log)
        self.clock = HallClock(1.0, self.hall.nine)
        self.link = LinkServer(self.clock, lambda topic, shown: None, limits=limits)
        self.committed_at = 0
        """When the newest commit was on the disk (nanoseconds)."""
        self._loop = asyncio.get_running_loop()
        self._ids = itertools.count()

    async def open(self, waiting: int) -> list[str]:
        """Open the day and a window, let so many take a number, and open the link."""
        await self.desk.start()
        self.link.add_hall(self.hall.hall)
        self.desk.subscribe(self._recorded)
        for command in self.hall.opening([self.window]):
            await self.desk.submit(command)
        queue = self.window.skills[0].queue
        names = [f"{n:016x}" for n in range(waiting)]
        taking = [self._take(name, self.hall.items[queue][0]) for name in names]
        await asyncio.gather(*taking)
        await self.link.start()
        return names

    # Orders.

    def call(self) -> dict[str, int]:
        """Call the next citizen; return when that was recorded."""
        self._wait(self.desk.submit(CallNext(**self._said())))
        return {"committed": self.committed_at}

    def serve(self) -> None:
        """Serve whoever was called, from the beginning to the end."""
        self._wait(self.desk.submit(StartService(**self._said())))
        done = CompleteService(**self._said(), outcome="done")
        self._wait(self.desk.submit(done))

    def link_cpu(self) -> float:
        """Return the CPU time of the link's own thread so far (seconds)."""
        thread = next(t for t in threading.enumerate() if t.name == "link")
        assert thread.ident is not None
        return time.clock_gettime(time.pthread_getcpuclockid(thread.ident))

    def buffers(self) -> dict[str, int]:
        """Return how many links are open and paused, and the fullest buffer (bytes)."""
        links = list(self.link.connections)
        sizes = [link.transport.get_write_buffer_size() for link in links]
        return {
            "connections": len(links),
            "paused": sum(link.outlet.is_paused for link in links),
            "fullest": max(sizes, default=0),
        }

    # The hall.

    async def _take(self, name: str, item: str) -> None:
        await self.desk.submit(
            IssueTicket(
                command_id=f"take-{name}",
                at=self.hall.nine,
                by="citizen",
                ticket=name,
                items=[item],
                channel="phone",
            )
        )

    def _recorded(self, batch: list[Recorded]) -> None:
        self.committed_at = time.monotonic_ns()
        self.link.publish(batch)

    def _said(self) -> dict[str, Any]:
        clerk = clerk_of(self.window.window)
        return {
            "command_id": f"bench-{next(self._ids)}",
            "at": self.clock.now(),
            "by": clerk,
            "window": self.window.window,
            "clerk": clerk,
        }

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        return running.result(PATIENCE_SECONDS)


async def main() -> None:
    """Serve until terminated."""
    limit = raise_file_limit()
    told = asked()
    limits = Limits(stall_seconds=told["stall_seconds"])
    hall = LinkedHall(Path(told["folder"]), Path(told["profile"]), limits)
    tickets = await hall.open(told["waiting"])
    orders: Orders = {
        "call": hall.call,
        "serve": hall.serve,
        "link_cpu": hall.link_cpu,
        "buffers": hall.buffers,
    }
    await spare_what_stays([])
    window = hall.window.window
    be_ready(orders, port=hall.link.port, tickets=tickets, window=window, files=limit)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
