"""The trees of days, and what they prove of a ticket. Every function blocks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

from queue_core.care.archive_log import log_of_day
from queue_core.events import TicketIssued
from queue_core.events_of_proof import DaySealed
from queue_core.log import codec
from queue_core.log.event_log import EventLog
from queue_core.log.streams import hall_day_stream
from queue_core.log.witness import leaves_of
from queue_core.proof.leaves import leaf_of
from queue_core.proof.merkle import MerkleTree

from .sealing import seals


ISSUED = "ticket-issued."

DAYS = 8
"""So many days are kept; a busy one takes some 3 MB."""


class ProvenDay:
    """The tree of one day, as far as it was read."""

    def __init__(self, hall: str, date: str) -> None:
        self.hall = hall
        self.date = date
        self.stream = hall_day_stream(hall, date)
        self.tree = MerkleTree()
        self.issued: dict[str, int] = {}
        """Ticket → the version that issued it."""

    def read_on(self, log: EventLog) -> None:
        """Take in what was recorded since.

        Raises:
            LogError: the log cannot be read.
        """
        known = len(self.tree)
        stored = log.stored(self.stream, known)
        for _, version, topic, body in stored:
            if topic.startswith(ISSUED):
                event = codec.decode(topic, body)
                if isinstance(event, TicketIssued):
                    self.issued[event.ticket] = version
        self.tree.extend(leaves_of(stored))


class LeafProof(NamedTuple):
    """That an event stands in a day."""

    leaf: bytes
    leaf_index: int
    path: list[bytes]
    size: int
    root: bytes
    sealed: DaySealed | None
    """The signed head with this root; None while the day is not over."""


class DayProofs:
    """What anybody asked to be proven lately, in the halls of one house."""

    def __init__(self, log: EventLog, archives: Path) -> None:
        self._log = log
        self._archives = archives
        self._days: OrderedDict[tuple[str, str], ProvenDay] = OrderedDict()
        self._seals: dict[str, list[DaySealed]] = {}
        self._lock = threading.Lock()

    def day(self, hall: str, date: str) -> ProvenDay | None:
        """Return a day as it stands in the record now; None if it never opened.

        Raises:
            LogError: the log or an archive cannot be read.
        """
        with self._lock:
            return self._day(hall, date)

    def seals(self, hall: str) -> list[DaySealed]:
        """Return the signed heads of a hall, the oldest first.

        Raises:
            LogError: the log cannot be read.
        """
        with self._lock:
            known = self._seals.setdefault(hall, [])
            known += seals(self._log, hall, len(known))
            return known[:]

    def sealed(self, hall: str, date: str) -> DaySealed | None:
        """Return the signed head of a day; None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        return next((one for one in self.seals(hall) if one.date == date), None)

    def ticket(self, hall: str, date: str, ticket: str) -> LeafProof | None:
        """Prove that a ticket was issued on a day; None if it was not.

        Raises:
            LogError: the log or an archive cannot be read.
        """
        sealed = self.sealed(hall, date)
        with self._lock:
            day = self._day(hall, date)
            version = day.issued.get(ticket) if day else None
            if day is None or version is None:
                return None
            size = sealed.seal.size if sealed else len(day.tree)
            if not version <= size <= len(day.tree):
                # The record has less than was signed: nothing can be proven by it.
                sealed, size = None, len(day.tree)
            return LeafProof(
                leaf=self._leaf(day, version),
                leaf_index=version - 1,
                path=day.tree.inclusion(version - 1, size),
                size=size,
                root=day.tree.root(size),
                sealed=sealed,
            )

    def _day(self, hall: str, date: str) -> ProvenDay | None:
        day = self._days.get((hall, date)) or ProvenDay(hall, date)
        day.read_on(self._source(day))
        if not len(day.tree):
            return None
        self._days[hall, date] = day
        self._days.move_to_end((hall, date))
        if len(self._days) > DAYS:
            self._days.popitem(last=False)
        return day

    def _leaf(self, day: ProvenDay, version: int) -> bytes:
        (stored,) = self._source(day).stored(day.stream, version - 1, version)
        return leaf_of(*stored)

    def _source(self, day: ProvenDay) -> EventLog:
        return log_of_day(self._log, self._archives, day.hall, day.date)
