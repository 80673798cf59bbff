"""A ticket and a window as decisions need them: mutable, small, in one place each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple


if TYPE_CHECKING:
    from queue_core.events import TicketIssued
    from queue_core.values import ParkedReason, Skill

Place = Literal["waiting", "parked", "called", "serving", "held", "ended"]

Key = tuple[int, int, int]
"""The dispatch key: (effective time, class rank, sequence). It never changes while
the ticket stands in a line."""


class Ticket:
    """One visit of one citizen, always in exactly one place."""

    __slots__ = (
        "announcements",
        "calls",
        "calls_when_parked",
        "effective_at",
        "ended_as",
        "every_item",
        "extended",
        "items",
        "misses",
        "number",
        "only_window",
        "parked_at",
        "parked_reason",
        "pauses",
        "pinned",
        "place",
        "queue",
        "rank",
        "ready_at",
        "sequence",
        "service",
        "service_items",
        "services",
        "started_at",
        "subject_key",
        "ticket",
        "ticket_class",
        "until_at",
        "window",
    )

    def __init__(self, issued: TicketIssued, rank: int) -> None:
        self.ticket = issued.ticket
        self.number = issued.number
        self.sequence = issued.sequence
        self.ticket_class = issued.ticket_class
        self.rank = rank
        self.queue = issued.queue
        self.items = list(issued.items)
        self.every_item = list(issued.items)
        self.effective_at = issued.effective_at
        self.extended = issued.extended
        self.subject_key = issued.subject_key
        self.place: Place = "waiting"
        self.window = ""
        self.only_window = ""
        self.pinned = False
        self.announcements = 0
        self.calls = 0
        """How often it was called; not the recalls."""
        self.misses = 0
        self.pauses = 0
        self.parked_reason: ParkedReason | None = None
        self.parked_at = 0
        self.calls_when_parked = 0
        self.ready_at = 0
        self.until_at = 0
        self.services = 0
        self.service = ""
        self.service_items: list[str] = []
        self.started_at = 0
        self.ended_as = ""

    @property
    def key(self) -> Key:
        """The dispatch key of the ticket."""
        return (self.effective_at, self.rank, self.sequence)

    @property
    def where(self) -> str:
        """The place in words, with the reason of a parked ticket."""
        return self.parked_reason or self.place


class Done(NamedTuple):
    """The last miss or completion of a window, and how its ticket was before."""

    what: Literal["missed", "completed"]
    version: int
    at: int
    ticket: Ticket
    calls: int
    """How often the ticket had been called; once more, and it has moved on."""
    service: str
    """The service that was completed, or that the ticket was called for."""
    service_items: list[str]
    items: list[str]
    queue: str


class Window:
    """A window with a clerk on duty."""

    __slots__ = (
        "clerk",
        "done",
        "extended",
        "held",
        "idle_since",
        "offered",
        "pause_reason",
        "paused",
        "skills",
        "ticket",
        "window",
    )

    def __init__(
        self, *, window: str, clerk: str, skills: list[Skill], extended: bool, at: int
    ) -> None:
        self.window = window
        self.clerk = clerk
        self.skills = {skill.queue: skill for skill in skills}
        self.extended = extended
        self.paused = False
        self.pause_reason = ""
        self.ticket: Ticket | None = None
        self.held: dict[str, Ticket] = {}
        self.idle_since = at
        self.offered: Ticket | None = None
        self.done: Done | None = None
        """What may still be undone, until the window has another ticket."""
