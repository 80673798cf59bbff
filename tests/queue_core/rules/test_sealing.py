"""The chain of signed heads: each day once, in order, each on the last."""

from __future__ import annotations

import pytest

from queue_core.commands import SealDay
from queue_core.events_of_proof import DaySealed
from queue_core.rules.sealing import SealedDays, decide, evolve
from queue_core.values import Seal


MONDAY, TUESDAY, WEDNESDAY = "2026-11-02", "2026-11-03", "2026-11-04"


def seal(date: str, previous: str, head: str) -> SealDay:
    """Return the wish to add a link to the chain."""
    return SealDay(
        command_id=f"seal {date} {head}",
        at=1,
        by="house",
        hall="city",
        date=date,
        seal=Seal(
            size=2,
            root="r",
            beside_upto=0,
            beside_size=0,
            beside_root="b",
            previous=previous,
            algorithm="ed25519",
            key="k",
            public_key="p",
            signature="s",
            head=head,
        ),
    )


def chain(*wishes: SealDay) -> SealedDays:
    """Return a chain to which links were added."""
    state = SealedDays()
    for wish in wishes:
        for event in decide(state, wish):
            evolve(state, event)
    return state


def test_a_day_is_sealed_as_it_was_signed() -> None:
    wish = seal(MONDAY, "", "h1")

    assert decide(SealedDays(), wish) == [
        DaySealed(
            at=1,
            by="house",
            command_id=wish.command_id,
            hall="city",
            date=MONDAY,
            seal=wish.seal,
        )
    ]


def test_the_next_day_hangs_on_the_one_before() -> None:
    state = chain(seal(MONDAY, "", "h1"), seal(TUESDAY, "h1", "h2"))

    assert (state.version, state.date, state.head) == (2, TUESDAY, "h2")


@pytest.mark.parametrize(
    "late",
    [
        seal(TUESDAY, "h1", "other"),
        seal(MONDAY, "h2", "h3"),
        seal(WEDNESDAY, "h1", "h3"),
        seal(WEDNESDAY, "", "h3"),
    ],
    ids=["the same day", "an earlier day", "not on the last link", "on none"],
)
def test_what_does_not_follow_the_last_link_adds_nothing(late: SealDay) -> None:
    state = chain(seal(MONDAY, "", "h1"), seal(TUESDAY, "h1", "h2"))

    assert decide(state, late) == []
