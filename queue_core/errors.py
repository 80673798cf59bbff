"""What can go wrong, in one tree.

    YihaoError
    ├── Refused           the rules say no, now (one class per reason, below)
    ├── ParseError        a request, profile or stored byte cannot be understood
    ├── Conflict          another writer was first; read on and decide again
    └── LogError          storage failed; nothing was recorded
        └── Overloaded    too many commands wait already; nothing was recorded

A refusal has a stable ``code``, a sentence with its values, and the values themselves
as ``details()``. Which HTTP status a code maps to stands in ``interface/statuses.py``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


class YihaoError(Exception):
    """The root of every error the house raises on purpose."""


class ParseError(YihaoError):
    """Input that cannot be understood; names the field where there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class Conflict(YihaoError):
    """Another writer appended to the stream first."""


class LogError(YihaoError):
    """The store could not record or read; nothing was half done."""


class Overloaded(LogError):
    """More commands wait than the house promises to answer in time."""


@dataclass(eq=False)
class Refused(YihaoError):
    """The rules refuse the command now. Subclasses fill ``sentence`` with values."""

    code: ClassVar[str]
    sentence: ClassVar[str]

    def __str__(self) -> str:
        return self.sentence.format(**asdict(self))

    def details(self) -> dict[str, Any]:
        """Return the values of the refusal, plain and ready for JSON."""
        return asdict(self)


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


# Duty at a window.


@dataclass(eq=False)
class WindowUnknown(Refused):
    """The hall has no such window."""

    window: str
    code = "window-unknown"
    sentence = "there is no window {window}"


@dataclass(eq=False)
class WindowNotOpen(Refused):
    """Nobody is on duty at the window."""

    window: str
    code = "window-not-open"
    sentence = "window {window} is not open"


@dataclass(eq=False)
class WindowOccupied(Refused):
    """Somebody is on duty at the window already."""

    window: str
    clerk: str
    code = "window-occupied"
    sentence = "{clerk} is on duty at window {window}"


@dataclass(eq=False)
class ClerkElsewhere(Refused):
    """A clerk is on duty at one window at a time."""

    clerk: str
    window: str
    code = "clerk-elsewhere"
    sentence = "{clerk} is on duty at window {window}"


@dataclass(eq=False)
class NotOnDuty(Refused):
    """Only the clerk on duty at the window may act there."""

    window: str
    clerk: str
    code = "not-on-duty"
    sentence = "{clerk} is not on duty at window {window}"


@dataclass(eq=False)
class WindowPausedNow(Refused):
    """The window does not call while it is paused."""

    window: str
    reason: str
    code = "window-paused"
    sentence = "window {window} is paused: {reason}"


@dataclass(eq=False)
class WindowNotPaused(Refused):
    """The window is not paused."""

    window: str
    code = "window-not-paused"
    sentence = "window {window} is not paused"


@dataclass(eq=False)
class WindowBusy(Refused):
    """The window has a ticket, which must be finished first."""

    window: str
    ticket: str
    number: str
    code = "window-busy"
    sentence = "window {window} still has {number}"


@dataclass(eq=False)
class TicketsHeld(Refused):
    """Held tickets must be resumed or transferred before the window closes."""

    window: str
    tickets: list[str]
    code = "tickets-held"
    sentence = "window {window} still holds {tickets}"


@dataclass(eq=False)
class QueueUnknown(Refused):
    """The hall has no such queue, or the window may not serve it."""

    queue: str
    code = "queue-unknown"
    sentence = "there is no queue {queue} here"


# The ticket.


@dataclass(eq=False)
class TicketUnknown(Refused):
    """The day has no such ticket."""

    ticket: str
    code = "ticket-unknown"
    sentence = "there is no ticket {ticket} today"


@dataclass(eq=False)
class TicketGone(Refused):
    """The ticket has ended."""

    ticket: str
    number: str
    reason: str
    code = "ticket-ended"
    sentence = "ticket {number} has ended: {reason}"


@dataclass(eq=False)
class NoTicketAtWindow(Refused):
    """The command needs a ticket at the window."""

    window: str
    code = "no-ticket-at-window"
    sentence = "window {window} has no ticket"


@dataclass(eq=False)
class TicketNotCallable(Refused):
    """The ticket may not be called out of order to this window."""

    ticket: str
    number: str
    why: str
    code = "ticket-not-callable"
    sentence = "ticket {number} cannot be called here: {why}"


@dataclass(eq=False)
class TicketNotHeld(Refused):
    """The ticket is not held at this window."""

    ticket: str
    window: str
    code = "ticket-not-held"
    sentence = "ticket {ticket} is not held at window {window}"


@dataclass(eq=False)
class TicketBusy(Refused):
    """The ticket's place does not allow the command."""

    ticket: str
    number: str
    place: str
    code = "ticket-busy"
    sentence = "ticket {number} is {place}"


@dataclass(eq=False)
class AnnouncedEnough(Refused):
    """The call has been announced as often as the profile allows."""

    number: str
    limit: int
    code = "announced-enough"
    sentence = "{number} has been announced {limit} times"


@dataclass(eq=False)
class PauseUsed(Refused):
    """A citizen may leave the line only as often as the profile allows."""

    number: str
    limit: int
    code = "pause-used"
    sentence = "ticket {number} has been paused {limit} times already"


@dataclass(eq=False)
class ServiceNotStarted(Refused):
    """The ticket at the window has been called but is not being served."""

    window: str
    number: str
    code = "service-not-started"
    sentence = "the service of {number} at window {window} has not started"


@dataclass(eq=False)
class ServiceStartedAlready(Refused):
    """The ticket at the window is being served already."""

    window: str
    number: str
    code = "service-started"
    sentence = "{number} is already being served at window {window}"


@dataclass(eq=False)
class SupplementMissing(Refused):
    """Outcome needs-supplement tells the whole list once; it cannot be empty."""

    number: str
    code = "supplement-missing"
    sentence = "the list of what {number} must bring is empty"


@dataclass(eq=False)
class TransferTargetUnclear(Refused):
    """A transfer names one queue or one window of the hall, and not its own."""

    queue: str
    to_window: str
    code = "transfer-target-unclear"
    sentence = "name one queue or one other open window (got {queue!r}, {to_window!r})"


# Evaluation.


@dataclass(eq=False)
class ServiceUnknown(Refused):
    """There is no such service."""

    service: str
    code = "service-unknown"
    sentence = "there is no service {service}"


@dataclass(eq=False)
class ServiceNotFinished(Refused):
    """Only a finished service can be evaluated."""

    service: str
    code = "service-not-finished"
    sentence = "service {service} is not finished"


@dataclass(eq=False)
class AlreadyEvaluated(Refused):
    """A service is evaluated once."""

    service: str
    code = "already-evaluated"
    sentence = "service {service} has been evaluated"


@dataclass(eq=False)
class GroundMissing(Refused):
    """A low grade needs an indicator or a text."""

    grade: str
    code = "ground-missing"
    sentence = "grade {grade} needs an indicator or a few words"


@dataclass(eq=False)
class IndicatorUnknown(Refused):
    """The indicator does not belong to the grade."""

    indicator: str
    grade: str
    code = "indicator-unknown"
    sentence = "indicator {indicator} does not belong to grade {grade}"


# Idempotence.


@dataclass(eq=False)
class CommandIdReused(Refused):
    """The idempotency key has been used for another command."""

    command_id: str
    code = "idempotency-key-reused"
    sentence = "the idempotency key {command_id} belongs to another command"
