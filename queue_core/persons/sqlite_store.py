"""The tables of persons in an SQLite file of their own, beside the record's.

What is deleted is written over with zeros at once (``secure_delete``). Until then the
journal beside the file holds pages from before; ``scrub`` empties it.
"""

from __future__ import annotations

from pathlib import Path

from queue_core.errors import LogError
from queue_core.log.sqlite_file_store import SqliteFileStore

from .sql_tables import TABLES, SqlPersonTables


class SqlitePersonTables(SqliteFileStore, SqlPersonTables):
    """``PersonTables`` in a file. Command line and server may use it together."""

    def __init__(self, path: Path | str, *, busy_seconds: float = 5.0) -> None:
        """Open the file, and make it, for its owner only, if it is not there.

        Raises:
            LogError: it cannot be opened, or is no such file.
        """
        tables = TABLES.format(bytes="BLOB")
        super().__init__(path, tables, busy_seconds=busy_seconds, secure_delete=True)
        # Backups compare rows of both kinds of store, and these are plain tuples.
        self._connection.row_factory = None

    def scrub(self) -> None:
        """Empty the journal, in which pages from before a deletion stand.

        Raises:
            LogError: somebody reads so long that it cannot be emptied.
        """
        [(busy, _, _)] = self._do("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise LogError(f"the journal of {self._path} could not be emptied yet")
