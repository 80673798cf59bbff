"""The shared store: the contract, and several processes on one database."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import psycopg
import pytest

from queue_core.errors import LogError
from queue_core.log.event_log import EventLog, Unreadable
from queue_core.log.postgres_log import PostgresLog

from .contract import MONDAY, TUESDAY, LogContract, entries


class TestPostgresLog(LogContract):
    @pytest.fixture(autouse=True)
    def _database(self, postgres: Callable[[], str]) -> None:
        self.database = postgres()

    def make_log(self) -> EventLog:
        return PostgresLog(self.database)

    def open_again(self, log: EventLog) -> EventLog:
        log.close()
        return PostgresLog(self.database)


def test_servers_that_start_together_make_the_tables_once(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    together = threading.Barrier(6)
    logs: list[PostgresLog] = []

    def start() -> None:
        together.wait()
        logs.append(PostgresLog(database))

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(logs) == 6
    for log in logs:
        log.close()


def test_a_reader_that_follows_never_passes_a_gap(postgres: Callable[[], str]) -> None:
    database = postgres()
    writers = [PostgresLog(database) for _ in range(4)]
    reader = PostgresLog(database)
    count = 60

    def write(log: PostgresLog, stream: str) -> None:
        for version in range(1, count + 1):
            log.append(entries(stream, version, 1))

    threads = [
        threading.Thread(target=write, args=(log, f"evaluation/t{n}.1"))
        for n, log in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while len(seen) < 4 * count:
        page = reader.read_all(seen[-1] if seen else 0, 10)
        seen += [recorded.position for recorded in page]
    for thread in threads:
        thread.join()

    assert seen == list(range(1, 4 * count + 1))
    for log in (*writers, reader):
        log.close()


def test_every_commit_tells_the_listeners_its_last_position(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    log = PostgresLog(database)
    with psycopg.connect(database, autocommit=True) as listener:
        listener.execute("LISTEN yihao_events")

        log.append(entries(MONDAY, 1, 3))
        log.append(entries(TUESDAY, 1, 1))

        heard = itertools.islice(listener.notifies(timeout=10), 2)
        assert [notify.payload for notify in heard] == ["3", "4"]
    log.close()


def test_a_writer_whose_connection_was_cut_connects_again(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    log = PostgresLog(database)
    log.append(entries(MONDAY, 1, 1))
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'yihao'"
        )

    with pytest.raises(LogError):
        log.append(entries(MONDAY, 2, 1))

    assert log.last_version(MONDAY) == 1
    assert list(log.append(entries(MONDAY, 2, 1))) == [2]
    log.close()


def test_bytes_that_nobody_understands_are_named(postgres: Callable[[], str]) -> None:
    database = postgres()
    log = PostgresLog(database)
    log.append(entries(MONDAY, 1, 2))
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("UPDATE yihao_events SET state = 'x' WHERE version = 2")

    with pytest.raises(Unreadable) as trouble:
        log.read(MONDAY)

    assert (trouble.value.stream, trouble.value.version) == (MONDAY, 2)
    log.close()


def test_a_database_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(LogError, match="cannot be reached"):
        PostgresLog("postgresql://nobody@127.0.0.1:1/none", connect_seconds=2)
