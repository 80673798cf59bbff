"""News of what anybody records in PostgreSQL: LISTEN, in a thread of its own.

News is a hint to look at once; nothing is lost if it does not come. After every new
connection, and whenever it has been quiet for a while, the last position is read and
told, so that whoever follows is never behind for longer than that.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import select
import threading
from collections.abc import Callable
from typing import NamedTuple

import psycopg
from psycopg import sql

from .postgres_connections import Connection, connect, connection_options
from .postgres_failures import said
from .postgres_schema import CHANNEL


logger = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 5.0


class News(NamedTuple):
    """Something was recorded."""

    position: int
    """The last position of the log."""
    halls: frozenset[str] = frozenset()
    """The halls to which it belongs; empty: it may be any."""
    doubt: bool = False
    """The connection is a new one: something may have been missed, and the log may
    even be another one, if a standby has become the primary."""


class PostgresNews:
    """Tells what is recorded, from ``start`` until ``close``."""

    def __init__(
        self,
        database: str,
        tell: Callable[[News], None],
        *,
        connect_seconds: float = 5.0,
        quiet_seconds: float = 5.0,
    ) -> None:
        """Prepare to call ``tell`` in a thread of ours; it must return at once.

        ``database`` is a libpq connection string, as for the log.
        """
        self._database = database
        self._tell = tell
        self._options = connection_options(connect_seconds, connect_seconds)
        self._quiet_ms = round(quiet_seconds * 1000)
        self.failure: str | None = "no connection yet"
        """Why no news can come now; None while it can."""
        self._told = 0
        self._stop_reader, self._stop_writer = os.pipe()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Tell nothing more. It waits until the thread has ended."""
        os.close(self._stop_writer)
        if self._thread.ident is not None:
            self._thread.join()
        os.close(self._stop_reader)

    def _run(self) -> None:
        try:
            self._keep_listening()
        finally:
            self.failure = "it has ended"

    def _keep_listening(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                with connect(self._database, self._options) as connection:
                    listen = sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL))
                    connection.execute(listen)
                    wait = FIRST_WAIT_SECONDS
                    self._note_failure(None)
                    self._report(connection, doubt=True)
                    if not self._listen(connection):
                        return
            except psycopg.Error as error:
                self._note_failure(said(error))
            # Not all at once: every process of the house has lost its connection.
            if self._is_stopped(wait * random.uniform(0.5, 1.0)):
                return
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    def _listen(self, connection: Connection) -> bool:
        """Tell what is heard; return False when nobody wants to know any more."""
        waiting = select.poll()
        waiting.register(self._stop_reader, select.POLLIN)
        waiting.register(connection.pgconn.socket, select.POLLIN)
        while True:
            for notify in connection.notifies(timeout=0):
                self._pass_on(news_of(notify.payload))
            ready = dict(waiting.poll(self._quiet_ms))
            if self._stop_reader in ready:
                return False
            if not ready:
                self._report(connection)

    def _report(self, connection: Connection, *, doubt: bool = False) -> None:
        """Tell the last position, if nobody has been told of it yet."""
        found = connection.execute(
            "SELECT coalesce(max(position), 0) FROM yihao_events"
        ).fetchone()
        assert found is not None
        if doubt or found[0] != self._told:
            self._pass_on(News(found[0], doubt=doubt))

    def _pass_on(self, news: News) -> None:
        self._told = news.position
        self._tell(news)

    def _note_failure(self, failure: str | None) -> None:
        if failure is not None and self.failure != failure:
            logger.warning("no news from other processes: %s", failure)
        elif failure is None:
            logger.info("listening for news from other processes")
        self.failure = failure

    def _is_stopped(self, seconds: float) -> bool:
        waiting = select.poll()
        waiting.register(self._stop_reader, select.POLLIN)
        return bool(waiting.poll(round(seconds * 1000)))


def news_of(payload: str) -> News:
    """Return what a notification says; what nobody understands may be anything."""
    position, *halls = payload.split("/")
    with contextlib.suppress(ValueError):
        return News(int(position), frozenset(halls))
    return News(0, doubt=True)
