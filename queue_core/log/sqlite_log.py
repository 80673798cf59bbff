"""The embedded store: one SQLite file, one server, nothing to install."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import IntegrityError

from queue_core.errors import Conflict, LogError, ParseError
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
)
from .file_lock import FileLock
from .local_turns import LocalTurn, LocalTurns
from .sqlite_store import DurableDatastore, DurableRecorder, StoredRow
from .witness import leaves_of, witness_of


NO_END = (1 << 63) - 1
"""No version is greater."""


class SqliteLog:
    """An ``EventLog`` in a file. Any thread may call it; one process may write it."""

    def __init__(
        self, path: Path | str, *, read_only: bool = False, busy_seconds: float = 5.0
    ) -> None:
        """Open the log, and make it if it is not there.

        With ``read_only`` the file is read beside the server that writes it.

        Raises:
            LogError: another server has the file, or it is no log.
        """
        self._path = Path(path)
        self._lock = self._claim(read_only)
        self._store = DurableDatastore(self._path, busy_seconds)
        self._recorder = DurableRecorder(self._store)
        self._turns = LocalTurns()
        try:
            with self._failures("opened"):
                if not read_only:
                    self._recorder.create_table()
                self._recorder.max_notification_id()
        except LogError:
            self.close()
            raise

    @property
    def exclusive(self) -> bool:
        """The lock beside the file keeps every other writer away."""
        return self._lock is not None

    def _claim(self, read_only: bool) -> FileLock | None:
        if not read_only:
            return FileLock(self._path.with_name(self._path.name + ".lock"))
        if not self._path.exists():
            raise LogError(f"there is no log {self._path}")
        return None

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries in one transaction, their leaves beside them."""
        if self._lock is None:
            raise LogError(f"{self._path} was opened for reading only")
        firsts = first_versions(entries)
        if not entries:
            return ()
        rows = [(stream, v, *codec.encode(event)) for stream, v, event in entries]
        witness = witness_of(entries, leaves_of(rows))
        with self._failures("written"):
            return self._recorder.append_rows(firsts, rows, witness)

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        with self._failures("read"):
            last = NO_END if upto is None else upto
            found = self._recorder.select_stream(stream, after, last)
        return [_recorded(row) for row in found]

    def stored(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """Return what is stored of a stream, undecoded, in order."""
        with self._failures("read"):
            last = NO_END if upto is None else upto
            found = self._recorder.select_stream(stream, after, last)
        return [row[1:] for row in found]

    def read_streams(self, streams: Sequence[str]) -> list[Recorded]:
        """Return the events of some streams, in the order of the log."""
        with self._failures("read"):
            found = self._recorder.select_of_streams(streams)
        return [_recorded(row) for row in found]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position."""
        with self._failures("read"):
            found = self._recorder.select_page(after_position, limit)
        return [_recorded(row) for row in found]

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        """Return the events of one hall after a position, whatever their streams."""
        with self._failures("read"):
            rows = self._recorder.select_page(after_position, limit)
        found = [(_recorded(row), leaf_hash_of(*row[1:])) for row in rows]
        return page_of(hall, after_position, found, limit, audit=audit)

    def last_position(self) -> int:
        """Return the position of the last event of all; 0 if there is none."""
        with self._failures("read"):
            return self._recorder.max_notification_id() or 0

    def take_turn(self, hall: str, stream: str) -> LocalTurn:
        """Wait for a turn: nobody has to, because nobody else writes this file."""
        return self._turns.take(hall, lambda: self.last_version(stream), self.append)

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        with self._failures("read"):
            return self._recorder.select_streams(prefix)

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty."""
        with self._failures("read"):
            return self._recorder.last_version(stream)

    def close(self) -> None:
        """Close the file and let another server have it."""
        self._store.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @contextmanager
    def _failures(self, done: str) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, sqlite3.IntegrityError) as error:
            raise Conflict(f"another writer was first: {error}") from error
        except (EventSourcingError, sqlite3.Error) as error:
            raise LogError(f"{self._path} cannot be {done}: {error}") from error


def _recorded(row: StoredRow) -> Recorded:
    position, stream, version, topic, state = row
    try:
        event = codec.decode(topic, state)
    except ParseError as error:
        raise Unreadable(stream, version, str(error)) from error
    return Recorded(stream, version, event, position)
