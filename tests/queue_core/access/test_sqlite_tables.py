"""The account store in an SQLite file."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import AccessTables, Failures
from queue_core.errors import LogError

from .account_contract import AccountContract
from .factor_contract import FactorContract
from .session_contract import SessionContract
from .store_case import PASSWORD, StoreCase


class OnSqlite(StoreCase):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.path = tmp_path / "access.sqlite"

    def open_tables(self) -> AccessTables:
        return SqliteTables(self.path)


class TestSqliteSessions(OnSqlite, SessionContract):
    pass


class TestSqliteFactors(OnSqlite, FactorContract):
    pass


class TestSqliteAccounts(OnSqlite, AccountContract):
    async def test_neither_password_nor_token_stands_in_the_file(self) -> None:
        store = self.open_store()
        await self.add(store, "li")
        token, session = await self.sign_in(store)
        device_token, _ = await store.devices.enrol(
            "pad", hall="city", place="3", by="root"
        )
        await store.close()

        content = b"".join(f.read_bytes() for f in self.path.parent.iterdir())

        assert b"argon2id" in content
        for secret in (PASSWORD, token, session.csrf, device_token):
            assert secret.encode() not in content


def test_the_file_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    SqliteTables(tmp_path / "access.sqlite").close()

    assert stat.S_IMODE((tmp_path / "access.sqlite").stat().st_mode) == 0o600


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "access.sqlite"
    path.write_bytes(b"this is a letter, not a database\n" * 100)

    with pytest.raises(LogError, match="cannot be opened"):
        SqliteTables(path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be opened"):
        SqliteTables(tmp_path / "nowhere" / "access.sqlite")


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    tables = SqliteTables(tmp_path / "access.sqlite")

    def fail_half_way() -> None:
        with tables.transaction():
            tables.put_failures("li", Failures(3, 1))
            raise KeyError("li")

    with pytest.raises(KeyError):
        fail_half_way()

    assert tables.select_failures("li") == Failures(0, 0)
    tables.close()


def test_a_file_that_another_program_holds_is_an_error_and_then_recovers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "access.sqlite"
    tables = SqliteTables(path, busy_seconds=0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(LogError, match="locked"), tables.transaction():
        tables.put_failures("li", Failures(3, 1))
    other.execute("ROLLBACK")
    other.close()

    with tables.transaction():
        tables.put_failures("li", Failures(3, 1))
    assert tables.select_failures("li") == Failures(3, 1)
    tables.close()
