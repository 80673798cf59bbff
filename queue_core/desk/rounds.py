"""A round of the desk, with everything that can go wrong in it."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence

from queue_core.commands import HallDayCommand
from queue_core.errors import Conflict, LogError
from queue_core.log.event_log import Recorded

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
                batch = await self._decided(waiting)
                recorded = await self._recorded(batch)
            except Conflict:
                self._figures.conflicts += 1
            except LogError as error:
                await self._fail(waiting, error)
                return
            except Exception as error:
                await self._settle_apart(waiting, error)
                return
            else:
                self._subscribers.publish(recorded)
                batch.answer()
                return
        await self._fail(waiting, LogError("other processes were always first"))

    async def recover(self) -> None:
        """Read the books again and tell what had not been told.

        Raises:
            LogError: the log cannot be read.
        """
        self._subscribers.publish(await self._books.recover())

    async def _decided(self, waiting: Sequence[Waiting]) -> Batch:
        beside = [w for w in waiting if not isinstance(w.command, HallDayCommand)]
        while True:
            if not self._books.trusted:
                await self.recover()
            side = {}
            if beside:
                side = await self._books.read_side([w.command for w in beside])
            batch = Batch(self._books.day, side, waiting)
            try:
                batch.decide()
            except Astray as error:
                # Its caller has the error and is left out of the next attempt.
                logger.error("a decision failed", exc_info=error.__cause__)
                self._books.trusted = False
            else:
                return batch

    async def _recorded(self, batch: Batch) -> list[Recorded]:
        if not batch.entries:
            # A refusal must not stand on what another process has long changed.
            if not await self._books.are_current():
                self._books.trusted = False
                raise Conflict("another process was first")
            return []
        started = time.perf_counter()
        recorded = await self._books.record(batch.entries)
        self._figures.batches += 1
        self._figures.events += len(recorded)
        self._figures.commit_seconds += time.perf_counter() - started
        return recorded

    async def _fail(self, waiting: Sequence[Waiting], error: LogError) -> None:
        logger.error("%d commands were not recorded: %s", len(waiting), error)
        self._figures.failures += 1
        for one in waiting:
            failure = LogError(str(error))
            failure.__cause__ = error
            one.fail(failure)
        with contextlib.suppress(LogError):
            if not self._books.trusted:
                await self.recover()

    async def _settle_apart(self, waiting: Sequence[Waiting], error: Exception) -> None:
        """Find the one command that can be decided but not be recorded."""
        if len(waiting) == 1:
            logger.error("a command cannot be recorded", exc_info=error)
            waiting[0].fail(error)
            return
        for one in waiting:
            await self.settle([one])
