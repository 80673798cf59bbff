"""A window as its clerk is told of it: after a command, or as it stands."""

from __future__ import annotations

from typing import Literal, NamedTuple

from projections.halls import Hall
from projections.live_hall import LiveTicket, LiveWindow
from queue_core.desk import Answer
from queue_core.errors import WindowUnknown
from queue_core.events import (
    CompletionUndone,
    Event,
    HeldTicketResumed,
    ItemAdded,
    MissUndone,
    ServiceCompleted,
    ServiceStarted,
    TicketCalled,
    TicketRecalled,
)

from .window_answers import WINDOW_STATES, TicketAtWindow, WindowAnswer


State = Literal["called", "serving", "held"]


class AtWindow(NamedTuple):
    """The ticket at a window, and what goes on with it."""

    ticket: LiveTicket
    state: State
    announcements: int
    service: str | None


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
    return answer_of(live, at_window(live), version=hall.live.version)


def window_after(hall: Hall, window: str, answer: Answer) -> WindowAnswer:
    """Return the window as a command left it.

    A repeat is told what its first answer said, whatever has happened since.
    """
    live = hall.live.windows[window]
    at = left_by(hall, answer.events) if answer.repeated else at_window(live)
    completed = answer.find(ServiceCompleted)
    finished = completed.service if completed else None
    return answer_of(live, at, version=answer.version, finished=finished)


def at_window(live: LiveWindow) -> AtWindow | None:
    """Return what is at the window now."""
    ticket = live.ticket
    if ticket is None:
        return None
    state = state_of(ticket)
    return AtWindow(ticket, state, ticket.announcements, ticket.service or None)


def left_by(hall: Hall, events: list[Event]) -> AtWindow | None:
    """Return what the events of one command left at their window."""
    left = None
    for event in events:
        match event:
            case TicketCalled(ticket=name):
                left = AtWindow(hall.live.tickets[name], "called", 1, None)
            case TicketRecalled(ticket=name, announcements=times):
                left = AtWindow(hall.live.tickets[name], "called", times, None)
            case MissUndone(ticket=name, service=service):
                ticket = hall.live.tickets[name]
                times = ticket.announcements
                left = AtWindow(ticket, "called", times, service or None)
            case (
                ServiceStarted(ticket=name, service=service)
                | CompletionUndone(ticket=name, service=service)
            ):
                ticket = hall.live.tickets[name]
                left = AtWindow(ticket, "serving", ticket.announcements, service)
            case HeldTicketResumed(ticket=name) | ItemAdded(ticket=name):
                ticket = hall.live.tickets[name]
                going_on = ticket.service or None
                left = AtWindow(ticket, "serving", ticket.announcements, going_on)
    return left


def answer_of(
    live: LiveWindow,
    at: AtWindow | None,
    *,
    version: int,
    finished: str | None = None,
) -> WindowAnswer:
    """Return the answer about a window that has this ticket, or none."""
    return WindowAnswer(
        window=live.window,
        state=WINDOW_STATES[live.duty],
        clerk=live.clerk or None,
        pause_reason=live.pause_reason or None,
        ticket=told(at.ticket, at.state) if at else None,
        call=at.ticket.call or None if at else None,
        announcements=at.announcements if at else 0,
        service=finished or (at.service if at else None),
        held=[told(held, "held") for held in live.held.values()],
        version=version,
    )


def told(ticket: LiveTicket, state: State) -> TicketAtWindow:
    """Return a ticket with what its clerk must know."""
    return TicketAtWindow(
        ticket=ticket.ticket,
        number=ticket.number,
        class_=ticket.ticket_class,
        queue=ticket.queue,
        items=ticket.service_items or ticket.items,
        state=state,
        issued_at=ticket.issued_at,
    )


def state_of(ticket: LiveTicket) -> State:
    """Return what goes on with a ticket at its window."""
    return "serving" if ticket.place == "serving" else "called"
