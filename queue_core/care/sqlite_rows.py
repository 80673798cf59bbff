"""The rows of a log in an SQLite file.

A position is a rowid. ``VACUUM`` may number the rows anew where positions are missing,
so nothing here uses it: a file becomes smaller by being copied.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from queue_core.errors import LogError
from queue_core.log.witness import Witness

from .rows import (
    NOTHING_REMOVED,
    PAGE,
    NoLog,
    Removal,
    Removed,
    Row,
    Span,
)


BUSY_SECONDS = 5.0

COLUMNS = "rowid, originator_id, originator_version, topic, state"
NAMES = "rowid, originator_id, originator_version"
INDEX = "sqlite_autoindex_stored_events_1"

MARKS = (
    "CREATE TABLE IF NOT EXISTS archived_days (stream TEXT PRIMARY KEY, "
    "rows INTEGER NOT NULL, archive TEXT NOT NULL, digest TEXT NOT NULL, "
    "removed_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS archived_positions (first INTEGER PRIMARY KEY, "
    "last INTEGER NOT NULL)",
)


class SqliteRows:
    """``Rows`` of a file, also beside the server that writes it."""

    def __init__(self, path: Path) -> None:
        """Stand at the instant of the call.

        Raises:
            NoLog: the file is not there, or has no log in it.
            LogError: the file cannot be read.
        """
        self._path = path
        if not path.exists():
            raise NoLog(f"there is no log {path}")
        with self._failures():
            self.connection = open_to_read(path)
        try:
            with self._failures():
                self._begin()
        except LogError:
            self.close()
            raise

    def _begin(self) -> None:
        self.connection.execute("BEGIN")
        self._tables = {
            name
            for (name,) in self._select(
                "SELECT name FROM sqlite_master WHERE type='table'"
            )
        }
        if "stored_events" not in self._tables:
            raise NoLog(f"there is no log in {self._path}")
        self.last_position = self._newest()

    def _newest(self) -> int:
        try:
            found = self._select("SELECT MAX(rowid) FROM stored_events")
        except LogError:
            found = self._select(
                f"SELECT MAX(rowid) FROM stored_events INDEXED BY {INDEX}"
            )
        return int(found[0][0] or 0)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self._select("SELECT COUNT(*) FROM stored_events")[0][0])

    def page(self, after: int, limit: int = PAGE) -> list[Row]:
        """Return at most ``limit`` rows after a position, in order."""
        return self._rows("WHERE rowid>? ORDER BY rowid LIMIT ?", (after, limit))

    def at(self, position: int) -> Row | None:
        """Return the row at a position; None if there is none."""
        return next(iter(self._rows("WHERE rowid=?", (position,))), None)

    def page_upto(self, position: int, limit: int = PAGE) -> list[Row]:
        """Return the last ``limit`` rows up to a position, in order."""
        values = (position, limit)
        return self._rows("WHERE rowid<=? ORDER BY rowid DESC LIMIT ?", values)[::-1]

    def count_upto(self, position: int) -> int:
        """Count the rows up to a position."""
        return int(
            self._select(
                "SELECT COUNT(*) FROM stored_events WHERE rowid<=?", (position,)
            )[0][0]
        )

    def of_streams(self, streams: Sequence[str]) -> list[Row]:
        """Return all rows of some streams, in the order of the log."""
        with self._failures():
            return rows_of_streams(self.connection, streams)

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        found = self._select(
            "SELECT DISTINCT originator_id FROM stored_events "
            "WHERE originator_id>=? AND originator_id<? ORDER BY originator_id",
            (prefix, prefix + "\U0010ffff"),
        )
        return [name for (name,) in found]

    def witnesses(self, after: int, limit: int = PAGE) -> list[Witness]:
        """Return at most ``limit`` notes of leaves after a position, in order."""
        if "leaves" not in self._tables:
            return []
        found = self._select(
            "SELECT position, runs, hashes FROM leaves WHERE position>? "
            "ORDER BY position LIMIT ?",
            (after, limit),
        )
        return [Witness(*one) for one in found]

    def removed(self) -> Removed:
        """Return what has been archived and removed."""
        if "archived_days" not in self._tables:
            return NOTHING_REMOVED
        with self._failures():
            return read_marks(self.connection)

    def names(self, positions: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Return stream and version of rows that cannot be read themselves.

        Both stand in the index too, which may be sound where the table is not.
        """
        wanted = set(positions)
        try:
            found = self._select(
                f"SELECT {NAMES} FROM stored_events INDEXED BY {INDEX}"
            )
        except LogError:
            return {}
        return {place: (name, n) for place, name, n in found if place in wanted}

    def trouble(self) -> list[str]:
        """Return what SQLite finds wrong with the file; nothing if it is sound."""
        try:
            found = self._select("PRAGMA integrity_check")
        except LogError as error:
            return [str(error)]
        return [text for (text,) in found if text != "ok"]

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def _rows(self, which: str, values: Sequence[Any]) -> list[Row]:
        found = self._select(f"SELECT {COLUMNS} FROM stored_events {which}", values)
        return [Row(*one) for one in found]

    def _select(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._failures():
            return self.connection.execute(statement, values).fetchall()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LogError(f"{self._path} cannot be read: {error}") from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it can change, not even its kind of journal."""
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def insert_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Insert rows at their positions."""
    connection.executemany(
        f"INSERT INTO stored_events ({COLUMNS}) VALUES (?,?,?,?,?)", rows
    )


def insert_witnesses(
    connection: sqlite3.Connection, witnesses: Sequence[Witness]
) -> None:
    """Insert notes of leaves where there are none."""
    connection.executemany("INSERT OR IGNORE INTO leaves VALUES (?,?,?)", witnesses)


def rows_of_streams(
    connection: sqlite3.Connection, streams: Sequence[str]
) -> list[Row]:
    """Return all rows of some streams, in the order of the log."""
    statement = f"SELECT {COLUMNS} FROM stored_events WHERE originator_id=?"
    found = [
        Row(*one) for name in streams for one in connection.execute(statement, (name,))
    ]
    return sorted(found)


def make_marks(connection: sqlite3.Connection) -> None:
    """Make the tables of what has been removed."""
    for statement in MARKS:
        connection.execute(statement)


def read_marks(connection: sqlite3.Connection) -> Removed:
    """Return what has been removed; its tables are there."""
    days = connection.execute("SELECT * FROM archived_days ORDER BY stream")
    spans = connection.execute("SELECT * FROM archived_positions ORDER BY first")
    return Removed([Removal(*one) for one in days], [Span(*one) for one in spans])


def write_marks(connection: sqlite3.Connection, removed: Removed) -> None:
    """Note what has been removed, in place of what was noted."""
    make_marks(connection)
    connection.execute("DELETE FROM archived_days")
    connection.execute("DELETE FROM archived_positions")
    connection.executemany("INSERT INTO archived_days VALUES (?,?,?,?,?)", removed.days)
    connection.executemany("INSERT INTO archived_positions VALUES (?,?)", removed.spans)
