"""What a verification knows of a hall-day: the rules could have decided it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from queue_core import commands as c
from queue_core.care.day_checks import Pairs
from queue_core.care.verification import verify
from queue_core.events import (
    CompletionUndone,
    DayClosed,
    DayOpened,
    Event,
    HallDayEvent,
    MissUndone,
    TicketCalled,
    TicketIssued,
)
from queue_core.log.event_log import Entry
from queue_core.rules.hall_day import HallDay

from .recorded import (
    DAY,
    MONDAY,
    Fill,
    Played,
    notes,
    played,
    some_days,
    told,
)


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (TicketIssued, {"sequence": 9}, "ticket 9 of the day, not 1"),
        (TicketIssued, {"number": "A002"}, "number A002 was given before"),
        (TicketIssued, {"command_id": ""}, "no command has caused it"),
        (TicketIssued, {"by": ""}, "nobody has caused it"),
        (TicketIssued, {"at": 17}, "17 is no time of a hall"),
        (TicketCalled, {"ticket": "nobody"}, "cannot be folded: KeyError"),
        (TicketCalled, {"window": "99"}, "cannot be folded: KeyError"),
        (
            TicketCalled,
            {"command_id": f"city-{MONDAY}-1"},
            "caused versions 1 to 1 before",
        ),
    ],
)
def test_what_the_rules_would_never_have_decided_is_named(
    file_with: Fill, kind: type[Event], values: dict[str, object], text: str
) -> None:
    verdict = verify(file_with(played((kind, values))))

    assert any(text in fault.text for fault in verdict.faults)
    assert {fault.stream for fault in verdict.faults} == {DAY}


@pytest.mark.parametrize("happens", [c.MarkMissed, c.CompleteService])
def test_only_the_last_of_a_window_can_have_been_undone(
    file_with: Fill, happens: type[c.HallDayCommand]
) -> None:
    day = Played("city", MONDAY)
    day.do(c.IssueTicket, ticket="t9", items=["a1"], channel="kiosk")
    day.at_window(c.CallNext)
    if happens is c.MarkMissed:
        day.at_window(c.MarkMissed, reason="absent")
    else:
        day.at_window(c.StartService)
        day.at_window(c.CompleteService, outcome="done")
    day.at_window(c.UndoLast)
    stream, version, undone = day.entries[-1]
    assert isinstance(undone, MissUndone | CompletionUndone)
    wrong = msgspec.structs.replace(undone, undoes=3)
    assert verify(file_with(day.entries)).faults == []

    (fault,) = verify(file_with([*day.entries[:-1], (stream, version, wrong)])).faults

    assert fault.text == "version 3 was not the last of window 1"


def test_nothing_stands_after_the_end_of_a_day(file_with: Fill) -> None:
    entries = played()
    last = entries[-1]
    assert isinstance(last[2], DayClosed)
    entries.append((last[0], last[1] + 1, last[2]))

    found = verify(file_with(entries)).faults

    assert ("rule", DAY, last[1] + 1) in [told(fault) for fault in found]
    assert any("after the day's end" in fault.text for fault in found)


def test_a_day_that_ended_long_ago_takes_no_more_events(file_with: Fill) -> None:
    entries = played()
    stream, version, _ = entries[-1]
    late = (stream, version + 1, notes(1)[0][2])

    found = verify(file_with([*entries, *notes_elsewhere(1_200), late])).faults

    assert [told(fault) for fault in found] == [("rule", DAY, version + 1)]


def notes_elsewhere(count: int) -> list[Entry]:
    """Return events of a stream that is no day."""
    return [("any/stream", version, event) for _, version, event in notes(count)]


def test_a_stream_under_another_days_name_is_named(file_with: Fill) -> None:
    entries = [
        (stream.replace(MONDAY, "2026-11-09"), version, event)
        for stream, version, event in Played("city", MONDAY, tickets=0).entries
    ]

    (fault,) = verify(file_with(entries)).faults

    assert fault.text == "it opens 2026-11-02"


def test_a_time_that_goes_back_is_marked_and_no_fault(file_with: Fill) -> None:
    entries = played()
    back = (
        next(event for _, _, event in entries if isinstance(event, TicketIssued)).at
        - 3_600_000
    )

    verdict = verify(file_with(played((TicketIssued, {"at": back}))))

    assert verdict.faults == []
    (mark,) = verdict.marks
    assert (mark.stream, mark.text) == (DAY, "the time goes back by 1800 s")
    assert "time goes back" in str(mark)


# Projections.


class Counting:
    """A projection that counts events, or does it wrong."""

    name = "the count"

    def __init__(self, wrong_from: int, fails_at: int) -> None:
        self.wrong_from, self.fails_at = wrong_from, fails_at
        self.count = 0

    def apply(self, version: int, event: HallDayEvent) -> None:
        if version == self.fails_at:
            raise ValueError("cannot count so far")
        self.count += version != self.wrong_from

    def glance(self, day: HallDay, pairs: Pairs) -> Iterable[str]:
        return [] if self.count == day.version else [f"{self.count} events"]

    def differences(self, day: HallDay) -> Iterable[str]:
        return [] if self.count == day.version else [f"{self.count} events in all"]

    def rebuilt(self, pairs: Pairs) -> Iterable[str]:
        return ["it was closed in the wrong place"] if self.wrong_from == 2 else []


@pytest.mark.parametrize(
    ("wrong_from", "fails_at", "texts"),
    [
        (0, 0, []),
        (3, 0, ["the count: 22 events", "the count: 22 events in all"]),
        (
            2,
            0,
            [
                "the count: 22 events",
                "the count: 22 events in all",
                "the count: it was closed in the wrong place",
            ],
        ),
        (0, 5, ["the count: fails at version 5 with ValueError: cannot count so far"]),
    ],
)
def test_a_projection_that_says_something_else_is_named(
    file_with: Fill, wrong_from: int, fails_at: int, texts: list[str]
) -> None:
    place = file_with(played())

    verdict = verify(place, readers=[lambda: Counting(wrong_from, fails_at)])

    assert sorted({fault.text for fault in verdict.faults}) == sorted(texts)
    assert all(fault.kind == "projection" for fault in verdict.faults)


def test_the_newest_day_of_each_hall_is_folded_anew(file_with: Fill) -> None:
    place = file_with([*some_days(3), *some_days(2, hall="other")])
    rebuilt: list[str] = []

    class Rebuilding(Counting):
        def rebuilt(self, pairs: Pairs) -> Iterable[str]:
            (opened, *_) = (event for _, event in pairs)
            assert isinstance(opened, DayOpened)
            rebuilt.append(f"{opened.date} {len(pairs) == self.count}")
            return []

    assert verify(place, readers=[lambda: Rebuilding(0, 0)]).faults == []
    assert sorted(rebuilt) == ["2026-11-03 True", "2026-11-04 True"]
