"""The shared store: PostgreSQL, for several processes and several machines.

One statement records a batch: a function that locks the table, looks for gaps, numbers
the rows, inserts them and tells the others. The lock gives every transaction its
positions and its commit before the next one begins, so a reader that has seen a
position never finds anything new before it. One statement is one round trip, and in
autocommit mode it is one transaction: when it answers, the rows are on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolTimeout

from queue_core.errors import Conflict, LogError, ParseError

from . import codec
from .event_log import Entry, Recorded, Unreadable, first_versions
from .postgres_schema import APPEND, GAP, SCHEMA, SCHEMA_LOCK


Row = tuple[Any, ...]


class PostgresLog:
    """An ``EventLog`` in a database. Any thread of any process may call it."""

    def __init__(
        self,
        database: str,
        *,
        connect_seconds: float = 5.0,
        statement_seconds: float = 10.0,
        create: bool = True,
    ) -> None:
        """Open the log, and make its tables if they are not there.

        ``database`` is a libpq connection string. It may name several hosts with
        ``target_session_attrs=read-write``; after a failover the new primary is found.

        Raises:
            LogError: the database cannot be reached or is not to be used.
        """
        self._database = database
        self._options = connection_options(connect_seconds, statement_seconds)
        self._writer: psycopg.Connection[Row] | None = None
        self._writing = threading.Lock()
        self._closed = False
        with self._failures("reached"):
            if create:
                self._create()
            self._readers = ConnectionPool(
                database,
                kwargs=self._options,
                min_size=1,
                max_size=4,
                timeout=connect_seconds,
                check=ConnectionPool.check_connection,
                open=True,
                name="log-readers",
            )

    def _create(self) -> None:
        with psycopg.connect(self._database, **self._options) as connection:
            # Several servers may start together, and CREATE IF NOT EXISTS can
            # still collide with itself.
            connection.execute("SELECT pg_advisory_lock(%s)", (SCHEMA_LOCK,))
            connection.execute(SCHEMA)

    @property
    def exclusive(self) -> bool:
        """Other servers may write at any time."""
        return False

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries in one transaction and return their positions."""
        first_versions(entries)
        if not entries:
            return ()
        topics, states = zip(*(codec.encode(e) for _, _, e in entries), strict=True)
        rows = (
            [stream for stream, _, _ in entries],
            [version for _, version, _ in entries],
            list(topics),
            list(states),
        )
        with self._writing, self._failures("written"):
            last = self._append(rows)
        return range(last - len(entries) + 1, last + 1)

    def _append(self, rows: tuple[list[str], list[int], list[str], list[bytes]]) -> int:
        if self._closed:
            raise psycopg.InterfaceError("the log is closed")
        if self._writer is None:
            self._writer = psycopg.connect(self._database, **self._options)
        try:
            found = self._writer.execute(APPEND, rows, prepare=True).fetchone()
        except psycopg.OperationalError:
            # Whether the rows were recorded is not known; the caller reads again.
            self._drop_writer()
            raise
        assert found is not None
        return int(found[0])

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        found = self._select(
            "SELECT stream, version, topic, state, 0 FROM yihao_events "
            "WHERE stream = %s AND version > %s AND version <= %s ORDER BY version",
            (stream, after, 2**62 if upto is None else upto),
        )
        return [_recorded(row) for row in found]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position."""
        found = self._select(
            "SELECT stream, version, topic, state, position FROM yihao_events "
            "WHERE position > %s ORDER BY position LIMIT %s",
            (after_position, limit),
        )
        return [_recorded(row) for row in found]

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        found = self._select(
            "WITH RECURSIVE hop(stream) AS ("
            "SELECT min(stream) FROM yihao_events WHERE stream >= %(from)s "
            "UNION ALL "
            "SELECT (SELECT min(stream) FROM yihao_events WHERE stream > hop.stream) "
            "FROM hop WHERE starts_with(hop.stream, %(from)s)) "
            "SELECT stream FROM hop WHERE starts_with(stream, %(from)s)",
            {"from": prefix},
        )
        return [row[0] for row in found]

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty."""
        found = self._select(
            "SELECT coalesce(max(version), 0) FROM yihao_events WHERE stream = %s",
            (stream,),
        )
        return int(found[0][0])

    def _select(self, statement: str, values: Any) -> list[Row]:
        with self._failures("read"), self._readers.connection() as connection:
            return connection.execute(statement, values).fetchall()

    def close(self) -> None:
        """Give the connections back."""
        with self._writing:
            self._closed = True
            self._drop_writer()
        self._readers.close()

    @contextmanager
    def _failures(self, done: str) -> Iterator[None]:
        try:
            yield
        except errors.UniqueViolation as error:
            raise Conflict(f"another writer was first: {error}") from error
        except (psycopg.Error, PoolTimeout) as error:
            if getattr(error, "sqlstate", None) == GAP:
                raise LogError(f"versions would leave a gap: {error}") from error
            raise LogError(f"the database cannot be {done}: {error}") from error


def connection_options(
    connect_seconds: float, statement_seconds: float
) -> dict[str, Any]:
    """Return how every connection of the house is made.

    A statement that takes too long is given up on the server, and a peer that is gone
    without a word is noticed by TCP itself, so no caller waits for ever.
    """
    milliseconds = round(statement_seconds * 1000)
    return {
        "autocommit": True,
        "application_name": "yihao",
        "connect_timeout": max(2, round(connect_seconds)),
        "tcp_user_timeout": milliseconds,
        "keepalives_idle": 10,
        "options": f"-c statement_timeout={milliseconds} -c synchronous_commit=on "
        f"-c lock_timeout={milliseconds // 2} -c timezone=UTC",
    }


def _recorded(row: Row) -> Recorded:
    stream, version, topic, state, position = row
    try:
        event = codec.decode(topic, bytes(state))
    except ParseError as error:
        raise Unreadable(stream, version, str(error)) from error
    return Recorded(stream, version, event, position)
