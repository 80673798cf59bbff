"""The audit: what was noted about accounts and devices, and every refusal, in the log.

Changes are noted in the transaction of the change (``notes``), and moved from there
into the stream ``audit/<hall or house>/<date>`` a moment later. Refusals are counted
in memory first: a flood of them becomes one note for each address and reason in a
minute, and what comes from ever new addresses becomes one note for all of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Container
from itertools import groupby
from typing import NamedTuple

from queue_core.errors import Conflict, LogError
from queue_core.events import AccessNoted
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.streams import audit_stream
from queue_core.values import AuditAction

from .identities import Note
from .notes import Notes


logger = logging.getLogger(__name__)

BATCH = 500
LOOK_SECONDS = 2.0
COUNTED_SECONDS = 60.0
COUNTED_LIMIT = 100
"""So many different refusals of a minute are told apart: about 20 MB of notes a day at
the very worst, however many addresses a flood comes from."""

DateOf = Callable[[str, int], str]
"""The local date of a hall at an instant; of the house for an empty hall."""


class Refusal(NamedTuple):
    """Who was refused what, and from where."""

    action: AuditAction
    by: str
    hall: str
    address: str
    detail: str
    whom: str = ""


class Count:
    """How often, and since when."""

    __slots__ = ("since_at", "times")

    def __init__(self, since_at: int) -> None:
        self.since_at = since_at
        self.times = 0


class Audit:
    """Moves notes into the log, and counts refusals. It belongs to one event loop."""

    def __init__(
        self, notes: Notes, log: EventLog, date_of: DateOf, halls: Container[str]
    ) -> None:
        self._notes = notes
        self._log = log
        self._date_of = date_of
        self._halls = halls
        self._counts: dict[Refusal, Count] = {}
        self._came_from: dict[str, str] = {}
        self._moving = asyncio.Lock()

    def refused(self, refusal: Refusal) -> None:
        """Count a refusal. It costs nothing but memory, and of that not much.

        A stranger can ask for a hall by any name: only that of a hall has an audit.
        """
        if refusal.hall not in self._halls:
            refusal = refusal._replace(hall="")
        if refusal not in self._counts and len(self._counts) >= COUNTED_LIMIT:
            refusal = Refusal("refused", "anyone", "", "", "and many others")
        count = self._counts.get(refusal)
        if count is None:
            count = self._counts[refusal] = Count(self._notes.now())
        count.times += 1

    def seen(self, account: str, hall: str, address: str) -> None:
        """Note from where somebody works, whenever it is another place than before.

        Account and time of any command in the record then tell the place, too.
        """
        if self._came_from.get(account) == address:
            return
        if len(self._came_from) > 10_000:
            self._came_from.clear()
        self._came_from[account] = address
        self.refused(Refusal("came-from", account, hall, address, "", account))

    async def run(self) -> None:
        """Move notes until cancelled; a store that fails is tried again."""
        counted = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            is_due = time.monotonic() - counted >= COUNTED_SECONDS
            with contextlib.suppress(LogError):
                await self.move(with_counts=is_due)
                if is_due:
                    counted = time.monotonic()

    async def close(self) -> None:
        """Move all there is, if the stores let us."""
        try:
            await self.move()
        except LogError as error:
            logger.warning("what was noted goes into the audit next time: %s", error)

    async def move(self, *, with_counts: bool = True) -> None:
        """Move everything that was noted into the log; refusals only when asked to.

        Raises:
            LogError: a store failed; what was not moved waits.
        """
        async with self._moving:
            if with_counts and self._counts:
                await self._notes.put_all(self._note_counts)
            while notes := await self._notes.waiting(BATCH):
                with contextlib.suppress(Conflict):
                    await asyncio.to_thread(self._set_down, notes)
                    await self._notes.forget(notes)

    def _note_counts(self) -> None:
        counts, self._counts = self._counts, {}
        for refusal, count in counts.items():
            self._notes.put(
                refusal.action,
                by=refusal.by,
                whom=refusal.whom,
                hall=refusal.hall,
                address=refusal.address,
                detail=refusal.detail,
                times=count.times,
                since_at=count.since_at,
            )

    def _set_down(self, notes: list[Note]) -> None:
        by_stream = sorted(
            ((self._stream_of(note), note.at, note) for note in notes),
            key=lambda one: one[:2],
        )
        entries: list[Entry] = []
        for stream, group in groupby(by_stream, key=lambda one: one[0]):
            last = self._log.last_version(stream)
            # Another process may have been half way through with the same notes.
            newest = self._log.read(stream, max(0, last - 2 * BATCH))
            known = {one.event.command_id for one in newest}
            for _, _, note in group:
                if cause_of(note) not in known:
                    last += 1
                    entries.append((stream, last, noted(note)))
        self._log.append(entries)

    def _stream_of(self, note: Note) -> str:
        return audit_stream(note.hall, self._date_of(note.hall, note.at))


def cause_of(note: Note) -> str:
    """Return the name by which a note is known in the log."""
    return f"note/{note.note}"


def noted(note: Note) -> AccessNoted:
    """Return a note as it stands in the log."""
    return AccessNoted(
        at=note.at,
        by=note.by,
        command_id=cause_of(note),
        action=note.action,
        whom=note.whom,
        address=note.address,
        detail=note.detail,
        times=note.times,
        since_at=note.since_at,
    )
