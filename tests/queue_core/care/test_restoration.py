"""Restoring: what was kept comes back, and nothing is overwritten by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.access.postgres_key import KeyForeign, require_same_key
from queue_core.access.secrets import SecretKeeper
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import Failures
from queue_core.care.access_rows import read_access, write_access
from queue_core.care.backups import RECORD, BackupDamaged, backup
from queue_core.care.restoration import NotEmpty, restore
from queue_core.care.unfinished import RestoreUnfinished, require_whole
from queue_core.errors import LogError

from .people import SOME, accounts_beside
from .recorded import NewPlace, append, notes, open_log, rows_in, some_days


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of three days."""
    append(tmp_path / "old" / "record.sqlite", some_days())
    backup(tmp_path / "old" / "record.sqlite", tmp_path / "b")
    return tmp_path / "b"


@pytest.fixture(autouse=True)
def _old(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_a_record_comes_back_whole_into_either_store(
    kind: str, source: str, new_place: NewPlace, tmp_path: Path
) -> None:
    place, target = new_place(source), new_place(kind)
    append(place, some_days())
    backup(place, tmp_path / "b")
    told: list[tuple[int, int]] = []

    manifest = restore(tmp_path / "b", target, progress=lambda *done: told.append(done))

    assert rows_in(target) == rows_in(place)
    assert told[-1] == (manifest.last_position, manifest.last_position)
    log = open_log(target)
    assert list(log.append([("evaluation/x.1", 1, notes(1)[0][2])])) == [
        manifest.last_position + 1
    ]
    log.close()


def test_a_log_that_is_not_empty_is_left_alone(
    kind: str, new_place: NewPlace, kept: Path
) -> None:
    target = new_place(kind)
    append(target, notes(3))
    before = rows_in(target)

    with pytest.raises(NotEmpty, match="has 3 events in it already"):
        restore(kept, target)

    assert rows_in(target) == before


@pytest.mark.parametrize("left", ["record.sqlite-wal", "house.key-journal"])
def test_what_a_killed_server_left_never_gets_into_a_restored_file(
    new_place: NewPlace, tmp_path: Path, left: str
) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    record = new_place("sqlite")
    assert isinstance(record, Path)
    record.with_name(left).write_bytes(b"of another file")

    with pytest.raises(NotEmpty, match=left):
        restore(kept, record, key=record.with_name("house.key"))

    assert not record.exists()
    assert record.with_name(left).read_bytes() == b"of another file"


def test_a_file_that_a_server_holds_is_not_restored(
    new_place: NewPlace, kept: Path
) -> None:
    target = new_place("sqlite")
    server = open_log(target)

    with pytest.raises(LogError, match="only one server"):
        restore(kept, target)

    assert list(server.append(notes(1))) == [1]
    server.close()


def test_a_database_that_servers_use_is_not_restored(
    new_place: NewPlace, kept: Path
) -> None:
    target = new_place("postgresql")
    server = open_log(target)

    with pytest.raises(LogError, match="stop them first"):
        restore(kept, target)

    assert list(server.append(notes(1))) == [1]
    server.close()


def test_a_database_is_restored_whole_or_not_at_all(
    new_place: NewPlace, kept: Path
) -> None:
    target = new_place("postgresql")

    def fail(done: int, total: int) -> None:
        raise RuntimeError("the cable was pulled")

    with pytest.raises(RuntimeError):
        restore(kept, target, progress=fail)

    assert rows_in(target) == []
    with pytest.raises(RestoreUnfinished, match="restore it again"):
        require_whole(target)
    restore(kept, target)
    require_whole(target)
    assert rows_in(target) == rows_in(kept / RECORD)


def test_a_damaged_backup_changes_nothing(
    kind: str, new_place: NewPlace, kept: Path
) -> None:
    target = new_place(kind)
    content = bytearray((kept / RECORD).read_bytes())
    content[-100] ^= 1
    (kept / RECORD).write_bytes(content)

    with pytest.raises(BackupDamaged):
        restore(kept, target)

    require_whole(target)
    with pytest.raises(LogError, match="there is no log"):
        rows_in(target)


def test_the_same_backup_is_not_restored_twice(
    kind: str, new_place: NewPlace, kept: Path
) -> None:
    target = new_place(kind)
    restore(kept, target)

    with pytest.raises(NotEmpty, match="events in it already"):
        restore(kept, target)


class House:
    """A folder with a record, accounts and a key."""

    def __init__(self, folder: Path, key: bytes = b"k" * 32) -> None:
        folder.mkdir()
        self.record = folder / "record.sqlite"
        self.accounts = folder / "accounts.sqlite"
        self.key = folder / "house.key"
        append(self.record, notes(2))
        tables = SqliteTables(self.accounts)
        tables.put_failures("li", Failures(3, 17))
        tables.close()
        self.key.write_bytes(key)

    def back_up(self, folder: Path) -> Path:
        """Keep the whole house."""
        backup(self.record, folder, accounts=self.accounts, key=self.key)
        return folder


def test_accounts_and_key_come_back_with_the_record(tmp_path: Path) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    new = tmp_path / "new"

    restore(
        kept,
        new / "record.sqlite",
        accounts=new / "accounts.sqlite",
        key=new / "house.key",
    )

    tables = SqliteTables(new / "accounts.sqlite")
    assert tables.select_failures("li") == Failures(3, 17)
    tables.close()
    assert (new / "house.key").read_bytes() == b"k" * 32
    assert (new / "house.key").stat().st_mode & 0o077 == 0
    assert len(rows_in(new / "record.sqlite")) == 2


def test_another_key_is_never_lost_by_accident(tmp_path: Path) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    other = House(tmp_path / "other", key=b"o" * 32)
    other.record.unlink()

    with pytest.raises(NotEmpty, match=r"house\.key is there already"):
        restore(kept, other.record, key=other.key)

    assert other.key.read_bytes() == b"o" * 32
    assert not other.record.exists()


def test_accounts_that_have_changed_since_are_never_lost_by_accident(
    tmp_path: Path,
) -> None:
    house = House(tmp_path / "house")
    kept = house.back_up(tmp_path / "kept")
    restore(kept, tmp_path / "new" / "r", accounts=tmp_path / "new" / "a")
    server = SqliteTables(tmp_path / "new" / "a")
    server.put_failures("wang", Failures(1, 1))

    with pytest.raises(NotEmpty, match="another one"):
        restore(kept, tmp_path / "new" / "s", accounts=tmp_path / "new" / "a")

    assert server.select_failures("wang") == Failures(1, 1)
    server.close()


def test_a_restoration_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    new = tmp_path / "new"

    def again() -> None:
        restore(
            kept,
            new / "record.sqlite",
            accounts=new / "accounts.sqlite",
            key=new / "house.key",
        )

    in_the_way = new / ".record.sqlite.partial"
    in_the_way.mkdir(parents=True)
    with pytest.raises(LogError):
        again()
    assert (new / "accounts.sqlite").exists()
    with pytest.raises(RestoreUnfinished):
        require_whole(new / "record.sqlite")
    in_the_way.rmdir()
    again()

    require_whole(new / "record.sqlite")
    assert len(rows_in(new / "record.sqlite")) == 2
    assert sorted(path.name for path in new.iterdir()) == [
        "accounts.sqlite",
        "house.key",
        "record.sqlite",
        "record.sqlite.lock",
    ]


def test_another_backup_does_not_go_on_with_what_one_has_begun(tmp_path: Path) -> None:
    one = House(tmp_path / "one").back_up(tmp_path / "kept-one")
    other = House(tmp_path / "other", key=b"o" * 32).back_up(tmp_path / "kept-other")
    new = tmp_path / "new"
    (new / ".record.sqlite.partial").mkdir(parents=True)
    with pytest.raises(LogError):
        restore(one, new / "record.sqlite", key=new / "house.key")

    with pytest.raises(NotEmpty, match=r"house\.key is there already"):
        restore(other, new / "record.sqlite", key=new / "house.key")

    assert (new / "house.key").read_bytes() == b"k" * 32


# Accounts and key in a database.


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_the_accounts_of_either_store_come_back_in_either(
    kind: str, target: str, new_place: NewPlace, tmp_path: Path
) -> None:
    place, other = new_place(kind), new_place(target)
    append(place, notes(2))
    there, back = accounts_beside(place), accounts_beside(other)
    write_access(there, SOME)
    key = tmp_path / "house.key"
    key.write_bytes(b"k" * 32)
    kept, came = tmp_path / "kept", tmp_path / "came.key"

    backup(place, kept, accounts=there, key=key)
    restore(kept, other, accounts=back, key=came)

    assert read_access(back) == SOME
    assert came.read_bytes() == key.read_bytes()
    assert rows_in(other) == rows_in(place)


def test_a_restored_database_takes_only_the_key_of_its_house(
    new_place: NewPlace, tmp_path: Path
) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    database = new_place("postgresql")
    assert isinstance(database, str)

    restore(kept, database, accounts=database)

    with pytest.raises(KeyForeign):
        require_same_key(database, SecretKeeper(b"o" * 32))
    require_same_key(database, SecretKeeper(b"k" * 32))


def test_accounts_that_are_in_a_database_are_never_lost_by_accident(
    new_place: NewPlace, tmp_path: Path
) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    database = new_place("postgresql")
    write_access(database, SOME)

    with pytest.raises(NotEmpty, match="has accounts in it already"):
        restore(kept, database, accounts=database)

    assert read_access(database) == SOME


def test_a_database_that_was_begun_with_another_key_is_left_alone(
    new_place: NewPlace, tmp_path: Path
) -> None:
    kept = House(tmp_path / "house").back_up(tmp_path / "kept")
    database = new_place("postgresql")
    assert isinstance(database, str)
    require_same_key(database, SecretKeeper(b"o" * 32))

    with pytest.raises(NotEmpty, match="begun with another key"):
        restore(kept, database, accounts=database)


def test_a_database_that_is_not_there_cannot_be_asked() -> None:
    with pytest.raises(LogError, match="cannot be reached"):
        require_whole("postgresql://nobody@127.0.0.1:1/none")
