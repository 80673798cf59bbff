"""The load of the day by half hours: who came, who was called, and who waited then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from collections.abc import Callable

HALF_HOUR_MS = 1_800_000


@dataclass(slots=True, eq=False)
class HalfHour:
    """One half hour of the day, beginning at ``start_at``."""

    start_at: int
    issued: int = 0
    called: int = 0
    """Numbers that were called for the first time."""
    waiting: int | None = None
    """How many waited when it ended; None while it goes on."""


@dataclass(slots=True, eq=False)
class Load:
    """The half hours so far, without gaps, the present one last."""

    rows: list[HalfHour] = field(default_factory=list)
    ends_at: int = 0
    """When the present half hour is over."""

    @property
    def present(self) -> HalfHour:
        """The half hour that goes on."""
        return self.rows[-1]

    def reach(self, at: int, waiting: Callable[[], int]) -> None:
        """Go on to the half hour of ``at``; ``waiting`` counts who waits till then."""
        if at < self.ends_at:
            return
        if not self.rows:
            self.ends_at = at // HALF_HOUR_MS * HALF_HOUR_MS
        else:
            self.present.waiting = waiting()
        while self.ends_at <= at:
            start_at, self.ends_at = self.ends_at, self.ends_at + HALF_HOUR_MS
            is_over = self.ends_at <= at
            self.rows.append(HalfHour(start_at, waiting=waiting() if is_over else None))
