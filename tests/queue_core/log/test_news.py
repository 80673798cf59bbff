"""News from PostgreSQL: it comes at once, survives every cut, and ends when told."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import conninfo

from queue_core.log.news import News, PostgresNews, news_of
from queue_core.log.postgres_log import PostgresLog

from .contract import MONDAY, entries
from .hall_contract import TOWNSHIP


PATIENCE = 30
"""Seconds until a test gives up; nothing takes as long as that."""


class Heard:
    """Somebody who listens, and remembers what is told."""

    def __init__(self, database: str, quiet_seconds: float = 3600) -> None:
        self.told: queue.SimpleQueue[News] = queue.SimpleQueue()
        self.news = PostgresNews(database, self.told.put, quiet_seconds=quiet_seconds)
        self.news.start()

    def next(self) -> News:
        return self.told.get(timeout=PATIENCE)


@pytest.fixture
def database(postgres: Callable[[], str]) -> str:
    return postgres()


@pytest.fixture
def log(database: str) -> Iterator[PostgresLog]:
    log = PostgresLog(database)
    yield log
    log.close()


def cut_the_listener(database: str) -> None:
    """Cut the connections that listen."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%%' OR query LIKE '%%max(position)%%' "
            "AND pid <> pg_backend_pid()"
        )


def test_what_is_recorded_is_told_with_its_halls(
    database: str, log: PostgresLog
) -> None:
    heard = Heard(database)
    first = heard.next()

    log.append(entries(MONDAY, 1, 3))
    log.append([*entries(MONDAY, 4, 1), *entries(TOWNSHIP, 1, 1)])

    assert first == News(0, doubt=True)
    assert heard.next() == News(3, frozenset({"city"}))
    assert heard.next() == News(5, frozenset({"city", "township"}))
    assert heard.news.failure is None
    heard.news.close()


def test_after_a_cut_it_connects_again_and_says_once_that_something_may_be_missed(
    database: str, log: PostgresLog
) -> None:
    heard = Heard(database)
    heard.next()

    cut_the_listener(database)
    again = heard.next()
    log.append(entries(MONDAY, 1, 2))

    assert again == News(0, doubt=True)
    assert heard.next() == News(2, frozenset({"city"}))
    assert heard.told.empty()
    heard.news.close()


def test_what_was_recorded_while_nobody_listened_is_told_with_the_new_connection(
    database: str, log: PostgresLog
) -> None:
    log.append(entries(MONDAY, 1, 7))

    heard = Heard(database)

    assert heard.next() == News(7, doubt=True)
    heard.news.close()


def test_when_it_is_quiet_the_last_position_is_looked_up_and_told_once(
    database: str, log: PostgresLog
) -> None:
    heard = Heard(database, quiet_seconds=0.02)
    heard.next()

    with psycopg.connect(database, autocommit=True) as other:
        # Written by somebody who told nobody.
        other.execute(
            "INSERT INTO yihao_events VALUES (1, 'profile/city', 1, 'profile', '')"
        )

    looked_up = heard.next()
    log.append(entries(MONDAY, 1, 1))
    told = heard.next()
    heard.news.close()

    assert looked_up == News(1)
    # It may have looked just when this was recorded; but it never tells the same again.
    assert told in (News(2, frozenset({"city"})), News(2))


def test_a_database_that_is_not_there_is_waited_for(database: str) -> None:
    heard = Heard("postgresql://nobody@127.0.0.1:1/none")
    failure = heard.news.failure

    heard.news.close()

    assert failure is not None
    assert heard.told.empty()


def test_of_several_hosts_the_one_that_can_be_written_is_listened_to(
    database: str, log: PostgresLog
) -> None:
    parts = conninfo.conninfo_to_dict(database)
    host, port = parts.get("host", ""), parts.get("port", "5432")
    hosts = {"host": f"127.0.0.1,{host}", "port": f"1,{port}"}
    heard = Heard(
        conninfo.make_conninfo(database, target_session_attrs="read-write", **hosts)
    )
    heard.next()

    log.append(entries(MONDAY, 1, 1))

    assert heard.next().position == 1
    heard.news.close()


def test_one_that_was_never_started_can_be_closed(database: str) -> None:
    PostgresNews(database, lambda news: None).close()


@pytest.mark.parametrize(
    ("payload", "news"),
    [
        ("12", News(12)),
        ("12/city", News(12, frozenset({"city"}))),
        ("", News(0, doubt=True)),
        ("from somebody else", News(0, doubt=True)),
    ],
)
def test_a_notification_is_read_whoever_sent_it(payload: str, news: News) -> None:
    assert news_of(payload) == news
