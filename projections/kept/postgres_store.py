"""Kept tables in the database of the record, for all processes of the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

from queue_core.errors import Conflict, LogError
from queue_core.log.postgres_connections import (
    Connection,
    Connections,
    connection_options,
)
from queue_core.log.postgres_failures import failures

from .service_rows import ServiceRow
from .sql_store import SqlStore, Transaction
from .sql_tables import Cursor, Sql
from .store import SCHEMA, NotKept, PenTaken


PEN_LOCK = 5_971_201_903
"""Advisory lock of whoever writes the tables. Any fixed number nobody else uses."""

CONNECT_SECONDS, STATEMENT_SECONDS = 5.0, 60.0


class PostgresKept(SqlStore):
    """A ``KeptStore`` in a database. Any thread of any process may call it."""

    def __init__(self, database: str, *, schema: int = SCHEMA) -> None:
        """Keep the tables in a database; ``database`` is a libpq connection string."""
        super().__init__(CopyingSql("%s"), schema=schema)
        options = connection_options(CONNECT_SECONDS, STATEMENT_SECONDS)
        self._connections = Connections(database, options)

    def close(self) -> None:
        """Give the connections back."""
        self._connections.close()

    @contextmanager
    def _reading(self) -> Iterator[Cursor]:
        with failures("read"), self._connections.lent() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                found = connection.execute(
                    "SELECT to_regclass('yihao_kept_generations')"
                ).fetchone()
                if found is None or found[0] is None:
                    raise NotKept("nothing was gathered for figures yet")
                with connection.cursor() as cursor:
                    yield cursor
            finally:
                if not connection.closed:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _alone(self) -> Iterator[Transaction]:
        with failures("reached"):
            connection = self._connections.take()
            try:
                is_ours = _lock(connection)
            except psycopg.Error:
                connection.close()
                raise
        if not is_ours:
            self._connections.put(connection)
            raise PenTaken("another process gathers the figures just now")
        try:
            yield lambda: _transaction(connection)
        finally:
            _unlock(connection)
            self._connections.put(connection)


def _lock(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT pg_try_advisory_lock(%s)", (PEN_LOCK,)
    ).fetchone()
    return found is not None and bool(found[0])


def _unlock(connection: Connection) -> None:
    try:
        connection.execute("SELECT pg_advisory_unlock(%s)", (PEN_LOCK,))
    except psycopg.Error:
        # The lock ends with its connection.
        connection.close()


@contextmanager
def _transaction(connection: Connection) -> Iterator[Cursor]:
    try:
        with (
            failures("written"),
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            yield cursor
    except Conflict as error:
        # Nobody else writes here: two rows of one page are the same.
        raise LogError(str(error)) from error


class CopyingSql(Sql):
    """Rows of services go in by COPY, which is several times as fast."""

    def add_services(
        self, c: Cursor, generation: int, rows: Sequence[ServiceRow]
    ) -> None:
        """Add services that were finished."""
        assert isinstance(c, psycopg.Cursor)
        if rows:
            table = f"COPY yihao_kept_services_{generation} FROM STDIN"
            with c.copy(table) as copy:
                for row in rows:
                    copy.write_row(row)
