"""The figures of one hall-day, counted once each and added up by whoever asks.

What a number or a service counts for is one *cell*: its zone, department, queue, item,
class and channel together. A zone's figures are the sum of its cells. What happens at a
window counts for the window and its clerk together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar, get_args

import msgspec

from .tallies import Tally


Kinds = tuple[str, str, str, str, str, str]
"""Zone, department, queue, item, class and channel."""

KindOf = Literal["zone", "department", "queue", "item", "class", "channel"]
KINDS: tuple[KindOf, ...] = get_args(KindOf)

Desk = tuple[str, str]
"""Window and clerk."""

DeskOf = Literal["window", "clerk"]
DESKS: tuple[DeskOf, ...] = get_args(DeskOf)

K = TypeVar("K", bound=tuple[str, ...])
H = TypeVar("H", Kinds, Desk, int)


class DayFigures(msgspec.Struct):
    """Everything that is counted in a day."""

    cells: dict[Kinds, Tally] = msgspec.field(default_factory=dict)
    """Numbers taken, what became of them, and services."""
    desks: dict[Desk, Tally] = msgspec.field(default_factory=dict)
    """Calls, waits of those who were called first there, services, duty."""
    half_hours: dict[int, Tally] = msgspec.field(default_factory=dict)
    """By the half hour of the local day, from 0 to 47: numbers and what became of them
    by when they were taken, services by when they began."""

    @property
    def whole(self) -> Tally:
        """The figures of the whole hall, but for duty."""
        return total(self.cells)

    def by_kind(self, kind: KindOf) -> dict[str, Tally]:
        """Return the figures of every zone, every department and so on."""
        return summed(self.cells, KINDS.index(kind))

    def by_desk(self, desk: DeskOf) -> dict[str, Tally]:
        """Return the figures of every window, or of every clerk."""
        return summed(self.desks, DESKS.index(desk))

    def add(self, other: DayFigures) -> None:
        """Take in the figures of another day."""
        _add(self.cells, other.cells)
        _add(self.desks, other.desks)
        _add(self.half_hours, other.half_hours)


def tally_of(tallies: dict[H, Tally], key: H) -> Tally:
    """Return what counts for something; it is begun when it is first asked for."""
    tally = tallies.get(key)
    if tally is None:
        tally = tallies[key] = Tally()
    return tally


def total(tallies: Mapping[K, Tally]) -> Tally:
    """Return the sum of all tallies."""
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def summed(tallies: Mapping[K, Tally], place: int) -> dict[str, Tally]:
    """Return the sums of tallies whose keys have the same name at a place."""
    sums: dict[str, Tally] = {}
    for key, tally in tallies.items():
        name = key[place]
        if name not in sums:
            sums[name] = Tally()
        sums[name].add(tally)
    return sums


def _add(tallies: dict[H, Tally], others: Mapping[H, Tally]) -> None:
    for key, tally in others.items():
        tally_of(tallies, key).add(tally)
