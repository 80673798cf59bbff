"""Restoring: what was kept comes back, and nothing is overwritten by accident."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import Failures
from queue_core.care.backups import RECORD, BackupDamaged, backup
from queue_core.care.restoration import KEPT, NotEmpty, restore
from queue_core.errors import LogError
from queue_core.log.sqlite_log import SqliteLog

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


def test_a_log_is_overwritten_when_somebody_says_so(
    kind: str, new_place: NewPlace, kept: Path
) -> None:
    target = new_place(kind)
    append(target, notes(3))

    restore(kept, target, overwrite=True)

    assert rows_in(target) == rows_in(kept / RECORD)


def test_what_was_overwritten_in_a_file_is_kept_beside_it(
    new_place: NewPlace, kept: Path
) -> None:
    target = new_place("sqlite")
    assert isinstance(target, Path)
    for count in (3, 5):
        target.unlink(missing_ok=True)
        append(target, notes(count))
        restore(kept, target, overwrite=True)

    assert len(rows_in(target.with_name(target.name + KEPT))) == 3
    assert len(rows_in(target.with_name(target.name + KEPT + "-2"))) == 5


@pytest.mark.parametrize("is_sound", [True, False])
def test_what_a_killed_server_left_beside_its_file_never_gets_into_the_restored_one(
    new_place: NewPlace, kept: Path, is_sound: bool
) -> None:
    target = new_place("sqlite")
    assert isinstance(target, Path)
    log = SqliteLog(target.with_name("running.sqlite"))
    log.append(notes(300))
    for ending in ("", "-wal"):
        shutil.copy(target.with_name("running.sqlite" + ending), f"{target}{ending}")
    log.close()
    if not is_sound:
        target.write_bytes(b"no database at all")
        Path(f"{target}-wal").write_bytes(b"no journal at all")

    restore(kept, target, overwrite=True)

    assert rows_in(target) == rows_in(kept / RECORD)
    beside = target.with_name(target.name + KEPT)
    if is_sound:
        assert len(rows_in(beside)) == 300
    else:
        assert beside.read_bytes() == b"no database at all"


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
    append(target, notes(3))
    before = rows_in(target)

    def fail(done: int, total: int) -> None:
        raise RuntimeError("the cable was pulled")

    with pytest.raises(RuntimeError):
        restore(kept, target, overwrite=True, progress=fail)

    assert rows_in(target) == before


def test_a_damaged_backup_changes_nothing(
    kind: str, new_place: NewPlace, kept: Path
) -> None:
    target = new_place(kind)
    append(target, notes(3))
    before = rows_in(target)
    content = bytearray((kept / RECORD).read_bytes())
    content[-100] ^= 1
    (kept / RECORD).write_bytes(content)

    with pytest.raises(BackupDamaged):
        restore(kept, target, overwrite=True)

    assert rows_in(target) == before


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
    assert not (new / "record.sqlite").exists()
    in_the_way.rmdir()
    again()

    assert len(rows_in(new / "record.sqlite")) == 2
    assert sorted(path.name for path in new.iterdir()) == [
        "accounts.sqlite",
        "house.key",
        "record.sqlite",
        "record.sqlite.lock",
    ]
