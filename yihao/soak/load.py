"""Callers who never stop and repeat what failed; and a judge of what they were told."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from queue_core.commands import HallDayCommand
from queue_core.desk import Answer, HallDesk
from queue_core.errors import LogError, Overloaded, Refused

from .callers import Caller, callers
from .small_hall import HALL, date_after
from .stations import Station
from .truth import (
    Ledger,
    Violated,
    require,
    require_fold,
    require_recorded,
    require_told,
)


BACK_OFF_SECONDS = 0.01
"""So long a caller waits before he repeats a command that failed."""

PATIENCE_SECONDS = 60.0
"""Whatever a load waits for that does not come so soon does not come by itself."""


class Load:
    """Kiosks and clerks at work; what is not answered is given again."""

    def __init__(self, served: list[Station]) -> None:
        self.stations = served
        self.answers: dict[str, Answer] = {}
        """Command id → its answer."""
        self.failures: list[LogError] = []
        """Why commands failed, in order; each was given again."""
        self.overloads = 0
        self.most_waiting = 0
        self._changed = asyncio.Event()
        self._stopping = False

    @asynccontextmanager
    async def working(self, kiosks: int) -> AsyncIterator[None]:
        """Let so many kiosks and all clerks work at every station."""
        self._stopping = False
        tasks = [
            asyncio.create_task(self._work(station, caller))
            for station in self.stations
            for caller in callers(station.name, kiosks)
        ]
        try:
            yield
        finally:
            self._stopping = True
            waiting = (await asyncio.wait(tasks, timeout=PATIENCE_SECONDS))[1]
            for task in waiting:
                task.cancel()
        require(not waiting, f"{len(waiting)} callers were never answered")
        await asyncio.gather(*tasks)

    async def until_answered(self, more: int) -> None:
        """Wait until so many more commands have been answered."""
        wanted = len(self.answers) + more
        await self.until(lambda: len(self.answers) >= wanted, f"{more} more answers")

    async def until_failed(self, more: int) -> None:
        """Wait until so many more commands have failed."""
        wanted = len(self.failures) + more
        await self.until(lambda: len(self.failures) >= wanted, f"{more} more failures")

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something that answers and failures bring about.

        Raises:
            Violated: it does not come; ``what`` says what it is.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError as error:
            last = f", last: {self.failures[-1]}" if self.failures else ""
            raise Violated(
                f"{what} did not come in {PATIENCE_SECONDS:g} s; so far "
                f"{len(self.answers)} answers, {len(self.failures)} failures{last}"
            ) from error

    async def judge(self) -> Ledger:
        """Compare what was answered and told with what stands in the log; return it.

        Raises:
            Violated: something was lost, doubled or told wrongly, or a desk does not
                come back to its log.
        """
        for station in self.stations:
            await caught_up(station.desk)
        return await asyncio.to_thread(self._judge)

    def _judge(self) -> Ledger:
        ledger = Ledger()
        recorded = ledger.read_on(self.stations[0].log)
        require_recorded(self.answers.values(), recorded)
        for station in self.stations:
            require_told(HALL, station.told, recorded)
            require_fold(station.desk, station.log)
        return ledger

    async def _work(self, station: Station, caller: Caller) -> None:
        date = date_after(0)
        for n in itertools.count():
            if self._stopping:
                return
            await self._give(station, caller.command(date, n))

    async def _give(self, station: Station, command: HallDayCommand) -> None:
        """Give a command until it is answered; what the rules refuse is answered."""
        while True:
            self.most_waiting = max(self.most_waiting, station.desk.waiting)
            try:
                with contextlib.suppress(Refused):
                    answer = await station.desk.submit(command)
                    if answer.events:
                        self.answers[command.command_id] = answer
            except Overloaded:
                self.overloads += 1
            except LogError as error:
                self.failures.append(error)
            else:
                self._changed.set()
                return
            self._changed.set()
            if self._stopping:
                return
            await asyncio.sleep(BACK_OFF_SECONDS)


async def caught_up(desk: HallDesk) -> None:
    """Wait until a desk knows all that stands in its log.

    Raises:
        Violated: it does not come back to its log.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                # It may rest after a try in vain.
                with contextlib.suppress(LogError):
                    await desk.catch_up()
                    return
                await asyncio.sleep(BACK_OFF_SECONDS)
    except TimeoutError as error:
        why = f"a desk did not come back in {PATIENCE_SECONDS:g} s"
        raise Violated(why) from error
