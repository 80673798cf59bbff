"""A window as its clerk is told of it: after a command, or as it stands."""

from __future__ import annotations

from typing import Literal

from projections.halls import Hall
from projections.live_hall import LiveTicket, LiveWindow
from queue_core.desk import Answer
from queue_core.errors import WindowUnknown
from queue_core.events import (
    Event,
    HeldTicketResumed,
    ItemAdded,
    ServiceCompleted,
    ServiceStarted,
    TicketCalled,
    TicketRecalled,
)

from .window_answers import WINDOW_STATES, TicketAtWindow, WindowAnswer


KEEPS_TICKET = (
    TicketCalled,
    TicketRecalled,
    ServiceStarted,
    HeldTicketResumed,
    ItemAdded,
)
"""After these events their ticket is at the window; after any other it is not."""


def window_now(hall: Hall, window: str) -> WindowAnswer:
    """Return the window as it stands.

    Raises:
        WindowUnknown: The hall has no such window.
    """
    live = hall.live.windows.get(window)
    if live is None:
        if all(window != known.window for known in hall.profile.windows):
            raise WindowUnknown(window)
        live = LiveWindow(window=window, zone="", offsets={})
    return answer_of(live, live.ticket, version=hall.live.version)


def window_after(hall: Hall, window: str, answer: Answer) -> WindowAnswer:
    """Return the window as a command left it.

    A repeat is told what its first answer said, whatever has happened since.
    """
    live = hall.live.windows[window]
    ticket = live.ticket
    if answer.repeated:
        ticket = ticket_left_by(hall, answer.events)
    completed = answer.find(ServiceCompleted)
    service = completed.service if completed else None
    return answer_of(live, ticket, version=answer.version, service=service)


def ticket_left_by(hall: Hall, events: list[Event]) -> LiveTicket | None:
    """Return the ticket that the events left at their window."""
    left = None
    for event in events:
        if isinstance(event, KEEPS_TICKET):
            left = hall.live.tickets.get(event.ticket)
    return left


def answer_of(
    live: LiveWindow,
    ticket: LiveTicket | None,
    *,
    version: int,
    service: str | None = None,
) -> WindowAnswer:
    """Return the answer about a window that has this ticket, or none."""
    return WindowAnswer(
        window=live.window,
        state=WINDOW_STATES[live.duty],
        clerk=live.clerk or None,
        pause_reason=live.pause_reason or None,
        ticket=ticket_at_window(ticket) if ticket else None,
        call=ticket.call or None if ticket else None,
        announcements=ticket.announcements if ticket else 0,
        service=service or (ticket.service or None if ticket else None),
        held=[ticket_at_window(held) for held in live.held.values()],
        version=version,
    )


def ticket_at_window(ticket: LiveTicket) -> TicketAtWindow:
    """Return a ticket with what its clerk must know."""
    state: Literal["called", "serving", "held"] = "called"
    if ticket.place == "held":
        state = "held"
    elif ticket.place == "serving":
        state = "serving"
    return TicketAtWindow(
        ticket=ticket.ticket,
        number=ticket.number,
        class_=ticket.ticket_class,
        queue=ticket.queue,
        items=ticket.service_items or ticket.items,
        state=state,
        issued_at=ticket.issued_at,
    )
