"""Several processes serve one hall: each follows the others, and they write in turn."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.desk.messenger import Messenger
from queue_core.errors import LogError, ServiceUnknown
from queue_core.events import DayClosed, EvaluationGiven, ProfileAdopted
from queue_core.log.event_log import Page
from queue_core.log.memory_log import MemoryLog
from queue_core.log.news import News
from queue_core.log.streams import hall_day_stream

from .hall import MONDAY, TUESDAY, FaultyLog, Hall, a_hall
from .test_hall_desk import assert_the_state_is_what_the_log_says


STREAM = hall_day_stream("city", MONDAY)


class CountingLog(MemoryLog):
    """A log that counts how often it is read on."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        self.looks += 1
        return super().read_hall(hall, after_position, limit, audit=audit)


async def until_told(hall: Hall, count: int) -> None:
    """Wait until a desk has told so many events."""
    told = asyncio.Event()
    leave = hall.desk.subscribe(lambda _: told.set())
    while len(hall.told) < count:
        await told.wait()
        told.clear()
    leave()


# Following.


async def test_what_another_process_wrote_is_told_as_soon_as_it_is_heard_of() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await east.all_at_once(east.takes(3))

        west.desk.hear(log.last_position())
        await until_told(west, 5)

        assert [one.version for one in west.told] == [1, 2, 3, 4, 5]
        assert west.desk.version == 5
        assert west.desk.figures.refolds == 1
        assert_the_state_is_what_the_log_says(west)


async def test_a_messenger_brings_news_to_the_desks_it_is_about() -> None:
    log = CountingLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        looks, bring = log.looks, Messenger([west.desk]).bring

        await asyncio.to_thread(bring, News(2, frozenset({"township"})))
        await west.desk.catch_up()
        after_other = log.looks
        await asyncio.to_thread(bring, News(2, frozenset({"city", "township"})))
        await until_told(west, 2)

        assert after_other == looks + 1
        assert [one.version for one in west.told] == [1, 2]


async def test_news_of_ones_own_commit_is_no_reason_to_look() -> None:
    log = CountingLog()
    async with a_hall(log) as hall:
        await hall.open()
        looks = log.looks

        for position in range(1, 3):
            hall.desk.hear(position)
        await hall.take()

        assert log.looks == looks


async def test_commands_of_another_hall_between_ones_own_are_no_reason_to_look() -> (
    None
):
    log = CountingLog()
    async with a_hall(log) as city, a_hall(log, hall="township") as township:
        await city.open()
        await township.open()
        looks = log.looks

        for _ in range(5):
            await city.take()
            city.desk.hear(log.last_position())
            await township.take()
            township.desk.hear(log.last_position())

        assert log.looks == looks
        assert [one.version for one in city.told] == list(range(1, 8))
        assert [one.version for one in township.told] == list(range(1, 8))


async def test_the_turn_of_the_day_is_followed_through_both_days() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(MONDAY)
        await east.take()
        await east.open(TUESDAY)
        await east.take()

        await west.desk.catch_up()

        assert [(one.stream, one.version) for one in west.told] == [
            (one.stream, one.version) for one in log.read_all(0, 100)
        ]
        assert west.desk.stream == hall_day_stream("city", TUESDAY)
        assert west.desk.figures.refolds == 1
        assert_the_state_is_what_the_log_says(west)


async def test_evaluations_and_profiles_of_other_processes_are_told_once() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await east.take(ticket="t1")
        service = await east.serve()
        await east.do(
            c.GiveEvaluation, service=service, grade="satisfied", channel="pad"
        )
        await east.do(c.AdoptProfile, hall="city", revision="r2", content=b"p")

        await west.desk.catch_up()
        await west.take()
        await west.desk.catch_up()

        kinds = [type(one.event) for one in west.told]
        assert kinds.count(EvaluationGiven) == kinds.count(ProfileAdopted) == 1
        assert [one.position for one in west.told] == list(range(1, 11))


async def test_what_one_wrote_beside_the_day_is_not_told_again_with_the_rest() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await west.desk.catch_up()
        await east.take()
        await west.do(c.AdoptProfile, hall="city", revision="r2", content=b"p")

        await west.desk.catch_up()

        assert sorted(one.position for one in west.told) == [1, 2, 3, 4]


async def test_a_service_that_ended_elsewhere_a_moment_ago_can_be_evaluated() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await east.take(ticket="t1")
        service = await east.serve()

        given = await west.do(
            c.GiveEvaluation, service=service, grade="satisfied", channel="phone"
        )

        assert given.find(EvaluationGiven) is not None
        with pytest.raises(ServiceUnknown):
            await west.do(
                c.GiveEvaluation, service="t9.1", grade="satisfied", channel="phone"
            )


async def test_a_desk_that_looks_at_a_log_that_is_gone_says_so() -> None:
    log = FaultyLog()
    async with a_hall(log, retry_seconds=3600) as hall:
        await hall.open()
        log.unreadable = True

        with pytest.raises(LogError, match="gone"):
            await hall.desk.catch_up()
        ready_without = hall.desk.ready
        log.unreadable = False
        await hall.desk.catch_up()

        assert (ready_without, hall.desk.ready) == (False, True)


