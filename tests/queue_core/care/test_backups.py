"""Backups: whole, of one instant, checked, and worth restoring."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from queue_core.access.postgres_key import KeyForeign, require_same_key
from queue_core.access.secrets import SecretKeeper
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import Failures
from queue_core.care.access_rows import read_access, write_access
from queue_core.care.backups import (
    ACCOUNTS,
    KEY,
    RECORD,
    BackupDamaged,
    backup,
    check_backup,
)
from queue_core.errors import LogError
from queue_core.log.sqlite_log import SqliteLog

from .people import SOME
from .recorded import (
    Fill,
    NewPlace,
    append,
    begin,
    notes,
    open_log,
    rows_in,
    some_days,
)


def test_a_backup_is_the_record_as_it_stands(fill: Fill, tmp_path: Path) -> None:
    place = fill(some_days())

    manifest = backup(place, tmp_path / "backups" / "monday", at=1_793_600_000_000)

    kept = tmp_path / "backups" / "monday"
    assert rows_in(kept / RECORD) == rows_in(place)
    assert manifest.events == manifest.last_position == len(rows_in(place))
    assert manifest.made_at == 1_793_600_000_000
    assert check_backup(kept) == manifest
    assert sorted(path.name for path in kept.iterdir()) == ["backup.json", RECORD]


def test_a_server_can_open_a_backup_of_either_store(fill: Fill, tmp_path: Path) -> None:
    place = fill(notes(3))
    backup(place, tmp_path / "b")

    log = SqliteLog(tmp_path / "b" / RECORD)

    assert list(log.append(notes(1, first=4))) == [4]
    log.close()


def test_what_a_server_records_meanwhile_is_in_the_next_backup(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(notes(2_500, size=1_000))
    server = open_log(place)
    told: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> None:
        told.append((done, total))
        server.append(notes(1, size=9_000, first=2_500 + len(told)))

    manifest = backup(place, tmp_path / "b", progress=go_on)

    assert len(told) >= 3
    assert told[-1][0] == told[-1][1]
    assert manifest.events == 2_500
    assert rows_in(tmp_path / "b" / RECORD) == rows_in(place)[:2_500]
    assert server.last_version(notes(1)[0][0]) == 2_500 + len(told)
    server.close()


def test_accounts_and_key_are_in_the_backup_for_its_owner_only(tmp_path: Path) -> None:
    append(tmp_path / "record.sqlite", notes(1))
    accounts = SqliteTables(tmp_path / "accounts.sqlite")
    accounts.put_failures("li", Failures(3, 17))
    (tmp_path / "house.key").write_bytes(b"k" * 32)

    backup(
        tmp_path / "record.sqlite",
        tmp_path / "b",
        accounts=tmp_path / "accounts.sqlite",
        key=tmp_path / "house.key",
    )

    accounts.close()
    kept = SqliteTables(tmp_path / "b" / ACCOUNTS)
    assert kept.select_failures("li") == Failures(3, 17)
    kept.close()
    assert (tmp_path / "b" / KEY).read_bytes() == b"k" * 32
    modes = {
        path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "b").iterdir()
    }
    assert modes[ACCOUNTS] == modes[KEY] == modes[RECORD] == 0
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_the_backup_of_a_database_holds_its_accounts_as_files_do(
    new_place: NewPlace, tmp_path: Path
) -> None:
    database = new_place("postgresql")
    append(database, notes(2))
    write_access(database, SOME)
    key = tmp_path / "house.key"
    key.write_bytes(b"k" * 32)

    manifest = backup(database, tmp_path / "b", accounts=database, key=key)

    assert read_access(tmp_path / "b" / ACCOUNTS) == SOME
    assert check_backup(tmp_path / "b") == manifest
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == [
        ACCOUNTS,
        "backup.json",
        KEY,
        RECORD,
    ]
    tables = SqliteTables(tmp_path / "b" / ACCOUNTS)
    assert tables.select_accounts()[0].account == "Zhao"
    tables.close()


def test_a_key_that_does_not_belong_to_the_database_is_no_backup(
    new_place: NewPlace, tmp_path: Path
) -> None:
    database = new_place("postgresql")
    assert isinstance(database, str)
    append(database, notes(2))
    require_same_key(database, SecretKeeper(b"k" * 32))
    key = tmp_path / "house.key"
    key.write_bytes(b"o" * 32)

    with pytest.raises(KeyForeign, match="is not the key"):
        backup(database, tmp_path / "b", key=key)

    assert not (tmp_path / "b").exists()
    known = backup(database, tmp_path / "b")
    assert known.fingerprint == SecretKeeper(b"k" * 32).fingerprint


def test_a_backup_never_takes_the_place_of_another(tmp_path: Path) -> None:
    append(tmp_path / "record.sqlite", notes(1))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "note").write_text("of yesterday")

    with pytest.raises(LogError, match="there already"):
        backup(tmp_path / "record.sqlite", tmp_path / "b")

    assert [path.name for path in (tmp_path / "b").iterdir()] == ["note"]


@pytest.mark.parametrize("missing", ["record.sqlite", "accounts.sqlite", "house.key"])
def test_a_house_that_lacks_something_has_no_backup(
    tmp_path: Path, missing: str
) -> None:
    append(tmp_path / "record.sqlite", notes(1))
    SqliteTables(tmp_path / "accounts.sqlite").close()
    (tmp_path / "house.key").write_bytes(b"k" * 32)
    (tmp_path / missing).unlink()

    with pytest.raises(LogError):
        backup(
            tmp_path / "record.sqlite",
            tmp_path / "b",
            accounts=tmp_path / "accounts.sqlite",
            key=tmp_path / "house.key",
        )

    assert not (tmp_path / missing).exists()
    assert [path.name for path in tmp_path.glob("*b*partial")] == []
    assert not (tmp_path / "b").exists()


def test_a_backup_that_fails_leaves_nothing(fill: Fill, tmp_path: Path) -> None:
    place = fill(notes(10))

    def fail(done: int, total: int) -> None:
        raise RuntimeError("the operator has pressed Ctrl-C")

    with pytest.raises(RuntimeError):
        backup(place, tmp_path / "kept" / "b", progress=fail)

    assert list((tmp_path / "kept").iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from queue_core.care.backups import backup
from queue_core.care.places import place_of

def stand_still(done, total):
    print("writing", flush=True)
    sys.stdin.read()

backup(place_of(sys.argv[1]), Path(sys.argv[2]), progress=stand_still)
"""


