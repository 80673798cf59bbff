"""Evaluations and profiles go through the same desk, into streams of their own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.errors import (
    AlreadyEvaluated,
    CommandIdReused,
    GroundMissing,
    LogError,
    ServiceNotFinished,
    ServiceUnknown,
)
from queue_core.events import EvaluationGiven, ProfileAdopted
from queue_core.log.memory_log import MemoryLog

from .hall import MONDAY, TUESDAY, WEDNESDAY, FaultyLog, Hall, a_hall


async def evaluate(hall: Hall, service: str, **values: Any) -> Answer:
    """Give an evaluation, a good one unless it is told another."""
    said = {"grade": "very-satisfied", "channel": "phone", **values}
    return await hall.do(c.GiveEvaluation, service=service, **said)


async def test_a_finished_service_is_evaluated_in_a_stream_of_its_own() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        service = await hall.serve()

        answer = await evaluate(hall, service, indicators=["517"], text="好")

        given = answer.find(EvaluationGiven)
        assert given is not None
        assert (answer.stream, answer.version) == ("evaluation/t1.1", 1)
        assert answer.state_version == hall.desk.version == 7
        assert (given.hall, given.date, given.number) == ("city", MONDAY, "A001")
        assert (given.window, given.clerk, given.hall_version) == ("1", "li", 6)
        assert hall.told[-1].stream == "evaluation/t1.1"
        assert [one.event for one in hall.log.read("evaluation/t1.1")] == [given]


async def test_a_service_is_evaluated_once_and_a_repeat_gets_the_first_answer() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        service = await hall.serve()
        first = await evaluate(hall, service, command_id="phone:1")

        again = await evaluate(hall, service, command_id="phone:1")

        assert again == msgspec.structs.replace(first, repeated=True)
        with pytest.raises(AlreadyEvaluated):
            await evaluate(hall, service, command_id="phone:2")
        with pytest.raises(CommandIdReused):
            await evaluate(hall, service, command_id="phone:1", grade="satisfied")


async def test_of_two_evaluations_at_once_one_counts() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        service = await hall.serve()
        both = [
            hall.command(
                c.GiveEvaluation, service=service, grade="satisfied", channel=channel
            )
            for channel in ("pad", "phone")
        ]

        answers = await hall.all_at_once([*both, *hall.takes(1), both[0]])

        assert [type(a) for a in answers] == [Answer, AlreadyEvaluated, Answer, Answer]
        assert [a.repeated for a in answers if isinstance(a, Answer)] == [
            False,
            False,
            True,
        ]
        assert hall.log.last_version(f"evaluation/{service}") == 1


async def test_a_missed_ticket_cannot_be_evaluated() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        await hall.do(c.CallNext, window="1")
        await hall.do(c.MarkMissed, window="1", reason="三呼未到")

        with pytest.raises(ServiceUnknown):
            await evaluate(hall, "t1.1")


async def test_a_service_that_goes_on_cannot_be_evaluated_yet() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        await hall.do(c.CallNext, window="1")
        await hall.do(c.StartService, window="1")

        with pytest.raises(ServiceNotFinished):
            await evaluate(hall, "t1.1")
        with pytest.raises(ServiceUnknown):
            await evaluate(hall, "t1.2")


@pytest.mark.parametrize(
    "service",
    ["", "t1", "t1.", "t1.0", "t1.9", "t1.１", "../t1.1", "\ud800", "x" * 9999],
)
async def test_a_service_that_never_was_cannot_be_evaluated(service: str) -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        await hall.serve()

        with pytest.raises(ServiceUnknown):
            await evaluate(hall, service)


async def test_a_bad_grade_without_a_word_is_refused_and_can_be_given_again() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take(ticket="t1")
        service = await hall.serve()

        with pytest.raises(GroundMissing):
            await evaluate(hall, service, grade="dissatisfied")
        answer = await evaluate(hall, service, grade="dissatisfied", indicators=["213"])

        assert answer.version == 1


async def test_a_service_of_an_earlier_day_is_found_in_the_log() -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        service = await hall.serve()
        await hall.open(TUESDAY)
        await hall.open(WEDNESDAY)

        answer = await evaluate(hall, service)

        given = answer.find(EvaluationGiven)
        assert given is not None
        assert (given.date, given.number, given.hall_version) == (MONDAY, "A001", 6)
        assert answer.state_version == 2


async def test_a_service_of_an_earlier_day_is_found_after_a_restart() -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        first = await hall.serve()
        await hall.take(ticket="t2")
        await hall.do(c.CallNext, window="1")
        await hall.do(c.StartService, window="1")
        await hall.open(TUESDAY)

    async with a_hall(log) as hall:
        assert (await evaluate(hall, first)).version == 1
        with pytest.raises(ServiceNotFinished):
            await evaluate(hall, "t2.1")


async def test_a_service_whose_completion_was_undone_is_evaluated_when_it_ends() -> (
    None
):
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        first = await hall.serve()
        await hall.do(c.UndoLast, window="1")
        with pytest.raises(ServiceNotFinished):
            await evaluate(hall, first)
        await hall.do(c.CompleteService, window="1", outcome="done")
        assert (await evaluate(hall, first)).version == 1
        await hall.take(ticket="t2")
        second = await hall.serve()
        await hall.do(c.UndoLast, window="1")
        await hall.open(TUESDAY)

    async with a_hall(log) as hall:
        with pytest.raises(AlreadyEvaluated):
            await evaluate(hall, first)
        with pytest.raises(ServiceNotFinished):
            await evaluate(hall, second)


async def test_a_service_can_be_evaluated_for_so_many_business_days() -> None:
    async with a_hall(evaluable_days=1) as hall:
        await hall.open(MONDAY)
        await hall.take(ticket="t1")
        await hall.take(ticket="t2")
        first, second = await hall.serve(), await hall.serve()

        await hall.open(TUESDAY)
        assert (await evaluate(hall, first)).version == 1
        await hall.open(WEDNESDAY)

        with pytest.raises(ServiceUnknown):
            await evaluate(hall, second)


async def test_each_earlier_day_is_read_once() -> None:
    class CountingLog(MemoryLog):
        whole_days_read = 0

        def read(self, stream: str, after: int = 0, upto: int | None = None) -> Any:
            self.whole_days_read += stream.startswith("hall-day/") and upto is None
            return super().read(stream, after, upto)

    log = CountingLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.open(TUESDAY)
        await hall.open(WEDNESDAY)
        before = log.whole_days_read

        for _ in range(3):
            with pytest.raises(ServiceUnknown):
                await evaluate(hall, "t1.1")

        assert log.whole_days_read - before == 2


async def test_an_evaluation_whose_answer_was_lost_is_recognised_and_told_once() -> (
    None
):
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        await hall.take(ticket="t1")
        service = await hall.serve()
        log.after_append = [LogError("the connection broke")]

        with pytest.raises(LogError):
            await evaluate(hall, service, command_id="phone:1")
        again = await evaluate(hall, service, command_id="phone:1")

        assert again.repeated
        told = [one.version for one in hall.told if one.stream == again.stream]
        assert told == [1]


async def test_an_evaluation_that_another_process_took_is_known() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await east.take(ticket="t1")
        service = await east.serve()
        await west.take()
        await evaluate(east, service)

        with pytest.raises(AlreadyEvaluated):
            await evaluate(west, service)


# The hall's profile.


async def test_a_profile_is_adopted_once_per_change() -> None:
    async with a_hall() as hall:

        async def adopt(revision: str) -> Answer:
            return await hall.do(
                c.AdoptProfile, hall="city", revision=revision, content=b"\x80"
            )

        first, same, changed = await adopt("r1"), await adopt("r1"), await adopt("r2")

        assert first.find(ProfileAdopted) is not None
        assert same.events == []
        assert same.version == 1
        assert (changed.stream, changed.version) == ("profile/city", 2)


async def test_a_profile_of_another_hall_is_a_mistake_of_the_caller() -> None:
    async with a_hall() as hall:
        with pytest.raises(ValueError, match="desk of its own"):
            await hall.do(
                c.AdoptProfile, hall="township", revision="r1", content=b"\x80"
            )
