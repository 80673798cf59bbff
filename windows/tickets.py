"""Tickets as staff look at them: the list of a day, and a manager's pin.

Today's come from the live picture, those of an earlier day from the record.
"""

from __future__ import annotations

from typing import Any

from projections.answers import TICKET_STATES
from projections.day_record import read_day
from projections.house import House
from projections.live_hall import LiveHall, LiveTicket
from projections.topics.ticket import stage_of
from queue_core import errors
from queue_core.care.archive_log import log_of_day
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
    """List the tickets of a day, or find those with one number."""
    hall = call.house.hall(call.path["hall"])
    live, date = hall.live, call.asked.date
    if date is not None and date != live.date:
        live = await call.house.read(live_of, call.house, hall.hall, date)
    wanted = call.asked.number.strip().upper()
    tickets = [
        ticket_row(ticket)
        for ticket in live.tickets.values()
        if wanted in {"", ticket.number}
    ]
    return TicketList(
        date=live.date, tickets=tickets[: call.asked.limit], version=live.version
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
        summary="List a day's tickets, or find those with one number.",
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


def live_of(house: House, hall: str, date: str) -> LiveHall:
    """Return an earlier day as it stood in the end. It blocks.

    Raises:
        NotFound: The hall was not open on the date.
    """
    events = read_day(log_of_day(house.log, house.archives, hall, date), hall, date)
    if not events:
        raise NotFound(what="day", name=date)
    live = LiveHall()
    for version, event in events:
        live.apply(version, event)
    return live


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
