"""The raw side of SQLite: the same tables and pragmas, and nothing but inserts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from queue_core.log.sqlite_connection import connect

from .rounds import Spent, spent


EventRow = tuple[str, int, str, bytes]
"""Stream, version, topic and body, as the log stores them."""

Batches = list[list[EventRow]]


def insert_all(like: Path, batches: Batches) -> Spent:
    """Insert the rows into an empty file like another; return what it took."""
    connection, insert = raw_file(like, like.with_suffix(".raw"))
    try:
        with spent() as taken:
            for rows in batches:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(insert, rows)
                connection.execute("COMMIT")
    finally:
        connection.close()
    return taken


def raw_file(like: Path, path: Path) -> tuple[sqlite3.Connection, str]:
    """Make a file with the tables of another; return how its rows are inserted."""
    source = connect(like, busy_seconds=5.0)
    table, _ = event_table(source)
    schema = source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    statements = [row[0] for row in schema]
    source.close()
    connection = connect(path, busy_seconds=5.0)
    for statement in statements:
        connection.execute(statement)
    return connection, f"INSERT INTO {table} VALUES (?,?,?,?)"


def event_table(connection: sqlite3.Connection) -> tuple[str, list[str]]:
    """Return the name of a log's table of events, and of its columns in order."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    for (name,) in tables.fetchall():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        if columns[0] == "originator_id":
            return name, columns
    raise LookupError("the file holds no log")
