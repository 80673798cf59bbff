"""The figures of one hall-day: of the whole hall, and of each of its parts."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from .tallies import Tally


Part = Literal[
    "zone",
    "queue",
    "department",
    "item",
    "window",
    "clerk",
    "class",
    "channel",
    "half-hour",
]
"""By what a day is divided. A half hour of the local day, numbered from 0 to 47, counts
numbers and all that became of them by when they were taken, services by when they
began."""

Kinds = tuple[str, str, str, str, str, str]
"""Zone, department, queue, item, class and channel."""

PARTS: tuple[Part, ...] = get_args(Part)


def no_parts() -> dict[Part, dict[str, Tally]]:
    """Return parts of which nothing was counted yet."""
    return {part: {} for part in PARTS}


class StoredFigures(msgspec.Struct, array_like=True):
    """The figures of a day as they are stored."""

    whole: Tally = msgspec.field(default_factory=Tally)
    parts: dict[Part, dict[str, Tally]] = msgspec.field(default_factory=no_parts)


class DayFigures:
    """Everything that is counted in a day."""

    def __init__(self, stored: StoredFigures | None = None) -> None:
        """Begin with nothing, or with what was stored."""
        stored = stored or StoredFigures()
        self.whole = stored.whole
        self.parts = stored.parts
        self._of_kinds: dict[Kinds, tuple[Tally, ...]] = {}

    @property
    def stored(self) -> StoredFigures:
        """The figures as they are stored."""
        return StoredFigures(self.whole, self.parts)

    def of(self, part: Part, name: str) -> Tally:
        """Return what is counted for one zone, one window and so on."""
        group = self.parts[part]
        tally = group.get(name)
        if tally is None:
            tally = group[name] = Tally()
        return tally

    def of_kinds(self, kinds: Kinds) -> tuple[Tally, ...]:
        """Return everything that somebody of these kinds counts for."""
        known = self._of_kinds.get(kinds)
        if known is None:
            zone, department, queue, item, ticket_class, channel = kinds
            known = self._of_kinds[kinds] = (
                self.whole,
                self.of("zone", zone),
                self.of("department", department),
                self.of("queue", queue),
                self.of("item", item),
                self.of("class", ticket_class),
                self.of("channel", channel),
            )
        return known
