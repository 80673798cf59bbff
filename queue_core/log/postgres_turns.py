"""Turns on PostgreSQL: a transaction that holds an advisory lock until it is over."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import psycopg

from queue_core.errors import LogError

from . import codec
from .event_log import Entry, first_versions
from .postgres_connections import Connection
from .postgres_failures import failures
from .postgres_schema import APPEND
from .streams import hall_of, halls_written
from .witness import leaves_of, witness_of


AppendValues = tuple[
    list[int], list[str], list[int], list[str], list[bytes], str, bytes, bytes
]
"""What ``yihao_append`` is called with."""

LONGEST_PAYLOAD = 4_000
"""PostgreSQL takes 8,000 bytes; above this nobody is told whose events they are."""


class PostgresTurn:
    """A turn that is held until something was recorded or it is given back."""

    def __init__(
        self,
        connection: Connection,
        version: int,
        done: Callable[[Connection], None],
    ) -> None:
        """Hold the turn that ``connection`` has taken; ``done`` gets it back."""
        self.version = version
        self._connection: Connection | None = connection
        self._done = done

    @property
    def over(self) -> bool:
        """Whether somebody else may have the turn."""
        return self._connection is None

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries; the turn is over then, whatever came of it."""
        first_versions(entries)
        values = append_values(entries)
        connection = self._connection
        if connection is None:
            raise LogError("the turn is over")
        try:
            with failures("written"):
                found = connection.execute(APPEND, values, prepare=True).fetchone()
                connection.execute("COMMIT")
        finally:
            self._end()
        assert found is not None
        last = int(found[0])
        return range(last - len(entries) + 1, last + 1)

    def give_back(self) -> None:
        """Let the next one have the turn. Twice does no harm."""
        connection = self._connection
        if connection is not None:
            try:
                connection.execute("ROLLBACK")
            except psycopg.Error:
                # The server ends the transaction of a connection that is gone.
                connection.close()
            self._end()

    def _end(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._done(connection)


def append_values(entries: Sequence[Entry]) -> AppendValues:
    """Return the entries as the arguments of ``yihao_append``."""
    rows = [(stream, v, *codec.encode(event)) for stream, v, event in entries]
    streams, versions, topics, states = map(list, zip(*rows, strict=True))
    witness = witness_of(entries, leaves_of(rows))
    halls = {hall_of(stream, event) for stream, _, event in entries}
    told = "".join(f"/{hall}" for hall in sorted(halls)) if all(halls) else ""
    return (
        [turn_of(hall) for hall in halls_written(streams)],
        streams,
        versions,
        topics,
        states,
        told if len(told.encode()) <= LONGEST_PAYLOAD else "",
        witness.runs,
        witness.hashes,
    )


def turn_of(hall: str) -> int:
    """Return the number that stands for a hall among the locks for turns.

    Two halls with the same number would merely wait for each other.
    """
    return zlib.crc32(hall.encode()) - (1 << 31)
