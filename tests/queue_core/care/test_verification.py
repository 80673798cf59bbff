"""Verification: every fault is found and named, and nothing is guessed or changed."""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from queue_core.care.verdict import Fault
from queue_core.care.verification import verify
from queue_core.errors import LogError
from queue_core.events import (
    DayClosed,
    Event,
    HallDayEvent,
    ServiceCompleted,
    TicketCalled,
    TicketIssued,
)
from queue_core.log.event_log import Entry
from queue_core.rules.hall_day import HallDay

from .recorded import (
    MONDAY,
    Fill,
    NewPlace,
    Played,
    adopted,
    append,
    notes,
    open_log,
    rows_in,
    some_days,
    spoil,
)


DAY = f"hall-day/city/{MONDAY}"


def told(fault: Fault) -> tuple[str, str, int]:
    """Return what kind of fault it is and where."""
    return fault.kind, fault.stream, fault.version


def test_a_sound_log_has_no_fault(fill: Fill) -> None:
    entries = some_days(3)
    place = fill([*entries, *some_days(2, hall="other")])
    seen: list[tuple[int, int]] = []

    verdict = verify(place, progress=lambda *done: seen.append(done))

    assert verdict.faults == []
    assert verdict.sound
    assert verdict.events == verdict.last_position == len(rows_in(place))
    assert (verdict.days, verdict.archived_days) == (5, 0)
    assert verdict.streams == len({row.stream for row in rows_in(place)})
    assert seen[-1] == (verdict.last_position, verdict.last_position)


def test_a_log_that_is_in_use_is_verified_as_it_stood(fill: Fill) -> None:
    place = fill(some_days(2))
    server = open_log(place)
    count = len(rows_in(place))

    def go_on(done: int, total: int) -> None:
        server.append([(f"evaluation/x{done}.1", 1, notes(1)[0][2])])

    verdict = verify(place, progress=go_on)

    assert (verdict.events, verdict.faults) == (count, [])
    server.close()


def test_verifying_changes_not_one_byte(tmp_path: Path) -> None:
    place = tmp_path / "record.sqlite"
    append(place, some_days(2))
    before = hashlib.sha256(place.read_bytes()).digest()

    verify(place)

    assert hashlib.sha256(place.read_bytes()).digest() == before


def test_a_place_without_a_log_cannot_be_verified(
    kind: str, new_place: NewPlace
) -> None:
    with pytest.raises(LogError, match="there is no log"):
        verify(new_place(kind))


# Bytes.


@pytest.mark.parametrize(
    "damage",
    ["state = 'x'", "state = ''", "topic = 'ticket-pinned.9'", "topic = ''"],
)
def test_bytes_that_nobody_understands_are_named_by_stream_and_version(
    fill: Fill, damage: str
) -> None:
    place = fill(some_days(2))
    spoil(
        place,
        f"UPDATE yihao_events SET {damage} WHERE stream = %s AND version = 7",
        DAY,
    )

    verdict = verify(place)

    assert [told(fault) for fault in verdict.faults] == [("unreadable", DAY, 7)]
    assert verdict.faults[0].position == next(
        row.position for row in rows_in(place) if (row.stream, row.version) == (DAY, 7)
    )


def test_all_faults_are_listed_and_not_only_the_first(file_with: Fill) -> None:
    place = file_with(some_days(3))
    damaged = [row for row in rows_in(place) if row.position % 9 == 0]
    for row in damaged:
        spoil(
            place,
            "UPDATE yihao_events SET topic = 'gone.1' WHERE position = %s",
            row.position,
        )

    verdict = verify(place)

    assert [told(fault) for fault in verdict.faults] == [
        ("unreadable", row.stream, row.version) for row in damaged
    ]
    assert verdict.events == len(rows_in(place))


