"""A repeated command gets the first answer; a reused id is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.desk.repeats import TRACES
from queue_core.errors import CommandIdReused, TicketUnknown
from queue_core.events import TicketIssued
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import hall_day_stream

from .hall import MONDAY, TUESDAY, FaultyLog, Hall, a_hall


def tap(hall: Hall, ticket: str, **values: Any) -> c.Command:
    """Return a tap at the kiosk: a repeat comes with a new ticket id, same key."""
    said = {"items": ["a1"], "channel": "kiosk", "command_id": "kiosk:tap", **values}
    return hall.command(c.IssueTicket, ticket=ticket, **said)


async def test_a_double_tap_at_the_kiosk_gives_one_ticket() -> None:
    async with a_hall() as hall:
        await hall.open()

        first = await hall.desk.submit(tap(hall, "t1"))
        second = await hall.desk.submit(tap(hall, "t2"))

        assert second == msgspec.structs.replace(first, repeated=True)
        assert hall.desk.version == 3
        assert list(hall.desk.day.tickets) == ["t1"]


async def test_two_taps_in_one_batch_give_one_ticket() -> None:
    async with a_hall() as hall:
        await hall.open()

        answers = await hall.all_at_once([tap(hall, "t1"), tap(hall, "t2")])

        assert [a.repeated for a in answers] == [False, True]
        assert answers[0].events == answers[1].events
        assert hall.desk.version == 3


async def test_a_second_tap_while_the_first_is_being_recorded_gives_one_ticket() -> (
    None
):
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open()
        async with log.held_up() as go_on:
            first = asyncio.create_task(hall.desk.submit(tap(hall, "t1")))
            await log.until_held()
            second = asyncio.create_task(hall.desk.submit(tap(hall, "t2")))
            await asyncio.sleep(0)
            go_on()
            answers = await asyncio.gather(first, second)

        assert [a.repeated for a in answers] == [False, True]
        assert hall.desk.version == 3


async def test_a_repeat_after_a_restart_gets_the_first_answer() -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open()
        first = await hall.desk.submit(tap(hall, "t1"))
        await hall.take()

    async with a_hall(log) as hall:
        again = await hall.desk.submit(tap(hall, "t2"))

        assert again.events == first.events
        assert (again.first_version, again.version) == (3, 3)
        assert again.repeated
        assert again.state_version == 4


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_repeat_after_the_turn_of_the_day_gets_the_first_answer(
    restarted: bool,
) -> None:
    log = MemoryLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        first = await hall.desk.submit(tap(hall, "t1"))
        await hall.open(TUESDAY)
        if not restarted:
            again = await hall.desk.submit(tap(hall, "t2"))
    if restarted:
        async with a_hall(log) as hall:
            again = await hall.desk.submit(tap(hall, "t2"))

    assert again.repeated
    assert (again.stream, again.events) == (first.stream, first.events)
    assert (again.first_version, again.version) == (3, 3)
    assert log.last_version(again.stream.replace(MONDAY, TUESDAY)) == 2


async def test_a_day_before_that_is_damaged_does_not_keep_the_hall_closed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = FaultyLog()
    async with a_hall(log) as hall:
        await hall.open(MONDAY)
        await hall.open(TUESDAY)

    log.damaged = hall_day_stream("city", MONDAY)
    async with a_hall(log) as hall:
        assert (await hall.take()).number == "A001"
    assert "would not be recognised" in caplog.text


async def test_an_answer_of_several_events_is_repeated_whole() -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.take()
        await hall.do(c.CallNext, window="1")
        await hall.do(c.StartService, window="1")
        done = hall.command(c.CompleteService, window="1", outcome="done")
        first = await hall.desk.submit(done)
        await hall.take()

        again = await hall.desk.submit(done)

        assert len(again.events) == 2
        assert again.events == first.events
        assert (again.first_version, again.version) == (6, 7)


async def test_a_refused_command_may_succeed_when_it_is_repeated() -> None:
    async with a_hall() as hall:
        await hall.open()
        cancel = hall.command(c.CancelTicket, ticket="t1")
        with pytest.raises(TicketUnknown):
            await hall.desk.submit(cancel)

        await hall.take(ticket="t1")

        assert not (await hall.desk.submit(cancel)).repeated


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (c.CallNext, {"window": "1"}),
        (c.CancelTicket, {"ticket": "t1"}),
        (c.IssueTicket, {"ticket": "t2", "items": ["b1"], "channel": "kiosk"}),
        (c.IssueTicket, {"ticket": "t2", "items": ["a1"], "channel": "phone"}),
        (c.CloseDay, {}),
    ],
)
async def test_the_id_of_another_command_is_refused(
    kind: type[c.Command], values: dict[str, Any]
) -> None:
    async with a_hall() as hall:
        await hall.open()
        await hall.desk.submit(tap(hall, "t1"))

        with pytest.raises(CommandIdReused) as refusal:
            await hall.do(kind, command_id="kiosk:tap", **values)

        assert refusal.value.details() == {"command_id": "kiosk:tap"}
        assert hall.desk.version == 3


async def test_the_same_command_for_another_window_or_ticket_is_another_command() -> (
    None
):
    async with a_hall() as hall:
        await hall.open(windows="12")
        await hall.take(ticket="t1")
        await hall.take(ticket="t2")
        await hall.do(c.CallNext, window="1", command_id="next")
        await hall.do(c.CancelTicket, ticket="t2", command_id="cancel")

        answers = await hall.all_at_once(
            [
                hall.command(c.CallNext, window="2", command_id="next"),
                hall.command(c.CancelTicket, ticket="t1", command_id="cancel"),
                hall.command(c.CallNext, window="1", command_id="next"),
                hall.command(c.CancelTicket, ticket="t2", command_id="cancel"),
            ]
        )

        assert [type(a) for a in answers] == [
            CommandIdReused,
            CommandIdReused,
            Answer,
            Answer,
        ]


async def test_the_whole_way_of_a_ticket_can_be_repeated_command_by_command() -> None:
    async with a_hall() as hall:
        await hall.open(windows="123")
        way = [
            hall.command(c.IssueTicket, ticket="t1", items=["a1"], channel="help-desk"),
            hall.command(c.PauseTicket, ticket="t1"),
            hall.command(c.ResumeTicket, ticket="t1"),
            hall.command(c.PinTicket, ticket="t1", reason="孕妇"),
            hall.command(c.CallTicket, window="1", ticket="t1"),
            hall.command(c.RecallTicket, window="1"),
            hall.command(c.StartService, window="1"),
            hall.command(c.HoldTicket, window="1"),
            hall.command(c.ResumeHeldTicket, window="1", ticket="t1"),
            hall.command(c.AddItem, window="1", item="a2"),
            hall.command(c.TransferTicket, window="1", to_window="2"),
            hall.command(c.CallNext, window="2"),
            hall.command(c.MarkMissed, window="2", reason="三呼未到"),
            hall.command(c.PauseWindow, window="3", reason="午休"),
            hall.command(c.ResumeWindow, window="3"),
            hall.command(c.CloseWindow, window="3"),
            hall.command(c.CancelTicket, ticket="t1"),
            hall.command(c.CloseDay),
        ]
        first = [await hall.desk.submit(command) for command in way]
        last = hall.desk.version

        again = [await hall.desk.submit(command) for command in way]

        assert all(answer.events for answer in first)
        assert [a.events for a in again] == [a.events for a in first]
        assert all(answer.repeated for answer in again)
        assert hall.desk.version == last


def test_every_command_leaves_a_trace_by_which_it_is_recognised() -> None:
    def concrete(cls: type[c.Command]) -> list[type[c.Command]]:
        below = cls.__subclasses__()
        return [leaf for sub in below for leaf in concrete(sub)] if below else [cls]

    assert set(concrete(c.Command)) == set(TRACES)
    for command, traces in TRACES.items():
        for event, fields in traces:
            assert set(fields) <= set(command.__struct_fields__)
            assert set(fields) <= set(event.__struct_fields__)


async def test_an_answer_finds_its_event() -> None:
    async with a_hall() as hall:
        await hall.open()

        answer = await hall.desk.submit(tap(hall, "t1"))

        issued = answer.find(TicketIssued)
        assert issued is not None
        assert issued.number == "A001"
