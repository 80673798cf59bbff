"""Refusals at a window on duty."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Refused


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
