"""The figures of one hall-day, counted once each and added up by whoever asks.

What a number or a service counts for is one *cell*: its zone, department, queue and
item together. A zone's figures are the sum of its cells. What happens at a window
counts for the window and its clerk together; how a number was taken, for class and
channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar, get_args

import msgspec

from .tallies import Tally


Cell = tuple[str, str, str, str]
"""Zone, department, queue and item."""
Way = tuple[str, str]
"""Class and channel."""
Desk = tuple[str, str]
"""Window and clerk."""

CellPart = Literal["zone", "department", "queue", "item"]
WayPart = Literal["class", "channel"]
DeskPart = Literal["window", "clerk"]

CELL_PARTS: tuple[CellPart, ...] = get_args(CellPart)
WAY_PARTS: tuple[WayPart, ...] = get_args(WayPart)
DESK_PARTS: tuple[DeskPart, ...] = get_args(DeskPart)

K = TypeVar("K", Cell, Way)
H = TypeVar("H", Cell, Way, int)


class DayFigures(msgspec.Struct):
    """Everything that is counted in a day."""

    cells: dict[Cell, Tally] = msgspec.field(default_factory=dict)
    """Numbers taken, what became of them, and services."""
    ways: dict[Way, Tally] = msgspec.field(default_factory=dict)
    """The same."""
    desks: dict[Desk, Tally] = msgspec.field(default_factory=dict)
    """Calls, waits of those who were called first there, services, duty."""
    half_hours: dict[int, Tally] = msgspec.field(default_factory=dict)
    """By the half hour of the local day, from 0 to 47: numbers and what became of them
    by when they were taken, services by when they began."""

    @property
    def whole(self) -> Tally:
        """The figures of the whole hall, but for duty."""
        return total(self.cells)

    def by_cell(self, part: CellPart) -> dict[str, Tally]:
        """Return the figures of every zone, every department and so on."""
        return summed(self.cells, CELL_PARTS.index(part))

    def by_way(self, part: WayPart) -> dict[str, Tally]:
        """Return the figures of every class, or of every channel."""
        return summed(self.ways, WAY_PARTS.index(part))

    def by_desk(self, part: DeskPart) -> dict[str, Tally]:
        """Return the figures of every window, or of every clerk."""
        return summed(self.desks, DESK_PARTS.index(part))

    def add(self, other: DayFigures) -> None:
        """Take in the figures of another day."""
        _add(self.cells, other.cells)
        _add(self.ways, other.ways)
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
