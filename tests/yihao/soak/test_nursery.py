"""Halls in processes of their own: begun, killed, and heard of when they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.log.sqlite_log import SqliteLog
from yihao.soak.nursery import answers_in, nursery
from yihao.soak.orders import Order
from yihao.soak.small_hall import date_after
from yihao.soak.truth import Ledger, Violated


def order(place: Path, said: Path, commands: int = 0) -> Order:
    """Return what a process is to do."""
    return Order(
        place=str(place),
        said=str(said),
        name="",
        date=date_after(0),
        kiosks=3,
        commands=commands,
    )


def test_a_process_answers_as_many_commands_as_it_is_ordered_to(tmp_path: Path) -> None:
    place, said = tmp_path / "record.sqlite", tmp_path / "said"

    with nursery() as begun:
        process = begun.start(order(place, said, commands=50))
        begun.wait_until("done", process)
        begun.kill(process)

    log = SqliteLog(place)
    ledger = Ledger()
    ledger.read_on(log)
    log.close()
    where = {one.where for one in answers_in(said) if one.where.last}
    assert len(answers_in(said)) == 50
    assert where <= {*ledger.commands.values()}


def test_a_process_that_fails_is_heard_of(tmp_path: Path) -> None:
    place = tmp_path / "nowhere" / "record.sqlite"

    with nursery() as begun:
        process = begun.start(order(place, tmp_path / "said"))
        with pytest.raises(Violated, match="cannot be opened"):
            begun.wait_until("open", process)


def test_a_line_that_was_not_written_to_its_end_is_no_answer(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.write_bytes(b'["kiosk0",0,["s",1,1]]\n["kiosk1",0,["s",2')

    assert [one.caller for one in answers_in(said)] == ["kiosk0"]
    assert answers_in(tmp_path / "none") == []
