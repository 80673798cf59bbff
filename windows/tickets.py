"""Tickets as staff look at them: the list of a day, and a manager's pin.

Today's come from the live picture, those of an earlier day or version from the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.answers import TICKET_STATES
from projections.behind import Behind, tickets_behind, worst_service
from projections.house import House
from projections.live_hall import LiveHall, LiveTicket
from projections.topics.ticket import stage_of
from queue_core import errors
from queue_core.commands import PinTicket
from queue_core.interface.refusals import NotFound
from queue_core.interface.routes import Call, Route

from .staff_answers import (
    PinAnswer,
    PinAsked,
    TicketList,
    TicketQuery,
    TicketRow,
)


async def list_tickets(call: Call[House, TicketQuery]) -> TicketList:
    """List the tickets of a day, those with one number, or those behind a figure."""
    hall, asked = call.house.hall(call.path["hall"]), call.asked
    live, date = hall.live, asked.date or hall.live.date
    if date != live.date or asked.at is not None:
        version = asked.at or 0
        live = await call.house.read(live_of, call.house, hall.hall, date, version)
    wanted, part = asked.number.strip().upper(), asked.part.strip().upper()
    tickets = [
        one
        for one in asked_for(live, asked)
        if wanted in {"", one.number} and part in one.number
    ]
    return TicketList(
        date=live.date,
        tickets=[ticket_row(ticket) for ticket in tickets[: asked.limit]],
        count=len(tickets),
        version=live.version,
    )


async def pin_ticket(call: Call[House, PinAsked]) -> PinAnswer:
    """Allow a ticket to be called out of order, for a reason that is recorded."""
    hall = call.house.hall(call.path["hall"])
    answer = await hall.submit_today(
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
        summary="List a day's tickets, those with one number or behind a figure.",
        right="find-ticket",
        handler=list_tickets,
        asks=TicketQuery,
        answers=TicketList,
        refuses=(NotFound,),
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


def live_of(house: House, hall: str, date: str, version: int = 0) -> LiveHall:
    """Return a day as it stood at a version, or in the end. It blocks.

    Raises:
        NotFound: The hall was not open on the date, or had no such version then.
    """
    day = house.past.day(hall, date, upto=version)
    if day is None:
        raise NotFound(what="day", name=date)
    if version > day.last_version:
        raise NotFound(what="version", name=str(version))
    return house.past.picture(day, version or day.last_version)


def asked_for(live: LiveHall, asked: TicketQuery) -> Iterable[LiveTicket]:
    """Return the tickets of the part of the day that is asked about."""
    part = Behind(
        figure=asked.behind or "issued",
        zone=asked.zone,
        window=asked.window,
        from_at=asked.from_at,
        until_at=asked.until_at,
    )
    if asked.behind is None and part == Behind():
        return live.tickets.values()
    return tickets_behind(live, part)


def ticket_row(ticket: LiveTicket) -> TicketRow:
    """Return a ticket for a list."""
    waited, judged = ticket.first_wait_ms, worst_service(ticket)
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
        since_at=ticket.since_at,
        waited_seconds=None if waited is None else waited // 1000,
        served_by=ticket.services[-1].window if ticket.services else None,
        grade=judged.grade if judged else None,
        misses=ticket.misses,
        ended_reason=ticket.ended_reason,
    )
