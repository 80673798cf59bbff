"""What the desk does when the log fails, another process writes, or a rule breaks."""

from __future__ import annotations

import asyncio

import pytest

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.desk.day_book import DayRules
from queue_core.errors import Conflict, LogError, TicketGone
from queue_core.events import HallDayEvent, TicketCalled, TicketIssued
from queue_core.log.event_log import Page
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import hall_day_stream
from queue_core.rules import hall_day
from queue_core.rules.hall_day import HallDay

from .hall import MONDAY, FaultyLog, a_hall
from .test_hall_desk import assert_the_state_is_what_the_log_says


STREAM = hall_day_stream("city", MONDAY)


# The log fails.


async def test_a_failed_commit_is_told_to_everyone_and_forgotten() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        log.before_append = [LogError("the disk is full")]

        failed = await hall.all_at_once(hall.takes(3))
        after = await hall.take()

        assert [type(error) for error in failed] == [LogError] * 3
        assert {str(error) for error in failed} == {"the disk is full"}
        assert after.number == "A001"
        assert [one.version for one in hall.told] == [1, 2, 3]
        assert hall.desk.figures.failures == 1
        assert_the_state_is_what_the_log_says(hall)


async def test_a_refusal_that_stood_on_a_failed_commit_is_not_given() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        await hall.take(ticket="t1")
        log.before_append = [LogError("the disk is full")]
        cancel = hall.command(c.CancelTicket, ticket="t1")
        again = hall.command(c.CancelTicket, ticket="t1")

        first, second = await hall.all_at_once([cancel, again])
        third = await hall.do(c.CancelTicket, ticket="t1")

        assert isinstance(first, LogError)
        assert isinstance(second, LogError)
        assert third.version == 4


async def test_a_commit_whose_answer_was_lost_is_recognised_when_it_is_repeated() -> (
    None
):
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        log.after_append = [LogError("the connection broke")]
        wish = hall.takes(1)[0]

        with pytest.raises(LogError, match="broke"):
            await hall.desk.submit(wish)
        answer = await hall.desk.submit(wish)

        assert answer.repeated
        assert (answer.first_version, answer.version) == (3, 3)
        assert [one.version for one in hall.told] == [1, 2, 3]
        assert log.last_version(STREAM) == 3


async def test_while_the_log_is_gone_everyone_is_told_and_then_it_goes_on() -> None:
    log = FaultyLog()
    async with a_hall(log, retry_seconds=3600) as hall:
        await hall.open()
        log.before_append = [LogError("the disk is gone")]
        log.unreadable = True

        first = await hall.all_at_once(hall.takes(2))
        second = await hall.all_at_once(hall.takes(2))
        ready_without = hall.desk.ready
        log.unreadable = False
        third = await hall.all_at_once(hall.takes(2))

        assert [type(a) for a in first + second] == [LogError] * 4
        assert not ready_without
        assert [a.version for a in third] == [3, 4]
        assert hall.desk.ready
        assert_the_state_is_what_the_log_says(hall)


async def test_a_desk_finds_a_log_that_is_back_without_being_asked() -> None:
    log = FaultyLog()
    async with a_hall(log, retry_seconds=0.001) as hall:
        await hall.open()
        log.after_append = [LogError("the connection broke")]
        log.unreadable = True
        with pytest.raises(LogError):
            await hall.take()
        told = asyncio.Event()
        hall.desk.subscribe(lambda _: told.set())

        log.unreadable = False
        await asyncio.wait_for(told.wait(), 30)

        assert hall.desk.ready
        assert [one.version for one in hall.told] == [1, 2, 3]


async def test_a_desk_does_not_start_on_a_log_that_cannot_be_read() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
    log.unreadable = True

    with pytest.raises(LogError, match="gone"):
        async with a_hall(log):
            pass


async def test_a_command_that_cannot_be_stored_hurts_nobody_else() -> None:
    async with a_hall() as hall:
        await hall.open()
        first, second = hall.takes(2)
        unspeakable = hall.command(c.PauseWindow, window="1", reason="\ud800")

        answers = await hall.all_at_once([first, unspeakable, second])

        assert isinstance(answers[1], UnicodeEncodeError)
        assert [answers[0].version, answers[2].version] == [3, 4]
        assert_the_state_is_what_the_log_says(hall)


# Another process writes too.


