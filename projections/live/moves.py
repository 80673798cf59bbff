"""How a ticket moves from place to place in the live picture.

Every move keeps lines, windows, zone counts and calls in step, and notes what it
touched. A ticket is taken out of its old place before it is put into the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .effects import CALLED, HERE, OFF, RECALLED
from .places import LiveCall, LiveDone


if TYPE_CHECKING:
    from typing import Literal

    from projections.live_hall import LiveHall
    from queue_core.rules.tickets import Place
    from queue_core.values import ParkedReason

    from .effects import Effects
    from .places import LiveService, LiveTicket


def take_out(live: LiveHall, ticket: LiveTicket, effects: Effects, at: int) -> None:
    """Take the ticket out of the place it is in.

    A ticket between two steps of its visit has been taken out already.
    """
    place = ticket.place
    if is_between_steps(ticket):
        return
    if place == "waiting":
        live.line(ticket.line).remove(ticket)
        live.zone(ticket.zone).oldest.remove(ticket)
        effects.left.append((ticket.line, ticket))
    elif place == "parked":
        live.parked.pop(ticket.ticket)
        effects.unparked.append((ticket.line, ticket))
    elif place == "held":
        live.windows[ticket.window].held.pop(ticket.ticket)
        effects.windows.append(ticket.window)
    elif place != "ended":
        _leave_window(live, ticket, effects, at)
    _count(live, ticket, effects, -1)


def is_between_steps(ticket: LiveTicket) -> bool:
    """Tell whether the ticket's service is over and its next event not yet seen."""
    return ticket.place == "serving" and not ticket.window


def leave_service(
    live: LiveHall, ticket: LiveTicket, effects: Effects, at: int
) -> None:
    """Take the ticket from the window that has served it; its next event follows."""
    take_out(live, ticket, effects, at)
    ticket.window = ""
    ticket.service = ""
    ticket.service_items = []


def wait(live: LiveHall, ticket: LiveTicket, effects: Effects, at: int) -> None:
    """Put the ticket into the line of its queue, or of the one window it waits for."""
    ticket.window = ""
    ticket.parked_reason = None
    ticket.until_at = 0
    ticket.is_early = ticket.effective_at > at
    _put(live, ticket, "waiting", effects, at)
    live.line(ticket.line).add(ticket)
    live.zone(ticket.zone).oldest.add(ticket)
    effects.joined.append(ticket)


def park(
    live: LiveHall,
    ticket: LiveTicket,
    effects: Effects,
    at: int,
    *,
    reason: ParkedReason,
    until_at: int = 0,
) -> None:
    """Put the ticket aside with its place in time kept."""
    ticket.window = ""
    ticket.parked_reason = reason
    ticket.until_at = until_at
    _put(live, ticket, "parked", effects, at)
    live.parked[ticket.ticket] = ticket
    effects.parked.append(ticket)


def bring(
    live: LiveHall,
    ticket: LiveTicket,
    effects: Effects,
    at: int,
    *,
    window: str,
    place: Place,
) -> None:
    """Put the ticket to a window, called or being served."""
    ticket.window = window
    ticket.parked_reason = None
    ticket.until_at = 0
    _put(live, ticket, place, effects, at)
    live.windows[window].ticket = ticket
    effects.windows.append(window)


def serve(live: LiveHall, ticket: LiveTicket, effects: Effects, at: int) -> None:
    """Begin to serve the ticket that was called to its window."""
    _count(live, ticket, effects, -1)
    _put(live, ticket, "serving", effects, at)
    effects.windows.append(ticket.window)


def hold(
    live: LiveHall, ticket: LiveTicket, effects: Effects, at: int, window: str
) -> None:
    """Put the ticket among those held at a window."""
    ticket.window = window
    _put(live, ticket, "held", effects, at)
    live.windows[window].held[ticket.ticket] = ticket
    effects.windows.append(window)


def end(live: LiveHall, ticket: LiveTicket, effects: Effects, at: int) -> None:
    """Leave the ticket ended."""
    ticket.window = ""
    ticket.parked_reason = None
    ticket.until_at = 0
    ticket.service = ""
    ticket.service_items = []
    _put(live, ticket, "ended", effects, at)


def show_call(live: LiveHall, ticket: LiveTicket, effects: Effects) -> None:
    """Put the ticket's call on the board."""
    window_zone = live.windows[ticket.window].zone
    call = LiveCall(
        call=ticket.call,
        ticket=ticket.ticket,
        number=ticket.number,
        ticket_class=ticket.ticket_class,
        window=ticket.window,
        zones=tuple(dict.fromkeys((window_zone, ticket.zone))),
        called_at=ticket.called_at,
        announcements=ticket.announcements,
        announced_at=ticket.called_at,
    )
    live.calls[call.call] = call
    effects.calls.append((CALLED, call))


def announce_again(
    live: LiveHall, ticket: LiveTicket, effects: Effects, at: int
) -> None:
    """Note on the board that the call was announced once more."""
    call = live.calls[ticket.call]
    call.announcements = ticket.announcements
    call.announced_at = at
    effects.calls.append((RECALLED, call))


def note_here(live: LiveHall, ticket: LiveTicket, effects: Effects) -> None:
    """Note on the board that the called citizen is at the window."""
    call = live.calls.get(ticket.call)
    if call is not None and not call.here:
        call.here = True
        effects.calls.append((HERE, call))


def remember_done(
    live: LiveHall,
    ticket: LiveTicket,
    at: int,
    *,
    window: str,
    what: Literal["missed", "completed"],
) -> None:
    """Remember what a window does with its ticket, before the ticket is moved."""
    live.windows[window].done = LiveDone(
        what=what,
        ticket=ticket.ticket,
        at=at,
        calls=ticket.calls,
        since_at=ticket.since_at,
        waiting_since=ticket.waiting_since,
    )
    live.done_at[ticket.ticket] = window


def forget_done(live: LiveHall, window: str) -> None:
    """Forget what a window did last: it is too late to undo it."""
    done = live.windows[window].done
    live.windows[window].done = None
    if done is not None and live.done_at.get(done.ticket) == window:
        del live.done_at[done.ticket]


def offer_evaluation(
    live: LiveHall, window: str, service: LiveService | None, effects: Effects
) -> None:
    """Let the pad of a window ask about ``service``, or about nothing."""
    live.windows[window].evaluable = service
    effects.windows.append(window)


def _leave_window(
    live: LiveHall, ticket: LiveTicket, effects: Effects, at: int
) -> None:
    window = live.windows[ticket.window]
    if window.ticket is ticket:
        window.ticket = None
        window.idle_since = at
    effects.windows.append(ticket.window)
    call = live.calls.pop(ticket.call, None)
    if call is not None:
        effects.calls.append((OFF, call))


def _put(
    live: LiveHall, ticket: LiveTicket, place: Place, effects: Effects, at: int
) -> None:
    ticket.place = place
    ticket.since_at = at
    ticket.zone = live.zone_of_queue.get(ticket.queue, ticket.zone)
    _count(live, ticket, effects, 1)
    effects.tickets.append(ticket)
    if ticket.ticket in live.done_at:
        # The console of that window says whether it can still be undone.
        effects.windows.append(live.done_at[ticket.ticket])


def _count(live: LiveHall, ticket: LiveTicket, effects: Effects, by: int) -> None:
    live.zone(ticket.zone).count(ticket.place, by)
    effects.zones.add(ticket.zone)
