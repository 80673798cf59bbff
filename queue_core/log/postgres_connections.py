"""Connections to PostgreSQL, kept for whoever needs the next one.

A connection that the server or the network has closed is noticed before it is used, and
nothing is done in the background: after a restart or a failover the first who comes
connects again, at once, to the server that then is the primary.
"""

from __future__ import annotations

import contextlib
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus


Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]

MOST_IDLE = 8
"""More are closed when they are given back. Threads limit how many are in use."""


def connection_options(
    connect_seconds: float, statement_seconds: float
) -> dict[str, Any]:
    """Return how every connection of the house is made.

    A statement that takes too long is given up on the server, and so is a transaction
    whose client has fallen silent. A server that is gone without a word is noticed by
    TCP itself. One that is frozen but still there, its kernel saying so, is waited for.
    """
    milliseconds = round(statement_seconds * 1000)
    waiting = milliseconds // 2
    return {
        "autocommit": True,
        "application_name": "yihao",
        "connect_timeout": max(2, round(connect_seconds)),
        "tcp_user_timeout": milliseconds,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "options": f"-c statement_timeout={milliseconds} -c lock_timeout={waiting} "
        f"-c idle_in_transaction_session_timeout={waiting} "
        "-c synchronous_commit=on -c timezone=UTC",
    }


class Connections:
    """Lends connections to threads, one each."""

    def __init__(self, database: str, options: dict[str, Any]) -> None:
        self._database = database
        self._options = options
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False

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
                return psycopg.connect(self._database, **self._options)
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
