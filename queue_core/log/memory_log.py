"""The promises of the log kept in memory: a fake for tests, bytes and all."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from queue_core.errors import LogError, ParseError

from . import codec
from .event_log import Entry, Recorded, Unreadable, first_versions, require_next


class MemoryLog:
    """An ``EventLog`` that is gone with the process. Several desks may share it."""

    exclusive = False

    def __init__(self) -> None:
        self._rows: list[tuple[str, int, str, bytes]] = []
        self._positions: dict[str, list[int]] = {}
        self._lock = threading.Lock()
        self._closed = False

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries at once and return their positions."""
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

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        with self._lock:
            self._require_open()
            positions = self._positions.get(stream, [])[max(after, 0) : upto]
            return [self._recorded(position) for position in positions]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position."""
        with self._lock:
            self._require_open()
            last = min(after_position + limit, len(self._rows))
            return [self._recorded(p) for p in range(after_position + 1, last + 1)]

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
