"""The desk: one command after another, one transaction for all who wait."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from queue_core import commands as c
from queue_core.desk import Answer, HallDesk
from queue_core.errors import (
    DayNotOpen,
    LogError,
    Overloaded,
    TicketUnknown,
    WindowNotOpen,
)
from queue_core.events import TicketCalled, TicketIssued
from queue_core.log.memory_log import MemoryLog
from queue_core.rules.hall_day import fold

from .hall import MONDAY, FaultyLog, Hall, a_hall


STREAM = f"hall-day/city/{MONDAY}"


def assert_the_state_is_what_the_log_says(hall: Hall) -> None:
    """Compare the desk's state with one folded from the log."""
    recorded = hall.log.read(hall.desk.stream)
    folded = fold(one.event for one in recorded)  # type: ignore[misc]
    assert hall.desk.day.version == folded.version == len(recorded)
    assert hall.desk.day.answered == folded.answered
    assert list(hall.desk.day.live) == list(folded.live)


async def test_an_answered_command_is_in_the_log() -> None:
    async with a_hall() as hall:
        await hall.open()

        answer = await hall.do(
            c.IssueTicket, ticket="t1", items=["a1"], channel="kiosk"
        )

        recorded = hall.log.read(STREAM, after=2)
        assert [one.event for one in recorded] == answer.events
        assert (answer.stream, answer.first_version, answer.version) == (STREAM, 3, 3)
        assert answer.state_version == hall.desk.version == 3
        assert not answer.repeated


async def test_commands_that_wait_together_are_recorded_together() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        before = len(log.batches)

        answers = await hall.all_at_once(hall.takes(40))

        assert log.batches[before:] == [40]
        assert [a.version for a in answers] == list(range(3, 43))
        numbers = [a.find(TicketIssued).number for a in answers]
        assert numbers == [f"A{n:03}" for n in range(1, 41)]


async def test_what_comes_during_a_commit_is_gathered_for_the_next() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        before = len(log.batches)

        async with log.held_up() as go_on:
            first = asyncio.create_task(hall.take())
            await log.until_held()
            others = [asyncio.create_task(hall.take()) for _ in range(5)]
            await asyncio.sleep(0)
            waiting = hall.desk.waiting
            go_on()
            await asyncio.gather(first, *others)

        assert waiting == 5
        assert log.batches[before:] == [1, 5]


async def test_nobody_is_answered_before_the_commit() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()

        async with log.held_up() as go_on:
            issued = asyncio.create_task(hall.take())
            refused = asyncio.create_task(hall.do(c.CancelTicket, ticket="nobody"))
            await log.until_held()
            answered = issued.done() or refused.done()
            told = len(hall.told)
            go_on()
            await asyncio.gather(issued, refused, return_exceptions=True)

        assert not answered
        assert told == 2
        assert isinstance(refused.exception(), TicketUnknown)


async def test_a_refusal_hurts_nobody_else_in_the_batch() -> None:
    async with a_hall() as hall:
        await hall.open()
        unknown = hall.command(c.CancelTicket, ticket="nobody")
        closed = hall.command(c.CallNext, window="3")
        first, second = hall.takes(2)

        answers = await hall.all_at_once([first, unknown, closed, second])

        assert isinstance(answers[0], Answer)
        assert isinstance(answers[1], TicketUnknown)
        assert isinstance(answers[2], WindowNotOpen)
        assert isinstance(answers[3], Answer)
        assert_the_state_is_what_the_log_says(hall)


async def test_nothing_to_do_is_an_answer_without_events() -> None:
    async with a_hall() as hall:
        await hall.open()

        answer = await hall.do(c.CallNext, window="1")

        assert answer.events == []
        assert answer.find(TicketCalled) is None
        assert answer.first_version == answer.version == answer.state_version == 2


async def test_two_clerks_who_press_next_at_once_get_two_tickets() -> None:
    async with a_hall() as hall:
        await hall.open(windows="12")
        await hall.all_at_once(hall.takes(9))

        answers = await hall.all_at_once(
            [hall.command(c.CallNext, window=w) for w in "12"]
        )

        called = [a.find(TicketCalled).number for a in answers]
        assert called == ["A001", "A002"]


