"""The library's SQLite recorder, made durable, fast and able to recover.

What differs from the stock classes, and why:

- Connections are opened by ``sqlite_connection``, with ``synchronous=FULL``.
- All rows of a transaction go in by a few many-row statements. The sqlite3 module lets
  go of the interpreter at each step, and every return may wait for a busy event loop.
- Rows are read as they are. The stock class makes an object of each, at twice the cost.
- A transaction that cannot be committed is always rolled back, and a connection that
  cannot even do that is dropped. The stock class puts it back with its transaction
  open, and no later transaction can begin: a full disk would never be recovered from.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from .event_log import Stored, require_next
from .sqlite_connection import connect
from .witness import Witness


StoredRow = tuple[int, str, int, str, bytes]
"""Position, stream, version, topic and bytes."""

MAKE_LEAVES = (
    "CREATE TABLE IF NOT EXISTS leaves (position INTEGER PRIMARY KEY, "
    "runs BLOB NOT NULL, hashes BLOB NOT NULL)"
)
"""A table of its own: who changes an event has not changed its leaf yet."""

ROWS_PER_STATEMENT = (128, 64, 32, 16, 8, 4, 2, 1)
"""How many rows one insert may carry, largest first: few make up any number."""


@cache
def insert_of(table: str, rows: int) -> str:
    """Return the statement that inserts so many rows."""
    return f"INSERT INTO {table} VALUES " + ",".join(["(?,?,?,?)"] * rows)


class DurablePool(SQLiteConnectionPool):
    """Connections for readers."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        super().__init__(db_name=str(path))
        self._path = path
        self._busy_seconds = busy_seconds

    def _create_connection(self) -> SQLiteConnection:
        connection = connect(self._path, self._busy_seconds)
        connection.execute("PRAGMA query_only=ON")
        return SQLiteConnection(sqlite_conn=connection, max_age=None)


class DurableDatastore(SQLiteDatastore):
    """Readers from a pool, and one writer of its own."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        super().__init__(db_name=str(path), originator_id_type="text")
        self.pool = DurablePool(path, busy_seconds)
        self._path = path
        self._busy_seconds = busy_seconds
        self._writer: sqlite3.Connection | None = None
        self._writing = threading.Lock()

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Read from one moment, or write all or nothing."""
        if commit:
            with self._writing, self._write() as cursor:
                yield cursor
        else:
            with super().transaction(commit=False) as cursor:
                yield cursor

    @contextmanager
    def _write(self) -> Iterator[SQLiteCursor]:
        if self._writer is None:
            self._writer = connect(self._path, self._busy_seconds)
        connection = self._writer
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield SQLiteCursor(connection.cursor())
            connection.execute("COMMIT")
        except BaseException:
            self._roll_back(connection)
            raise

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._writer = None
            connection.close()

    def close(self) -> None:
        """Close every connection. Twice does no harm."""
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        super().close()


class DurableRecorder(SQLiteApplicationRecorder):
    """The stock recorder, and a fast way to write that also refuses gaps."""

    def create_table(self) -> None:
        """Make the tables, where they are not there."""
        super().create_table()
        with self.datastore.transaction(commit=True) as c:
            c.execute(MAKE_LEAVES)

    def append_rows(
        self,
        firsts: Mapping[str, int],
        rows: Sequence[Stored],
        witness: Witness,
    ) -> Sequence[int]:
        """Write rows in one transaction, and return their positions.

        ``firsts`` has the first new version of every stream; the witness has no
        position yet.
        """
        values = [*chain.from_iterable(rows)]
        with self.datastore.transaction(commit=True) as c:
            for stream, first in firsts.items():
                require_next(stream, first, self._last_version(c, stream))
            # Rows are never deleted, so each new row is given the next rowid.
            last = self._insert_rows(c, values, len(rows))
            positions = range(last - len(rows) + 1, last + 1)
            # A witness of events that are gone is evidence, and hinders nobody.
            c.execute(
                "INSERT OR IGNORE INTO leaves VALUES (?,?,?)",
                (positions[0], *witness[1:]),
            )
        return positions

    def _insert_rows(self, c: SQLiteCursor, values: list[object], rows: int) -> int:
        """Insert rows and return the rowid of the last one."""
        done = 0
        for size in ROWS_PER_STATEMENT:
            while rows - done >= size:
                statement = insert_of(self.events_table_name, size)
                c.execute(statement, values[done * 4 : (done + size) * 4])
                done += size
        last: int = c.lastrowid
        return last

    def select_page(self, after: int, limit: int) -> Sequence[StoredRow]:
        """Return at most ``limit`` rows after a position, in order."""
        return self._select_rows("rowid>? ORDER BY rowid LIMIT ?", (after, limit))

    def select_stream(self, stream: str, after: int, upto: int) -> Sequence[StoredRow]:
        """Return the rows of a stream with after < version <= upto, in order."""
        return self._select_rows(
            "originator_id=? AND originator_version>? AND originator_version<=? "
            "ORDER BY originator_version",
            (stream, after, upto),
        )

    def select_of_streams(self, streams: Sequence[str]) -> Sequence[StoredRow]:
        """Return the rows of some streams, in the order of the log."""
        return self._select_rows(
            "originator_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            (json.dumps(streams),),
        )

    def _select_rows(self, which: str, values: Sequence[Any]) -> Sequence[StoredRow]:
        columns = "rowid, originator_id, originator_version, topic, state"
        with self.datastore.transaction(commit=False) as c:
            c.execute(
                f"SELECT {columns} FROM {self.events_table_name} WHERE {which}", values
            )
            found: list[StoredRow] = c.fetchall()
            return found

    def last_version(self, stream: str) -> int:
        """Return the version of a stream's last event, 0 if it has none."""
        with self.datastore.transaction(commit=False) as c:
            return self._last_version(c, stream)

    def _last_version(self, c: SQLiteCursor, stream: str) -> int:
        c.execute(
            f"SELECT MAX(originator_version) FROM {self.events_table_name} "
            "WHERE originator_id=?",
            (stream,),
        )
        return c.fetchone()[0] or 0

    def select_streams(self, prefix: str) -> list[str]:
        """Return the streams that begin with ``prefix``, hopping over their events."""
        table = self.events_table_name
        beyond = prefix + "\U0010ffff"
        with self.datastore.transaction(commit=False) as c:
            c.execute(
                f"WITH RECURSIVE hop(stream) AS ("
                f"SELECT MIN(originator_id) FROM {table} "
                f"WHERE originator_id>=? AND originator_id<? "
                f"UNION ALL "
                f"SELECT (SELECT MIN(originator_id) FROM {table} "
                f"WHERE originator_id>hop.stream AND originator_id<?) "
                f"FROM hop WHERE hop.stream IS NOT NULL) "
                f"SELECT stream FROM hop WHERE stream IS NOT NULL",
                (prefix, beyond, beyond),
            )
            return [row[0] for row in c.fetchall()]
