"""The kept tables follow the record in the background of a house that works.

A thread of its own reads what is new, a little at a time and not more often than every
few seconds, so that no command waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from projections.halls import Hall
from projections.kept.bookkeeper import Bookkeeper, Progress
from queue_core.log.event_log import Recorded


INTERVAL_SECONDS = 5.0
"""Between two readings, however much is recorded."""
LOOK_SECONDS = 60.0
"""The longest between two: other processes may have halls that this one has not."""


class Bookkeeping:
    """Keeps the tables up from ``start`` until ``stop``."""

    def __init__(
        self, bookkeeper: Bookkeeper, interval_seconds: float = INTERVAL_SECONDS
    ) -> None:
        self._bookkeeper = bookkeeper
        self._interval_seconds = interval_seconds
        self._news = asyncio.Event()
        self._stopping = threading.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="bookkeeper")
        self._leave: list[Callable[[], None]] = []
        self._work: asyncio.Task[None] | None = None

    def start(self, halls: Iterable[Hall]) -> None:
        """Begin with what is new since the last time, and follow the halls."""
        self._leave = [hall.desk.subscribe(self._hear) for hall in halls]
        self._work = asyncio.create_task(self._run(), name="the bookkeeper")

    @property
    def progress(self) -> Progress:
        """How far the tables are."""
        progress = self._bookkeeper.progress
        if self._work is None or self._work.done():
            return progress._replace(failure="the bookkeeper has stopped")
        return progress

    async def stop(self) -> None:
        """End after the page that is just being read."""
        for leave in self._leave:
            leave()
        self._stopping.set()
        if self._work is not None:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
        await asyncio.to_thread(self._thread.shutdown)

    def _hear(self, recorded: list[Recorded]) -> None:
        self._bookkeeper.hear(recorded[-1].position)
        self._news.set()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            await loop.run_in_executor(
                self._thread, self._bookkeeper.keep_up, self._stopping
            )
            await asyncio.sleep(self._interval_seconds)
            # Not wait_for: it can take a dismissal for the news that came with it.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()
