"""The citizen's own wishes, and the manager's pin: pause, resume, cancel, pin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import PauseUsed, TicketBusy
from queue_core.events import (
    HallDayEvent,
    TicketEnded,
    TicketPaused,
    TicketPinned,
    TicketResumed,
)

from . import dispatch


if TYPE_CHECKING:
    from queue_core.commands import (
        CancelTicket,
        PauseTicket,
        PinTicket,
        ResumeTicket,
    )

    from .state import HallDay


def pause_ticket(state: HallDay, command: PauseTicket) -> list[HallDayEvent]:
    """Leave the line; the place is kept for the profile's pause time."""
    ticket = state.require_ticket(command.ticket)
    if ticket.parked_reason == "paused":
        return []
    if ticket.place != "waiting":
        raise TicketBusy(ticket.ticket, ticket.number, ticket.where)
    if ticket.pauses >= state.rules.pauses_limit:
        raise PauseUsed(ticket.number, state.rules.pauses_limit)
    return [
        TicketPaused(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            until_at=command.at + state.rules.pause_limit_seconds * 1000,
        )
    ]


def resume_ticket(state: HallDay, command: ResumeTicket) -> list[HallDayEvent]:
    """Come back into the line: in the old place in time, at its end when late."""
    ticket = state.require_ticket(command.ticket)
    if ticket.place == "waiting":
        return []
    if ticket.parked_reason != "paused":
        raise TicketBusy(ticket.ticket, ticket.number, ticket.where)
    in_time = command.at <= ticket.until_at
    return [
        TicketResumed(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            queue=ticket.queue,
            window=dispatch.window_waited_for(state, ticket),
            effective_at=ticket.effective_at if in_time else command.at,
        )
    ]


def cancel_ticket(state: HallDay, command: CancelTicket) -> list[HallDayEvent]:
    """Give the number back, unless the citizen is being served."""
    ticket = state.require_ticket(command.ticket)
    if ticket.place == "serving":
        raise TicketBusy(ticket.ticket, ticket.number, ticket.where)
    return [
        TicketEnded(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            reason="cancelled",
        )
    ]


def pin_ticket(state: HallDay, command: PinTicket) -> list[HallDayEvent]:
    """Allow a ticket in line or parked by the rules to be called out of order."""
    ticket = state.require_ticket(command.ticket)
    if ticket.pinned:
        return []
    if ticket.place not in ("waiting", "parked") or ticket.parked_reason == "paused":
        raise TicketBusy(ticket.ticket, ticket.number, ticket.where)
    return [
        TicketPinned(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            reason=command.reason,
        )
    ]
