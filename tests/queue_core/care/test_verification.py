"""Verification: every fault is found and named, and nothing is guessed or changed."""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
from pathlib import Path

import pytest

from queue_core.care.verification import verify
from queue_core.errors import LogError

from .recorded import (
    DAY,
    Fill,
    NewPlace,
    append,
    notes,
    open_log,
    rows_in,
    some_days,
    spoil,
    told,
)


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