def test_a_damaged_page_of_a_file_costs_only_its_own_rows(tmp_path: Path) -> None:
    place = tmp_path / "record.sqlite"
    append(place, notes(3_000, size=200))
    with contextlib.closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(place.read_bytes())
    page = content.index(b"m1500\xa5t1500") // 4096
    content[page * 4096 : page * 4096 + 8] = bytes(8)
    place.write_bytes(content)

    verdict = verify(place)

    unreadable = [f for f in verdict.faults if f.kind == "unreadable"]
    assert 1_500 in {fault.version for fault in unreadable}
    assert {fault.stream for fault in unreadable} == {DAY}
    assert len(unreadable) < 25
    assert any(fault.kind == "store" for fault in verdict.faults)
    assert {f.kind for f in verdict.faults} <= {"unreadable", "store", "rule", "fold"}
    assert verdict.events == 3_000


def test_random_damage_to_a_file_is_never_overlooked_and_never_ends_the_reading(
    tmp_path: Path,
) -> None:
    place = tmp_path / "record.sqlite"
    append(place, some_days(4))
    sound = place.read_bytes()
    rows = rows_in(place)
    chance = random.Random(7)

    for _ in range(40):
        content = bytearray(sound)
        at = chance.randrange(4096, len(content) - 64)
        content[at : at + 64] = chance.randbytes(64)
        place.write_bytes(content)
        found = verify(place).faults
        with contextlib.suppress(LogError):
            if rows_in(place) != rows:
                assert found
    place.write_bytes(sound)


# Versions and positions.


def test_a_missing_event_is_named(fill: Fill) -> None:
    place = fill(some_days(2))
    spoil(place, "DELETE FROM yihao_events WHERE stream = %s AND version = 7", DAY)

    verdict = verify(place)

    assert [(fault.kind, fault.version) for fault in verdict.faults] == [
        ("position", 8),
        ("version", 8),
    ]
    assert verdict.faults[1].text == "it comes after version 6"


def test_events_in_the_wrong_order_are_named(file_with: Fill) -> None:
    place = file_with(some_days(2))
    for old, new in ((7, 70), (8, 7), (70, 8)):
        spoil(
            place,
            f"UPDATE yihao_events SET version = {new} "
            f"WHERE stream = %s AND version = {old}",
            DAY,
        )

    found = [told(fault) for fault in verify(place).faults]

    assert found == [("version", DAY, 8), ("version", DAY, 7), ("version", DAY, 9)]


# Days.


def played(*changes: tuple[type[Event], dict[str, object]]) -> list[Entry]:
    """Return a closed day in which the first event of some kinds is another."""
    entries = [adopted("city"), *Played("city", MONDAY).close().entries]
    for kind, values in changes:
        found = next(n for n, one in enumerate(entries) if type(one[2]) is kind)
        stream, version, event = entries[found]
        changed = msgspec.structs.replace(event, **values)
        entries[found] = (stream, version, changed)
    return entries


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


# Evaluations and profiles.


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

    def differences(self, day: HallDay) -> Iterable[str]:
        return [] if self.count == day.version else [f"{self.count} events"]

    def rebuilt(self) -> Iterable[str]:
        return ["it was closed in the wrong place"] if self.wrong_from == 2 else []


@pytest.mark.parametrize(
    ("wrong_from", "fails_at", "texts"),
    [
        (0, 0, []),
        (3, 0, ["the count: 22 events"]),
        (
            2,
            0,
            ["the count: 22 events", "the count: it was closed in the wrong place"],
        ),
        (0, 5, ["the count: fails with ValueError: cannot count so far"]),
    ],
)
def test_a_projection_that_says_something_else_is_named(
    file_with: Fill, wrong_from: int, fails_at: int, texts: list[str]
) -> None:
    place = file_with(played())

    verdict = verify(place, readers=[lambda: Counting(wrong_from, fails_at)])

    assert sorted({fault.text for fault in verdict.faults}) == sorted(texts)
    assert all(fault.kind == "projection" for fault in verdict.faults)
