"""The turn of the day: each day its stream, and no day left open behind."""

from __future__ import annotations

import pytest

from queue_core import commands as c
from queue_core.errors import DayAlreadyOpen, DayEnded, LogError
from queue_core.events import DayClosed, DayOpened, TicketEnded, WindowClosed
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import hall_day_stream
from tests.queue_core.rules.hall import HOURS, RULES

from .hall import MONDAY, TUESDAY, WEDNESDAY, FaultyLog, Hall, a_hall
from .test_hall_desk import assert_the_state_is_what_the_log_says


def stream(date: str) -> str:
    """Return the stream of a day of the hall."""
    return hall_day_stream("city", date)


def opening(hall: Hall, date: str, **values: str) -> c.Command:
    """Return the wish to open a day."""
    return hall.command(c.OpenDay, date=date, hours=HOURS, rules=RULES, **values)


async def test_a_new_day_has_its_own_stream_and_its_own_numbers() -> None:
    async with a_hall() as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        await hall.do(c.CancelTicket, ticket="t1")
        await hall.do(c.CloseDay)

        opened = await hall.open(TUESDAY)

        assert (opened.stream, opened.version) == (stream(TUESDAY), 1)
        assert (await hall.take()).number == "A001"
        assert hall.desk.stream == stream(TUESDAY)
        assert hall.desk.version == 3
        assert hall.log.last_version(stream(MONDAY)) == 6


async def test_a_day_left_open_is_closed_when_the_next_one_opens() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        before = len(log.batches)

        opened = await hall.desk.submit(opening(hall, TUESDAY))

        left = [one.event for one in log.read(stream(MONDAY), after=3)]
        assert [type(event) for event in left] == [
            TicketEnded,
            WindowClosed,
            DayClosed,
        ]
        assert left[-1].overdue  # type: ignore[attr-defined]
        assert [type(event) for event in opened.events] == [DayOpened]
        assert log.batches[before:] == [4]
        assert [(one.stream, one.version) for one in hall.told[-4:]] == [
            (stream(MONDAY), 4),
            (stream(MONDAY), 5),
            (stream(MONDAY), 6),
            (stream(TUESDAY), 1),
        ]


async def test_a_failed_turn_of_the_day_leaves_the_old_day_open() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        log.before_append = [LogError("the disk is full")]

        with pytest.raises(LogError):
            await hall.desk.submit(opening(hall, TUESDAY))

        assert (await hall.take()).number == "A001"
        assert hall.desk.stream == stream(MONDAY)
        assert log.streams("") == [stream(MONDAY)]


async def test_a_turn_of_the_day_whose_answer_was_lost_is_told_in_order() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        log.after_append = [LogError("the connection broke")]
        turn = opening(hall, TUESDAY)
        with pytest.raises(LogError):
            await hall.desk.submit(turn)

        again = await hall.desk.submit(turn)

        assert again.repeated
        assert [(one.stream, one.version) for one in hall.told] == [
            (stream(MONDAY), 1),
            (stream(MONDAY), 2),
            (stream(MONDAY), 3),
            (stream(MONDAY), 4),
            (stream(TUESDAY), 1),
        ]


async def test_the_open_day_is_not_opened_again() -> None:
    async with a_hall() as hall:
        first = opening(hall, MONDAY)
        await hall.desk.submit(first)

        with pytest.raises(DayAlreadyOpen):
            await hall.desk.submit(opening(hall, MONDAY))

        assert (await hall.desk.submit(first)).repeated


async def test_a_closed_day_is_not_opened_again_and_nothing_happens_in_it() -> None:
    async with a_hall() as hall:
        await hall.open(MONDAY)
        await hall.do(c.CloseDay)

        with pytest.raises(DayEnded):
            await hall.desk.submit(opening(hall, MONDAY))
        with pytest.raises(DayEnded):
            await hall.take()


async def test_an_earlier_day_is_over_even_if_the_wall_clock_was_set_back() -> None:
    async with a_hall() as hall:
        await hall.open(TUESDAY)

        with pytest.raises(DayEnded) as refusal:
            await hall.desk.submit(opening(hall, MONDAY))

        assert refusal.value.date == MONDAY
        assert (await hall.take()).number == "A001"


async def test_commands_behind_the_turn_in_one_batch_belong_to_the_new_day() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        window = hall.command(c.OpenWindow, window="1")

        turned, opened = await hall.all_at_once([opening(hall, TUESDAY), window])

        assert (turned.stream, turned.version) == (stream(TUESDAY), 1)
        assert (opened.stream, opened.version) == (stream(TUESDAY), 2)
        assert_the_state_is_what_the_log_says(hall)


async def test_a_restarted_desk_goes_on_with_the_newest_day() -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.desk.submit(opening(hall, TUESDAY))

    async with a_hall(log) as hall:
        assert hall.desk.stream == stream(TUESDAY)
        assert hall.told == []
        await hall.desk.submit(opening(hall, WEDNESDAY))
        assert log.last_version(stream(TUESDAY)) == 2


async def test_another_process_may_turn_the_day() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(MONDAY)
        await west.do(c.OpenWindow, window="2")
        await east.do(c.CloseDay)
        await east.open(TUESDAY)

        issued = await west.take()

        assert issued.number == "A001"
        assert west.desk.stream == stream(TUESDAY)
        assert [(one.stream, one.version) for one in west.told] == [
            *((stream(MONDAY), n) for n in range(1, 7)),
            *((stream(TUESDAY), n) for n in range(1, 4)),
        ]


async def test_of_two_processes_that_open_the_day_one_is_first() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(MONDAY)
        await west.do(c.OpenWindow, window="2")

        await east.desk.submit(opening(east, TUESDAY))
        with pytest.raises(DayAlreadyOpen):
            await west.desk.submit(opening(west, TUESDAY))

        assert log.last_version(stream(TUESDAY)) == 1
