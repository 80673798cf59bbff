"""Tables in an SQLite file beside that of the log: accounts and devices, persons."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queue_core.errors import LogError

from .sqlite_connection import connect


class SqliteFileStore:
    """Some tables in a file. Command line and server may use it together."""

    def __init__(
        self,
        path: Path | str,
        tables: str,
        *,
        busy_seconds: float,
        secure_delete: bool = False,
    ) -> None:
        """Open the file, and make it, for its owner only, if it is not there.

        With ``secure_delete`` what is deleted is written over with zeros at once.

        Raises:
            LogError: it cannot be opened, or is no such file.
        """
        self._path = Path(path)
        try:
            self._connection = connect(self._path, busy_seconds)
        except sqlite3.Error as error:
            raise LogError(f"{self._path} cannot be opened: {error}") from error
        try:
            if secure_delete:
                self._do("PRAGMA secure_delete=ON")
            with self.transaction():
                for statement in tables.split(";"):
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

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Execute a statement and return its rows."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise LogError(f"{self._path} failed: {error}") from error
