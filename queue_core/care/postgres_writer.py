"""Writing the rows of a log into a PostgreSQL database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from queue_core.errors import LogError
from queue_core.log.postgres_log import PostgresLog
from queue_core.log.witness import Witness

from .places import Progress, told
from .postgres_rows import (
    COLUMNS,
    MARKS,
    Connection,
    PostgresRows,
    connect_for_care,
    read_marks,
    write_marks,
)
from .rows import (
    Removal,
    Removed,
    Row,
    Rows,
    pages,
    require_removable,
    spans_with,
    witness_pages,
)


LEAVING_SECONDS = 0.5
"""PostgreSQL may take so long to forget a connection that was closed just now."""


class PostgresWriter:
    """``RowWriter`` of a database. Servers wait while it writes."""

    def __init__(self, database: str) -> None:
        """Reach the database, and make the log's tables if they are not there.

        Raises:
            LogError: the database cannot be reached or is not to be used.
        """
        self._place = database
        self._database = told(database)
        PostgresLog(database).close()
        with self._failures():
            self._connection = connect_for_care(database)

    def rows(self) -> PostgresRows:
        """Return what is there now, for reading."""
        return PostgresRows(self._place)

    def require_alone(self) -> None:
        """Pass if no server uses the database.

        Raises:
            LogError: one does, or the database cannot be asked.
        """
        until = time.monotonic() + LEAVING_SECONDS
        while servers := self._servers():
            if time.monotonic() > until:
                raise LogError(
                    f"servers use {self._database} ({servers} connections); "
                    "stop them first"
                )
            time.sleep(0.02)

    def _servers(self) -> int:
        with self._failures():
            found = self._connection.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'yihao'"
            ).fetchone()
        assert found is not None
        return int(found[0])

    def write(self, rows: Sequence[Row], after: int) -> None:
        """Add rows in one transaction."""
        with self._transaction():
            if self._last_position() != after:
                raise LogError(f"{self._database} does not end at position {after}")
            self._insert(rows)

    def witness(self, witnesses: Sequence[Witness]) -> None:
        """Add notes of leaves in one transaction; those that are there stay."""
        with self._transaction():
            self._insert_witnesses(witnesses)

    def note(self, removed: Removed) -> None:
        """Set down what has been removed from the log."""
        with self._transaction():
            write_marks(self._connection, removed)

    def remove(
        self, streams: Sequence[str], expected: Sequence[Row], removal: Removal
    ) -> None:
        """Take the rows of some streams out and note it, in one transaction."""
        with self._transaction():
            cursor = self._connection.cursor(binary=True)
            cursor.execute(
                f"SELECT {COLUMNS} FROM yihao_events WHERE stream = ANY(%s) "
                "ORDER BY position",
                (list(streams),),
            )
            found = [Row(*one) for one in cursor]
            require_removable(found, expected, self._last_position())
            self._connection.execute(MARKS)
            before = read_marks(self._connection)
            positions = [row.position for row in found]
            self._connection.execute(
                "DELETE FROM yihao_events WHERE position = ANY(%s)", (positions,)
            )
            spans = spans_with(before.spans, positions)
            write_marks(self._connection, Removed([*before.days, removal], spans))

    def replace(
        self, rows: Rows, progress: Progress, finish: Callable[[Connection], None]
    ) -> None:
        """Put other rows in the place of all that are there, in one transaction.

        ``finish`` is called before the transaction ends, to do more in it.

        Raises:
            LogError: the rows cannot be read, or the database failed.
        """
        with self._transaction():
            self._connection.execute("TRUNCATE yihao_events, yihao_leaves")
            for page in pages(rows):
                self._insert(page)
                progress(page[-1].position, rows.last_position)
            for witnesses in witness_pages(rows):
                self._insert_witnesses(witnesses)
            write_marks(self._connection, rows.removed())
            finish(self._connection)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _insert(self, rows: Sequence[Row]) -> None:
        statement = f"COPY yihao_events ({COLUMNS}) FROM STDIN"
        with self._connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _insert_witnesses(self, witnesses: Sequence[Witness]) -> None:
        cursor = self._connection.cursor()
        cursor.executemany(
            "INSERT INTO yihao_leaves (position, runs, hashes) VALUES (%s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            witnesses,
        )

    def _last_position(self) -> int:
        found = self._connection.execute(
            "SELECT coalesce(max(position), 0) FROM yihao_events"
        ).fetchone()
        assert found is not None
        return int(found[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._failures(), self._connection.transaction():
            # The lock under which servers record; readers go on.
            self._connection.execute("LOCK TABLE yihao_events IN EXCLUSIVE MODE")
            yield

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise LogError(f"{self._database} cannot be written: {error}") from error
