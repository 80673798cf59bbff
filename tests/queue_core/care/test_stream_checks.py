"""What a verification knows of evaluations and profiles."""

from __future__ import annotations

from typing import Any, TypeGuard

import msgspec
import pytest

from queue_core import commands as c
from queue_core.care.verification import verify
from queue_core.events import Event, ServiceCompleted
from queue_core.events_of_persons import PersonsErased, PersonsHeld
from queue_core.log.event_log import Entry

from .recorded import (
    MONDAY,
    Fill,
    Played,
    adopted,
    spoil,
    told,
)


def evaluation_of(**changes: object) -> list[Entry]:
    """Return a day, and the evaluation of its second service with some changes."""
    day = Played("city", MONDAY)
    version, done = next(
        (version, event)
        for _, version, event in day.entries
        if isinstance(event, ServiceCompleted) and event.service.endswith("-1.1")
    )
    stream, first, given = day.evaluation(version, done)
    changed = msgspec.structs.replace(given, **changes)
    return [*day.close().entries, (stream, first, changed)]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"service": "t9.1"}, "it evaluates the service t9.1"),
        ({"hall_version": 3}, "version 3 had not finished the service"),
        ({"date": "2026-11-09"}, "had not finished the service"),
    ],
)
def test_an_evaluation_belongs_to_a_service_that_was_finished(
    file_with: Fill, changes: dict[str, object], text: str
) -> None:
    assert verify(file_with(evaluation_of())).faults == []

    (fault,) = verify(file_with(evaluation_of(**changes))).faults

    assert fault.kind == "rule"
    assert text in fault.text


@pytest.mark.parametrize(
    ("before", "faults"), [(1, 0), (2, 1), (4, 0), (5, 1), (6, 0), (7, 0), (8, 1)]
)
def test_an_evaluation_may_have_seen_a_service_finished_before_that_was_undone(
    file_with: Fill, before: int, faults: int
) -> None:
    day = Played("city", MONDAY, tickets=1)
    day.do(c.IssueTicket, ticket="t1", items=["a1"], channel="kiosk")
    day.at_window(c.CallNext)
    day.at_window(c.StartService)
    for _ in range(2):
        day.at_window(c.CompleteService, outcome="done")
        day.at_window(c.UndoLast)
    day.at_window(c.CompleteService, outcome="done")
    _, last, _ = day.entries[-1]
    # It was finished, ended, undone, finished, ended, undone, finished and ended.
    finished = next(event for *_, event in day.entries if is_of(event, "t1.1"))
    given = day.evaluation(last - before, finished)

    found = verify(file_with([*day.close().entries, given])).faults

    assert len(found) == faults


def is_of(event: Event, service: str) -> TypeGuard[ServiceCompleted]:
    """Tell whether an event finishes a service."""
    return isinstance(event, ServiceCompleted) and event.service == service


def test_a_service_is_evaluated_once(file_with: Fill) -> None:
    entries = evaluation_of()
    stream, _, given = entries[-1]

    found = verify(file_with([*entries, (stream, 2, given)])).faults

    assert [told(fault) for fault in found] == [("rule", stream, 2)]


def test_of_a_day_that_cannot_be_folded_no_service_is_doubted(file_with: Fill) -> None:
    place = file_with(evaluation_of())
    spoil(place, "UPDATE yihao_events SET state = 'x' WHERE position = 4")

    found = verify(place).faults

    assert [fault.kind for fault in found] == ["unreadable"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"content": b"\x80"}, "unreadable"),
        ({"revision": "another"}, "rule"),
        ({"hall": "other"}, "rule"),
    ],
)
def test_a_profile_is_whole_and_the_one_that_is_named(
    file_with: Fill, changes: dict[str, object], kind: str
) -> None:
    stream, version, event = adopted("city")
    changed = msgspec.structs.replace(event, **changes)

    found = verify(file_with([(stream, version, changed)])).faults

    assert found
    assert {fault.kind for fault in found} == {kind}


def persons(version: int, event: Event, hall: str = "city") -> Entry:
    """Return an entry of the stream of a hall's persons."""
    return f"persons/{hall}", version, event


def test_nobody_is_erased_twice_or_held_afterwards(file_with: Fill) -> None:
    said: dict[str, Any] = {"at": 1_793_581_200_000, "by": "root", "hall": "city"}
    erased = PersonsErased(
        **said, command_id="k1", subjects=["s1", "s2"], ground="asked"
    )
    again = msgspec.structs.replace(erased, command_id="k2", subjects=["s2", "s3"])
    held = PersonsHeld(**said, command_id="k3", subjects=["s1"], reason="投诉")
    elsewhere = msgspec.structs.replace(held, subjects=["s9"], hall="township")

    verdict = verify(
        file_with(
            [
                persons(1, erased),
                persons(2, again),
                persons(3, held),
                persons(4, elsewhere),
            ]
        )
    )

    assert [(fault.kind, fault.text) for fault in verdict.faults] == [
        ("rule", "1 of its persons were erased before"),
        ("rule", "1 of its persons were erased before"),
        ("rule", "it is about persons of township"),
    ]
