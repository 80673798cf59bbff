"""Connections to PostgreSQL, kept for whoever needs the next one.

A connection that the server or the network has closed is noticed before it is used, and
nothing is done in the background: after a restart or a failover the first who comes
connects again, at once, to the server that then is the primary. Nobody waits without
end for a server that is there and says nothing.
"""

from __future__ import annotations

import contextlib
import select
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg.pq import TransactionStatus


Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]

MOST_IDLE = 8
"""More are closed when they are given back. Threads limit how many are in use."""


GRACE_SECONDS = 2.0
"""A server gives up a statement by itself; only if it says nothing for so much longer,
it is taken for frozen."""

LONGEST_REST_SECONDS = 1.0

T = TypeVar("T")


class ConnectionOptions(NamedTuple):
    """How every connection of the house is made."""

    libpq: dict[str, Any]
    """What libpq and psycopg are told."""
    silence_seconds: float
    """After so long without a word from the server its answer is waited for no more."""


def connection_options(
    connect_seconds: float, statement_seconds: float, *, search_path: str = ""
) -> ConnectionOptions:
    """Return how connections are made that give up in time.

    A statement that takes too long is given up on the server, and so is a transaction
    whose client has fallen silent. A server that is gone without a word is noticed by
    TCP itself; one that is frozen, while its kernel takes what is sent, by its silence.
    """
    milliseconds = round(statement_seconds * 1000)
    waiting = milliseconds // 2
    path = f" -c search_path={search_path}" if search_path else ""
    libpq = {
        "autocommit": True,
        "application_name": "yihao",
        "connect_timeout": max(2, round(connect_seconds)),
        "tcp_user_timeout": milliseconds,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "options": f"-c statement_timeout={milliseconds} -c lock_timeout={waiting} "
        f"-c idle_in_transaction_session_timeout={waiting} "
        f"-c synchronous_commit=on -c timezone=UTC{path}",
    }
    return ConnectionOptions(libpq, statement_seconds + GRACE_SECONDS)


class ImpatientConnection(psycopg.Connection[Row]):
    """A connection that is closed when the server says nothing for too long.

    Whether what was asked for is done after all shows when the server wakes.
    """

    silence_seconds = float("inf")

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **named: Any) -> T:
        """Do what psycopg does, as long as the server says something."""
        return super().wait(self._unless_silent(gen), *args, **named)

    def _unless_silent(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        """Pass on between the library's steps and its waiting.

        Now and then the waiting sends that nothing is ready, which is false.
        """
        until = time.monotonic() + self.silence_seconds
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    until = time.monotonic() + self.silence_seconds
                elif time.monotonic() > until:
                    self.close()
                    raise psycopg.OperationalError(
                        f"the server has said nothing for {self.silence_seconds:g} s"
                    )
                wanted = gen.send(ready)
        except StopIteration as end:
            value: T = end.value
            return value


def connect(database: str, options: ConnectionOptions) -> Connection:
    """Return a new connection.

    Raises:
        psycopg.Error: the server cannot be reached, or says nothing.
    """
    connection = ImpatientConnection.connect(database, **options.libpq)
    connection.silence_seconds = options.silence_seconds
    return connection


class Connections:
    """Lends connections to threads, one each."""

    def __init__(self, database: str, options: ConnectionOptions) -> None:
        self._database = database
        self._options = options
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._resting_until = 0.0

    def take(self) -> Connection:
        """Return a connection that works as far as anybody can tell.

        Raises:
            psycopg.Error: there is none to be had.
        """
        while True:
            with self._lock:
                if self._closed:
                    raise psycopg.InterfaceError("the log is closed")
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                return self._connect()
            if is_quiet(connection):
                return connection
            connection.close()

    def put(self, connection: Connection) -> None:
        """Give a connection back; one in the middle of something is closed."""
        status = connection.pgconn.transaction_status
        with self._lock:
            room = not self._closed and len(self._idle) < MOST_IDLE
            if room and status == TransactionStatus.IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> Connection:
        """Connect, unless somebody has just tried in vain for long.

        Whoever stood in line behind a try that took seconds does not repeat it.
        """
        began = time.monotonic()
        if began < self._resting_until:
            raise psycopg.OperationalError("the server could not be reached just now")
        try:
            return connect(self._database, self._options)
        except psycopg.Error:
            ended = time.monotonic()
            self._resting_until = ended + min(ended - began, LONGEST_REST_SECONDS)
            raise

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend a connection for a while."""
        connection = self.take()
        try:
            yield connection
        finally:
            self.put(connection)

    def close(self) -> None:
        """Close what is not lent, and close the rest as it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def is_quiet(connection: Connection) -> bool:
    """Tell whether an idle connection has nothing to say: a dead one has its end."""
    if connection.closed:
        return False
    with contextlib.suppress(psycopg.Error):
        waiting = select.poll()
        waiting.register(connection.pgconn.socket, select.POLLIN)
        return not waiting.poll(0)
    return False
