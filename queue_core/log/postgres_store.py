"""Tables in PostgreSQL that stand beside the log: accounts and devices, persons.

They forget, the log does not; so they know transactions and no positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .postgres_connections import Connection, Connections, Row, connection_options
from .postgres_failures import failures
from .postgres_schema import SCHEMA_LOCK


class PostgresStore:
    """Some tables of a database. Several processes may use it together."""

    def __init__(
        self,
        database: str,
        tables: str,
        *,
        lock: int,
        schema: str = "",
        connect_seconds: float,
        statement_seconds: float,
    ) -> None:
        """Open the database by its connection string, and make missing tables.

        ``lock`` is the advisory lock of whoever changes them; ``schema`` is where they
        are, if not where all others are.

        Raises:
            LogError: it cannot be reached, or is not to be used.
        """
        options = connection_options(
            connect_seconds, statement_seconds, search_path=schema
        )
        if schema:
            tables = f"CREATE SCHEMA IF NOT EXISTS {schema};{tables}"
        self._lock = lock
        self._connections = Connections(database, options)
        self._held: Connection | None = None
        with self._transaction("reached", SCHEMA_LOCK) as connection:
            connection.execute(tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is done inside, or nothing; one process after another."""
        # What is read inside must still be true when it is written.
        with self._transaction("used", self._lock) as connection:
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

    def close(self) -> None:
        """Give the connections back."""
        self._connections.close()

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Execute a statement, in the transaction if there is one; return its rows."""
        with failures("used"):
            if self._held is not None:
                return rows_of(self._held, statement, values)
            with self._connections.lent() as connection:
                return rows_of(connection, statement, values)


def rows_of(connection: Connection, statement: str, values: Sequence[Any]) -> list[Row]:
    """Execute a statement and return its rows, if it has any."""
    cursor = connection.execute(statement, tuple(values))
    return cursor.fetchall() if cursor.description is not None else []
