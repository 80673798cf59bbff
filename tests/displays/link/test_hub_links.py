"""Links break and come back, readers stall, and every picture ends up true."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.queue_core.rules.hall import Hall
from tests.queue_core.rules.moves import Move, moves, play

from .readers import FakeReader, LinkedDay


BOARD = "board/city"


happenings = st.lists(
    st.tuples(
        st.sampled_from(
            ["tell", "tell", "tell", "slow", "drain", "cut", "back", "beat"]
        ),
        st.integers(0, 2),
        st.integers(1, 6),
    ),
    max_size=60,
)


@settings(max_examples=100, deadline=None)
@given(moves, happenings)
def test_whatever_happens_to_links_every_picture_ends_up_true(
    what: list[Move], links: list[tuple[str, int, int]]
) -> None:
    hall = play(Hall(), what)
    record = hall.log
    day = LinkedDay()
    day.hall.log = record[: day.told]
    names = (BOARD, "window/city/1", "console/city/2", "manager/city", "board/city/z2")
    readers = [day.reader(*names) for _ in range(3)]
    away: set[int] = set()

    for kind, who, many in links:
        if kind == "tell":
            day.hall.log = record[: after_commands(hall, day.told, many)]
            day.tell(phones=bool(many % 2))
            follow_new_tickets(day, readers[0], 0 in away)
        elif kind == "beat":
            day.beat()
        else:
            happen(kind, who, readers[who], away)
    for who, reader in enumerate(readers):
        if who in away:
            reader.come_back()
        reader.drain()
    day.serve_phones()
    day.beat()

    for reader in readers:
        assert reader.asked == []
        for name, picture in reader.client.pictures.items():
            assert picture.state == state_of(day, name), name


def after_commands(hall: Hall, version: int, many: int) -> int:
    """Return the version after so many commands more."""
    ends = [
        number
        for number, (event, following) in enumerate(pairwise(hall.log), start=1)
        if event.command_id != following.command_id
    ]
    later = [number for number in [*ends, len(hall.log)] if number > version]
    return later[min(many, len(later)) - 1] if later else version


def happen(kind: str, who: int, reader: FakeReader, away: set[int]) -> None:
    """Let something happen to the link of one reader."""
    match kind:
        case "slow":
            reader.is_paused = who not in away
        case "drain" if who not in away:
            reader.drain()
        case "cut":
            reader.cut()
            away.add(who)
        case "back" if who in away:
            reader.come_back()
            away.discard(who)


def follow_new_tickets(day: LinkedDay, reader: FakeReader, is_away: bool) -> None:
    if not is_away:
        for ticket in day.hub.halls["city"].live.tickets:
            if f"ticket/{ticket}" not in reader.client.pictures:
                reader.follow(f"ticket/{ticket}")


def state_of(day: LinkedDay, name: str) -> Any:
    """Return what a reader that starts now is shown."""
    fresh = FakeReader(day.hub)
    fresh.follow(name)
    state = fresh.state(name)
    fresh.cut()
    return state
