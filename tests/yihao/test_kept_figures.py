"""``yihao rebuild`` and ``yihao report year``, as an operator types them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from projections.kept.rebuilding import Reading
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import SCHEMA
from queue_core.care.archives import archive
from queue_core.care.places import in_silence
from tests.open_house import open_house
from tests.queue_core.care.recorded import append, some_days, spoil
from yihao.cli import main
from yihao.kept_figures import open_stores, patiently
from yihao.settings import Settings


def run(*arguments: object) -> int:
    """Run a command in this process."""
    return main([str(argument) for argument in arguments])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a record of three days."""
    folder = tmp_path / "data"
    folder.mkdir()
    append(folder / "record.sqlite", some_days(3))
    return folder


Said = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Return what was printed since, without the times it took."""
    return lambda: re.sub(
        r"read in [0-9.]+ s \([0-9,]+/s\)", "read", capsys.readouterr().out
    )


# Rebuild.


def test_the_record_is_gathered_and_then_only_what_is_new(
    data: Path, said: Said
) -> None:
    events = len(some_days(3))

    assert run("rebuild", "--data", data) == 0
    first = said()
    assert run("rebuild", "--data", data) == 0
    second = said()
    assert run("rebuild", "--data", data, "--anew") == 0
    third = said()

    file = data / "projections.db"
    upto = f"up to position {events:,}"
    assert first == f"{file}: {events:,} events read, {upto}, made anew\n"
    assert second == f"{file}: 0 events read, {upto}\n"
    assert third == first


def test_days_that_have_left_the_record_stay_in_the_figures(
    data: Path, tmp_path: Path, said: Said
) -> None:
    run("rebuild", "--data", data)
    record, archives = data / "record.sqlite", tmp_path / "archives"
    archive(record, archives, "city", "2026-11-03", remove=True, kept_days=1)
    said()

    run("rebuild", "--data", data, "--anew")
    anew = said()
    (data / "projections.db").unlink()
    run("rebuild", "--data", data, "--archives", archives)
    from_archives = said()

    assert anew.endswith(", made anew, 1 archived days taken over\n")
    assert from_archives.endswith(", made anew, 1 days read from archives\n")


def test_figures_are_gathered_in_the_database_of_the_record(
    data: Path, said: Said, postgres: Callable[[], str]
) -> None:
    database = postgres()
    run("copy", "--from", data / "record.sqlite", "--to", database)
    said()

    assert run("rebuild", "--database", database) == 0
    assert run("report", "year", "--database", database, "--out", data) == 0

    first, *files = said().splitlines()
    assert first.startswith("database 127.0.0.1")
    assert files == [str(data / f"city-2026-zh.{kind}") for kind in ("html", "xlsx")]


def test_whoever_comes_second_waits_for_the_first(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(halls=(), data=data)
    begun, waited = threading.Event(), threading.Event()

    def rest(seconds: float) -> bool:
        begun.set()
        return waited.wait()

    with open_stores(settings) as (log, kept):
        first = threading.Thread(target=lambda: Reading(log, kept).go_on(rest=rest))
        first.start()
        begun.wait()
        done = patiently(
            log, kept, settings, in_silence, sleep=lambda seconds: waited.set()
        )
        first.join()

    assert done.is_done
    assert "waiting: another process gathers" in capsys.readouterr().err


async def test_figures_are_gathered_beside_a_house_that_works(
    tmp_path: Path, said: Said
) -> None:
    async with open_house(tmp_path) as house:
        position = house.house.log.last_position()
        assert await house.house.read(run, "rebuild", "--data", tmp_path) == 0

    assert f"up to position {position}" in said()


def test_without_a_record_nothing_is_gathered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rebuild", "--data", tmp_path) == 1
    assert "there is no log" in capsys.readouterr().err
    assert not (tmp_path / "projections.db").exists()


def test_tables_of_a_newer_program_are_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SqliteKept(data / "projections.db", schema=SCHEMA + 1).pen() as pen:
        pen.finish(carry_over=False)

    assert run("rebuild", "--data", data) == 1
    assert "a newer program keeps these figures" in capsys.readouterr().err


# The year's report.


def test_a_year_is_reported_without_anything_gathered_before(
    data: Path, tmp_path: Path, said: Said
) -> None:
    out = tmp_path / "reports"

    for arguments in ((), ("--year", "2026", "--hall", "city", "--lang", "en")):
        assert run("report", "year", "--data", data, "--out", out, *arguments) == 0

    names = ["city-2026-zh.html", "city-2026-zh.xlsx"]
    names += [name.replace("zh", "en") for name in names]
    assert said().splitlines() == [str(out / name) for name in names]
    page = (out / "city-2026-en.html").read_text(encoding="utf-8")
    assert f"Read up to record {len(some_days(3))}" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--year", "2020"), "city was not open in 2020"),
        (("--hall", "mountain"), "the record knows no hall mountain"),
    ],
)
def test_a_year_or_hall_that_is_not_recorded_is_told(
    data: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, str],
    told: str,
) -> None:
    assert run("report", "year", "--data", data, *arguments) == 1
    assert told in capsys.readouterr().err


def test_a_record_that_is_damaged_is_reported_as_far_as_it_was_gathered(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("rebuild", "--data", data)
    last = len(some_days(3))
    spoil(
        data / "record.sqlite",
        "INSERT INTO yihao_events (stream, version, topic, state) "
        "VALUES (%s, %s, %s, %s)",
        "hall-day/city/2026-11-05",
        1,
        "day-opened.1",
        b"nonsense",
    )

    assert run("report", "year", "--data", data, "--out", tmp_path) == 0

    told = capsys.readouterr()
    assert f"the figures stay as of record {last}" in told.err
    assert "is unreadable" in told.err
