"""The tables of persons in an SQLite file of their own, beside the record's.

What is deleted is written over with zeros at once (``secure_delete``). Until then the
journal beside the file holds pages from before; ``scrub`` empties it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queue_core.errors import LogError
from queue_core.log.sqlite_connection import connect

from .sql_tables import TABLES, SqlPersonTables


class SqlitePersonTables(SqlPersonTables):
    """``PersonTables`` in a file. Command line and server may use it together."""

    def __init__(self, path: Path | str, *, busy_seconds: float = 5.0) -> None:
        """Open the file, and make it, for its owner only, if it is not there.

        Raises:
            LogError: it cannot be opened, or is no such file.
        """
        self._path = Path(path)
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = connect(self._path, busy_seconds)
        except (OSError, sqlite3.Error) as error:
            raise LogError(f"{self._path} cannot be opened: {error}") from error
        self._connection.row_factory = None
        try:
            self._do("PRAGMA secure_delete=ON")
            with self.transaction():
                for statement in TABLES.format(bytes="BLOB").split(";"):
                    self._do(statement)
        except LogError:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is done inside, or nothing; one writer after another."""
        self._do("BEGIN IMMEDIATE")
        try:
            yield
            self._do("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._do("ROLLBACK")
            raise

    def scrub(self) -> None:
        """Empty the journal, in which pages from before a deletion stand.

        Raises:
            LogError: somebody reads so long that it cannot be emptied.
        """
        [(busy, _, _)] = self._do("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise LogError(f"the journal of {self._path} could not be emptied yet")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise LogError(f"{self._path} failed: {error}") from error
