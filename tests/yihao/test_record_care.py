"""Backup, restore, verify, copy and export, as an operator types them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from queue_core.care.access_rows import read_access
from queue_core.care.archives import archive
from queue_core.care.unfinished import MARK
from tests.open_house import open_house
from tests.queue_core.care.people import SOME
from tests.queue_core.care.recorded import MONDAY, append, rows_in, some_days, spoil

from .care_house import KEY, make_house, run


Said = pytest.CaptureFixture[str]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Where a house keeps its record: an empty database, or nothing for files."""
    if request.param == "sqlite":
        return ""
    new: Callable[[], str] = request.getfixturevalue("postgres")
    return new()


# Kept safe.


def test_a_house_is_backed_up_checked_and_restored_elsewhere(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", database)
    kept, new = tmp_path / "kept", tmp_path / "new"

    done = [
        run("backup", kept, *house),
        run("restore", kept, "--check"),
        run("restore", kept, "--data", new, "--database", ""),
    ]

    count = len(rows_in(database or tmp_path / "house" / "record.sqlite"))
    lines = capsys.readouterr().out.splitlines()
    assert done == [0, 0, 0]
    assert [line.partition(": ")[0] for line in lines] == [
        str(kept),
        str(kept),
        str(new / "record.sqlite"),
    ]
    assert all(f"{count:,} events" in line and "house.key" in line for line in lines)
    assert read_access(new / "accounts.sqlite") == SOME
    assert (new / "house.key").read_bytes() == KEY


def test_a_house_of_files_is_restored_into_a_database(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    database = postgres()
    house = make_house(tmp_path / "house")
    run("backup", tmp_path / "kept", *house)
    new = tmp_path / "new"

    status = run("restore", tmp_path / "kept", "--data", new, "--database", database)

    assert status == 0
    assert rows_in(database) == rows_in(tmp_path / "house" / "record.sqlite")
    assert read_access(database) == SOME
    assert (new / "house.key").read_bytes() == KEY


async def test_a_restored_house_goes_on_where_the_old_one_was(tmp_path: Path) -> None:
    async with open_house(tmp_path / "old") as house:
        await house.clerk_at("1", "li.na")
        taken = await house.number()
        assert run("backup", tmp_path / "kept", "--data", tmp_path / "old") == 0

    run("restore", tmp_path / "kept", "--data", tmp_path / "new")

    async with open_house(tmp_path / "new") as house:
        assert taken["ticket"] in house.hall.live.tickets
        assert house.house.secrets.is_ticket_secret(taken["ticket"], taken["secret"])
        assert await house.house.staff_names() == {"li.na": "li.na 同志"}


def test_dated_backups_make_room_for_newer_ones(tmp_path: Path, capsys: Said) -> None:
    house = make_house(tmp_path / "house", days=1)
    kept = tmp_path / "kept"
    for old in ("2026-01-01T000000Z", "2026-01-02T000000Z"):
        run("backup", kept / old, *house)
    capsys.readouterr()

    status = run("backup", kept, "--dated", "--keep", 2, *house)

    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said[1:] == [f"{kept / '2026-01-01T000000Z'}: removed"]
    assert len(list(kept.iterdir())) == 2


def test_only_dated_backups_make_room(tmp_path: Path, capsys: Said) -> None:
    house = make_house(tmp_path / "house", days=1)

    assert run("backup", tmp_path / "kept", "--keep", 2, *house) == 1
    assert "--keep goes with --dated" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()


def test_a_house_without_its_key_is_backed_up_only_if_that_is_meant(
    tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", days=1)
    (tmp_path / "house" / "house.key").unlink()

    refused = run("backup", tmp_path / "kept", *house)
    told = capsys.readouterr().err
    meant = run("backup", tmp_path / "kept", "--without-key", *house)

    assert (refused, meant) == (1, 0)
    assert "there is no key" in told
    assert not (tmp_path / "kept" / "house.key").exists()


def test_a_damaged_backup_is_told_and_not_restored(
    tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", days=1)
    run("backup", tmp_path / "kept", *house)
    (tmp_path / "kept" / "accounts.sqlite").write_bytes(b"something else")

    checked = run("restore", tmp_path / "kept", "--check")
    restored = run("restore", tmp_path / "kept", "--data", tmp_path / "new")

    assert (checked, restored) == (1, 1)
    assert "accounts.sqlite is not what was written there" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_nothing_is_restored_over_a_house(tmp_path: Path, capsys: Said) -> None:
    house = make_house(tmp_path / "house", days=1)
    run("backup", tmp_path / "kept", *house)

    assert run("restore", tmp_path / "kept", *house) == 1
    assert "events in it already" in capsys.readouterr().err


def test_no_command_works_with_half_a_restored_house(
    tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house")
    (tmp_path / "house" / MARK).touch()

    for words in (
        ["backup", tmp_path / "kept"],
        ["verify"],
        ["export"],
        ["archive"],
        ["ticket", "A001"],
        ["account", "list"],
    ):
        assert run(*words, *house) == 1
        assert "restore it again" in capsys.readouterr().err
    copied = run(
        "copy", "--from", tmp_path / "house", "--to", tmp_path / "other.sqlite"
    )
    assert copied == 1


# Proven sound.


def test_a_sound_record_is_verified_with_its_projections(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", database)

    status = run("verify", *house)

    (line,) = capsys.readouterr().out.splitlines()
    assert status == 0
    assert line.endswith(": sound")
    assert "3 days" in line


def test_a_damaged_record_is_verified_fault_by_fault(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", database)
    spoil(
        database or tmp_path / "house" / "record.sqlite",
        "UPDATE yihao_events SET topic = 'gone.1' WHERE stream = %s AND version = 7",
        f"hall-day/city/{MONDAY}",
    )

    status = run("verify", *house)

    first, last = capsys.readouterr().out.splitlines()
    assert status == 1
    assert first.startswith(f"fault  unreadable: hall-day/city/{MONDAY} version 7 (")
    assert "gone.1" in first
    assert last.endswith(": 1 fault")


def test_archives_that_are_gone_are_told_when_they_are_looked_for(
    tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house")
    archives = tmp_path / "house" / "archives"
    record = tmp_path / "house" / "record.sqlite"
    archive(record, archives, "city", "2026-11-03", remove=True, kept_days=1)

    sound = run("verify", *house)
    next(archives.iterdir()).unlink()
    gone = run("verify", *house)

    assert (sound, gone) == (0, 1)
    said = capsys.readouterr().out
    assert "1 day archived and removed" in said
    assert "fault  archive: " in said


def test_figures_that_differ_from_their_rebuild_are_named(
    tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house")
    run("rebuild", *house)
    sound = run("verify", *house)
    with sqlite3.connect(tmp_path / "house" / "projections.db") as connection:
        connection.execute("DELETE FROM yihao_kept_days_1 WHERE date = ?", (MONDAY,))
    connection.close()
    capsys.readouterr()

    wrong = run("verify", *house)

    first, last = capsys.readouterr().out.splitlines()
    assert (sound, wrong) == (0, 1)
    said = f"the kept figures of city on {MONDAY} are missing"
    assert first == f"fault  projection: {said}"
    assert last.endswith(": 1 fault")


def test_a_backup_is_verified_like_a_house(tmp_path: Path) -> None:
    house = make_house(tmp_path / "house")
    run("backup", tmp_path / "kept", *house)

    assert run("verify", "--data", tmp_path / "kept") == 0
    assert run("restore", tmp_path / "kept", "--check") == 0


# Moved.


def test_a_house_moves_to_a_database_and_back(
    postgres: Callable[[], str], tmp_path: Path, capsys: Said
) -> None:
    database = postgres()
    make_house(tmp_path / "house")
    new = tmp_path / "new"

    there = run("copy", "--from", tmp_path / "house", "--to", database)
    hint = capsys.readouterr().out
    back = run("copy", "--from", database, "--to", new)

    assert (there, back) == (0, 0)
    assert "the same house.key" in hint
    record = tmp_path / "house" / "record.sqlite"
    assert rows_in(database) == rows_in(new / "record.sqlite") == rows_in(record)
    assert read_access(database) == read_access(new / "accounts.sqlite") == SOME


def test_a_copy_goes_on_with_what_came_later(tmp_path: Path, capsys: Said) -> None:
    make_house(tmp_path / "house")
    new = tmp_path / "new"
    words = ["copy", "--from", tmp_path / "house", "--to", new]
    run(*words)
    append(tmp_path / "house" / "record.sqlite", some_days(1, hall="other"))
    capsys.readouterr()

    status = run(*words)

    added = len(some_days(1, hall="other"))
    assert status == 0
    assert f"{added} events copied" in capsys.readouterr().out
    assert (new / "house.key").read_bytes() == KEY
    assert (new / "house.key").stat().st_mode & 0o077 == 0
    assert read_access(new / "accounts.sqlite") == SOME


def test_a_record_alone_is_copied_into_a_file(tmp_path: Path) -> None:
    make_house(tmp_path / "house")
    target = tmp_path / "elsewhere" / "copy.sqlite"

    assert run("copy", "--from", tmp_path / "house", "--to", target) == 0

    assert rows_in(target) == rows_in(tmp_path / "house" / "record.sqlite")
    assert {path.name for path in target.parent.iterdir()} <= {
        "copy.sqlite",
        "copy.sqlite.lock",
    }


def test_a_copy_over_another_house_is_refused(tmp_path: Path, capsys: Said) -> None:
    make_house(tmp_path / "house")
    make_house(tmp_path / "other", days=1)
    (tmp_path / "other" / "house.key").write_bytes(b"o" * 32)

    status = run("copy", "--from", tmp_path / "house", "--to", tmp_path / "other")

    assert status == 1
    assert "house.key is there already" in capsys.readouterr().err


# Exported.


def test_events_are_exported_to_standard_output(tmp_path: Path) -> None:
    house = make_house(tmp_path / "house")
    chosen = ["--from", MONDAY, "--to", MONDAY, "--stream", "hall-day/city/"]

    done = subprocess.run(
        [sys.executable, "-m", "yihao", "export", *chosen, *house],
        capture_output=True,
        check=True,
    )

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["stream"] for line in lines} == {f"hall-day/city/{MONDAY}"}
    assert [line["version"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["event"] == "day-opened"


def test_nothing_secret_is_ever_exported(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    house = make_house(tmp_path / "house", database)
    out = tmp_path / "events.jsonl"

    assert run("export", "--out", out, *house) == 0

    content = out.read_bytes()
    record = database or tmp_path / "house" / "record.sqlite"
    assert content.count(b"\n") == len(rows_in(record))
    assert f"{len(rows_in(record)):,} events" in capsys.readouterr().out
    for secret in (KEY, b"argon2", b"token", "赵六".encode()):
        assert secret not in content


def test_an_archived_day_is_exported_from_its_file(tmp_path: Path) -> None:
    make_house(tmp_path / "house")
    record = tmp_path / "house" / "record.sqlite"
    (day,) = archive(record, tmp_path, "city", "2026-11-03").days
    out = tmp_path / "day.jsonl"

    status = run("export", "--archive", day.file, "--out", out, "--from", MONDAY)

    streams = {json.loads(line)["stream"] for line in out.read_text().splitlines()}
    assert status == 0
    assert f"hall-day/city/{MONDAY}" in streams
    assert "profile/city" not in streams


@pytest.mark.parametrize(
    "words", [["export", "--from", "yesterday"], ["backup", "b", "--keep", "0"]]
)
def test_what_is_no_date_or_number_is_a_usage_error(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*words)

    assert stopped.value.code == 2
