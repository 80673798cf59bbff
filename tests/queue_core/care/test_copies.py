"""Copies: from any store to any other, byte for byte, whatever interrupts them."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_core.care.access_rows import read_access, write_access
from queue_core.care.copies import NotAPrefix, copy
from queue_core.care.opening import writing
from queue_core.care.places import Place
from queue_core.care.restoration import NotEmpty
from queue_core.care.rows import Row
from queue_core.errors import LogError

from .people import SOME, accounts_beside
from .recorded import (
    Fill,
    NewPlace,
    append,
    begin,
    notes,
    open_log,
    rows_in,
    some_days,
    spoil,
)


KINDS = ("sqlite", "postgresql")


@pytest.mark.parametrize("source", KINDS)
def test_a_copy_equals_its_source(kind: str, source: str, new_place: NewPlace) -> None:
    place, target = new_place(source), new_place(kind)
    append(place, some_days())
    told: list[tuple[int, int]] = []

    copied = copy(place, target, progress=lambda *done: told.append(done))

    assert rows_in(target) == rows_in(place)
    assert copied == (len(rows_in(place)), len(rows_in(place)))
    assert told == [copied]


ROWS = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
        st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        st.binary(max_size=40),
    ),
    max_size=12,
)


def rows_of(drawn: list[tuple[int, str, str, bytes]]) -> list[Row]:
    """Return rows at growing positions, with gaps, each in a stream of its own."""
    rows, position = [], 0
    for step, stream, topic, state in drawn:
        position += step
        rows.append(Row(position, f"{stream}/{position}", 1, topic, state))
    return rows


@settings(max_examples=30)
@given(drawn=ROWS)
def test_whatever_bytes_a_file_holds_are_copied(
    drawn: list[tuple[int, str, str, bytes]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.sqlite"), Path(folder, "b.sqlite")
        put(source, rows_of(drawn))

        copy(source, target)

        assert rows_in(target) == rows_of(drawn)


def test_whatever_bytes_a_database_holds_are_copied(new_place: NewPlace) -> None:
    rows = rows_of(
        [
            (1, "评价\\x", "a\tb\n\\N", bytes(range(256))),
            (4, "\r", "\\.", b""),
            (9, "😀'\"", "%s", b"\\x00"),
        ]
    )
    source, target = new_place("postgresql"), new_place("postgresql")
    put(source, rows)

    copy(source, target)

    assert rows_in(source) == rows_in(target) == rows


def put(place: Place, rows: list[Row]) -> None:
    """Write rows as they are."""
    with writing(place) as writer:
        writer.write(rows, 0)


def test_a_copy_of_nothing_is_nothing(kind: str, new_place: NewPlace) -> None:
    place, target = new_place(kind), new_place(kind)
    append(place, [])

    assert copy(place, target) == (0, 0)
    assert rows_in(target) == []


def test_a_copy_takes_up_what_was_recorded_since_the_last_one(
    fill: Fill, kind: str, new_place: NewPlace
) -> None:
    place, target = fill(notes(1_200)), new_place(kind)
    copy(place, target)
    append(place, notes(1_100, first=1_201))

    copied = copy(place, target)

    assert copied == (1_100, 2_300)
    assert rows_in(target) == rows_in(place)
    assert copy(place, target) == (0, 2_300)


def test_what_is_recorded_during_a_copy_comes_with_the_next_one(
    fill: Fill, kind: str, new_place: NewPlace
) -> None:
    place, target = fill(notes(1_500)), new_place(kind)
    server = open_log(place)

    def go_on(done: int, total: int) -> None:
        server.append(notes(1, first=server.last_version(notes(1)[0][0]) + 1))

    assert copy(place, target, progress=go_on) == (1_500, 1_500)
    assert copy(place, target) == (2, 1_502)
    server.close()


KILLED = """
import sys
from queue_core.care.copies import copy
from queue_core.care.places import place_of

def stand_still(done, total):
    if done >= 2000:
        print(done, flush=True)
        sys.stdin.read()

