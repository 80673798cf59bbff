"""Refusals of the day and of taking a number."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Refused


# The day.


@dataclass(eq=False)
class DayNotOpen(Refused):
    """No business day is open in this hall."""

    code = "day-not-open"
    sentence = "the hall's day is not open"


@dataclass(eq=False)
class DayAlreadyOpen(Refused):
    """The day was opened before."""

    date: str
    code = "day-already-open"
    sentence = "the day {date} is already open"


@dataclass(eq=False)
class DayEnded(Refused):
    """The day is closed; nothing can happen in it any more."""

    date: str
    code = "day-ended"
    sentence = "the day {date} is closed"


@dataclass(eq=False)
class TicketsLeft(Refused):
    """Tickets still wait or are being served, and the day may not end yet."""

    tickets: int
    code = "tickets-left"
    sentence = "{tickets} tickets are still waiting or being served"


# Taking a number.


@dataclass(eq=False)
class DoorsClosed(Refused):
    """Tickets are issued from the doors' opening to the cut-off only."""

    opens_at: int
    cut_off_at: int
    code = "doors-closed"
    sentence = "tickets are issued from {opens_at} to {cut_off_at} only"


@dataclass(eq=False)
class ItemUnknown(Refused):
    """The profile has no such item."""

    item: str
    code = "item-unknown"
    sentence = "there is no item {item}"


@dataclass(eq=False)
class NoWindowServes(Refused):
    """No window on duty serves the item; the help desk knows what to do."""

    item: str
    help_desk: str
    code = "no-window-serves"
    sentence = "no open window serves {item}; please ask at {help_desk}"


@dataclass(eq=False)
class LiveTicketExists(Refused):
    """The person already holds a live ticket for the item."""

    item: str
    ticket: str
    number: str
    code = "live-ticket-exists"
    sentence = "ticket {number} for {item} is still live"


@dataclass(eq=False)
class QuotaReached(Refused):
    """As many tickets as the profile allows in a day have been issued."""

    quota: str
    limit: int
    code = "quota-reached"
    sentence = "the quota of {limit} for {quota} is used up for today"


@dataclass(eq=False)
class NumbersExhausted(Refused):
    """The queue's number range has no number left."""

    queue: str
    last_number: int
    code = "numbers-exhausted"
    sentence = "queue {queue} has used its last number {last_number}"


@dataclass(eq=False)
class ClassNotAllowed(Refused):
    """A ticket of this class cannot be taken this way."""

    ticket_class: str
    channel: str
    code = "class-not-allowed"
    sentence = "a {ticket_class} ticket cannot be taken by {channel}"
