"""Every event the house records: subject + participle.

Events are facts. They carry the result of the decision, so that a reader sets it
instead of computing it again. A class is never edited after release, except that a
field with a default is added at the end; a changed meaning is a new version with an
upcast. The one table of stored names is ``log/event_names.py``, with a golden test.
"""

from __future__ import annotations

import msgspec

from .values import (
    Audience,
    AuditAction,
    CallGround,
    Channel,
    DayHours,
    EndReason,
    EvaluationChannel,
    Grade,
    HallRules,
    Language,
    Outcome,
    Skill,
    TicketClass,
)


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """What every event carries: when, by whom, and the command that caused it."""

    at: int
    by: str
    command_id: str


class HallDayEvent(Event, frozen=True, kw_only=True, array_like=True):
    """An event of the stream ``hall-day/<hall>/<date>``."""


# The day.


class DayOpened(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The business day began under these rules; every number series starts anew."""

    date: str
    hours: DayHours
    rules: HallRules


class RulesAdopted(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The profile changed during the day; later tickets follow the new rules."""

    rules: HallRules


class DayClosed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The business day ended. Nothing follows it in its stream."""

    overdue: bool


class NoticeBroadcast(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A manager told the hall, some zones, or the clerks at some windows, something."""

    notice: str
    zh: str
    en: str
    """Empty: the Chinese words stand for both."""
    audience: Audience
    zones: list[str]
    """Only these zones; empty: the whole hall."""
    windows: list[str]
    """Only the clerks at these windows; empty: all whom it is for."""
    until_at: int
    """From here it is over, whoever withdraws it or not."""


class NoticeWithdrawn(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A notice was taken back before it was over."""

    notice: str


# Duty at a window.


class WindowOpened(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A clerk signed on at a window."""

    window: str
    clerk: str
    skills: list[Skill]
    extended: bool


class WindowPaused(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The window stopped calling."""

    window: str
    clerk: str
    reason: str


class WindowResumed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The window went on calling."""

    window: str
    clerk: str


class WindowClosed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The clerk signed off."""

    window: str
    clerk: str


# The life of a ticket.


class TicketIssued(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A citizen got a number and a place in a queue."""

    ticket: str
    number: str
    """Prefix (V green, Y booked), queue letter and digits, such as ``A012``."""
    sequence: int
    """Order of issue in the day, from 1; the last part of the dispatch key."""
    queue: str
    items: list[str]
    ticket_class: TicketClass
    channel: Channel
    language: Language
    subject_key: str
    effective_at: int
    """The earliest effective time: issue or booked time less the class's credit."""
    booked_at: int
    extended: bool
    people_ahead: int
    closing_soon: bool
    offered_to: str
    """The idle window that should call it, by the arrival rule; empty if none."""


class TicketCalled(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A ticket was called to a window. The call's id is this event's version."""

    ticket: str
    number: str
    window: str
    clerk: str
    queue: str
    ground: CallGround
    effective_at: int
    offset_seconds: int
    """The window's offset; with ``effective_at`` it explains the order."""


class TicketRecalled(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The call was announced again."""

    ticket: str
    number: str
    window: str
    announcements: int
    """How often this call has been announced by now: 2 is the first recall."""


class TicketMissed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """Nobody came to the call. The ticket is parked, or ended on the last miss."""

    ticket: str
    number: str
    window: str
    clerk: str
    reason: str
    misses: int


class TicketReturned(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A parked ticket came back into its queue by the rule."""

    ticket: str
    queue: str
    window: str
    """The one window it waits for; empty if any window of the queue may call it."""
    after_calls: int
    """Calls of the queue made since it was parked."""


class TicketPinned(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A manager allowed the ticket to be called out of order."""

    ticket: str
    reason: str


class TicketPaused(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The citizen left the line for a while; the place is kept until ``until_at``."""

    ticket: str
    until_at: int


class TicketResumed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The citizen came back into the line."""

    ticket: str
    queue: str
    window: str
    """The one window it waits for; empty if any window of the queue may call it."""
    effective_at: int


class ServiceStarted(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The citizen stands at the window and is served."""

    service: str
    ticket: str
    number: str
    window: str
    clerk: str
    items: list[str]


class TicketHeld(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The ticket was set aside at its window."""

    ticket: str
    number: str
    window: str
    reason: str


class HeldTicketResumed(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A held ticket is at its window again, its service going on."""

    ticket: str
    number: str
    window: str
    clerk: str


class TicketTransferred(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The ticket left its window for a queue or a window and keeps its place."""

    ticket: str
    number: str
    from_window: str
    queue: str
    to_window: str
    """The one window it waits for; empty if any window of the queue may call it."""
    reason: str
    ready_at: int
    """It is parked as ``preparing`` until then; 0 or not later than ``at``: at once."""


class ItemAdded(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """An item was added to the visit."""

    ticket: str
    item: str
    window: str
    in_service: bool
    """Served now at this window; otherwise as a later step of the visit."""


class ServiceCompleted(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The service ended with an outcome and may be evaluated once."""

    service: str
    ticket: str
    number: str
    window: str
    clerk: str
    items: list[str]
    outcome: Outcome
    supplement: list[str]
    note: str
    started_at: int


class StepQueued(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The visit goes on: the ticket joined the queue of its next item."""

    ticket: str
    number: str
    queue: str
    items: list[str]
    """The items still to be served, in order."""
    effective_at: int


class TicketEnded(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """The ticket is no longer live."""

    ticket: str
    number: str
    reason: EndReason


# Taken back.


class MissUndone(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A miss was recorded by mistake: the ticket is called at its window as before."""

    ticket: str
    number: str
    window: str
    clerk: str
    misses: int
    """How many misses count now."""
    service: str
    """The held service that it was called for; empty if none had begun."""
    items: list[str]
    """The items of that service."""
    undoes: int
    """The version of the miss."""


class CompletionUndone(HallDayEvent, frozen=True, kw_only=True, array_like=True):
    """A service was completed by mistake: it goes on at its window as before."""

    service: str
    ticket: str
    number: str
    window: str
    clerk: str
    items: list[str]
    """The items of the service."""
    visit_items: list[str]
    """The items still to be served, those of the service among them."""
    queue: str
    """The queue in which the ticket was before its next step."""
    started_at: int
    undoes: int
    """The version of the completion."""


# Evaluation and profile.


class EvaluationGiven(Event, frozen=True, kw_only=True, array_like=True):
    """A citizen evaluated a finished service (stream ``evaluation/<service>``)."""

    service: str
    hall: str
    date: str
    ticket: str
    number: str
    window: str
    clerk: str
    grade: Grade
    indicators: list[str]
    text: str
    channel: EvaluationChannel
    hall_version: int
    """Version of the hall-day in which the finished service was seen."""


class AccessNoted(Event, frozen=True, kw_only=True, array_like=True):
    """Something was done around accounts, devices and persons, or was refused.

    It stands in the stream ``audit/<hall>/<date>``, or in ``audit/house/<date>`` where
    it concerns no hall in particular.
    """

    action: AuditAction
    whom: str
    """The account, the device or the subject key it was done to; empty for none."""
    address: str
    """The network address it came from; empty where it did not come by the network."""
    detail: str
    times: int
    """How often it happened from ``since_at`` to ``at``."""
    since_at: int


class ProfileAdopted(Event, frozen=True, kw_only=True, array_like=True):
    """The hall works by this profile from now on (stream ``profile/<hall>``)."""

    hall: str
    revision: str
    content: bytes
