"""Tickets, windows, calls, services, zones and figures as they stand now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sortedcontainers import SortedKeyList

from queue_core.rules.tickets import Place
from queue_core.values import (
    CLASS_RANK,
    Audience,
    Channel,
    EndReason,
    Grade,
    Language,
    Outcome,
    ParkedReason,
    TicketClass,
)


CLOSED, OPEN, PAUSED = 0, 1, 2
"""Duty of a window."""


class LineKey(NamedTuple):
    """The line a ticket waits in: a queue's, or the own line of one window.

    The own line of a window has no queue: whoever was sent there waits in it.
    """

    queue: str
    extended: bool
    only_window: str


@dataclass(slots=True, eq=False, kw_only=True)
class LiveService:
    """A finished service of a ticket."""

    service: str
    ticket: str
    number: str
    window: str
    clerk: str
    items: list[str]
    outcome: Outcome
    supplement: list[str]
    started_at: int
    finished_at: int
    grade: Grade | None = None
    """How it was evaluated; None while it was not."""

    @property
    def evaluated(self) -> bool:
        """Tell whether somebody has evaluated it."""
        return self.grade is not None


@dataclass(slots=True, eq=False, kw_only=True)
class LiveTicket:
    """A ticket in its one place, with what screens say about it."""

    ticket: str
    number: str
    sequence: int
    ticket_class: TicketClass
    queue: str
    zone: str
    items: list[str]
    """The items still to be served, in order."""
    channel: Channel
    language: Language
    issued_at: int
    effective_at: int
    booked_at: int
    extended: bool
    closing_soon: bool
    place: Place = "waiting"
    since_at: int = 0
    """Since when it is in its place."""
    waiting_since: int = 0
    """Since when it waits in its queue, misses and pauses included."""
    only_window: str = ""
    """The one window it waits for; empty if any window of the queue may call it."""
    is_early: bool = False
    """It joined its line before its effective time (a booked ticket, checked in)."""
    pinned: bool = False
    returned: bool = False
    """It came back into line after a missed call."""
    parked_reason: ParkedReason | None = None
    until_at: int = 0
    """End of the citizen's pause, or of the preparation."""
    pauses: int = 0
    misses: int = 0
    window: str = ""
    call: int = 0
    """The version of its last call; 0 before the first."""
    calls: int = 0
    """How often it was called; not the recalls."""
    called_at: int = 0
    first_called_at: int = 0
    announcements: int = 0
    service: str = ""
    service_items: list[str] = field(default_factory=list)
    services: list[LiveService] = field(default_factory=list)
    ended_reason: EndReason | None = None

    @property
    def line(self) -> LineKey:
        """The line it waits in, or would join."""
        if self.only_window:
            return LineKey("", False, self.only_window)
        return LineKey(self.queue, self.extended, "")

    @property
    def key(self) -> tuple[int, int, int]:
        """The dispatch key: effective time, class rank, sequence."""
        return (self.effective_at, CLASS_RANK[self.ticket_class], self.sequence)

    @property
    def due_at(self) -> int:
        """Since when it may be said to wait: taken, or booked, whichever is later."""
        return max(self.issued_at, self.booked_at)

    @property
    def first_wait_ms(self) -> int | None:
        """How long it waited for its first call; None before that."""
        if not self.first_called_at:
            return None
        return max(0, self.first_called_at - self.due_at)

    @property
    def is_at_window(self) -> bool:
        """Tell whether it is called to a window or served there."""
        return self.place in ("called", "serving")


class LiveDone(NamedTuple):
    """The last miss or completion of a window, and how its ticket was before."""

    what: Literal["missed", "completed"]
    ticket: str
    at: int
    calls: int
    since_at: int
    waiting_since: int

    def is_untouched(self, ticket: LiveTicket) -> bool:
        """Tell whether its ticket is still where this has put it."""
        if ticket.calls != self.calls:
            return False
        if self.what == "missed":
            return ticket.parked_reason == "missed" or ticket.ended_reason == "no-show"
        return ticket.place == "waiting" or ticket.ended_reason == "served"