def test_a_backup_that_was_killed_is_no_backup_and_does_not_hinder_the_next(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(notes(10))
    folder = tmp_path / "kept"
    with begin(KILLED, place, folder / "b") as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "writing\n"
        killed.kill()

    assert not (folder / "b").exists()
    assert [path.suffix for path in folder.iterdir()] == [".partial"]
    backup(place, folder / "b")
    assert [path.name for path in folder.iterdir()] == ["b"]
    assert check_backup(folder / "b").events == 10


def test_a_backup_that_is_being_written_is_left_in_peace_by_another(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(notes(10))
    folder = tmp_path / "kept"
    with begin(KILLED, place, folder / "b") as slow:
        assert slow.stdout is not None
        slow.stdout.readline()

        backup(place, folder / "b")
        slow.communicate("")

    assert slow.returncode != 0
    assert [path.name for path in folder.iterdir()] == ["b"]
    assert check_backup(folder / "b").events == 10


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    append(tmp_path / "record.sqlite", notes(40))
    backup(tmp_path / "record.sqlite", tmp_path / "b")
    return tmp_path / "b"


def test_a_backup_of_which_a_byte_has_changed_is_named(kept: Path) -> None:
    content = bytearray((kept / RECORD).read_bytes())
    content[5_000] ^= 1
    (kept / RECORD).write_bytes(content)

    with pytest.raises(BackupDamaged, match=r"record\.sqlite is not what was written"):
        check_backup(kept)


def test_a_backup_that_lacks_a_file_is_named(kept: Path) -> None:
    (kept / RECORD).unlink()

    with pytest.raises(BackupDamaged, match="is no backup"):
        check_backup(kept)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"files": {}, "made_at": 1}'])
def test_a_folder_that_is_no_backup_is_named(kept: Path, content: bytes) -> None:
    (kept / "backup.json").write_bytes(content)

    with pytest.raises(BackupDamaged, match="is no backup"):
        check_backup(kept)


def test_a_damaged_record_is_not_backed_up_as_a_sound_one(tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    append(record, notes(400))
    with contextlib.closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(record.read_bytes())
    content[3 * 4096 : 3 * 4096 + 8] = bytes(8)
    record.write_bytes(content)

    with pytest.raises(LogError):
        backup(record, tmp_path / "b")

    assert not (tmp_path / "b").exists()


def test_a_place_without_a_log_is_told(
    kind: str, new_place: NewPlace, tmp_path: Path
) -> None:
    place = new_place(kind)

    with pytest.raises(LogError, match="there is no log"):
        backup(place, tmp_path / "b")