async def test_two_processes_give_numbers_without_gap_or_double() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(windows="12")

        taken = await asyncio.gather(
            *(
                hall.all_at_once([wish])
                for hall in (east, west)
                for wish in hall.takes(30)
            )
        )
        called = await asyncio.gather(
            east.do(c.CallNext, window="1"), west.do(c.CallNext, window="2")
        )

        numbers = [a.find(TicketIssued).number for (a,) in taken]
        assert sorted(numbers) == [f"A{n:03}" for n in range(1, 61)]
        assert {call.number for a in called if (call := a.find(TicketCalled))} == {
            "A001",
            "A002",
        }
        for hall in (east, west):
            await hall.all_at_once([hall.command(c.CancelTicket, ticket="nobody")])
            assert_the_state_is_what_the_log_says(hall)
            assert [one.version for one in hall.told] == list(range(1, 66))


async def test_what_another_process_wrote_is_told_once_and_in_order() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await west.take(ticket="west1")
        await east.take(ticket="east1")
        await west.take(ticket="west2")

        assert [one.version for one in east.told] == [1, 2, 3, 4]
        assert [one.version for one in west.told] == [1, 2, 3, 4, 5]
        assert [one.event for one in west.told] == [
            one.event for one in log.read(STREAM)
        ]
        assert east.desk.figures.conflicts == 1


async def test_a_refusal_follows_what_another_process_wrote() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await west.take(ticket="t1")
        await east.do(c.CancelTicket, ticket="t1")

        again = west.command(c.CancelTicket, ticket="t1")
        with pytest.raises(TicketGone):
            await west.desk.submit(again)


async def test_a_desk_that_is_always_too_late_says_so_in_the_end() -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        log.before_append = [Conflict("another was first")] * 1000

        with pytest.raises(LogError, match="always first"):
            await hall.take()
        log.before_append.clear()

        assert (await hall.take()).number == "A001"


# A rule breaks.


def rules_that_break_on(
    ticket: str, *, evolving: bool = False
) -> tuple[DayRules, list[int]]:
    """Return rules that fail for one ticket: half way through, when evolving."""
    broken: list[int] = []

    def decide(state: HallDay, command: c.HallDayCommand) -> list[HallDayEvent]:
        if not evolving and getattr(command, "ticket", "") == ticket:
            broken.append(state.version)
            state.tickets.clear()
            raise KeyError(ticket)
        return hall_day.decide(state, command)

    def evolve(state: HallDay, event: HallDayEvent) -> None:
        hall_day.evolve(state, event)
        if evolving and getattr(event, "ticket", "") == ticket:
            broken.append(state.version)
            raise KeyError(ticket)

    return DayRules(HallDay, decide, evolve), broken


@pytest.mark.parametrize("evolving", [False, True], ids=["decide", "evolve"])
async def test_a_broken_rule_is_told_to_its_caller_and_the_state_stays_right(
    evolving: bool,
) -> None:
    rules, broken = rules_that_break_on("bad", evolving=evolving)
    async with a_hall(rules=rules) as hall:
        await hall.open()
        wishes = hall.takes(4)
        wishes[2] = hall.command(
            c.IssueTicket, ticket="bad", items=["a1"], channel="kiosk"
        )

        answers = await hall.all_at_once(wishes)

        assert isinstance(answers[2], KeyError)
        assert [a.version for a in answers if isinstance(a, Answer)] == [3, 4, 5]
        assert len(broken) == 1
        assert [one.version for one in hall.told] == [1, 2, 3, 4, 5]
        assert_the_state_is_what_the_log_says(hall)


async def test_a_stored_event_that_makes_no_sense_stops_the_desk_from_starting() -> (
    None
):
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open()
        await hall.take(ticket="bad")
    rules, _ = rules_that_break_on("bad", evolving=True)

    with pytest.raises(LogError, match="makes no sense"):
        async with a_hall(log, rules=rules):
            pass


class Stumbling(FaultyLog):
    """A log that fails as nobody foresaw, where others' events are read."""

    stumbles = False

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        if self.stumbles:
            raise ValueError("nobody thought of this")
        return super().read_hall(hall, after_position, limit, audit=audit)


async def test_who_waits_to_know_everything_is_told_when_the_desk_stops() -> None:
    log = Stumbling()

    async def go_on() -> None:
        async with a_hall(log) as hall:
            await hall.open()
            log.stumbles = True
            with pytest.raises(LogError, match="has stopped"):
                await hall.desk.catch_up()
            with pytest.raises(LogError, match="not open"):
                await hall.desk.submit(hall.takes(1)[0])

    async with asyncio.timeout(30):
        with pytest.raises(ValueError, match="nobody thought"):
            await go_on()
