"""Keeping the tables up beside a house that works, and before somebody reads them."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import NamedTuple

from queue_core.errors import LogError
from queue_core.log.event_log import EventLog

from .rebuilding import Reading, Rest
from .store import KeptStore, PenTaken


GENTLE_PAGE = 400
"""Events that are read at once beside a house that works: a few milliseconds."""
GENTLE_REST = 3.0
"""After each page it rests so many times as long as the page took."""
READER_SECONDS = 1.0
"""Whoever wants to read lets the tables be brought up to date for so long at most."""


class Progress(NamedTuple):
    """How far the tables are."""

    position: int
    """Up to here readers know the log; 0: not at all."""
    gathered: int
    """The same of the tables that are in the making, if others are."""
    behind: int
    """Events that stand in the log beyond what readers know."""
    failure: str
    """Why it does not go on; empty: it does."""


class Bookkeeper:
    """Reads the log into the tables. Every method blocks; any thread may call."""

    def __init__(
        self, log: EventLog, kept: KeptStore, archives: Path | None = None
    ) -> None:
        self.kept = kept
        self._log = log
        self._reading = Reading(log, kept, archives=archives)
        self._busy = threading.Lock()
        self._position = 0
        self._heard = 0
        self._failure = ""

    @property
    def progress(self) -> Progress:
        """How far the tables are; it does not block."""
        behind = max(0, self._heard - self._position)
        gathered = self._reading.position
        return Progress(self._position, gathered, behind, self._failure)

    def hear(self, position: int) -> None:
        """Note that the log goes up to a position; it does not block."""
        self._heard = max(self._heard, position)

    def keep_up(self, stopping: threading.Event) -> None:
        """Read on to the end of the log, gently, or until the house is closing.

        What fails is noted; the tables stay as they are.
        """

        def rest(seconds: float) -> bool:
            self._look()
            return stopping.wait(seconds * GENTLE_REST)

        with self._busy:
            self._go_on(rest)

    def bring_up_to_date(self) -> None:
        """Read on before somebody reads the tables, unless that would take long.

        What fails is noted; the tables stay as they are.
        """
        until = time.monotonic() + READER_SECONDS
        if self._busy.acquire(timeout=READER_SECONDS):
            try:
                self._go_on(lambda seconds: time.monotonic() > until)
            finally:
                self._busy.release()

    def _go_on(self, rest: Rest) -> None:
        try:
            self.hear(self._log.last_position())
            # Where another process is at it, it is looked at how far that is.
            with contextlib.suppress(PenTaken):
                self._reading.go_on(page=GENTLE_PAGE, rest=rest)
            self._look()
            self._failure = ""
        except LogError as error:
            self._failure = str(error)

    def _look(self) -> None:
        standing = self.kept.standing()
        self._position = standing.position if standing else 0
