"""Archiving as an operator does it: looked at first, then written, then removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from projections.kept.sqlite_store import SqliteKept
from tests.queue_core.care.recorded import (
    MONDAY,
    Played,
    adopted,
    append,
    days_from,
    open_log,
    rows_in,
)

from .care_house import run


Said = pytest.CaptureFixture[str]

COUNT = 34
"""More days than always stay in the record."""


@pytest.fixture
def house(tmp_path: Path) -> list[str]:
    """A house with so many closed days, whose profile keeps 400."""
    entries = [adopted("city")]
    for date in days_from(MONDAY, COUNT):
        entries += Played("city", date, tickets=1).close().entries
    append(tmp_path / "record.sqlite", entries)
    return ["--data", str(tmp_path), "--before", "2026-12-31"]


def test_nothing_is_archived_before_it_is_asked_for(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    before = rows_in(tmp_path / "record.sqlite")

    status = run("archive", *house)

    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[0] == f"city: {COUNT} days in the record are from before 2026-12-31"
    assert lines[1].split()[:1] == [MONDAY]
    assert lines[1].endswith("no archive  may be removed")
    assert lines[4].endswith("stays: it is one of the 31 newest days")
    assert len(lines) == 1 + COUNT
    assert rows_in(tmp_path / "record.sqlite") == before
    assert not (tmp_path / "archives").exists()


def test_days_are_written_while_a_server_goes_on(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    server = open_log(tmp_path / "record.sqlite")
    before = rows_in(tmp_path / "record.sqlite")

    status = run("archive", "--write", *house)
    capsys.readouterr()
    run("archive", *house)

    server.close()
    assert status == 0
    assert len(list((tmp_path / "archives").iterdir())) == COUNT
    assert rows_in(tmp_path / "record.sqlite") == before
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split()[:2] == [f"{COUNT}", "days"]
    assert MONDAY in last


def test_old_days_leave_the_record_and_the_newest_stay(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    status = run("archive", "--remove", *house)

    lines = capsys.readouterr().out.splitlines()
    removed = [line for line in lines if "archived and removed" in line]
    left = {row.stream for row in rows_in(tmp_path / "record.sqlite")}
    assert status == 0
    assert [line.split()[1] for line in removed] == [
        f"{date}:" for date in days_from(MONDAY, 3)
    ]
    assert f"hall-day/city/{MONDAY}" not in left
    assert len([name for name in left if name.startswith("hall-day/")]) == 31
    assert run("verify", "--data", tmp_path) == 0


def test_no_day_is_removed_from_a_file_that_a_server_has(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    server = open_log(tmp_path / "record.sqlite")

    status = run("archive", "--remove", *house)

    server.close()
    assert status == 1
    assert "only one server may write this log" in capsys.readouterr().err


def test_without_a_date_the_profile_says_what_is_old(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    status = run("archive", *house[:2])

    line = capsys.readouterr().out.splitlines()[0]
    assert status == 0
    assert line.startswith("city: ")
    assert "days in the record are from before 20" in line


def test_a_day_that_was_never_closed_is_told_as_a_failure(
    tmp_path: Path, capsys: Said
) -> None:
    append(tmp_path / "record.sqlite", [adopted("city")])
    append(tmp_path / "record.sqlite", Played("city", MONDAY).entries)

    status = run("archive", "--write", "--data", tmp_path, "--before", "2026-12-31")

    assert status == 1
    assert "it was never closed" in capsys.readouterr().out


def test_a_hall_that_the_record_does_not_know_is_told(
    house: list[str], capsys: Said
) -> None:
    assert run("archive", "--hall", "mountain", *house) == 1
    assert "knows no hall mountain" in capsys.readouterr().err


def test_an_archived_day_is_read_like_any_other(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    def told() -> str:
        run("ticket", "A001", "--date", MONDAY, *house[:2], "--lang", "en")
        return capsys.readouterr().out

    before = told()
    run("archive", "--remove", *house)
    capsys.readouterr()

    assert before.startswith(f"A001  {MONDAY}")
    assert told() == before
    out = tmp_path / "reports"
    assert run("report", "day", "--date", MONDAY, *house[:2], "--out", out) == 0
    assert MONDAY in next(out.glob("*.html")).read_text(encoding="utf-8")


def test_archives_may_be_kept_elsewhere(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    elsewhere = ["--archives", tmp_path / "elsewhere"]
    run("archive", "--remove", *house, *elsewhere)

    here = run("ticket", "A001", "--date", MONDAY, *house[:2])
    there = run("ticket", "A001", "--date", MONDAY, *house[:2], *elsewhere)

    assert (here, there) == (1, 0)
    assert f"was not open on {MONDAY}" in capsys.readouterr().err


def test_the_figures_of_days_that_leave_are_gathered_before(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    run("archive", *house, "--remove")
    gathered = SqliteKept(tmp_path / "projections.db").all_days()
    capsys.readouterr()

    status = run("verify", "--data", tmp_path)

    assert [date for _, date in gathered] == days_from(MONDAY, COUNT)
    assert status == 0, capsys.readouterr().out
