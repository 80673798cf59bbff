"""Whatever is lost, doubled, overtaken or untrue is noticed, and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.errors import NoTicketAtWindow
from queue_core.events import Event, HallDayEvent, TicketIssued
from queue_core.log.event_log import Entry, Recorded
from queue_core.log.memory_log import MemoryLog
from queue_core.log.sqlite_log import SqliteLog
from queue_core.rules.hall_day import HallDay, decide, evolve
from yihao.soak.callers import Caller, callers, opening
from yihao.soak.damage import Row, damaged
from yihao.soak.orders import Where
from yihao.soak.small_hall import HALL, date_after
from yihao.soak.stations import stations
from yihao.soak.truth import (
    Ledger,
    Reply,
    Violated,
    require_fold,
    require_recorded,
    require_sound,
    require_told,
    require_true,
)


TODAY = date_after(0)
STREAM = f"hall-day/{HALL}/{TODAY}"
WINDOW, KIOSK = callers("", 1)[0], Caller("kiosk0")


def morning() -> list[Entry]:
    """Return the record of a morning: three numbers are taken, and one is served."""
    state, entries = HallDay(), list[Entry]()
    commands = [
        opening("", TODAY),
        *(caller.command(TODAY, 0) for caller in callers("", 0)),
        *(KIOSK.command(TODAY, n) for n in (0, 2, 4)),
        *(WINDOW.command(TODAY, n) for n in (1, 2, 3)),
    ]
    for command in commands:
        for event in decide(state, command):
            evolve(state, event)
            entries.append((STREAM, state.version, event))
    return entries


def read(entries: list[Entry]) -> Ledger:
    """Return the ledger of a log with these entries."""
    log = MemoryLog()
    log.append(entries)
    ledger = Ledger()
    ledger.read_on(log)
    return ledger


def changed(kind: type[Event], last: bool = True, **values: object) -> list[Entry]:
    """Return the morning with one event of a kind that is not as it was decided."""
    entries = morning()
    found = [n for n, one in enumerate(entries) if isinstance(one[2], kind)]
    stream, version, event = entries[found[-1 if last else 0]]
    entries[version - 1] = (stream, version, msgspec.structs.replace(event, **values))
    return entries


def test_a_morning_by_the_rules_is_one_sequence_of_whole_commands() -> None:
    ledger = read(morning())

    assert ledger.upto == len(morning())
    assert ledger.commands[f"{TODAY}-kiosk0-4"] == Where(STREAM, 10, 10)


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        (lambda: changed(TicketIssued, number="A004"), "A004 is not number 3"),
        (lambda: changed(TicketIssued, number="A001"), "number A001 was given before"),
        (lambda: changed(TicketIssued, sequence=7), "ticket 7 of the day, not 3"),
        (
            lambda: changed(TicketIssued, command_id=f"{TODAY}-open"),
            "was recorded before",
        ),
    ],
)
def test_what_could_not_have_come_about_is_named(
    entries: Callable[[], list[Entry]], text: str
) -> None:
    with pytest.raises(Violated, match=text):
        read(entries())


def test_an_answer_that_is_not_in_the_log_is_lost() -> None:
    ledger = read(morning())
    where = ledger.commands[f"{TODAY}-kiosk0-4"]

    ledger.require_answers({f"{TODAY}-kiosk0-4": where})
    with pytest.raises(Violated, match="stands at None"):
        ledger.require_answers({"somebody-1": where})
    with pytest.raises(Violated, match="and 1 more"):
        ledger.require_answers({f"nobody-{n}": where for n in range(6)})


def test_an_answer_stands_in_the_log_event_for_event() -> None:
    log = [Recorded(*entry, n) for n, entry in enumerate(morning(), 1)]
    right = Answer(STREAM, [log[9].event], 10, 10, 10)

    require_recorded([right], log)
    with pytest.raises(Violated, match="stands in the log as"):
        require_recorded([Answer(STREAM, right.events, 9, 9, 10)], log)


# Replies that caused nothing.


def reply(command: c.HallDayCommand, refusal: str, before: int, after: int) -> Reply:
    return Reply(command, refusal, before, after)


def test_a_refusal_is_true_if_it_was_right_at_any_moment() -> None:
    log = [Recorded(*entry, n) for n, entry in enumerate(morning(), 1)]
    start = WINDOW.command(TODAY, 2)
    refused = NoTicketAtWindow.code

    require_true([reply(start, refused, 9, 12)], HALL, log)
    with pytest.raises(Violated, match="no-ticket-at-window"):
        require_true([reply(start, refused, 11, 11)], HALL, log)


def test_that_nobody_waits_is_true_only_while_nobody_does() -> None:
    log = [Recorded(*entry, n) for n, entry in enumerate(morning(), 1)]
    call = WINDOW.command(TODAY, 1)

    require_true([reply(call, "", 5, 8)], HALL, log)
    with pytest.raises(Violated, match="TicketCalled"):
        require_true([reply(call, "", 8, 10)], HALL, log)


def test_whether_a_day_may_be_opened_is_asked_without_opening_it() -> None:
    log = [Recorded(*entry, n) for n, entry in enumerate(morning(), 1)]
    tomorrow = opening("", date_after(1))

    with pytest.raises(Violated, match="DayOpened"):
        require_true([reply(tomorrow, "day-ended", 3, 5)], HALL, log)
    require_true([reply(opening("x", TODAY), "day-already-open", 3, 5)], HALL, log)


# Desks.


async def test_a_desk_that_told_too_little_or_knows_too_much_is_noticed(
    tmp_path: Path,
) -> None:
    async with stations(tmp_path / "record.sqlite") as (station,):
        await station.desk.submit(WINDOW.command(TODAY, 0))
        log = Ledger().read_on(station.log)

        require_told(HALL, station.told, log)
        require_fold(station.desk, station.log)
        with pytest.raises(Violated, match="1 events were told of 2"):
            require_told(HALL, station.told[1:], log)
        with pytest.raises(Violated, match="not told in order"):
            require_told(HALL, station.told[::-1], log)
        event = log[0].event
        assert isinstance(event, HallDayEvent)
        station.desk.day.version += 1
        with pytest.raises(Violated, match="is not its fold"):
            require_fold(station.desk, station.log)
        station.desk.day.version -= 1


def test_a_damaged_log_is_not_sound(tmp_path: Path) -> None:
    place = tmp_path / "record.sqlite"
    log = SqliteLog(place)
    log.append(morning())
    log.close()

    require_sound(place)
    with (
        damaged(place, Row(STREAM, 3)),
        pytest.raises(Violated, match="version 3"),
    ):
        require_sound(place)
