"""Calling: the next ticket, a chosen one, again, and when nobody comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import (
    AnnouncedEnough,
    ServiceStartedAlready,
    TicketNotCallable,
    WindowPausedNow,
)
from queue_core.events import (
    HallDayEvent,
    TicketCalled,
    TicketEnded,
    TicketMissed,
    TicketRecalled,
    TicketReturned,
)

from . import dispatch


if TYPE_CHECKING:
    from queue_core.commands import CallNext, CallTicket, MarkMissed, RecallTicket
    from queue_core.values import CallGround

    from .state import HallDay
    from .tickets import Ticket, Window


def call_next(state: HallDay, command: CallNext) -> list[HallDayEvent]:
    """Bring due parked tickets back, then call the earliest effective time."""
    window = state.require_duty(command)
    _require_calling(state, window)
    returning = dispatch.returns_due(state, window, command.at)
    choice = dispatch.choose(state, window, returning, command.at)
    events: list[HallDayEvent] = [
        _returned(state, command, ticket) for ticket in returning
    ]
    if choice is not None:
        ground: CallGround = "rule"
        if dispatch.window_waited_for(state, choice.ticket):
            ground = "transferred"
        called = _called(command, choice.ticket, ground, choice.offset_seconds)
        events.append(called)
    return events


def call_ticket(state: HallDay, command: CallTicket) -> list[HallDayEvent]:
    """Call a chosen ticket: pinned by a manager, transferred here or held here."""
    window = state.require_duty(command)
    _require_calling(state, window)
    ticket = state.require_ticket(command.ticket)
    ground = _ground(window, ticket)
    skill = window.skills.get(ticket.queue)
    if skill is None:
        raise TicketNotCallable(
            ticket.ticket, ticket.number, f"window serves no {ticket.queue}"
        )
    return [_called(command, ticket, ground, skill.offset_seconds)]


def recall_ticket(state: HallDay, command: RecallTicket) -> list[HallDayEvent]:
    """Announce the call again, as often as the profile allows."""
    ticket = _require_called(state, command)
    limit = state.rules.announcements_limit
    if ticket.announcements >= limit:
        raise AnnouncedEnough(ticket.number, limit)
    return [
        TicketRecalled(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            window=command.window,
            announcements=ticket.announcements + 1,
        )
    ]


def mark_missed(state: HallDay, command: MarkMissed) -> list[HallDayEvent]:
    """Park the ticket after a missed call; the last miss allowed ends it."""
    ticket = _require_called(state, command)
    missed = TicketMissed(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        window=command.window,
        clerk=command.clerk,
        reason=command.reason,
        misses=ticket.misses + 1,
    )
    if missed.misses < state.rules.missed_limit:
        return [missed]
    ended = TicketEnded(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        reason="no-show",
    )
    return [missed, ended]


def _require_calling(state: HallDay, window: Window) -> None:
    state.require_free(window)
    if window.paused:
        raise WindowPausedNow(window.window, window.pause_reason)


def _require_called(state: HallDay, command: RecallTicket | MarkMissed) -> Ticket:
    window = state.require_duty(command)
    ticket = state.require_ticket_at(window)
    if ticket.place == "serving":
        raise ServiceStartedAlready(window.window, ticket.number)
    return ticket


def _ground(window: Window, ticket: Ticket) -> CallGround:
    """Return what allows the ticket to be called out of order.

    Raises:
        TicketNotCallable: nothing does.
    """
    in_line = ticket.place == "waiting" or ticket.parked_reason in (
        "missed",
        "preparing",
    )
    if ticket.pinned and in_line:
        return "pinned"
    if ticket.place == "waiting" and ticket.only_window == window.window:
        return "transferred"
    if ticket.ticket in window.held:
        return "held"
    raise TicketNotCallable(
        ticket.ticket, ticket.number, "it is not pinned, transferred or held here"
    )


def _returned(state: HallDay, command: CallNext, ticket: Ticket) -> TicketReturned:
    line = state.line(ticket.queue, ticket.extended)
    return TicketReturned(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        queue=ticket.queue,
        window=dispatch.window_waited_for(state, ticket),
        after_calls=line.calls - ticket.calls_when_parked,
    )


def _called(
    command: CallNext | CallTicket,
    ticket: Ticket,
    ground: CallGround,
    offset_seconds: int,
) -> TicketCalled:
    return TicketCalled(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        window=command.window,
        clerk=command.clerk,
        queue=ticket.queue,
        ground=ground,
        effective_at=ticket.effective_at,
        offset_seconds=offset_seconds,
    )
