"""Tickets of today as staff look at them: the list, one's way, a manager's pin."""

from __future__ import annotations

from typing import Any

from projections.answers import TICKET_STATES
from projections.day_record import read_day, read_evaluations
from projections.halls import Hall
from projections.house import House
from projections.labels import labels_of
from projections.live_hall import LiveTicket
from projections.ticket_history import HistoryLine, ticket_history
from projections.topics.ticket import stage_of
from queue_core import errors
from queue_core.commands import PinTicket
from queue_core.interface.routes import Call, Route
from queue_core.log.streams import date_of
from queue_core.values import Language

from .staff_answers import (
    HistoryAnswer,
    HistoryQuery,
    HistoryRow,
    PinAnswer,
    PinAsked,
    TicketList,
    TicketQuery,
    TicketRow,
)


async def list_tickets(call: Call[House, TicketQuery]) -> TicketList:
    """List today's tickets, or find those with one number."""
    hall = call.house.hall(call.path["hall"])
    wanted = call.asked.number.strip().upper()
    tickets = [
        ticket_row(ticket)
        for ticket in hall.live.tickets.values()
        if wanted in {"", ticket.number}
    ]
    return TicketList(tickets=tickets[: call.asked.limit], version=hall.live.version)


async def show_history(call: Call[House, HistoryQuery]) -> HistoryAnswer:
    """Tell a ticket's way through the day, each step with its version."""
    hall = call.house.hall(call.path["hall"])
    ticket = require_ticket(hall, call.path["ticket"])
    lines = await call.house.read(
        history_of, call.house, hall, ticket.ticket, call.asked.language
    )
    return HistoryAnswer(
        ticket=ticket.ticket,
        number=ticket.number,
        lines=[
            HistoryRow(
                version=line.version,
                at=line.at,
                time=line.time,
                event=line.event,
                by=line.by,
                text=line.text,
            )
            for line in lines
        ],
        version=hall.live.version,
    )


async def pin_ticket(call: Call[House, PinAsked]) -> PinAnswer:
    """Allow a ticket to be called out of order, for a reason that is recorded."""
    hall = call.house.hall(call.path["hall"])
    answer = await hall.submit(
        PinTicket(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            ticket=call.path["ticket"],
            reason=call.asked.reason,
        )
    )
    return PinAnswer(
        ticket=call.path["ticket"],
        number=hall.live.tickets[call.path["ticket"]].number,
        reason=call.asked.reason,
        version=answer.version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/tickets",
        summary="List today's tickets, or find those with one number.",
        right="find-ticket",
        handler=list_tickets,
        asks=TicketQuery,
        answers=TicketList,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/tickets/{ticket}/history",
        summary="Tell a ticket's way through the day, each step with its version.",
        right="find-ticket",
        handler=show_history,
        asks=HistoryQuery,
        answers=HistoryAnswer,
        refuses=(errors.TicketUnknown,),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/tickets/{ticket}/pin",
        summary="Allow a ticket to be called out of order, for a recorded reason.",
        right="pin-ticket",
        handler=pin_ticket,
        asks=PinAsked,
        answers=PinAnswer,
        refuses=(
            errors.DayNotOpen,
            errors.DayEnded,
            errors.TicketUnknown,
            errors.TicketGone,
            errors.TicketBusy,
            errors.CommandIdReused,
        ),
    ),
]


def require_ticket(hall: Hall, ticket: str) -> LiveTicket:
    """Return a ticket of the hall's day.

    Raises:
        TicketUnknown: The day has no such ticket.
    """
    found = hall.live.tickets.get(ticket)
    if found is None:
        raise errors.TicketUnknown(ticket)
    return found


def history_of(
    house: House, hall: Hall, ticket: str, language: Language
) -> list[HistoryLine]:
    """Read the ticket's way from the record. It blocks."""
    events = read_day(house.log, hall.hall, date_of(hall.stream))
    own = [(v, event) for v, event in events if getattr(event, "ticket", "") == ticket]
    evaluations = read_evaluations(house.log, own)
    return ticket_history(own, ticket, labels_of(hall.profile, language), evaluations)


def ticket_row(ticket: LiveTicket) -> TicketRow:
    """Return a ticket for a list."""
    return TicketRow(
        ticket=ticket.ticket,
        number=ticket.number,
        class_=ticket.ticket_class,
        queue=ticket.queue,
        zone=ticket.zone,
        items=ticket.items,
        state=TICKET_STATES[stage_of(ticket)],
        window=ticket.window or ticket.only_window or None,
        pinned=ticket.pinned,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at or None,
        ended_reason=ticket.ended_reason,
    )
