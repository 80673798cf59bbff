"""What a clerk asks at his window, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from projections.answers import Answer
from queue_core.interface.fields import (
    FilledLine,
    Line,
    Paragraph,
    Reference,
    Seconds,
)
from queue_core.values import Language, Outcome, TicketClass


WindowState = Literal["closed", "open", "paused"]

WINDOW_STATES: tuple[WindowState, ...] = ("closed", "open", "paused")
"""The states of a window, as the live picture numbers them."""


# What is asked.


class Asked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a clerk asks."""


class OpenAsked(Asked, kw_only=True):
    """Sign on, for all queues of the window or for some."""

    queues: (
        Annotated[list[Reference], msgspec.Meta(min_length=1, max_length=200)] | None
    ) = None
    extended: bool = False


class PauseAsked(Asked, kw_only=True):
    """Stop calling for a reason that screens may show."""

    reason: FilledLine


class TicketAsked(Asked, kw_only=True):
    """One ticket, by its id."""

    ticket: Reference


class MissedAsked(Asked, kw_only=True):
    """Nobody came to the call."""

    reason: FilledLine


class HoldAsked(Asked, kw_only=True):
    """Set the ticket aside."""

    reason: Line = ""


class TransferAsked(Asked, kw_only=True):
    """Send the ticket to a queue or to a window: one of the two."""

    queue: Line = ""
    window: Line = ""
    reason: Line = ""
    ready_after_seconds: Seconds = 0


class AddItemAsked(Asked, kw_only=True):
    """One more item for the ticket that is being served."""

    item: Reference


class CompleteAsked(Asked, kw_only=True):
    """How the service ended; the supplement list is told once, whole."""

    outcome: Outcome
    supplement: Annotated[list[FilledLine], msgspec.Meta(max_length=50)] = []
    note: Paragraph = ""


class ServiceAsked(Asked, kw_only=True):
    """A finished service, by its id."""

    service: Reference


# What is answered.


class TicketAtWindow(Answer, frozen=True, kw_only=True):
    """The ticket that is at the window."""

    ticket: str
    number: str
    class_: TicketClass
    queue: str
    items: list[str]
    state: Literal["called", "serving", "held"]
    issued_at: int


class WindowAnswer(Answer, frozen=True, kw_only=True):
    """A window after a command of its clerk, or as it stands."""

    window: str
    state: WindowState
    clerk: str | None
    clerk_name: str | None = None
    """Told to staff who ask how the window stands."""
    pause_reason: str | None
    ticket: TicketAtWindow | None
    call: int | None
    announcements: int
    service: str | None
    """The service that goes on, or the one that was just finished."""
    held: list[TicketAtWindow]
    version: int


class SupplementAnswer(Answer, frozen=True, kw_only=True):
    """What a citizen was told to bring, in his language, and whether it was printed."""

    service: str
    hall: str
    number: str
    items: list[str]
    missing: list[str]
    window: str
    clerk: str
    told: str
    """Local date and time, such as ``2026-03-02 09:05``."""
    language: Language
    printed: bool
    reason: str | None
    """Why it was not printed: ``no-printer``, or the code of the printer's trouble."""
    version: int
