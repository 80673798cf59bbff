"""When a clerk is at the window: sessions, lunch, and a short break in each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


EARLY_SECONDS = (30, 240)
"""Clerks open their windows this long before a session begins."""
BREAK_SHARE = 0.5
BREAK_SECONDS = (180, 420)
BREAK_INSIDE = (0.3, 0.8)
"""A break falls into this part of a session."""


@dataclass(frozen=True, slots=True)
class Break:
    """Away from the window; begins when the ticket at the window is done."""

    since_at: int
    until_at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One clerk's day."""

    opens_at: int
    breaks: list[Break]
    closes_at: int

    def break_at(self, now: int) -> Break | None:
        """Return the break that should be going on now."""
        return next((b for b in self.breaks if b.since_at <= now < b.until_at), None)

    def next_turn(self, now: int) -> int:
        """Return the next instant at which a break or the end of the day comes."""
        turns = [b.since_at for b in self.breaks] + [self.closes_at]
        return min((turn for turn in turns if turn > now), default=now + 60_000)


def shift_of(
    hours: dict[str, Any], chance: random.Random, lunch: str, short: str
) -> Shift:
    """Plan a clerk's day around the hall's sessions."""
    sessions: list[dict[str, int]] = hours["sessions"]

    def early(at: int) -> int:
        return at - chance.randint(*EARLY_SECONDS) * 1000

    opens_at = max(hours["doors_at"], early(sessions[0]["opens_at"]))
    breaks = [
        Break(before["closes_at"], early(after["opens_at"]), lunch)
        for before, after in pairwise(sessions)
    ]
    for session in sessions:
        length = session["closes_at"] - session["opens_at"]
        starts = session["opens_at"] + int(length * chance.uniform(*BREAK_INSIDE))
        lasts = chance.randint(*BREAK_SECONDS) * 1000
        if chance.random() < BREAK_SHARE:
            breaks.append(Break(starts, starts + lasts, short))
    return Shift(opens_at, sorted(breaks, key=_begin), hours["closes_at"])


def _begin(one: Break) -> int:
    return one.since_at
