"""A ticket as its holder is told of it."""

from __future__ import annotations

from projections.answers import TICKET_STATES
from projections.halls import Hall
from projections.house import House
from projections.live_hall import LiveTicket
from projections.topics.ticket import stage_of

from .ticket_answers import PauseAnswer, ServiceDone, TicketAnswer


async def ticket_answer(house: House, hall: Hall, ticket: LiveTicket) -> TicketAnswer:
    """Return a ticket as its holder sees it."""
    live = hall.live
    names = await house.clerk_names(hall, [done.clerk for done in ticket.services])
    pause = PauseAnswer(
        used=ticket.pauses,
        limit=live.rules.pauses_limit if live.rules else 0,
        until_at=ticket.until_at if ticket.parked_reason == "paused" else None,
    )
    return TicketAnswer(
        ticket=ticket.ticket,
        number=ticket.number,
        state=TICKET_STATES[stage_of(ticket)],
        class_=ticket.ticket_class,
        queue=ticket.queue,
        zone=ticket.zone,
        items=ticket.items,
        people_ahead=live.people_ahead(ticket),
        window=ticket.window or ticket.only_window or None,
        windows=live.windows_serving(ticket.queue),
        call=ticket.call if ticket.is_at_window else None,
        announcements=ticket.announcements if ticket.is_at_window else 0,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at or None,
        pause=pause,
        services=[
            ServiceDone(
                service=done.service,
                window=done.window,
                clerk_name=names.get(done.clerk),
                outcome=done.outcome,
                supplement=done.supplement,
                finished_at=done.finished_at,
                evaluated=done.evaluated,
            )
            for done in ticket.services
        ],
        ended_reason=ticket.ended_reason,
        hall=hall.hall,
        version=live.version,
    )
