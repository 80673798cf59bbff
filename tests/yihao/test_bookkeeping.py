"""The kept tables follow the record of a house that works, and never hold it up."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from projections.kept.bookkeeper import Bookkeeper
from projections.kept.sqlite_store import SqliteKept
from queue_core.log.memory_log import MemoryLog
from tests.open_house import MONDAY, OpenHouse, open_house
from tests.queue_core.care.recorded import some_days


async def served(house: OpenHouse) -> None:
    """Let one citizen be served at a window."""
    clerk = await house.clerk_at("1")
    await house.number()
    for what in ("call-next", "start"):
        assert (await clerk.does(what)).status == 200
    assert (await clerk.does("complete", {"outcome": "done"})).status == 200


async def position_of(house: OpenHouse) -> int:
    """Bring the tables up to date and return how far they are.

    A reader gives up while the house's own reading holds the tables for long.
    """
    bookkeeper = house.house.bookkeeper
    await house.house.read(bookkeeper.bring_up_to_date)
    while bookkeeper.progress.behind and not bookkeeper.progress.failure:
        await house.house.read(bookkeeper.bring_up_to_date)
    return house.running.bookkeeping.progress.position


async def test_what_happens_in_the_hall_is_kept(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await served(house)

        position = await position_of(house)

        assert position == house.house.log.last_position()
        (row,) = house.house.bookkeeper.kept.services("township", MONDAY, MONDAY)
        assert (row.window, row.outcome) == ("1", "done")


async def test_the_record_of_an_earlier_time_is_gathered_after_the_start(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await served(house)
    (tmp_path / "projections.db").unlink()

    async with open_house(tmp_path) as house:
        assert await position_of(house) == house.house.log.last_position()
        assert [*house.house.bookkeeper.kept.services("township", MONDAY, MONDAY)]


async def test_readiness_and_metrics_tell_how_far_the_figures_are(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        position = await position_of(house)
        await house.number()

        ready = await house.anyone.get("/readyz")
        async with house.http.get("/metrics") as answer:
            text = await answer.text()

    figures = {"position": position, "gathered": position, "behind": 1, "failure": ""}
    assert (ready.status, ready.says["figures"]) == (200, figures)
    assert f"yihao_kept_position {float(position)}" in text
    assert "yihao_kept_behind 1.0" in text
    assert "yihao_kept_failed 0.0" in text


async def test_figures_that_fail_are_told_and_the_hall_goes_on(tmp_path: Path) -> None:
    (tmp_path / "projections.db").write_bytes(b"no database" * 1000)

    async with open_house(tmp_path) as house:
        await position_of(house)
        await served(house)
        ready = await house.anyone.get("/readyz")
        async with house.http.get("/metrics") as answer:
            text = await answer.text()

    assert ready.status == 200
    assert "cannot be used" in ready.says["figures"]["failure"]
    assert "yihao_kept_failed 1.0" in text


def test_a_house_that_closes_does_not_wait_for_all_that_is_new(tmp_path: Path) -> None:
    entries = some_days(12, tickets=20)
    log, kept = MemoryLog(), SqliteKept(tmp_path / "projections.db")
    log.append(entries)
    bookkeeper = Bookkeeper(log, kept)
    stopping = threading.Event()
    stopping.set()

    bookkeeper.keep_up(stopping)

    with kept.pen() as pen:
        gathered = pen.standing.position
    assert 0 < gathered < len(entries)
    assert bookkeeper.progress == (0, gathered, len(entries), "")


def test_what_another_process_gathers_is_looked_at(tmp_path: Path) -> None:
    log, kept = MemoryLog(), SqliteKept(tmp_path / "projections.db")
    log.append(some_days(1))
    other = Bookkeeper(log, SqliteKept(tmp_path / "projections.db"))
    other.bring_up_to_date()
    bookkeeper = Bookkeeper(log, kept)

    with kept.pen():
        bookkeeper.bring_up_to_date()

    assert bookkeeper.progress == (log.last_position(), 0, 0, "")


def test_a_disk_that_is_back_is_used_again(tmp_path: Path) -> None:
    log, path = MemoryLog(), tmp_path / "projections.db"
    log.append(some_days(1))
    bookkeeper = Bookkeeper(log, SqliteKept(path))
    path.mkdir()
    bookkeeper.bring_up_to_date()
    failure = bookkeeper.progress.failure

    path.rmdir()
    bookkeeper.bring_up_to_date()

    assert "cannot be used" in failure
    last = log.last_position()
    assert bookkeeper.progress == (last, last, 0, "")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
