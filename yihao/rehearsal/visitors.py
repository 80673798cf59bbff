"""Who comes to the hall on a rehearsed day, and how each of them will behave.

A visitor is drawn whole before the day begins, so that a change of the hall's rules
meets the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from queue_core.values import Channel, Grade, Outcome, TicketClass


@dataclass(frozen=True, slots=True)
class Habits:
    """What is no part of the hall's statistics but makes a day real."""

    walk_seconds: float = 15.0
    """From hearing the number to standing at the window."""
    follows: bool = False
    """Follows the own ticket on the live link, not only the board."""
    pauses: bool = False
    """Leaves the line for ten minutes if it is long."""
    gives_back: bool = False
    """Cancels the number when patience ends, instead of just going."""
    adds_item: bool = False
    """Brings the second item up at the window, not when taking the number."""
    held: bool = False
    """Is set aside once during the service, to fetch or fill in something."""
    rates_by_phone: bool = False
    """Evaluates with the ticket's secret, not at the pad."""
    transfer_to_window: bool = False
    prepares_seconds: int = 0
    """Preparation before the next step after a transfer."""
    outcome: Outcome = "done"


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person who takes a number."""

    name: str
    arrives_at: int
    zone: str
    items: tuple[str, ...]
    ticket_class: TicketClass
    channel: Channel
    service_seconds: tuple[float, ...]
    """At the window, per item, before the clerk's own pace."""
    patience_seconds: float
    booked_at: int = 0
    misses_first: bool = False
    returns: bool = True
    """Comes back after the missed call."""
    transferred: bool = False
    grade: Grade | None = None
    habits: Habits = Habits()


@dataclass(frozen=True)
class RehearsedDay:
    """The people of one day, in order of arrival, and the clerks' pace."""

    date: str
    visitors: list[Visitor]
    pace: dict[str, float]
    """Window → factor on every service time."""
    absent: int = 0
    """Booked citizens who never come."""
    notes: list[str] = field(default_factory=list)
    """What the reader should know about how the day was made."""
