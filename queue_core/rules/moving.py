"""Moving a ticket from place to place: into a line, out of it, from a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sortedcontainers import SortedList

from .lines import Line


if TYPE_CHECKING:
    from .state import HallDay
    from .tickets import Ticket


def line_of(state: HallDay, ticket: Ticket) -> Line:
    """Return the line of the ticket's queue; it is begun when it is first asked for."""
    place = (ticket.queue, ticket.extended)
    line = state.lines.get(place)
    if line is None:
        line = state.lines[place] = Line()
    return line


def join_line(state: HallDay, ticket: Ticket) -> None:
    """Let the ticket wait: in its queue, or for the one window it waits for."""
    ticket.place = "waiting"
    ticket.parked_reason = None
    ticket.window = ""
    if ticket.only_window:
        state.window_lines.setdefault(ticket.only_window, SortedList()).add(ticket.key)
    else:
        line_of(state, ticket).waiting.add(ticket.key)


def leave_line(state: HallDay, ticket: Ticket) -> None:
    """Take a ticket that waits or is parked out of its line."""
    if ticket.place == "waiting":
        if ticket.only_window:
            state.window_lines[ticket.only_window].remove(ticket.key)
        else:
            line_of(state, ticket).take_out(ticket.key)
    elif ticket.parked_reason == "missed":
        del line_of(state, ticket).missed[ticket.sequence]
    elif ticket.parked_reason == "preparing":
        line_of(state, ticket).preparing.remove((ticket.ready_at, ticket.sequence))
    ticket.parked_reason = None


def leave_window(state: HallDay, ticket: Ticket, at: int) -> None:
    """Take the ticket from its window, which is idle from then on."""
    window = state.windows[ticket.window]
    window.ticket = None
    window.idle_since = at
    ticket.window = ""
