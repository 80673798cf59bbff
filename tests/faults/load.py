"""A hall under load on PostgreSQL: callers who never stop and repeat what failed."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import msgspec

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.desk.messenger import Messenger
from queue_core.errors import LogError, Overloaded, Refused
from queue_core.log.news import PostgresNews
from queue_core.log.postgres_log import PostgresLog
from tests.queue_core.desk.hall import MONDAY, Hall, a_hall
from tests.queue_core.desk.truth import (
    assert_one_sequence,
    assert_the_state_is_the_fold,
    assert_told_once_and_in_order,
)
from tests.queue_core.rules.hall import CLERKS, HOURS, RULES, rules_with


BACK_OFF_SECONDS = 0.01
"""So long a caller waits before he repeats a command that failed."""

LONG_DAY = rules_with(
    queues=[msgspec.structs.replace(q, last_number=10**6) for q in RULES.queues]
)


SERVING: list[tuple[type[c.Command], dict[str, str]]] = [
    (c.CallNext, {}),
    (c.StartService, {}),
    (c.CompleteService, {"outcome": "done"}),
]
"""What a clerk does, again and again."""


@asynccontextmanager
async def halls_on(
    database: str, count: int = 1, **settings: Any
) -> AsyncIterator[list[Hall]]:
    """Serve one hall by several desks, each with a log and news of its own."""
    settings.setdefault("retry_seconds", 0.05)
    async with AsyncExitStack() as ending:
        halls = []
        for _ in range(count):
            log = PostgresLog(database)
            ending.callback(log.close)
            hall = await ending.enter_async_context(a_hall(log, **settings))
            news = PostgresNews(database, Messenger([hall.desk]).bring)
            news.start()
            ending.callback(news.close)
            halls.append(hall)
        await halls[0].do(c.OpenDay, date=MONDAY, hours=HOURS, rules=LONG_DAY)
        for window in CLERKS:
            await halls[0].do(c.OpenWindow, window=window)
        yield halls


class Load:
    """Kiosks and clerks at work; what is not answered is given again."""

    def __init__(self, halls: list[Hall]) -> None:
        self.halls = halls
        self.answers: dict[str, Answer] = {}
        """Command id → its answer."""
        self.failures = 0
        self.overloads = 0
        self.most_waiting = 0
        self._changed = asyncio.Event()
        self._stopping = False

    @asynccontextmanager
    async def working(self, kiosks: int) -> AsyncIterator[None]:
        """Let so many kiosks and the clerks work at every desk."""
        tasks = [
            asyncio.create_task(work)
            for hall in self.halls
            for work in (
                *(self._kiosk(hall) for _ in range(kiosks)),
                *(self._clerk(hall, window) for window in CLERKS),
            )
        ]
        try:
            yield
        finally:
            self._stopping = True
            await asyncio.gather(*tasks)

    async def until_answered(self, more: int) -> None:
        """Wait until so many more commands have been answered."""
        wanted = len(self.answers) + more
        await self.until(lambda: len(self.answers) >= wanted)

    async def until_failed(self, more: int) -> None:
        """Wait until so many more commands have failed."""
        wanted = self.failures + more
        await self.until(lambda: self.failures >= wanted)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that answers and failures bring about."""
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    async def judge(self) -> None:
        """Compare what was answered and told with what stands in the log."""
        for hall in self.halls:
            await hall.desk.catch_up()
        recorded = assert_one_sequence(self.halls[0].log)
        for hall in self.halls:
            assert_told_once_and_in_order(hall, recorded)
            assert_the_state_is_the_fold(hall)
        stands = {(one.stream, one.version): one.event for one in recorded}
        for answer in self.answers.values():
            versions = range(answer.first_version, answer.version + 1)
            found = [stands.get((answer.stream, version)) for version in versions]
            assert found == answer.events

    async def _kiosk(self, hall: Hall) -> None:
        while not self._stopping:
            await self._give(hall, hall.takes(1)[0])

    async def _clerk(self, hall: Hall, window: str) -> None:
        for kind, more in itertools.cycle(SERVING):
            if self._stopping:
                return
            await self._give(hall, hall.command(kind, window=window, **more))

    async def _give(self, hall: Hall, command: c.Command) -> None:
        """Give a command until it is answered; what the rules refuse is answered."""
        while True:
            self.most_waiting = max(self.most_waiting, hall.desk.waiting)
            try:
                with contextlib.suppress(Refused):
                    answer = await hall.desk.submit(command)
                    if answer.events:
                        self.answers[command.command_id] = answer
            except Overloaded:
                self.overloads += 1
            except LogError:
                self.failures += 1
            else:
                self._changed.set()
                return
            self._changed.set()
            await asyncio.sleep(BACK_OFF_SECONDS)
