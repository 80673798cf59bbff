"""The store on which a drill is run: a file or a database that nobody else needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import conninfo

from queue_core.care.places import Place
from queue_core.log.event_log import EventLog
from queue_core.log.postgres_log import PostgresLog
from queue_core.log.sqlite_log import SqliteLog
from yihao.postgres_server import PostgresServer


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a drill writes; nothing is there when it begins."""

    place: Place
    folder: Path
    """Where a drill may write what else it needs."""
    server: PostgresServer | None = None
    """A server of our own that may be stopped and slowed down."""

    @property
    def store(self) -> str:
        """Return the name of the kind of store."""
        return "SQLite" if isinstance(self.place, Path) else "PostgreSQL"

    @property
    def database(self) -> str:
        """Return the connection string, for drills on a database."""
        return str(self.place)

    @property
    def file(self) -> Path:
        """Return the path, for drills on a file."""
        return Path(self.place)

    def open(self) -> EventLog:
        """Open the log to write in it.

        Raises:
            LogError: it cannot be opened, or another process has the file.
        """
        return open_log(self.place)

    def read(self) -> EventLog:
        """Open the log to read it beside whoever writes.

        Raises:
            LogError: there is none.
        """
        if isinstance(self.place, Path):
            return SqliteLog(self.place, read_only=True)
        return PostgresLog(self.place, create=False)


def open_log(place: Place, **values: Any) -> EventLog:
    """Open a log to write in it.

    Raises:
        LogError: it cannot be opened, or another process has the file.
    """
    if isinstance(place, Path):
        return SqliteLog(place)
    return PostgresLog(place, **values)


def database_name(database: str) -> str:
    """Return the name in a connection string."""
    return str(conninfo.conninfo_to_dict(database)["dbname"])
