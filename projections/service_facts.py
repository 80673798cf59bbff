"""The plain facts of one hall-day: visits, waits, calls, services, duty and its breaks.

Every fact names the versions of the hall-day stream that show it, so that whoever
reads a figure can go back to the record. ``day_facts.DayFacts`` folds the stream into
them. An instant or version of 0 means: not yet, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from queue_core.values import Skill


SpanState = Literal["idle", "paused", "called", "serving"]
"""What a window on duty is doing: nobody at it, not calling, awaiting, at work."""


@dataclass(slots=True)
class Visit:
    """One ticket from its issue to its end."""

    ticket: str
    number: str
    queue: str
    zone: str
    """That of the queue when the number was taken."""
    ticket_class: str
    channel: str
    extended: bool
    items: list[str]
    booked_at: int
    people_ahead: int
    issued_at: int
    issued_version: int
    called_at: int = 0
    called_version: int = 0
    calls: int = 0
    misses: int = 0
    pauses: int = 0
    ended_at: int = 0
    ended_version: int = 0
    end_reason: str = ""

    @property
    def wait_seconds(self) -> float | None:
        """Seconds from the issue (or the later booked time) to the first call."""
        if not self.called_at:
            return None
        return max(0, self.called_at - max(self.issued_at, self.booked_at)) / 1000


@dataclass(slots=True)
class Wait:
    """A stretch in which a ticket stood in line and could have been called."""

    ticket: str
    number: str
    queue: str
    window: str
    """The one window it waited for; empty if any window of the queue would do."""
    extended: bool
    since_at: int
    since_version: int
    until_at: int = 0
    until_version: int = 0


@dataclass(slots=True)
class Call:
    """A ticket called to a window, and what became of the call."""

    version: int
    ticket: str
    number: str
    window: str
    clerk: str
    queue: str
    called_at: int
    recalls: list[int] = field(default_factory=list)
    """The versions of its recalls."""
    missed_at: int = 0
    missed_version: int = 0
    reason: str = ""


@dataclass(slots=True)
class Service:
    """A citizen served at a window; ``finished_at`` is 0 if never completed there."""

    service: str
    ticket: str
    number: str
    queue: str
    window: str
    clerk: str
    items: list[str]
    started_at: int
    started_version: int
    finished_at: int = 0
    finished_version: int = 0
    outcome: str = ""
    held_since: int = 0
    held_ms: int = 0

    @property
    def seconds(self) -> float:
        """Seconds at the window, without the time it was held aside."""
        return max(0, self.finished_at - self.started_at - self.held_ms) / 1000


@dataclass(slots=True)
class Pause:
    """A stretch in which a window on duty did not call."""

    window: str
    clerk: str
    reason: str
    since_at: int
    since_version: int
    until_at: int = 0
    until_version: int = 0


@dataclass(slots=True)
class Duty:
    """A clerk on duty at a window, from signing on to signing off."""

    window: str
    clerk: str
    skills: list[Skill]
    extended: bool
    opened_at: int
    opened_version: int
    closed_at: int = 0
    closed_version: int = 0


@dataclass(slots=True)
class Span:
    """A stretch of one state at a window on duty."""

    window: str
    state: SpanState
    duty: Duty
    since_at: int
    since_version: int
    number: str = ""
    until_at: int = 0
    until_version: int = 0
