"""A process that begets halls to be killed: ``python -m yihao.soak.serving_process``.

It is told on standard input, one line each, and tells on standard output:

- ``start ORDER`` begins a process that serves a hall under load: ``started PID``, and
  ``open PID`` as soon as that takes commands, ``done PID`` when it has answered as
  many as it was ordered to
- ``kill PID`` kills it without a warning: ``killed PID``

A process that is forked from this one need not import anything, so several can be
started and killed in a second. Every answer is appended to a file in one line before
the caller gives its next command; what a process had written is kept when it is killed.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sys
from contextlib import ExitStack, suppress

import msgspec

from queue_core.care.places import place_of
from queue_core.desk import HallDesk
from queue_core.desk.messenger import Messenger
from queue_core.errors import Refused
from queue_core.log.event_log import EventLog
from queue_core.log.news import PostgresNews

from .callers import Caller, callers, opening
from .ground import open_log
from .orders import NOWHERE, Order, Said, Where
from .small_hall import HALL


class Server:
    """Serves the hall in its process and answers the callers of an order."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._said = os.open(order.said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._left = order.commands or sys.maxsize

    async def run(self) -> None:
        """Open the hall, let the callers work, and return when all is answered."""
        order = self._order
        with ExitStack() as ending:
            place = place_of(order.place)
            log = open_log(place)
            ending.callback(log.close)
            desk = HallDesk(HALL, log)
            await desk.start()
            if order.hears_news:
                news = PostgresNews(order.place, Messenger([desk]).bring)
                news.start()
                ending.callback(news.close)
            with suppress(Refused):
                await desk.submit(opening(order.name, order.date))
            tell(f"open {os.getpid()}")
            await asyncio.gather(
                *(
                    self._work(desk, log, caller)
                    for caller in callers(order.name, order.kiosks)
                )
            )
            await desk.stop()
        tell(f"done {os.getpid()}")

    async def _work(self, desk: HallDesk, log: EventLog, caller: Caller) -> None:
        for n in itertools.count(self._order.starts.get(caller.name, 0)):
            if self._left <= 0:
                return
            self._left -= 1
            said = await self._give(desk, log, caller, n)
            os.write(self._said, msgspec.json.encode(said) + b"\n")

    async def _give(
        self, desk: HallDesk, log: EventLog, caller: Caller, n: int
    ) -> Said:
        witnessed = self._order.witnessed and caller.window != ""
        before = await asyncio.to_thread(log.last_position) if witnessed else 0
        where, repeated, refusal = NOWHERE, False, ""
        try:
            answer = await desk.submit(caller.command(self._order.date, n))
            if answer.events:
                where = Where(answer.stream, answer.first_version, answer.version)
                repeated = answer.repeated
        except Refused as refused:
            refusal = refused.code
        after = await asyncio.to_thread(log.last_position) if witnessed else 0
        return Said(caller.name, n, where, repeated, refusal, before, after)


def tell(line: str) -> None:
    """Say one line."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def begin(order: Order) -> int:
    """Begin a process that serves a hall, and return its id."""
    process = os.fork()
    if process == 0:
        # It shares nothing with its parent but what had been imported.
        status = 1
        try:
            os.close(sys.stdin.fileno())
            asyncio.run(Server(order).run())
            status = 0
        except BaseException as error:
            tell(f"failed {os.getpid()} {error!r}")
        finally:
            os._exit(status)
    return process


def main() -> None:
    """Begin and kill processes as told, until nobody tells any more."""
    living: set[int] = set()
    for line in sys.stdin:
        what, _, about = line.strip().partition(" ")
        if what == "start":
            process = begin(msgspec.json.decode(about, type=Order))
            living.add(process)
            tell(f"started {process}")
        else:
            end(int(about))
            living.discard(int(about))
            tell(f"killed {about}")
    for process in living:
        end(process)


def end(process: int) -> None:
    """Kill a process, and wait until nothing is left of it."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
