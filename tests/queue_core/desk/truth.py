"""Whether what desks answered and told is what the log says, event for event."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from queue_core import commands as c
from queue_core.desk import Answer
from queue_core.desk.day_book import DayBook, DayRules
from queue_core.errors import LogError, Refused
from queue_core.events import HallDayEvent, TicketCalled, TicketIssued
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.streams import hall_of
from queue_core.rules.hall_day import fold

from .hall import Hall


EVERYTHING = 10**9


class Reply(NamedTuple):
    """What came of a command, and how far the log went before and after."""

    command: c.Command
    outcome: Answer | Refused | LogError
    before: int
    after: int


async def reply_to(hall: Hall, command: c.Command) -> Reply:
    """Give a command and keep what came of it."""
    before = hall.log.last_position()
    outcome: Answer | Refused | LogError
    try:
        outcome = await hall.desk.submit(command)
    except (Refused, LogError) as error:
        outcome = error
    return Reply(command, outcome, before, hall.log.last_position())


def assert_one_sequence(log: EventLog) -> list[Recorded]:
    """Check positions, versions, ids, numbers and calls; return the whole log."""
    recorded = log.read_all(0, EVERYTHING)
    assert [one.position for one in recorded] == list(range(1, len(recorded) + 1))
    for stream in log.streams(""):
        own = [one for one in recorded if one.stream == stream]
        assert [one.version for one in own] == list(range(1, len(own) + 1))
        causes = [cause for cause, _ in groupby(own, key=lambda r: r.event.command_id)]
        assert len(causes) == len(set(causes)), "a command was recorded twice"
        numbers = [r.event.number for r in own if isinstance(r.event, TicketIssued)]
        assert len(numbers) == len(set(numbers))
    return recorded


def assert_told_once_and_in_order(hall: Hall, recorded: list[Recorded]) -> None:
    """Check that a desk told all that happened in its hall, every event once."""
    happened = [r for r in recorded if hall_of(r.stream, r.event) == hall.desk.hall]
    assert sorted(hall.told, key=lambda one: one.position) == happened
    days = [one for one in hall.told if isinstance(one.event, HallDayEvent)]
    assert days == sorted(days, key=lambda one: (one.stream, one.version))


def assert_the_state_is_the_fold(hall: Hall) -> None:
    """Check that a desk's state is what its day's events make of an empty one."""
    events = [one.event for one in hall.log.read(hall.desk.stream)]
    folded = fold(event for event in events if isinstance(event, HallDayEvent))
    assert hall.desk.day.version == folded.version == len(events)
    assert hall.desk.day.answered == folded.answered
    assert list(hall.desk.day.live) == list(folded.live)
    assert hall.desk.version == folded.version


def assert_replies_are_true(replies: list[Reply], recorded: list[Recorded]) -> None:
    """Check every answer and every refusal against the log."""
    stands = {(one.stream, one.version): one.event for one in recorded}
    for reply in replies:
        outcome = reply.outcome
        if isinstance(outcome, Answer) and outcome.events:
            versions = range(outcome.first_version, outcome.version + 1)
            found = [stands.get((outcome.stream, version)) for version in versions]
            assert found == outcome.events, reply.command
        elif isinstance(reply.command, c.HallDayCommand):
            _assert_was_true_at_some_time(reply, recorded)


def _assert_was_true_at_some_time(reply: Reply, recorded: list[Recorded]) -> None:
    """Check that between question and answer there was a state that says the same."""
    if type(reply.outcome) is LogError:
        return
    nothing: list[object] = []
    wanted = nothing if isinstance(reply.outcome, Answer) else type(reply.outcome)
    found = []
    for position in range(reply.before, reply.after + 1):
        said = _decided(reply.command, recorded[:position])
        if said == wanted:
            return
        found.append(said)
    raise AssertionError(f"{reply.outcome!r} to {reply.command}, but {found}")


def _decided(command: c.Command, recorded: list[Recorded]) -> object:
    assert isinstance(command, c.HallDayCommand)
    book = DayBook("city", DayRules())
    for one in recorded:
        if isinstance(one.event, HallDayEvent):
            book.follow(one.stream, one.version, one.event)
    try:
        return book.decide(command)
    except Refused as refused:
        return type(refused)


def assert_nobody_was_called_twice_at_once(recorded: list[Recorded]) -> None:
    """Check that no ticket stood at two windows."""
    calls = [one.event for one in recorded if isinstance(one.event, TicketCalled)]
    tickets = [(event.ticket, event.command_id) for event in calls]
    assert len(tickets) == len(set(tickets))
