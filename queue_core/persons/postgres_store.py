"""The tables of persons in PostgreSQL: a schema, or better a database, of their own.

A deleted row stays in its file until a vacuum. ``scrub`` writes the tables that hold
keys and identifiers anew and without it; what the server keeps of its own journal and
of backups is the business of whoever runs it (docs/persons.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from queue_core.log.postgres_connections import (
    Connection,
    Connections,
    Row,
    connection_options,
)
from queue_core.log.postgres_failures import failures
from queue_core.log.postgres_schema import SCHEMA_LOCK

from .sql_tables import OF_A_PERSON, TABLES, SqlPersonTables


SCHEMA = "yihao_persons"
"""The schema, so that it can be dumped apart from the record, or left out."""

PERSONS_LOCK = 5_971_201_904
"""Advisory lock of whoever changes these tables. Any fixed number nobody else uses."""


class PostgresPersonTables(SqlPersonTables):
    """``PersonTables`` in a database. Several processes may use it together."""

    def __init__(
        self,
        database: str,
        *,
        connect_seconds: float = 5.0,
        statement_seconds: float = 30.0,
    ) -> None:
        """Open the database by its connection string, and make missing tables.

        Raises:
            LogError: it cannot be reached, or is not to be used.
        """
        options = connection_options(connect_seconds, statement_seconds)
        options["options"] += f" -c search_path={SCHEMA}"
        self._connections = Connections(database, options)
        self._held: Connection | None = None
        with self._transaction("reached", SCHEMA_LOCK) as connection:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            connection.execute(TABLES.format(bytes="BYTEA"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is done inside, or nothing; one process after another."""
        with self._transaction("used", PERSONS_LOCK) as connection:
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def _transaction(self, done: str, number: int) -> Iterator[Connection]:
        with (
            failures(done),
            self._connections.lent() as connection,
            connection.transaction(),
        ):
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (number,))
            yield connection

    def scrub(self) -> None:
        """Write the tables anew, without what was deleted."""
        with failures("used"), self._connections.lent() as connection:
            for table in OF_A_PERSON:
                connection.execute(f"VACUUM (FULL) {table}")

    def close(self) -> None:
        """Give the connections back."""
        self._connections.close()

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with failures("used"):
            if self._held is not None:
                return _rows(self._held, statement, values)
            with self._connections.lent() as connection:
                return _rows(connection, statement, values)


def _rows(connection: Connection, statement: str, values: Sequence[Any]) -> list[Row]:
    cursor = connection.execute(statement.replace("?", "%s"), tuple(values))
    return cursor.fetchall() if cursor.description is not None else []
