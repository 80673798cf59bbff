"""The promises of the log kept in memory: a fake for tests, bytes and all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import chain

from queue_core.errors import LogError, ParseError
from queue_core.proof.leaves import leaf_hash_of

from . import codec
from .event_log import (
    Entry,
    Page,
    Recorded,
    Stored,
    Unreadable,
    first_versions,
    page_of,
    require_next,
)
from .local_turns import LocalTurn, LocalTurns
from .streams import halls_written


class MemoryLog:
    """An ``EventLog`` that is gone with the process. Several desks may share it."""

    exclusive = False

    def __init__(self) -> None:
        self._rows: list[Stored] = []
        self._positions: dict[str, list[int]] = {}
        self._lock = threading.Lock()
        self._turns = LocalTurns()
        self._closed = False

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries at once."""
        with self._turns.waited_for(halls_written(stream for stream, _, _ in entries)):
            return self.record(entries)

    def record(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries, whoever's turn it is."""
        firsts = first_versions(entries)
        rows = [(stream, v, *codec.encode(event)) for stream, v, event in entries]
        with self._lock:
            self._require_open()
            for stream, first in firsts.items():
                require_next(stream, first, len(self._positions.get(stream, ())))
            before = len(self._rows)
            self._rows += rows
            for position, row in enumerate(rows, before + 1):
                self._positions.setdefault(row[0], []).append(position)
            return range(before + 1, before + len(rows) + 1)

    def take_turn(self, hall: str, stream: str) -> LocalTurn:
        """Wait until it is our turn to write in a hall, and hold up all others."""
        return self._turns.take(hall, lambda: self.last_version(stream), self.record)

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        with self._lock:
            self._require_open()
            positions = self._positions.get(stream, [])[max(after, 0) : upto]
            return [self._recorded(position) for position in positions]

    def stored(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """Return what is stored of a stream, undecoded, in order."""
        with self._lock:
            self._require_open()
            positions = self._positions.get(stream, [])[max(after, 0) : upto]
            return [self._rows[position - 1] for position in positions]

    def read_streams(self, streams: Sequence[str]) -> list[Recorded]:
        """Return the events of some streams, in the order of the log."""
        with self._lock:
            self._require_open()
            found = [self._positions.get(stream, ()) for stream in {*streams}]
            return [self._recorded(p) for p in sorted(chain.from_iterable(found))]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position."""
        with self._lock:
            self._require_open()
            last = min(after_position + limit, len(self._rows))
            return [self._recorded(p) for p in range(after_position + 1, last + 1)]

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        """Return the events of one hall after a position, whatever their streams."""
        read = self.read_all(after_position, limit)
        with self._lock:
            found = [(r, leaf_hash_of(*self._rows[r.position - 1])) for r in read]
        return page_of(hall, after_position, found, limit, audit=audit)

    def last_position(self) -> int:
        """Return the position of the last event of all; 0 if there is none."""
        with self._lock:
            self._require_open()
            return len(self._rows)

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        with self._lock:
            self._require_open()
            return sorted(s for s in self._positions if s.startswith(prefix))

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty."""
        with self._lock:
            self._require_open()
            return len(self._positions.get(stream, ()))

    def close(self) -> None:
        """Refuse everything from now on."""
        self._closed = True

    def _require_open(self) -> None:
        if self._closed:
            raise LogError("the log is closed")

    def _recorded(self, position: int) -> Recorded:
        stream, version, topic, body = self._rows[position - 1]
        try:
            event = codec.decode(topic, body)
        except ParseError as error:
            raise Unreadable(stream, version, str(error)) from error
        return Recorded(stream, version, event, position)
