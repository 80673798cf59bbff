"""The embedded store: the contract, and what can go wrong with a file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_core.errors import LogError
from queue_core.log.event_log import EventLog, Unreadable
from queue_core.log.sqlite_connection import connect
from queue_core.log.sqlite_log import SqliteLog
from yihao.soak.full_disk import files_may_not_grow_beyond

from .contract import MONDAY, LogContract, entries
from .hall_contract import HallContract


class TestSqliteLog(LogContract, HallContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.path = tmp_path / "log.sqlite"

    def make_log(self) -> EventLog:
        return SqliteLog(self.path)

    def open_again(self, log: EventLog) -> EventLog:
        log.close()
        return SqliteLog(self.path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.sqlite"


@pytest.fixture
def log(path: Path) -> Iterator[SqliteLog]:
    log = SqliteLog(path, busy_seconds=0.01)
    yield log
    log.close()


def test_a_commit_means_on_disk(path: Path, log: SqliteLog) -> None:
    connection = connect(path, 1.0)

    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_the_record_is_for_its_owner_only_whatever_its_folder_is(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    try:
        log = SqliteLog(tmp_path / "record.sqlite")
        log.append(entries(MONDAY, 1, 1))
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
        log.close()
    finally:
        os.umask(before)

    assert {"record.sqlite", "record.sqlite-wal"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_second_server_on_the_same_file_is_refused(
    path: Path, log: SqliteLog
) -> None:
    with pytest.raises(LogError, match="only one server"):
        SqliteLog(path)


def test_a_second_process_on_the_same_file_is_refused(
    path: Path, log: SqliteLog
) -> None:
    program = (
        "import sys\n"
        "from queue_core.errors import LogError\n"
        "from queue_core.log.sqlite_log import SqliteLog\n"
        "try:\n"
        "    SqliteLog(sys.argv[1])\n"
        "except LogError as error:\n"
        "    print(error)\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "only one server may write this log" in said


def test_the_next_server_gets_the_file_when_the_first_has_closed_it(path: Path) -> None:
    SqliteLog(path).close()

    log = SqliteLog(path)

    log.append(entries(MONDAY, 1, 1))
    log.close()


def test_a_reader_beside_the_server_sees_what_was_committed_and_writes_nothing(
    path: Path, log: SqliteLog
) -> None:
    log.append(entries(MONDAY, 1, 2))

    reader = SqliteLog(path, read_only=True)

    assert [r.version for r in reader.read(MONDAY)] == [1, 2]
    log.append(entries(MONDAY, 3, 1))
    assert reader.last_version(MONDAY) == 3
    with pytest.raises(LogError, match="reading only"):
        reader.append(entries(MONDAY, 4, 1))
    reader.close()


def test_a_log_that_is_not_there_cannot_be_read(path: Path) -> None:
    with pytest.raises(LogError, match="there is no log"):
        SqliteLog(path, read_only=True)


def test_a_file_that_is_no_log_is_refused(path: Path) -> None:
    path.write_bytes(b"this is a letter, not a database\n" * 100)

    with pytest.raises(LogError, match="cannot be opened"):
        SqliteLog(path)


def test_a_file_that_another_program_holds_is_an_error_and_then_recovers(
    path: Path, log: SqliteLog
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(LogError, match="locked"):
        log.append(entries(MONDAY, 1, 1))
    other.execute("ROLLBACK")
    other.close()

    assert list(log.append(entries(MONDAY, 1, 1))) == [1]


def test_a_full_disk_is_an_error_loses_nothing_and_is_recovered_from(
    path: Path, log: SqliteLog
) -> None:
    log.append(entries(MONDAY, 1, 2))
    journal = path.with_name(path.name + "-wal")

    with files_may_not_grow_beyond(journal.stat().st_size):
        for _ in range(3):
            with pytest.raises(LogError, match="cannot be written"):
                log.append(entries(MONDAY, 3, 500))
        assert [r.version for r in log.read(MONDAY)] == [1, 2]

    assert list(log.append(entries(MONDAY, 3, 500)))[-1] == 502
    assert log.last_version(MONDAY) == 502


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("ticket-pinned.1", b"\x93\x01\x02"),
        ("ticket-pinned.1", b""),
        ("ticket-pinned.9", b"\x90"),
        ("queue_core.events:TicketPinned", b"\x90"),
    ],
)
def test_bytes_that_cannot_be_read_are_named_by_stream_and_version(
    path: Path, log: SqliteLog, topic: str, body: bytes
) -> None:
    log.append(entries(MONDAY, 1, 1))
    other = sqlite3.connect(path)
    with other:
        other.execute(
            "INSERT INTO stored_events VALUES (?,?,?,?)", (MONDAY, 2, topic, body)
        )
    other.close()

    with pytest.raises(Unreadable, match=f"{MONDAY} version 2") as caught:
        log.read(MONDAY)
    with pytest.raises(Unreadable):
        log.read_all(0, 10)

    assert (caught.value.stream, caught.value.version) == (MONDAY, 2)
    assert [r.version for r in log.read(MONDAY, upto=1)] == [1]