copy(place_of(sys.argv[1]), place_of(sys.argv[2]), progress=stand_still)
"""


def test_a_copy_that_was_killed_goes_on_where_it_was(
    fill: Fill, kind: str, new_place: NewPlace
) -> None:
    place, target = fill(notes(3_500)), new_place(kind)
    with begin(KILLED, place, target) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "2000\n"
        killed.kill()

    assert len(rows_in(target)) == 2_000
    assert copy(place, target) == (1_500, 3_500)
    assert rows_in(target) == rows_in(place)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE yihao_events SET state = 'x' WHERE position = 3",
        "UPDATE yihao_events SET topic = 'y' WHERE position = 1199",
        "UPDATE yihao_events SET version = 5000 WHERE position = 1200",
        "DELETE FROM yihao_events WHERE position = 60",
    ],
)
def test_a_target_that_is_not_the_beginning_of_the_source_is_refused(
    fill: Fill, kind: str, new_place: NewPlace, damage: str
) -> None:
    place, target = fill(notes(1_200)), new_place(kind)
    copy(place, target)
    append(place, notes(10, first=1_201))
    spoil(target, damage)
    before = rows_in(target)

    with pytest.raises(NotAPrefix):
        copy(place, target)

    assert rows_in(target) == before


def test_a_target_that_goes_on_beyond_the_source_is_refused(
    fill: Fill, kind: str, new_place: NewPlace
) -> None:
    place, target = fill(notes(10)), new_place(kind)
    append(target, notes(12))

    with pytest.raises(NotAPrefix, match="goes on to position 12"):
        copy(place, target)

    assert len(rows_in(target)) == 12


def test_somebody_who_writes_into_the_target_is_noticed(
    fill: Fill, new_place: NewPlace
) -> None:
    place, target = fill(notes(2_500)), new_place("postgresql")

    def interfere(done: int, total: int) -> None:
        with closing(open_log(target)) as server:
            server.append(notes(1, first=done + 1))

    with pytest.raises(LogError, match="does not end at position 1000"):
        copy(place, target, progress=interfere)


def test_a_file_that_a_server_holds_is_no_target(
    fill: Fill, new_place: NewPlace
) -> None:
    place, target = fill(notes(5)), new_place("sqlite")
    server = open_log(target)

    with pytest.raises(LogError, match="only one server"):
        copy(place, target)

    server.close()


def test_a_source_that_is_not_there_makes_no_target(new_place: NewPlace) -> None:
    place, target = new_place("sqlite"), new_place("sqlite")

    with pytest.raises(LogError, match="there is no log"):
        copy(place, target)

    assert isinstance(target, Path)
    assert not target.exists()


def test_nothing_is_copied_to_where_a_server_works(
    kind: str, new_place: NewPlace
) -> None:
    place, target = new_place("sqlite"), new_place(kind)
    append(place, notes(3))
    with closing(open_log(target)):
        with pytest.raises(LogError, match="server"):
            copy(place, target)

        assert rows_in(target) == []


# Accounts.


@pytest.mark.parametrize("source", KINDS)
def test_the_accounts_of_a_house_follow_its_record(
    kind: str, source: str, new_place: NewPlace
) -> None:
    place, target = new_place(source), new_place(kind)
    append(place, notes(3))
    accounts = accounts_beside(place), accounts_beside(target)
    write_access(accounts[0], SOME)

    copy(place, target, accounts=accounts)

    assert read_access(accounts[1]) == SOME


def test_a_copy_that_goes_on_brings_accounts_up_to_date(
    kind: str, new_place: NewPlace
) -> None:
    place, target = new_place("sqlite"), new_place(kind)
    append(place, notes(3))
    accounts = accounts_beside(place), accounts_beside(target)
    write_access(accounts[0], SOME)
    copy(place, target, accounts=accounts)
    changed = {**SOME, "sessions": []}
    write_access(accounts[0], changed)

    copy(place, target, accounts=accounts)

    assert read_access(accounts[1]) == changed


def test_the_accounts_of_another_house_are_left_alone(
    kind: str, new_place: NewPlace
) -> None:
    place, target = new_place("sqlite"), new_place(kind)
    append(place, notes(3))
    accounts = accounts_beside(place), accounts_beside(target)
    write_access(accounts[0], {**SOME, "sessions": []})
    write_access(accounts[1], SOME)

    with pytest.raises(NotEmpty, match="has accounts in it already"):
        copy(place, target, accounts=accounts)

    assert read_access(accounts[1]) == SOME
    assert rows_in(target) == []
