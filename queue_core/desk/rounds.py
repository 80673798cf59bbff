"""A round of the desk, with everything that can go wrong in it.

Alone, a desk decides and then records; if another process was first after all, the
books are read anew. In the company of others it takes its turn first, reads on, and
then decides: nothing is decided in vain, and everybody comes to his turn.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence

from queue_core.commands import HallDayCommand, OpenDay
from queue_core.errors import Conflict, LogError
from queue_core.events import HallDayEvent
from queue_core.log.event_log import Recorded, Turn

from .batch import Astray, Batch, Waiting
from .books import Books
from .figures import DeskFigures
from .subscribers import Subscribers


logger = logging.getLogger(__name__)

CONFLICTS_LIMIT = 20
"""How often a round is repeated because another process was first."""


class Rounds:
    """Decides, records, tells and answers; and finds back to what the log says."""

    def __init__(
        self, books: Books, subscribers: Subscribers, figures: DeskFigures
    ) -> None:
        self._books = books
        self._subscribers = subscribers
        self._figures = figures

    async def settle(self, waiting: Sequence[Waiting]) -> None:
        """Answer every caller: with what was recorded, a refusal or an error."""
        for _ in range(CONFLICTS_LIMIT):
            try:
                await self._try(waiting)
            except Conflict:
                self._figures.conflicts += 1
                self._books.meet_company()
            except LogError as error:
                await self._fail(waiting, error)
                return
            except Exception as error:
                await self._settle_apart(waiting, error)
                return
            else:
                return
        await self._fail(waiting, LogError("other processes were always first"))

    async def recover(self) -> None:
        """Read the books anew and tell what had not been told.

        Raises:
            LogError: the log cannot be read.
        """
        self._figures.refolds += 1
        self._subscribers.publish(await self._books.recover())

    async def look(self) -> None:
        """Read anew or on, if there is any reason to.

        Raises:
            LogError: the log cannot be read.
        """
        if not self._books.trusted:
            await self.recover()
        elif self._books.is_behind:
            await self.read_on()

    async def read_on(self) -> list[Recorded]:
        """Take over what other processes have recorded, tell it and return it.

        Raises:
            LogError: the log cannot be read.
        """
        recorded = await self._books.read_on()
        self._figures.read_on += len(recorded)
        self._subscribers.publish(recorded)
        return recorded

    async def _try(self, waiting: Sequence[Waiting]) -> None:
        if not self._books.trusted:
            await self.recover()
        if self._books.is_behind and not self._books.has_company:
            await self.read_on()
        if not self._needs_turn(waiting):
            await self._decide(waiting, None)
            return
        async with self._books.turn() as turn:
            self._figures.turns += 1
            if not self._books.is_current(turn):
                await self.read_on()
            await self._decide(waiting, turn)

    def _needs_turn(self, waiting: Sequence[Waiting]) -> bool:
        if self._books.exclusive:
            return False
        # A new day is a new stream: no conflict would tell that a day was missed.
        return self._books.has_company or any(
            isinstance(one.command, OpenDay) for one in waiting
        )

    async def _decide(self, waiting: Sequence[Waiting], turn: Turn | None) -> None:
        batch = await self._decided(waiting)
        if turn is None and not self._books.exclusive and not batch.shows_the_day:
            await self._require_current()
        if batch.entries:
            started = time.perf_counter()
            recorded = await self._books.record(batch.entries, turn)
            self._figures.batches += 1
            self._figures.events += len(recorded)
            self._figures.commit_seconds += time.perf_counter() - started
            self._subscribers.publish(recorded)
        batch.answer()

    async def _decided(self, waiting: Sequence[Waiting]) -> Batch:
        beside = [w for w in waiting if not isinstance(w.command, HallDayCommand)]
        while True:
            side = {}
            if beside:
                side = await self._books.read_side([w.command for w in beside])
            batch = Batch(self._books.day, side, waiting)
            try:
                batch.decide()
            except Astray as error:
                # Its caller has the error and is left out of the next attempt.
                logger.error("a decision failed", exc_info=error.__cause__)
                await self.recover()
            else:
                return batch

    async def _require_current(self) -> None:
        """Pass if nothing has happened in the hall that was not known.

        A refusal must not stand on what another process has long changed.

        Raises:
            Conflict: something has.
            LogError: the log cannot be read.
        """
        missed = await self.read_on()
        if any(isinstance(one.event, HallDayEvent) for one in missed):
            raise Conflict("another process was first")

    async def _fail(self, waiting: Sequence[Waiting], error: LogError) -> None:
        logger.error("%d commands were not recorded: %s", len(waiting), error)
        self._figures.failures += 1
        for one in waiting:
            failure = LogError(str(error))
            failure.__cause__ = error
            one.fail(failure)
        self._books.doubt()
        with contextlib.suppress(LogError):
            await self.look()

    async def _settle_apart(self, waiting: Sequence[Waiting], error: Exception) -> None:
        """Find the one command that can be decided but not be recorded."""
        if len(waiting) == 1:
            logger.error("a command cannot be recorded", exc_info=error)
            waiting[0].fail(error)
            return
        for one in waiting:
            await self.settle([one])
