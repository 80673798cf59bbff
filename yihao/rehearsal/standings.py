"""Where every ticket stands, as far as answers tell: the referee's own hall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .witness import Sight


Place = Literal[
    "waiting", "missed", "preparing", "paused", "called", "serving", "held", "ended"
]

NOT_BEFORE_SECONDS = 60
RETURN_AFTER_CALLS = 3


@dataclass(slots=True)
class Standing:
    """One ticket. Two hall times bound an instant that is not known exactly."""

    ticket: str
    number: str
    ticket_class: str
    queue: str
    effective_at: int
    sequence: int
    issued_at: int
    place: Place = "waiting"
    window: str = ""
    """The window it is at, or the one window it waits for."""
    misses: int = 0
    parked_from: int = 0
    """Parked, or ready after preparation, at the earliest at this hall time …"""
    parked_until: int = 0
    """… and at the latest at this one."""
    calls_when_parked: int = 0
    may_be_back: bool = False
    """The queue was empty at some call since it was parked."""
    is_blurred: bool = False
    """Something is under way whose version is not known exactly."""
    has_new_key: bool = False
    """Resumed too late: its effective time was set anew."""


class Moment(NamedTuple):
    """A call, or a call-next in vain: window, hall time, version."""

    window: str
    at: int
    version: int


class Standings:
    """All live tickets, the windows on duty, and the calls of every queue."""

    def __init__(self, hall: dict[str, Any]) -> None:
        rules = hall["rules"]
        self.missed_limit: int = rules["missed_limit"]
        self.return_after: int = rules.get(
            "missed_return_after_calls", RETURN_AFTER_CALLS
        )
        seconds = rules.get("missed_not_before_seconds", NOT_BEFORE_SECONDS)
        self.not_before: int = seconds * 1000
        self.skills: dict[str, dict[str, int]] = {
            w["window"]: {s["queue"]: s["offset_seconds"] for s in w["skills"]}
            for w in hall["windows"]
        }
        self.live: dict[str, Standing] = {}
        self.ended: dict[str, Standing] = {}
        self.foreign: set[str] = set()
        """Tickets that somebody touched whom the rehearsal does not play."""
        self.open: set[str] = set()
        self.calls: Counter[str] = Counter()

    # Who could be called.

    def candidates(self, moment: Moment) -> Iterator[tuple[Standing, int]]:
        """Yield (ticket, offset) for whoever this window could certainly call."""
        for standing in self.live.values():
            offset = self.offset_for(standing, moment.window)
            if offset is not None and self.is_due(standing, moment.at):
                yield standing, offset

    def offset_for(self, standing: Standing, window: str) -> int | None:
        """Return the window's offset for a ticket in line; None if it may not call."""
        if standing.window and standing.window in self.open:
            return 0 if standing.window == window else None
        return self.skills.get(window, {}).get(standing.queue)

    def is_due(self, standing: Standing, at: int) -> bool:
        """Tell whether the ticket stands in line for certain."""
        if standing.is_blurred or standing.has_new_key:
            return False
        match standing.place:
            case "waiting":
                return True
            case "missed":
                has_rested = at >= standing.parked_until + self.not_before
                return has_rested and self.calls_since(standing) >= self.return_after
            case "preparing":
                return at >= standing.parked_until
            case _:
                return False

    def calls_since(self, standing: Standing) -> int:
        """Return how many calls its queue has had since it was parked."""
        return self.calls[standing.queue] - standing.calls_when_parked

    # What happens.

    def call(self, sight: Sight) -> None:
        """Put the ticket to its window."""
        self.calls[sight.queue] += 1
        if standing := self.live.get(sight.ticket):
            standing.place, standing.window = "called", sight.window
            standing.queue, standing.is_blurred = sight.queue, False

    def park(self, standing: Standing, sight: Sight) -> None:
        """Park it after a missed call; the last miss allowed ends it."""
        standing.misses += 1
        standing.place, standing.window = "missed", ""
        standing.parked_from, standing.parked_until = sight.asked_at, sight.heard_at
        standing.calls_when_parked = self.calls[standing.queue]
        standing.may_be_back = False
        if standing.misses >= self.missed_limit:
            self.end(standing)

    def transfer(self, standing: Standing, sight: Sight) -> None:
        """Send it on to a queue or a window, at once or after its preparation."""
        target = sight.more.get("window", "")
        skills = self.skills.get(target, {})
        if target and standing.queue not in skills:
            standing.queue = next(iter(skills), standing.queue)
        standing.queue = sight.more.get("queue") or standing.queue
        standing.place, standing.window = "waiting", target
        if ready := sight.more.get("ready_after_seconds", 0) * 1000:
            standing.place = "preparing"
            standing.parked_from = sight.asked_at + ready
            standing.parked_until = sight.heard_at + ready

    def close(self, window: str) -> None:
        """Close a window: whoever waits for it alone goes back to the queue."""
        self.open.discard(window)
        for standing in self.live.values():
            if standing.place == "waiting" and standing.window == window:
                standing.window = ""

    def end(self, standing: Standing) -> None:
        """Let a ticket go."""
        standing.place = "ended"
        self.ended[standing.ticket] = standing
        self.live.pop(standing.ticket, None)

    def forget(self, ticket: str, queue: str) -> None:
        """Somebody else called this ticket: nothing certain is known of it now."""
        self.foreign.add(ticket)
        self.calls[queue] += 1
        self.live.pop(ticket, None)
