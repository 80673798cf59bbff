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
from .hall_contract import TOWNSHIP, SharedHallContract, adopted


class TestPostgresLog(LogContract, SharedHallContract):
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


def test_every_commit_tells_the_listeners_its_last_position_and_its_halls(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    log = PostgresLog(database)
    crowd = [(f"profile/hall{n}", 1, adopted(f"hall{n}")) for n in range(900)]
    with psycopg.connect(database, autocommit=True) as listener:
        listener.execute("LISTEN yihao_events")

        log.append(entries(MONDAY, 1, 3))
        log.append([*entries(TUESDAY, 1, 1), *entries(TOWNSHIP, 1, 1)])
        log.append(entries("evaluation/t1.1", 1, 1))
        log.append(crowd)

        heard = itertools.islice(listener.notifies(timeout=30), 4)
        assert [notify.payload for notify in heard] == [
            "3/city",
            "5/city/township",
            "6",
            "906",
        ]
    log.close()


def test_whoever_is_too_late_for_a_turn_says_so_and_the_next_one_gets_it(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    slow, quick = PostgresLog(database), PostgresLog(database, statement_seconds=0.1)
    held = slow.take_turn("city", MONDAY)

    with pytest.raises(LogError, match="lock timeout"):
        quick.take_turn("city", MONDAY)
    with pytest.raises(LogError, match="lock timeout"):
        quick.append(entries(MONDAY, 1, 1))
    held.give_back()

    assert list(quick.append(entries(MONDAY, 1, 1))) == [1]
    slow.close()
    quick.close()


def test_a_turn_whose_holder_has_fallen_silent_ends(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    silent, other = PostgresLog(database, statement_seconds=1), PostgresLog(database)
    held = silent.take_turn("city", MONDAY)

    other.take_turn("city", MONDAY).append(entries(MONDAY, 1, 1))

    with pytest.raises(LogError):
        held.append(entries(MONDAY, 1, 1))
    assert list(silent.append(entries(MONDAY, 2, 1))) == [2]
    silent.close()
    other.close()


def cut_connections(database: str) -> None:
    """Cut every connection of the house to a database."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE application_name = 'yihao' AND datname = current_database()"
        )


def test_connections_that_were_cut_while_nobody_used_them_are_not_missed(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    log = PostgresLog(database)
    log.append(entries(MONDAY, 1, 1))

    cut_connections(database)
    recorded = log.append(entries(MONDAY, 2, 1))
    cut_connections(database)

    assert list(recorded) == [2]
    assert log.last_version(MONDAY) == 2
    log.close()


def test_a_commit_that_was_cut_off_is_an_error_and_the_next_one_connects_again(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    log = PostgresLog(database)
    log.append(entries(MONDAY, 1, 1))
    failed: list[LogError] = []

    def write() -> None:
        try:
            log.append(entries(MONDAY, 2, 1))
        except LogError as error:
            failed.append(error)

    with psycopg.connect(database) as holder:
        holder.execute("LOCK TABLE yihao_events IN EXCLUSIVE MODE")
        writer = threading.Thread(target=write)
        writer.start()
        wait_for_a_writer(database)
        cut_connections(database)
        writer.join()

    assert len(failed) == 1
    assert log.last_version(MONDAY) == 1
    assert list(log.append(entries(MONDAY, 2, 1))) == [2]
    log.close()


def wait_for_a_writer(database: str) -> None:
    """Wait until some connection of the house waits for a lock."""
    with psycopg.connect(database, autocommit=True) as admin:
        while not admin.execute(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND application_name = 'yihao' AND datname = current_database()"
        ).fetchone():
            pass


def test_a_closed_log_says_so(postgres: Callable[[], str]) -> None:
    log = PostgresLog(postgres())
    log.close()

    with pytest.raises(LogError, match="closed"):
        log.append(entries(MONDAY, 1, 1))
    with pytest.raises(LogError, match="closed"):
        log.last_position()


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
