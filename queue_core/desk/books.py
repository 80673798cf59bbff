"""The desk's books and the log behind them: read, recorded, and read on.

Outside of a round the day's state is the fold of exactly those events that stand at
the known positions of the log, and exactly those have been told to the subscribers.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from queue_core.commands import Command
from queue_core.errors import LogError
from queue_core.events import HallDayEvent
from queue_core.log.event_log import Entry, EventLog, Recorded, Turn

from .day_book import DayBook, DayRules, OutOfStep, read_newest_day, senseless
from .known import Known
from .scribe import Scribe
from .side_books import SideBook, read_side_books


PAGE = 500
"""Events that are taken over at a time; the event loop goes on between two pages."""

T = TypeVar("T")


class LogSetBack(LogError):
    """The log lacks what was recorded and told: it is an older copy.

    Screens and callers know what never happened; only a new start can help.
    """


class Books:
    """What one desk knows of the log, and whether it may still be trusted.

    The books run ahead of the log while a batch is decided and recorded. From any
    failure until ``recover`` they may say what never happened.
    """

    def __init__(
        self, hall: str, log: EventLog, rules: DayRules, company_seconds: float
    ) -> None:
        self.hall = hall
        self.day = DayBook(hall, rules)
        self.version = 0
        """The last version of the day that is known to be in the log."""
        self.known = Known()
        self.trusted = False
        self.lost = False
        """The log could not even be read when it was last tried."""
        self._log = log
        self._rules = rules
        self._began = False
        self._last: Recorded | None = None
        self._in_doubt = False
        self._company_seconds = company_seconds
        self._company_at = -company_seconds
        self._scribe = Scribe(f"desk-{hall}")

    @property
    def exclusive(self) -> bool:
        """Return whether no other process can write."""
        return self._log.exclusive

    @property
    def has_company(self) -> bool:
        """Return whether another process wrote in this hall a short while ago."""
        return time.monotonic() - self._company_at < self._company_seconds

    # Reading.

    async def recover(self) -> list[Recorded]:
        """Forget the books, read them again, and return what was not known yet.

        The first reading returns nothing: it is where this desk begins.

        Raises:
            LogError: the log cannot be read, or not be understood.
        """
        self.trusted, self.lost = False, True
        if not self._began:
            self.known.reach(await self._in_thread(self._log.last_position))
        self.day = await self._in_thread(self._read_day)
        missed = await self._catch_up(may_know=True)
        told = missed if self._began else []
        self._began = self.trusted = True
        self.lost = self._in_doubt = False
        return told

    def hear(self, position: int) -> None:
        """Note that somebody has written at a position of the log."""
        self.known.hear(position)

    def doubt(self) -> None:
        """Note that anything may have happened to the log since it was last seen."""
        self._in_doubt = True

    @property
    def is_behind(self) -> bool:
        """Return whether there may be something that is not in the books."""
        return self._in_doubt or self.known.is_behind()

    async def read_on(self) -> list[Recorded]:
        """Take over what other processes have recorded since, and return it.

        Raises:
            LogError: the log cannot be read, or not be understood.
        """
        self.trusted = False
        try:
            if self._in_doubt and self._last is not None:
                await self._in_thread(partial(self._require_still_there, self._last))
            self._in_doubt = False
            missed = await self._catch_up()
        except OutOfStep:
            return await self.recover()
        except LogError:
            self.lost = True
            raise
        self.trusted = True
        if missed:
            self.meet_company()
        return missed

    async def read_side(self, commands: list[Command]) -> dict[str, SideBook]:
        """Return the books of commands that stand beside the hall-day.

        Raises:
            LogError: the log cannot be read.
        """
        return await self._in_thread(lambda: read_side_books(self._log, commands))

    # Recording.

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Hold the turn of the hall: nobody else writes in its days meanwhile.

        Raises:
            LogError: the log failed, or the turn did not come in time.
        """
        stream = self.day.stream
        turn = await self._in_thread(lambda: self._log.take_turn(self.hall, stream))
        try:
            yield turn
        finally:
            if not turn.over:
                await self._in_thread(turn.give_back)

    def is_current(self, turn: Turn) -> bool:
        """Tell whether the books know everything that was recorded before a turn."""
        if self.is_behind or turn.version != self.day.day.version:
            return False
        # Whoever turns the day closes this one first.
        return self.day.is_open

    async def record(
        self, entries: Sequence[Entry], turn: Turn | None
    ) -> list[Recorded]:
        """Write the entries in one transaction.

        Raises:
            Conflict: another process was first.
            LogError: the log failed.
        """
        self.trusted = False
        append = self._log.append if turn is None else turn.append
        positions = await self._in_thread(lambda: append(entries))
        self.trusted = True
        self.known.add(positions[0], positions[-1])
        recorded = [
            Recorded(stream, version, event, position)
            for (stream, version, event), position in zip(
                entries, positions, strict=True
            )
        ]
        self._note(recorded)
        return recorded

    def meet_company(self) -> None:
        """Note that another process writes in this hall."""
        self._company_at = time.monotonic()

    def close(self) -> None:
        """Give the thread back; the log is its owner's."""
        self._scribe.dismiss()

    async def _catch_up(self, *, may_know: bool = False) -> list[Recorded]:
        """Take over everything up to the end of the log; all of it, or nothing counts.

        With ``may_know`` the day was read a moment ago and may be ahead of the rest.
        """
        missed: list[Recorded] = []
        upto, more = self.known.upto, True
        while more:
            read = partial(self._log.read_hall, self.hall, upto, PAGE)
            page = await self._in_thread(read)
            if page.upto < upto:
                raise LogSetBack(f"the log ends before position {upto}")
            for one in page.recorded:
                if one.position in self.known:
                    continue
                self._follow(one, may_know=may_know)
                missed.append(one)
            upto, more = page.upto, page.more
        self.known.reach(upto)
        self._note(missed)
        return missed

    def _follow(self, one: Recorded, *, may_know: bool) -> None:
        if not isinstance(one.event, HallDayEvent):
            return
        if may_know and self.day.knows(one.stream, one.version):
            return
        try:
            self.day.follow(one.stream, one.version, one.event)
        except OutOfStep:
            raise
        except Exception as error:
            raise senseless(one, error) from error

    def _note(self, told: Sequence[Recorded]) -> None:
        self.version = self.day.day.version
        for one in reversed(told):
            if isinstance(one.event, HallDayEvent):
                self._last = one
                return

    def _read_day(self) -> DayBook:
        if self._last is not None:
            self._require_still_there(self._last)
        try:
            book, self._last = read_newest_day(self._log, self.hall, self._rules)
            return book
        except LogError:
            raise
        except Exception as error:
            raise LogError(f"the log of {self.hall} makes no sense: {error}") from error

    def _require_still_there(self, last: Recorded) -> None:
        found = self._log.read(last.stream, last.version - 1, last.version)
        if [one.event for one in found] != [last.event]:
            raise LogSetBack(f"{last.stream} has no longer what version {last.version}")

    def _in_thread(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return self._scribe.do(work)
