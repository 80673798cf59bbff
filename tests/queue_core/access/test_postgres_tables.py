"""The account store in PostgreSQL, used by several processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from queue_core.access.accounts import AccountStore
from queue_core.access.postgres_tables import PostgresTables
from queue_core.access.refusals import SignInRefused
from queue_core.access.tables import AccessTables, Failures
from queue_core.errors import LogError

from .account_contract import AccountContract
from .factor_contract import FactorContract
from .session_contract import SessionContract
from .store_case import StoreCase


class OnPostgres(StoreCase):
    @pytest.fixture(autouse=True)
    def _database(self, postgres: Callable[[], str]) -> None:
        self.database = postgres()

    def open_tables(self) -> AccessTables:
        return PostgresTables(self.database)


class TestPostgresSessions(OnPostgres, SessionContract):
    @pytest.mark.parametrize("name", ["li\0", "\ud800", "\0"])
    async def test_a_name_that_the_database_cannot_hold_is_nobodys(
        self, store: AccountStore, name: str
    ) -> None:
        refusals = [await self.refusal(store, name, "wrong") for _ in range(6)]

        assert [type(r) for r in refusals[:5]] == [SignInRefused] * 5
        assert type(refusals[5]) is not SignInRefused


class TestPostgresFactors(OnPostgres, FactorContract):
    pass


class TestPostgresAccounts(OnPostgres, AccountContract):
    pass


@pytest.fixture
def database(postgres: Callable[[], str]) -> str:
    return postgres()


@pytest.fixture
def tables(database: str) -> Iterator[PostgresTables]:
    tables = PostgresTables(database)
    yield tables
    tables.close()


def cut_connections(database: str) -> None:
    """Cut every connection of the house to a database."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE application_name = 'yihao' AND datname = current_database()"
        )


def test_what_fails_half_way_changes_nothing(tables: PostgresTables) -> None:
    def fail_half_way() -> None:
        with tables.transaction():
            tables.put_failures("li", Failures(3, 1))
            raise KeyError("li")

    with pytest.raises(KeyError):
        fail_half_way()

    assert tables.select_failures("li") == Failures(0, 0)


def test_processes_that_count_together_count_right(database: str) -> None:
    def count() -> None:
        tables = PostgresTables(database)
        for _ in range(20):
            with tables.transaction():
                before = tables.select_failures("li")
                tables.put_failures("li", Failures(before.times + 1, 1))
        tables.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    tables = PostgresTables(database)
    assert tables.select_failures("li") == Failures(80, 1)
    tables.close()


def test_connections_that_were_cut_meanwhile_are_not_missed(
    database: str, tables: PostgresTables
) -> None:
    tables.put_failures("li", Failures(1, 1))
    cut_connections(database)

    with tables.transaction():
        tables.put_failures("li", Failures(2, 2))
    cut_connections(database)

    assert tables.select_failures("li") == Failures(2, 2)


def test_a_transaction_that_was_cut_off_is_an_error_and_changes_nothing(
    database: str, tables: PostgresTables
) -> None:
    def be_cut_off() -> None:
        with tables.transaction():
            tables.put_failures("li", Failures(1, 1))
            cut_connections(database)
            tables.put_failures("wang", Failures(1, 1))

    with pytest.raises(LogError):
        be_cut_off()

    assert tables.select_failures("li") == Failures(0, 0)


def test_a_database_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LogError, match="cannot be reached"):
        PostgresTables("postgresql://nobody@127.0.0.1:1/none")
