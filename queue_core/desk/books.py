"""The desk's books and the log behind them: read, recorded, and read again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from queue_core.commands import Command
from queue_core.errors import LogError
from queue_core.log.event_log import Entry, EventLog, Recorded
from queue_core.log.streams import hall_day_prefix

from .day_book import DayBook, DayRules, Reading, Seen, read_book
from .side_books import SideBook, read_side_books


T = TypeVar("T")


class Books:
    """What one desk knows of the log, and whether it may still be trusted.

    The books run ahead of the log while a batch is decided and recorded. From any
    failure until ``recover`` they may say what never happened.
    """

    def __init__(self, hall: str, log: EventLog, rules: DayRules) -> None:
        self.hall = hall
        self.day = DayBook(hall, rules)
        self.trusted = False
        self.lost = False
        """The log could not even be read when it was last tried."""
        self._log = log
        self._rules = rules
        self._seen: Seen | None = None
        self._side_seen: dict[str, int] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"desk-{hall}")

    @property
    def version(self) -> int:
        """Return the last version of the day that is known to be in the log."""
        return self._seen.version if self._seen is not None else 0

    async def recover(self) -> list[Recorded]:
        """Forget the books, read them again, and return what was not known yet.

        The first reading returns nothing: it is where this desk begins.

        Raises:
            LogError: the log cannot be read, or not be understood.
        """
        self.lost = True
        reading, beside = await self._in_thread(self._read)
        self.day = reading.book
        self._seen = Seen(self.day.stream, self.day.day.version)
        self._side_seen.clear()
        self.trusted = True
        self.lost = False
        return reading.missed + beside

    async def are_current(self) -> bool:
        """Return whether no other process has written since the log was last seen.

        Raises:
            LogError: the log cannot be read.
        """
        return self._log.exclusive or await self._in_thread(self._nothing_new)

    async def read_side(self, commands: list[Command]) -> dict[str, SideBook]:
        """Return the books of commands that stand beside the hall-day.

        Raises:
            LogError: the log cannot be read.
        """
        books = await self._in_thread(lambda: read_side_books(self._log, commands))
        self._side_seen = {name: book.state.version for name, book in books.items()}
        return books

    async def record(self, entries: Sequence[Entry]) -> list[Recorded]:
        """Write the entries in one transaction.

        Raises:
            Conflict: another process was first.
            LogError: the log failed.
        """
        self.trusted = False
        positions = await self._in_thread(lambda: self._log.append(entries))
        self.trusted = True
        self._seen = Seen(self.day.stream, self.day.day.version)
        self._side_seen.clear()
        return [
            Recorded(*entry, position)
            for entry, position in zip(entries, positions, strict=True)
        ]

    def close(self) -> None:
        """Give the thread back; the log is its owner's."""
        self._thread.shutdown(wait=False)

    def _read(self) -> tuple[Reading, list[Recorded]]:
        try:
            reading = read_book(self._log, self.hall, self._rules, self._seen)
            beside = [
                recorded
                for stream, version in self._side_seen.items()
                for recorded in self._log.read(stream, after=version)
            ]
        except LogError:
            raise
        except Exception as error:
            raise LogError(f"the log of {self.hall} makes no sense: {error}") from error
        return reading, beside

    def _nothing_new(self) -> bool:
        stream, day = self.day.stream, self.day.day
        if stream and self._log.last_version(stream) != day.version:
            return False
        if day.opened and not day.closed:
            # Whoever turns the day closes this one first.
            return True
        return self._log.streams(hall_day_prefix(self.hall))[-1:] in ([], [stream])

    def _in_thread(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work)
