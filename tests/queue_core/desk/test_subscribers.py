"""Subscribers are told what was recorded: all of it, once, in order."""

from __future__ import annotations

from queue_core.events import WindowOpened
from queue_core.log.streams import hall_day_stream

from .hall import MONDAY, a_hall


STREAM = hall_day_stream("city", MONDAY)


async def test_subscribers_are_told_every_version_once_and_before_the_answer() -> None:
    async with a_hall() as hall:
        seen_at_answer = []
        await hall.open()

        for _ in range(3):
            await hall.take()
            seen_at_answer.append(hall.told[-1].version)
        await hall.all_at_once(hall.takes(20))

        assert seen_at_answer == [3, 4, 5]
        assert [one.version for one in hall.told] == list(range(1, 26))
        assert [one.position for one in hall.told] == list(range(1, 26))
        assert {one.stream for one in hall.told} == {STREAM}
        assert isinstance(hall.told[1].event, WindowOpened)


async def test_a_subscriber_that_leaves_is_told_nothing_more() -> None:
    async with a_hall() as hall:
        told: list[int] = []
        leave = hall.desk.subscribe(lambda r: told.append(len(r)))
        await hall.open()

        leave()
        leave()
        await hall.take()

        assert told == [1, 1]


async def test_a_subscriber_that_fails_is_seen_and_hurts_nobody() -> None:
    def fail(_: object) -> None:
        raise KeyError("window")

    async with a_hall() as hall:
        await hall.open()
        hall.desk.subscribe(fail)
        ready_before = hall.desk.ready

        first = await hall.take()
        second = await hall.take()

        assert (first.number, second.number) == ("A001", "A002")
        assert hall.told[-1].version == 4
        assert (ready_before, hall.desk.ready) == (True, False)
