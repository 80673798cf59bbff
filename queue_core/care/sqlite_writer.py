"""Writing the rows of a log into an SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from queue_core.errors import LogError
from queue_core.log.sqlite_connection import connect
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.witness import Witness

from .rows import Removal, Removed, Row, require_removable, spans_with
from .sqlite_rows import (
    BUSY_SECONDS,
    SqliteRows,
    insert_rows,
    insert_witnesses,
    make_marks,
    read_marks,
    rows_of_streams,
    write_marks,
)


class SqliteWriter:
    """``RowWriter`` of a file. No server can have the file at the same time."""

    def __init__(self, path: Path) -> None:
        """Take the file, and make it if it is not there.

        Raises:
            LogError: a server has it, or it is no log.
        """
        self._path = path
        # It makes the table, and holds the lock that keeps servers away.
        self._log = SqliteLog(path)
        self._connection = connect(path, BUSY_SECONDS)

    def rows(self) -> SqliteRows:
        """Return what is there now, for reading."""
        return SqliteRows(self._path)

    def require_alone(self) -> None:
        """Do nothing: while this writer has the file, no server can have it."""

    def write(self, rows: Sequence[Row], after: int) -> None:
        """Add rows in one transaction."""
        with self._transaction():
            if self._last_position() != after:
                raise LogError(f"{self._path} does not end at position {after}")
            insert_rows(self._connection, rows)

    def witness(self, witnesses: Sequence[Witness]) -> None:
        """Add notes of leaves in one transaction; those that are there stay."""
        with self._transaction():
            insert_witnesses(self._connection, witnesses)

    def note(self, removed: Removed) -> None:
        """Set down what has been removed from the log."""
        with self._transaction():
            write_marks(self._connection, removed)

    def remove(
        self, streams: Sequence[str], expected: Sequence[Row], removal: Removal
    ) -> None:
        """Take the rows of some streams out and note it, in one transaction."""
        with self._transaction():
            found = rows_of_streams(self._connection, streams)
            require_removable(found, expected, self._last_position())
            make_marks(self._connection)
            before = read_marks(self._connection)
            positions = [row.position for row in found]
            self._connection.executemany(
                "DELETE FROM stored_events WHERE rowid=?", [(p,) for p in positions]
            )
            spans = spans_with(before.spans, positions)
            write_marks(self._connection, Removed([*before.days, removal], spans))

    def close(self) -> None:
        """Let a server have the file."""
        self._connection.close()
        self._log.close()

    def _last_position(self) -> int:
        found = self._connection.execute("SELECT MAX(rowid) FROM stored_events")
        return int(found.fetchone()[0] or 0)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise LogError(f"{self._path} cannot be written: {error}") from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
