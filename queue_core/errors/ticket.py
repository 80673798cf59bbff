"""Refusals about one ticket and its calls."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Refused


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
class NothingToUndo(Refused):
    """Only a miss or a completion is undone, and only the last of the window."""

    window: str
    code = "nothing-to-undo"
    sentence = "window {window} has nothing to undo"


@dataclass(eq=False)
class UndoTooLate(Refused):
    """A miss or a completion can be undone within the profile's seconds only."""

    number: str
    seconds: int
    code = "undo-too-late"
    sentence = "what was done with {number} could be undone for {seconds} seconds"


@dataclass(eq=False)
class TicketMovedOn(Refused):
    """Something has happened with the ticket since, so nothing is undone any more."""

    ticket: str
    number: str
    place: str
    """Where it is now; how it ended if it has."""
    code = "ticket-moved-on"
    sentence = "ticket {number} has moved on: {place}"


@dataclass(eq=False)
class TransferTargetUnclear(Refused):
    """A transfer names one queue or one window of the hall, and not its own."""

    queue: str
    to_window: str
    code = "transfer-target-unclear"
    sentence = "name one queue or one other open window (got {queue!r}, {to_window!r})"
