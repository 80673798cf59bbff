"""Kept tables in a file beside the record.

They can be made again from the record, so a commit does not wait for the disk; the
position stands in the same transaction, and what the disk has not got is read again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from queue_core.errors import LogError
from queue_core.log.file_lock import FileLock
from queue_core.log.sqlite_connection import connect

from .sql_store import SqlStore, Transaction
from .sql_tables import Cursor, Sql
from .store import SCHEMA, NotKept, PenTaken


BUSY_SECONDS = 30.0


class SqliteKept(SqlStore):
    """A ``KeptStore`` in a file. Any thread of any process may call it."""

    def __init__(self, path: Path, *, schema: int = SCHEMA) -> None:
        """Keep the tables in ``path``; the first who writes makes the file."""
        super().__init__(Sql("?", suffix=" WITHOUT ROWID"), schema=schema)
        self._path = path

    def close(self) -> None:
        """Do nothing: every use has a connection of its own."""

    @contextmanager
    def _reading(self) -> Iterator[Cursor]:
        if not self._path.exists():
            raise NotKept("nothing was gathered for figures yet")
        with self._connection() as connection, self._transaction(connection) as c:
            c.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'yihao_kept_generations'"
            )
            if not c.fetchall():
                raise NotKept("nothing was gathered for figures yet")
            yield c

    @contextmanager
    def _alone(self) -> Iterator[Transaction]:
        name = self._path.name + ".lock"
        try:
            lock = FileLock(self._path.with_name(name))
        except LogError as error:
            if isinstance(error.__cause__, BlockingIOError):
                said = "another process gathers the figures just now"
                raise PenTaken(said) from error
            raise
        try:
            with self._connection() as connection:
                yield lambda: self._transaction(connection, "IMMEDIATE")
        finally:
            lock.release()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._failures():
            connection = connect(self._path, BUSY_SECONDS)
        try:
            with self._failures():
                connection.execute("PRAGMA synchronous=NORMAL")
            connection.row_factory = None
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _transaction(
        self, connection: sqlite3.Connection, kind: str = "DEFERRED"
    ) -> Iterator[Cursor]:
        with self._failures():
            connection.execute(f"BEGIN {kind}")
            try:
                yield connection.cursor()
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LogError(f"{self._path} cannot be used: {error}") from error
