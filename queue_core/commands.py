"""Every command the house takes: imperative + object.

All commands carry ``command_id`` (client-made, so that a repeat returns the first
answer), ``at`` (the hall's clock when the command was received, milliseconds) and
``by`` (the account, device or ``citizen`` that gave it). Nothing here names a person.
"""

from __future__ import annotations

import msgspec

from .values import (
    Audience,
    Channel,
    DayHours,
    ErasureGround,
    EvaluationChannel,
    Grade,
    HallRules,
    Language,
    Outcome,
    Seal,
    TicketClass,
)


class Command(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every command carries."""

    command_id: str
    at: int
    by: str


class HallDayCommand(Command, frozen=True, kw_only=True):
    """A command that the hall's day of business decides."""


# The day.


class OpenDay(HallDayCommand, frozen=True, kw_only=True):
    """Open the business day ``date`` (YYYY-MM-DD, local) under the given rules."""

    date: str
    hours: DayHours
    rules: HallRules


class CloseDay(HallDayCommand, frozen=True, kw_only=True):
    """Close the day; with ``overdue`` (a later day has begun) whatever still waits."""

    overdue: bool = False


class AdoptRules(HallDayCommand, frozen=True, kw_only=True):
    """Use a changed profile from now on, for later tickets."""

    rules: HallRules


class BroadcastNotice(HallDayCommand, frozen=True, kw_only=True):
    """Tell the hall, some of its zones, or the clerks at some windows, something."""

    notice: str
    zh: str
    en: str = ""
    """Empty: the Chinese words stand for both."""
    audience: Audience = "everyone"
    zones: list[str] = []
    """Only these zones; empty: the whole hall."""
    windows: list[str] = []
    """Only the clerks at these windows; it is nobody else's notice then."""
    until_at: int = 0
    """From here it is over; 0: when the day ends."""


class WithdrawNotice(HallDayCommand, frozen=True, kw_only=True):
    """Take a notice back that stands still."""

    notice: str


# Duty at a window.


class OpenWindow(HallDayCommand, frozen=True, kw_only=True):
    """Sign a clerk on at a window, with some or (None) all of the window's queues."""

    window: str
    clerk: str
    queues: list[str] | None = None
    extended: bool = False
    """The window also serves extended-hours tickets, and goes on after closing."""


class ClerkCommand(HallDayCommand, frozen=True, kw_only=True):
    """A command of the clerk who is on duty at a window."""

    window: str
    clerk: str


class PauseWindow(ClerkCommand, frozen=True, kw_only=True):
    """Stop calling at a window for a stated reason."""

    reason: str


class ResumeWindow(ClerkCommand, frozen=True, kw_only=True):
    """Go on calling at a paused window."""


class CloseWindow(ClerkCommand, frozen=True, kw_only=True):
    """Sign off at a window that has no ticket."""


# The life of a ticket.


class IssueTicket(HallDayCommand, frozen=True, kw_only=True):
    """Give the next number to a citizen for one item or several."""

    ticket: str
    items: list[str]
    channel: Channel
    ticket_class: TicketClass = "ordinary"
    subject_key: str = ""
    """Stands for the person; empty where the ticket is anonymous."""
    booked_at: int = 0
    """The booked time of an appointment ticket."""
    extended: bool = False
    """Booked for extended hours."""
    language: Language = "zh"


class CallNext(ClerkCommand, frozen=True, kw_only=True):
    """Call the eligible ticket with the earliest effective time."""


class CallTicket(ClerkCommand, frozen=True, kw_only=True):
    """Call a chosen ticket, where it is pinned or was transferred to this window."""

    ticket: str


class RecallTicket(ClerkCommand, frozen=True, kw_only=True):
    """Announce the called ticket once more."""


class MarkMissed(ClerkCommand, frozen=True, kw_only=True):
    """Record that nobody came to the call, with the clerk's reason."""

    reason: str


class StartService(ClerkCommand, frozen=True, kw_only=True):
    """Begin to serve the called ticket."""


class HoldTicket(ClerkCommand, frozen=True, kw_only=True):
    """Set the ticket at the window aside; the window may call another."""

    reason: str = ""


class ResumeHeldTicket(ClerkCommand, frozen=True, kw_only=True):
    """Take a ticket that is held at this window back to the window."""

    ticket: str


class TransferTicket(ClerkCommand, frozen=True, kw_only=True):
    """Send the ticket at the window to one queue or one window, keeping its place."""

    queue: str = ""
    to_window: str = ""
    reason: str = ""
    ready_after_seconds: int = 0
    """Preparation the citizen needs before the next step."""


class AddItem(ClerkCommand, frozen=True, kw_only=True):
    """Add an item to the ticket that is being served."""

    item: str


class CompleteService(ClerkCommand, frozen=True, kw_only=True):
    """End the service with an outcome; the supplement list is told once, whole."""

    outcome: Outcome
    supplement: list[str] = []
    note: str = ""


class UndoLast(ClerkCommand, frozen=True, kw_only=True):
    """Take back the miss or the completion that the window recorded last."""


class PinTicket(HallDayCommand, frozen=True, kw_only=True):
    """Allow a waiting ticket to be called out of order, for a manager's reason."""

    ticket: str
    reason: str


class PauseTicket(HallDayCommand, frozen=True, kw_only=True):
    """Leave the line for a while at the citizen's wish."""

    ticket: str


class ResumeTicket(HallDayCommand, frozen=True, kw_only=True):
    """Come back into the line."""

    ticket: str


class CancelTicket(HallDayCommand, frozen=True, kw_only=True):
    """Give the number back."""

    ticket: str


# Evaluation (a stream of its own for every service).


class GiveEvaluation(Command, frozen=True, kw_only=True):
    """Evaluate a finished service: once, voluntarily, never defaulted."""

    service: str
    grade: Grade
    indicators: list[str] = []
    text: str = ""
    channel: EvaluationChannel


# The hall's profile (a stream of its own for every hall).


class AdoptProfile(Command, frozen=True, kw_only=True):
    """Record that the hall works by a changed profile from now on."""

    hall: str
    revision: str
    content: bytes
    """The whole profile as MessagePack, so that any past day can be read with it."""


# Persons (a stream of its own for every hall). What is recorded has been done already,
# in the store of persons: these commands are decided like any other and never refused.


class PersonsCommand(Command, frozen=True, kw_only=True):
    """A command to record what was done about persons of a hall."""

    hall: str
    subjects: list[str]


class RecordErasure(PersonsCommand, frozen=True, kw_only=True):
    """Record that persons were erased."""

    ground: ErasureGround


class RecordHold(PersonsCommand, frozen=True, kw_only=True):
    """Record that persons are held."""

    reason: str


class RecordRelease(PersonsCommand, frozen=True, kw_only=True):
    """Record that persons are held no longer."""


# Proof (a stream of its own for every hall).


class SealDay(Command, frozen=True, kw_only=True):
    """Record the signed head of a day that is over."""

    hall: str
    date: str
    seal: Seal
