"""The rows of a log in a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from queue_core.errors import LogError
from queue_core.log.witness import Witness

from .places import told
from .rows import (
    NOTHING_REMOVED,
    PAGE,
    NoLog,
    Removal,
    Removed,
    Row,
    Span,
)


NAME = "yihao-care"
"""How these connections are called among those of the servers."""

COLUMNS = "position, stream, version, topic, state"

MARKS = """
CREATE TABLE IF NOT EXISTS yihao_archived_days (
    stream text COLLATE "C" PRIMARY KEY, rows bigint NOT NULL,
    archive text NOT NULL, digest text NOT NULL, removed_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS yihao_archived_positions (
    first bigint PRIMARY KEY, last bigint NOT NULL
);
"""

Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresRows:
    """``Rows`` of a database, also of a standby, beside the servers that write it."""

    def __init__(self, database: str) -> None:
        """Stand at the instant of the call.

        Raises:
            NoLog: the database has no log.
            LogError: the database cannot be reached.
        """
        self._database = told(database)
        with self._failures():
            self._connection = connect_for_care(database)
        try:
            self._begin()
        except LogError:
            self.close()
            raise

    def _begin(self) -> None:
        self._select("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if not self._has("yihao_events"):
            raise NoLog(f"there is no log in {self._database}")
        found = self._select("SELECT coalesce(max(position), 0) FROM yihao_events")
        self.last_position = int(found[0][0])

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self._select("SELECT count(*) FROM yihao_events")[0][0])

    def page(self, after: int, limit: int = PAGE) -> list[Row]:
        """Return at most ``limit`` rows after a position, in order."""
        which = "WHERE position > %s ORDER BY position LIMIT %s"
        return self._rows(which, (after, limit))

    def at(self, position: int) -> Row | None:
        """Return the row at a position; None if there is none."""
        return next(iter(self._rows("WHERE position = %s", (position,))), None)

    def page_upto(self, position: int, limit: int = PAGE) -> list[Row]:
        """Return the last ``limit`` rows up to a position, in order."""
        which = "WHERE position <= %s ORDER BY position DESC LIMIT %s"
        return self._rows(which, (position, limit))[::-1]

    def count_upto(self, position: int) -> int:
        """Count the rows up to a position."""
        found = self._select(
            "SELECT count(*) FROM yihao_events WHERE position <= %s", (position,)
        )
        return int(found[0][0])

    def of_streams(self, streams: Sequence[str]) -> list[Row]:
        """Return all rows of some streams, in the order of the log."""
        return self._rows("WHERE stream = ANY(%s) ORDER BY position", (list(streams),))

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        found = self._select(
            "SELECT DISTINCT stream FROM yihao_events "
            "WHERE stream >= %(from)s AND starts_with(stream, %(from)s) "
            "ORDER BY stream",
            {"from": prefix},
        )
        return [name for (name,) in found]

    def witnesses(self, after: int, limit: int = PAGE) -> list[Witness]:
        """Return at most ``limit`` notes of leaves after a position, in order."""
        if not self._has("yihao_leaves"):
            return []
        found = self._select(
            "SELECT position, runs, hashes FROM yihao_leaves WHERE position > %s "
            "ORDER BY position LIMIT %s",
            (after, limit),
        )
        return [Witness(*one) for one in found]

    def removed(self) -> Removed:
        """Return what has been archived and removed."""
        if not self._has("yihao_archived_days"):
            return NOTHING_REMOVED
        with self._failures():
            return read_marks(self._connection)

    def names(self, positions: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Return stream and version of rows whose bytes cannot be read."""
        named: dict[int, tuple[str, int]] = {}
        for position in positions:
            try:
                found = self._select(
                    "SELECT stream, version FROM yihao_events WHERE position = %s",
                    (position,),
                )
            except LogError:
                continue
            for name, version in found:
                named[position] = (name, version)
        return named

    def trouble(self) -> list[str]:
        """Return nothing: PostgreSQL says what is wrong with a row when it is read."""
        return []

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _has(self, table: str) -> bool:
        return self._select("SELECT to_regclass(%s) IS NOT NULL", (table,)) == [(True,)]

    def _rows(self, which: str, values: Sequence[Any]) -> list[Row]:
        found = self._select(f"SELECT {COLUMNS} FROM yihao_events {which}", values)
        return [Row(*one) for one in found]

    def _select(self, statement: str, values: Any = None) -> list[Any]:
        with self._failures():
            if statement.startswith("BEGIN"):
                self._connection.execute(statement)
                return []
            # A savepoint: a row that cannot be read must not end the whole reading.
            with self._connection.transaction():
                cursor = self._connection.cursor(binary=True)
                return cursor.execute(statement, values).fetchall()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise LogError(f"{self._database} cannot be read: {error}") from error


def connect_for_care(database: str) -> Connection:
    """Connect for work that may take long: no statement is given up."""
    return psycopg.connect(
        database,
        autocommit=True,
        application_name=NAME,
        connect_timeout=10,
        options="-c statement_timeout=0 -c synchronous_commit=on -c timezone=UTC "
        "-c client_min_messages=warning",
    )


def read_marks(connection: Connection) -> Removed:
    """Return what has been removed; its tables are there."""
    days = connection.execute(
        "SELECT stream, rows, archive, digest, removed_at FROM yihao_archived_days "
        "ORDER BY stream"
    )
    spans = connection.execute(
        "SELECT first, last FROM yihao_archived_positions ORDER BY first"
    )
    return Removed([Removal(*one) for one in days], [Span(*one) for one in spans])


def write_marks(connection: Connection, removed: Removed) -> None:
    """Note what has been removed, in place of what was noted."""
    connection.execute(MARKS)
    connection.execute("DELETE FROM yihao_archived_days")
    connection.execute("DELETE FROM yihao_archived_positions")
    cursor = connection.cursor()
    cursor.executemany(
        "INSERT INTO yihao_archived_days VALUES (%s,%s,%s,%s,%s)", removed.days
    )
    cursor.executemany(
        "INSERT INTO yihao_archived_positions VALUES (%s,%s)", removed.spans
    )