@dataclass(slots=True, eq=False, kw_only=True)
class LiveWindow:
    """A window of the hall, on duty or not."""

    window: str
    zone: str
    offsets: dict[str, int]
    """Queue → offset in seconds: what it serves now, or may serve when opened."""
    duty: int = CLOSED
    clerk: str = ""
    extended: bool = False
    pause_reason: str = ""
    ticket: LiveTicket | None = None
    held: dict[str, LiveTicket] = field(default_factory=dict)
    idle_since: int = 0
    """Since when it has no ticket, or the instant its duty changed."""
    served_today: int = 0
    evaluable: LiveService | None = None
    """Its last finished service, while the citizen may still evaluate it here."""
    done: LiveDone | None = None
    """What it did last, until it has another ticket or closes."""

    @property
    def stage(self) -> int:
        """0: no ticket, 1: called, 2: serving."""
        if self.ticket is None:
            return 0
        return 1 if self.ticket.place == "called" else 2

    @property
    def since_at(self) -> int:
        """Since when the window is at its stage; 0 if it was never opened."""
        return self.idle_since if self.ticket is None else self.ticket.since_at

    def may_call_from(self, line: LineKey) -> bool:
        """Tell whether a ticket waiting in ``line`` may be called to this window."""
        if line.only_window:
            return line.only_window == self.window
        return line.queue in self.offsets and (self.extended or not line.extended)

    def offset_for(self, line: LineKey) -> int:
        """Return by how many seconds the window comes later to tickets of ``line``."""
        return 0 if line.only_window else self.offsets[line.queue]


@dataclass(slots=True, eq=False, kw_only=True)
class LiveCall:
    """A call that stands on the board. Its id is the version of its event."""

    call: int
    ticket: str
    number: str
    ticket_class: TicketClass
    window: str
    zones: tuple[str, ...]
    """The window's zone and the zone in which the ticket waited."""
    called_at: int
    announcements: int
    announced_at: int
    here: bool = False
    """The citizen came; the ticket is being served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNotice:
    """A notice that was not withdrawn. Nobody shows it from ``until_at`` on."""

    notice: str
    at: int
    until_at: int
    zh: str
    en: str
    audience: Audience
    zones: tuple[str, ...]
    """Empty: the whole hall."""
    windows: tuple[str, ...]
    """Empty: all whom it is for."""
    by: str

    def concerns_citizens(self, zone: str = "") -> bool:
        """Tell whether a board or phone of ``zone``, or of the hall, shows it."""
        return self.audience == "everyone" and (
            not zone or not self.zones or zone in self.zones
        )

    def concerns_clerk(self, window: LiveWindow) -> bool:
        """Tell whether the console of a window shows it."""
        if self.windows:
            return window.window in self.windows
        return not self.zones or window.zone in self.zones


@dataclass(slots=True, eq=False)
class ZoneCounts:
    """How many tickets and windows of a zone are in which place."""

    zone: str
    waiting: int = 0
    parked: int = 0
    called: int = 0
    serving: int = 0
    held: int = 0
    open_windows: int = 0
    paused_windows: int = 0
    oldest: SortedKeyList[LiveTicket, tuple[int, int]] = field(
        default_factory=lambda: SortedKeyList(key=waited_longest)
    )
    """The waiting tickets, longest wait first."""

    def count(self, place: Place, by: int) -> None:
        """Add ``by`` to the tickets in ``place``; the ended are not counted."""
        if place == "waiting":
            self.waiting += by
        elif place == "parked":
            self.parked += by
        elif place == "called":
            self.called += by
        elif place == "serving":
            self.serving += by
        elif place == "held":
            self.held += by


@dataclass(slots=True, eq=False)
class Figures:
    """The day's figures so far."""

    issued: int = 0
    called: int = 0
    served: int = 0
    """Finished services."""
    missed: int = 0
    no_shows: int = 0
    cancelled: int = 0
    wait_milliseconds: int = 0
    """Until the first call, over all tickets that have been called."""
    waits_counted: int = 0
    in_time: int = 0
    """Tickets called for the first time within the wait that the rules promise."""
    service_milliseconds: int = 0
    """From start to end, over all finished services."""
    evaluations: int = 0
    bad_evaluations: int = 0


def waited_longest(ticket: LiveTicket) -> tuple[int, int]:
    """Order waiting tickets by how long they have waited, the longest first."""
    return (ticket.waiting_since, ticket.sequence)
