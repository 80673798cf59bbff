"""Accounts, sessions and devices move between stores without a change."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import psycopg
import pytest

from queue_core.access.postgres_tables import PostgresTables
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import AccessTables, Failures
from queue_core.care.access_rows import TABLES, is_empty, read_access, write_access
from queue_core.care.places import Place
from queue_core.errors import LogError

from .people import SOME, accounts_beside
from .recorded import NewPlace


@pytest.fixture
def place(kind: str, new_place: NewPlace) -> Place:
    """A place for accounts in a store of a kind."""
    return accounts_beside(new_place(kind))


def open_tables(place: Place) -> AccessTables:
    """Open a store of accounts as a server does."""
    return SqliteTables(place) if isinstance(place, Path) else PostgresTables(place)


def test_what_is_written_is_read_again(place: Place) -> None:
    write_access(place, SOME)

    assert read_access(place) == SOME
    assert not is_empty(SOME)


def test_a_server_goes_on_with_what_was_written(place: Place) -> None:
    write_access(place, SOME)

    tables = open_tables(place)

    stored = tables.select_account("li.na")
    assert stored is not None
    assert (stored.account.name, stored.account.disabled) == ("李娜", True)
    assert stored.password_hash == "$argon2id$l"
    session = tables.select_session(b"\x80" * 32)
    assert session is not None
    assert session.account.account == "li.na"
    device = tables.select_device(b"\x01" * 32)
    assert device is not None
    assert (device.place, device.revoked) == ("门口", False)
    assert tables.select_failures("nobody") == Failures(1, 2)
    assert [note.note for note in tables.select_notes(9)] == ["Zz", "0a", "b1"]
    factor = tables.select_factor("Zhao")
    assert factor is not None
    assert factor.sealed == b"\x00sealed\xff"
    tables.close()


def test_what_was_there_before_is_replaced(place: Place) -> None:
    tables = open_tables(place)
    tables.put_failures("before", Failures(9, 9))
    tables.close()

    write_access(place, SOME)
    write_access(place, SOME)

    assert read_access(place) == SOME


OF_FILE = (
    "SELECT kept.name, field.name FROM sqlite_master AS kept, "
    "pragma_table_info(kept.name) AS field WHERE kept.type = 'table'"
)
OF_DATABASE = (
    "SELECT substr(table_name, 7), column_name FROM information_schema.columns "
    "WHERE table_name LIKE 'yihao%' AND is_identity = 'NO'"
)


def test_everything_that_a_store_keeps_is_moved(place: Place) -> None:
    open_tables(place).close()

    if isinstance(place, Path):
        with contextlib.closing(sqlite3.connect(place)) as file:
            found = file.execute(OF_FILE).fetchall()
    else:
        with psycopg.connect(place) as database:
            found = database.execute(OF_DATABASE).fetchall()

    assert sorted(found) == sorted(
        (table, column) for table, columns in TABLES.items() for column in columns
    )


def test_a_database_in_which_nobody_has_worked_has_no_accounts(
    new_place: NewPlace,
) -> None:
    assert is_empty(read_access(new_place("postgresql")))


def test_a_file_without_accounts_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    for name in ("empty", "missing"):
        with pytest.raises(LogError, match=name):
            read_access(tmp_path / name)
    assert not (tmp_path / "missing").exists()


def test_a_database_that_is_gone_is_told() -> None:
    gone = "postgresql://li:secret@127.0.0.1:1/none"

    with pytest.raises(LogError, match="cannot be used") as told:
        read_access(gone)

    assert "secret" not in str(told.value)
