"""The shared store: PostgreSQL, for several processes and several machines.

One statement records a batch: a function that locks the table, looks for gaps, numbers
the rows, inserts them and tells the others. The lock gives every transaction its
positions and its commit before the next one begins, so a reader that has seen a
position never finds anything new before it. One statement is one round trip, and in
autocommit mode it is one transaction: when it answers, the rows are on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql

from queue_core.errors import ParseError
from queue_core.proof.leaves import leaf_hash_of

from . import codec
from .event_log import (
    Entry,
    Page,
    Recorded,
    Stored,
    Unreadable,
    first_versions,
    page_of,
)
from .postgres_connections import Connection, Connections, Row, connection_options
from .postgres_failures import failures
from .postgres_schema import (
    APPEND,
    READ_HALL,
    SCHEMA,
    SCHEMA_LOCK,
    TAKE_TURN,
    TURN_LOCK,
)
from .postgres_turns import PostgresTurn, append_values, turn_of
from .streams import HALL_DAY, hall_day_prefix


class PostgresLog:
    """An ``EventLog`` in a database. Any thread of any process may call it."""

    def __init__(
        self,
        database: str,
        *,
        connect_seconds: float = 5.0,
        statement_seconds: float = 10.0,
        create: bool = True,
    ) -> None:
        """Open the log, and make its tables if they are not there.

        ``database`` is a libpq connection string. It may name several hosts with
        ``target_session_attrs=read-write``; after a failover the new primary is found.

        Raises:
            LogError: the database cannot be reached or is not to be used.
        """
        options = connection_options(connect_seconds, statement_seconds)
        self._connections = Connections(database, options)
        with failures("reached"), self._connections.lent() as connection:
            if create:
                make_tables(connection)

    @property
    def exclusive(self) -> bool:
        """Other servers may write at any time."""
        return False

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries in one transaction, their leaves beside them."""
        first_versions(entries)
        if not entries:
            return ()
        values = append_values(entries)
        with failures("written"), self._connections.lent() as connection:
            found = connection.execute(APPEND, values, prepare=True).fetchone()
        assert found is not None
        last = int(found[0])
        return range(last - len(entries) + 1, last + 1)

    def take_turn(self, hall: str, stream: str) -> PostgresTurn:
        """Wait until it is our turn to write in a hall, and hold up all others."""
        statement = sql.SQL(TAKE_TURN).format(
            lock=TURN_LOCK, hall=turn_of(hall), stream=stream
        )
        with failures("written"):
            connection = self._connections.take()
            try:
                cursor = connection.execute(statement)
                while cursor.nextset():
                    pass
                version = int(cursor.fetchall()[0][0])
            except BaseException:
                self._connections.put(connection)
                raise
        return PostgresTurn(connection, version, self._connections.put)

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        found = self._select(
            "SELECT stream, version, topic, state, position FROM yihao_events "
            "WHERE stream = %s AND version > %s AND version <= %s ORDER BY version",
            (stream, after, 2**62 if upto is None else upto),
        )
        return [recorded_of(row) for row in found]

    def stored(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """Return what is stored of a stream, undecoded, in order."""
        found = self._select(
            "SELECT stream, version, topic, state FROM yihao_events "
            "WHERE stream = %s AND version > %s AND version <= %s ORDER BY version",
            (stream, after, 2**62 if upto is None else upto),
        )
        return [(name, n, topic, bytes(state)) for name, n, topic, state in found]

    def read_streams(self, streams: Sequence[str]) -> list[Recorded]:
        """Return the events of some streams, in the order of the log."""
        found = self._select(
            "SELECT stream, version, topic, state, position FROM yihao_events "
            "WHERE stream = ANY(%s) ORDER BY position",
            (list(streams),),
        )
        return [recorded_of(row) for row in found]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position."""
        found = self._select(
            "SELECT stream, version, topic, state, position FROM yihao_events "
            "WHERE position > %s ORDER BY position LIMIT %s",
            (after_position, limit),
        )
        return [recorded_of(row) for row in found]

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        """Return the events of one hall after a position, whatever their streams."""
        found = self._select(
            READ_HALL,
            {
                "after": after_position,
                "days": HALL_DAY,
                "own_days": hall_day_prefix(hall),
                "limit": limit,
            },
        )
        rows = [row[1:] for row in found if row[1] is not None]
        read = [
            (recorded_of(row), leaf_hash_of(row[0], row[1], row[2], bytes(row[3])))
            for row in rows
        ]
        page = page_of(hall, after_position, read, limit, audit=audit)
        return page if page.more else page._replace(upto=int(found[0][0]))

    def last_position(self) -> int:
        """Return the position of the last event of all; 0 if there is none."""
        found = self._select("SELECT coalesce(max(position), 0) FROM yihao_events", ())
        return int(found[0][0])

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        found = self._select(
            "WITH RECURSIVE hop(stream) AS ("
            "SELECT min(stream) FROM yihao_events WHERE stream >= %(from)s "
            "UNION ALL "
            "SELECT (SELECT min(stream) FROM yihao_events WHERE stream > hop.stream) "
            "FROM hop WHERE starts_with(hop.stream, %(from)s)) "
            "SELECT stream FROM hop WHERE starts_with(stream, %(from)s)",
            {"from": prefix},
        )
        return [row[0] for row in found]

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty."""
        found = self._select(
            "SELECT coalesce(max(version), 0) FROM yihao_events WHERE stream = %s",
            (stream,),
        )
        return int(found[0][0])

    def _select(self, statement: str, values: Any) -> list[Row]:
        with failures("read"), self._connections.lent() as connection:
            return connection.execute(statement, values).fetchall()

    def close(self) -> None:
        """Give the connections back."""
        self._connections.close()


def make_tables(connection: Connection) -> None:
    """Make the log's table and function, if they are not there."""
    # Several servers may start together, and CREATE IF NOT EXISTS can still collide
    # with itself.
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
        connection.execute(SCHEMA)


def recorded_of(row: Row) -> Recorded:
    """Return the event that stands in a row.

    Raises:
        Unreadable: nobody understands its bytes.
    """
    stream, version, topic, state, position = row
    try:
        event = codec.decode(topic, bytes(state))
    except ParseError as error:
        raise Unreadable(stream, version, str(error)) from error
    return Recorded(stream, version, event, position)
