"""Stored rows: pages, spans of removed positions, and what is missing."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from queue_core.care.opening import reading
from queue_core.care.positions import Positions
from queue_core.care.rows import Removal, Removed, Span, pages, spans_with

from .recorded import Fill, append, notes, some_days


POSITIONS = st.sets(st.integers(1, 40))


def spans_of(positions: set[int]) -> list[Span]:
    """Return a set of positions as spans."""
    return spans_with([], positions)


@given(before=POSITIONS, more=POSITIONS)
def test_spans_hold_exactly_the_positions_that_were_put_in(
    before: set[int], more: set[int]
) -> None:
    spans = spans_with(spans_of(before), more)

    held = [p for first, last in spans for p in range(first, last + 1)]
    assert held == sorted(before | more)
    for one, following in itertools.pairwise(spans):
        assert one.last + 1 < following.first


@given(there=POSITIONS, noted=POSITIONS)
def test_a_position_is_there_or_noted_as_removed_and_never_both(
    there: set[int], noted: set[int]
) -> None:
    removal = Removal("hall-day/city/2026-11-02", len(noted), "file", "digest", 0)
    positions = Positions(Removed([removal], spans_of(noted)))

    found = [text for p in sorted(there) for text in positions.see(p)]
    found += positions.finish()

    newest = max(there, default=0)
    is_sound = there.isdisjoint(noted) and there | noted == set(range(1, newest + 1))
    assert (found == []) == is_sound


@given(there=POSITIONS)
def test_every_missing_position_is_named_once(there: set[int]) -> None:
    positions = Positions(Removed([], []))

    found = [text for p in sorted(there) for text in positions.see(p)]

    missing = set(range(1, max(there, default=0))) - there
    assert found == [
        f"position {first} is missing"
        if first == last
        else f"positions {first} to {last} are missing"
        for first, last in spans_of(missing)
    ]


def test_rows_are_read_as_they_stood_whatever_is_recorded_meanwhile(
    fill: Fill,
) -> None:
    place = fill(notes(2_300))
    with reading(place) as rows:
        append(place, notes(5, first=2_301))

        read = [row for page in pages(rows) for row in page]

        assert [row.version for row in read] == list(range(1, 2_301))
        assert (rows.count, rows.last_position) == (2_300, 2_300)


def test_both_ends_of_a_log_can_be_read(fill: Fill) -> None:
    with reading(fill(notes(30))) as rows:
        first, last = rows.page(0, 5), rows.page_upto(30, 5)

        assert [row.position for row in first] == [1, 2, 3, 4, 5]
        assert [row.position for row in last] == [26, 27, 28, 29, 30]
        assert rows.at(7) == rows.page(6, 1)[0]
        assert rows.at(31) is None
        assert rows.count_upto(12) == 12


def test_streams_are_read_in_the_order_of_the_log(fill: Fill) -> None:
    entries = some_days()
    with reading(fill(entries)) as rows:
        days = rows.streams("hall-day/city/")
        evaluations = rows.streams("evaluation/")

        read = rows.of_streams([*reversed(days), *evaluations])

    assert len(days) == 3
    assert [(row.stream, row.version) for row in read] == [
        (stream, version)
        for stream, version, _ in entries
        if not stream.startswith("profile/")
    ]