async def test_a_batch_has_a_limit_and_the_rest_comes_next() -> None:
    log = FaultyLog()
    async with a_hall(log, batch_limit=16) as hall:
        await hall.open()
        before = len(log.batches)

        await hall.all_at_once(hall.takes(40))

        assert log.batches[before:] == [16, 16, 8]
        assert hall.desk.figures.largest_batch == 16


async def test_more_than_the_desk_can_take_is_turned_away_at_once() -> None:
    async with a_hall(waiting_limit=10) as hall:
        await hall.open()

        answers = await hall.all_at_once(hall.takes(12))

        assert [type(a) for a in answers] == [Answer] * 10 + [Overloaded] * 2
        assert hall.desk.figures.overloads == 2
        assert (await hall.take()).number == "A011"


async def test_a_caller_who_goes_away_disturbs_nobody() -> None:
    async with a_hall() as hall:
        await hall.open()
        tasks = [
            asyncio.create_task(hall.desk.submit(command)) for command in hall.takes(3)
        ]
        await asyncio.sleep(0)

        tasks[1].cancel()
        answers: list[Any] = await asyncio.gather(*tasks, return_exceptions=True)

        assert isinstance(answers[1], asyncio.CancelledError)
        assert answers[0].version == 3
        assert answers[2].version == 4
        assert_the_state_is_what_the_log_says(hall)


async def test_a_caller_who_goes_away_during_the_commit_finds_it_done() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        wish = hall.takes(1)[0]

        async with log.held_up() as go_on:
            gone = asyncio.create_task(hall.desk.submit(wish))
            await log.until_held()
            gone.cancel()
            go_on()
            await asyncio.gather(gone, return_exceptions=True)
        answer = await hall.desk.submit(wish)

        assert answer.repeated
        assert answer.version == 3


async def test_the_next_process_goes_on_with_the_same_day() -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open()
        await hall.take()

    async with a_hall(log) as hall:
        second = await hall.take()

        assert second.number == "A002"
        assert hall.desk.version == 4
        assert [one.version for one in hall.told] == [4]


async def test_a_hall_that_never_opened_has_no_day() -> None:
    async with a_hall() as hall:
        assert (hall.desk.stream, hall.desk.version) == ("", 0)
        with pytest.raises(DayNotOpen):
            await hall.take()


async def test_a_desk_that_stops_answers_who_waits_and_takes_nothing_more() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        async with log.held_up() as go_on:
            tasks = [
                asyncio.create_task(hall.desk.submit(command))
                for command in hall.takes(3)
            ]
            await log.until_held()
            stopping = asyncio.create_task(hall.desk.stop())
            await asyncio.sleep(0)
            with pytest.raises(LogError, match="not open"):
                await hall.take()
            go_on()
            answers = await asyncio.gather(*tasks)
            await stopping

        assert [a.version for a in answers] == [3, 4, 5]
        assert not hall.desk.ready
        with pytest.raises(LogError, match="not open"):
            await hall.take()


async def test_a_desk_takes_nothing_before_it_has_read_the_log() -> None:
    desk = HallDesk("city", MemoryLog())

    with pytest.raises(LogError, match="not open"):
        await desk.submit(c.CloseDay(command_id="k", at=1, by="li"))
    await desk.stop()


async def test_what_is_no_command_of_a_hall_is_a_mistake_of_the_caller() -> None:
    async with a_hall() as hall:
        with pytest.raises(TypeError):
            await hall.desk.submit(c.Command(command_id="k", at=1, by="li"))


async def test_the_desk_counts_what_it_does() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.all_at_once(hall.takes(10))

        figures = hall.desk.figures
        assert (figures.commands, figures.batches, figures.events) == (12, 3, 12)
        assert figures.largest_batch == 10
        assert figures.commit_seconds > 0
        assert (figures.conflicts, figures.failures) == (0, 0)