async def test_a_log_that_lacks_what_was_told_is_never_worked_with() -> None:
    log = FaultyLog()
    async with a_hall(log, retry_seconds=0.001) as hall:
        await hall.open()
        await hall.take()
        older = log.read_all(0, 2)
        log.forget()
        log.append([(one.stream, one.version, one.event) for one in older])

        hall.desk.hear(2, doubt=True)
        with pytest.raises(LogError, match="no longer"):
            await hall.desk.catch_up()
        with pytest.raises(LogError, match="no longer"):
            await hall.take()

        assert not hall.desk.ready
        assert log.last_position() == 2


async def test_a_log_in_which_something_else_happened_is_never_worked_with() -> None:
    log = FaultyLog()
    async with a_hall(log, retry_seconds=0.001) as hall:
        await hall.open()
        await hall.take(ticket="t1")
        older = log.read_all(0, 2)
        log.forget()
        log.append([(one.stream, one.version, one.event) for one in older])
        async with a_hall(log) as other:
            await other.take(ticket="t2")

            hall.desk.hear(3, doubt=True)
            with pytest.raises(LogError, match="no longer"):
                await hall.take()

        assert log.last_position() == 3


# Writing.


async def test_two_processes_that_have_met_write_in_turn_without_a_conflict() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(windows="12")
        await west.take()
        await east.take()
        before = [hall.desk.figures.conflicts for hall in (east, west)]
        folds = [hall.desk.figures.refolds for hall in (east, west)]

        answers = await asyncio.gather(
            *(
                hall.all_at_once(hall.takes(5))
                for _ in range(20)
                for hall in (east, west)
            )
        )

        assert all(type(a) is Answer for some in answers for a in some)
        assert [hall.desk.figures.conflicts for hall in (east, west)] == before
        assert [hall.desk.figures.refolds for hall in (east, west)] == folds
        for hall in (east, west):
            await hall.desk.catch_up()
            assert [one.version for one in hall.told] == list(range(1, 206))
            assert_the_state_is_what_the_log_says(hall)


async def test_a_day_is_opened_in_turn_so_that_no_day_is_left_open_unseen() -> None:
    log = MemoryLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open(MONDAY)

        await west.open(TUESDAY)

        closed = log.read(STREAM)[-1].event
        assert isinstance(closed, DayClosed)
        assert closed.overdue
        assert [one.position for one in west.told] == list(range(1, 7))


async def test_whoever_meets_nobody_for_long_takes_no_turn_but_to_open() -> None:
    log = MemoryLog()
    async with a_hall(log, company_seconds=0) as east:
        async with a_hall(log, company_seconds=0) as west:
            await east.open()
            await west.take()
        await east.take()
        await east.take()

        assert east.desk.figures.turns == 1
        assert west.desk.figures.turns == 0
        assert log.last_version(STREAM) == 5


async def test_a_turn_that_fails_is_given_back() -> None:
    log = FaultyLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await west.take()
        await east.take()
        log.before_append = [LogError("the disk is full")]

        with pytest.raises(LogError, match="full"):
            await west.take()

        assert west.desk.figures.turns == 2
        assert (await east.take()).number == "A003"
        assert (await west.take()).number == "A004"


async def test_a_turn_whose_answer_was_lost_is_told_once() -> None:
    log = FaultyLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await east.open()
        await west.take()
        wish = west.takes(1)[0]
        log.after_append = [LogError("the connection broke")]

        with pytest.raises(LogError, match="broke"):
            await west.desk.submit(wish)
        again = await west.desk.submit(wish)

        assert again.repeated
        assert [one.version for one in west.told] == [1, 2, 3, 4]


async def test_nobody_waits_in_line_for_a_log_that_is_out_of_reach() -> None:
    log = FaultyLog()
    async with a_hall(log, batch_limit=2, retry_seconds=3600) as hall:
        await hall.open()
        log.before_append = [LogError("the disk is gone")]
        log.unreadable = True

        answers = await hall.all_at_once(hall.takes(20))

        assert [type(answer) for answer in answers] == [LogError] * 20
        assert hall.desk.figures.failures == 1


async def test_everybody_comes_to_his_turn_while_others_never_stop() -> None:
    log = MemoryLog()
    async with a_hall(log) as busy, a_hall(log) as quiet:
        await busy.open()
        await quiet.take()
        stop = asyncio.Event()

        async def never_stop() -> None:
            for _ in itertools.takewhile(
                lambda _: not stop.is_set(), itertools.count()
            ):
                await busy.all_at_once(busy.takes(3))

        working = asyncio.create_task(never_stop())
        for _ in range(10):
            await quiet.take()
        stop.set()
        await working

        assert quiet.desk.figures.conflicts <= 1
        assert quiet.desk.figures.refolds <= 2
