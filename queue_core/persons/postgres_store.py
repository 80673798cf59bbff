"""The tables of persons in PostgreSQL: a schema, or better a database, of their own.

A deleted row stays in its file until a vacuum. ``scrub`` writes the tables that hold
keys and identifiers anew and without it; what the server keeps of its own journal and
of backups is the business of whoever runs it (docs/persons.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from queue_core.log.postgres_failures import failures
from queue_core.log.postgres_store import PostgresStore

from .sql_tables import OF_A_PERSON, TABLES, SqlPersonTables


SCHEMA = "yihao_persons"
"""The schema, so that it can be dumped apart from the record, or left out."""

PERSONS_LOCK = 5_971_201_904
"""Advisory lock of whoever changes these tables. Any fixed number nobody else uses."""


class PostgresPersonTables(PostgresStore, SqlPersonTables):
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
        super().__init__(
            database,
            TABLES.format(bytes="BYTEA"),
            lock=PERSONS_LOCK,
            schema=SCHEMA,
            connect_seconds=connect_seconds,
            statement_seconds=statement_seconds,
        )

    def scrub(self) -> None:
        """Write the tables anew, without what was deleted."""
        with failures("used"), self._connections.lent() as connection:
            for table in OF_A_PERSON:
                connection.execute(f"VACUUM (FULL) {table}")

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return super()._do(statement.replace("?", "%s"), values)
