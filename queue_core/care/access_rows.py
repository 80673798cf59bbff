"""Accounts, sessions, devices, failures and notes, whole, in either store.

They are few, so they are read and written at once. What they hold of secrets are
hashes; they belong into backups and copies and never into an export.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from queue_core.access.postgres_key import known_fingerprint
from queue_core.access.postgres_tables import TABLES as POSTGRES_TABLES
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.errors import LogError
from queue_core.log.sqlite_connection import connect

from .places import Place, told
from .postgres_rows import Connection, connect_for_care
from .sqlite_rows import BUSY_SECONDS, open_to_read


AccessRows = dict[str, list[tuple[Any, ...]]]
"""The rows of every table, by the table's name, in a fixed order."""

TABLES: dict[str, tuple[str, ...]] = {
    "accounts": (
        "account",
        "name",
        "role",
        "hall",
        "disabled",
        "created_at",
        "password_hash",
    ),
    "sessions": ("token_hash", "account", "started_at", "seen_at"),
    "devices": (
        "device",
        "kind",
        "hall",
        "place",
        "created_at",
        "created_by",
        "revoked_at",
        "token_hash",
    ),
    "failures": ("account", "times", "last_at"),
    "notes": (
        "note",
        "at",
        "by",
        "action",
        "whom",
        "hall",
        "address",
        "detail",
        "times",
        "since_at",
    ),
    "second_factors": ("account", "sealed", "confirmed_at", "last_step", "recovery"),
    "wishes": ("code", "kind", "at", "address", "token_hash"),
}
"""The tables with their columns; the first one orders the rows."""

NEWER = frozenset({"notes", "second_factors", "wishes"})
"""Tables that an older file does not have."""

HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type='table' AND name=?"

TRUTH = "disabled"
"""The only column that the two stores keep differently."""


def read_access(place: Place) -> AccessRows:
    """Return all rows of a store of accounts as they stand at one instant.

    A database that has no such tables yet has no rows.

    Raises:
        LogError: the store cannot be read, or the file is none.
    """
    if isinstance(place, Path):
        with _file_failures(place), contextlib.closing(open_to_read(place)) as source:
            source.execute("BEGIN")
            return {name: _rows_of_file(source, name) for name in TABLES}
    with _database_failures(place), connect_for_care(place) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return rows_in(connection)


def rows_in(connection: Connection) -> AccessRows:
    """Return all rows of a database's tables; none where there are no tables."""
    return {name: _rows_of_database(connection, name) for name in TABLES}


def fingerprint_of(place: Place) -> str:
    """Return the fingerprint of the key that belongs to a database; empty: none does.

    A house in files has its key beside them, and nothing else to tell it by.

    Raises:
        LogError: the database cannot be read.
    """
    if isinstance(place, Path):
        return ""
    with _database_failures(place), connect_for_care(place) as connection:
        return known_fingerprint(connection)


def write_access(place: Place, rows: AccessRows) -> None:
    """Put rows in the place of all that a store has, in one transaction.

    Raises:
        LogError: the store cannot be written.
    """
    if isinstance(place, Path):
        _write_file(place, rows)
        return
    with (
        _database_failures(place),
        connect_for_care(place) as connection,
        connection.transaction(),
    ):
        put_rows(connection, rows)


def put_rows(connection: Connection, rows: AccessRows) -> None:
    """Put rows in the place of all that a database has, in its open transaction."""
    connection.execute(POSTGRES_TABLES)
    cursor = connection.cursor()
    for name, columns in TABLES.items():
        marks = ", ".join(["%s"] * len(columns))
        cursor.execute(f"DELETE FROM yihao_{name}")
        cursor.executemany(
            f"INSERT INTO yihao_{name} ({', '.join(columns)}) VALUES ({marks})",
            rows.get(name, []),
        )


def is_empty(rows: AccessRows) -> bool:
    """Tell whether nobody and nothing has ever been given access."""
    return not any(rows.values())


def _rows_of_file(source: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    columns = TABLES[name]
    if name in NEWER and not source.execute(HAS_TABLE, (name,)).fetchone():
        return []
    order = columns[0]
    found = source.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}")
    return [
        tuple(
            bool(value) if column == TRUTH else value
            for column, value in zip(columns, row, strict=True)
        )
        for row in found
    ]


def _rows_of_database(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    table = f"yihao_{name}"
    there = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
    if there == (None,):
        return []
    columns = TABLES[name]
    order = "token_hash" if name == "sessions" else f'{columns[0]} COLLATE "C"'
    return connection.execute(
        f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"
    ).fetchall()


def _write_file(path: Path, rows: AccessRows) -> None:
    SqliteTables(path).close()
    with (
        _file_failures(path),
        contextlib.closing(connect(path, BUSY_SECONDS)) as connection,
    ):
        connection.execute("BEGIN IMMEDIATE")
        for name, columns in TABLES.items():
            marks = ",".join("?" * len(columns))
            connection.execute(f"DELETE FROM {name}")
            connection.executemany(
                f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
                rows.get(name, []),
            )
        connection.execute("COMMIT")


@contextmanager
def _file_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LogError(f"the accounts {path} cannot be used: {error}") from error


@contextmanager
def _database_failures(place: Place) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise LogError(f"accounts in {told(place)} cannot be used: {error}") from error
