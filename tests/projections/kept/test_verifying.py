"""Kept tables are compared with their rebuild, and every difference is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from projections.kept.postgres_store import PostgresKept
from projections.kept.rebuilding import rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import KeptStore
from projections.kept.verifying import kept_differences
from queue_core.care.archives import archive
from queue_core.log.sqlite_log import SqliteLog
from tests.queue_core.care.recorded import MONDAY, append, some_days

from .pictures import log_of, two_halls


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "projections.db"


def change(path: Path, statement: str) -> None:
    """Do something to the tables that no program of the house would do."""
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def test_tables_that_were_read_on_equal_their_rebuild(
    path: Path, postgres: Callable[[], str]
) -> None:
    entries = two_halls()
    stores: list[KeptStore] = [SqliteKept(path), PostgresKept(postgres())]
    for store in stores:
        log = log_of(entries[:200])
        rebuild(log, store, page=37)
        log.append(entries[200:500])
        rebuild(log, store, page=90)
        # What came later is not in the tables, and nothing they could say wrong.
        log.append(entries[500:])

        assert [*kept_differences(log, store)] == []
        store.close()


def test_a_record_of_which_nothing_was_kept_has_no_differences(path: Path) -> None:
    assert [*kept_differences(log_of(some_days(1)), SqliteKept(path))] == []


def test_figures_rows_and_days_that_are_wrong_are_named(path: Path) -> None:
    log, store = log_of(some_days(3)), SqliteKept(path)
    rebuild(log, store)
    row = next(iter(store.services("city", MONDAY, MONDAY)))
    change(
        path,
        "UPDATE yihao_kept_services_1 SET outcome = 'left' "
        f"WHERE service = '{row.service}'",
    )
    change(path, "DELETE FROM yihao_kept_days_1 WHERE date = '2026-11-03'")
    change(
        path,
        "UPDATE yihao_kept_days_1 SET version = 7 WHERE date = '2026-11-04'",
    )

    found = [*kept_differences(log, store)]

    assert [text.partition(" is ")[0] for text in found] == [
        f"the kept figures of city on {MONDAY}: service {row.service}",
        "the kept figures of city on 2026-11-03 are missing",
        "the kept figures of city on 2026-11-04: the day",
    ]
    assert "outcome='left'" in found[0]


def test_figures_of_another_record_are_named(path: Path) -> None:
    store = SqliteKept(path)
    rebuild(log_of(some_days(2)), store)

    found = [*kept_differences(log_of(two_halls()), store)]

    assert found == ["the kept figures were gathered from another record"]


def test_days_that_have_left_the_record_are_not_compared(
    tmp_path: Path, path: Path
) -> None:
    record, store = tmp_path / "record.sqlite", SqliteKept(path)
    append(record, some_days(3))
    whole = SqliteLog(record, read_only=True)
    rebuild(whole, store)
    whole.close()
    archive(record, tmp_path, "city", "2026-11-03", remove=True, kept_days=1)

    log = SqliteLog(record, read_only=True)
    found = [*kept_differences(log, store)]
    log.close()

    assert found == []
    assert ("city", MONDAY) in store.all_days()
