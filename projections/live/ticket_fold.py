"""What the life of a ticket changes in the live picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import moves
from .places import LiveService, LiveTicket


if TYPE_CHECKING:
    from projections.live_hall import LiveHall
    from queue_core import events as e
    from queue_core.rules.tickets import Place

    from .effects import Effects


def ticket_issued(live: LiveHall, event: e.TicketIssued, effects: Effects) -> None:
    """A new ticket joined its line."""
    ticket = LiveTicket(
        ticket=event.ticket,
        number=event.number,
        sequence=event.sequence,
        ticket_class=event.ticket_class,
        queue=event.queue,
        zone=live.zone_of_queue.get(event.queue, ""),
        items=list(event.items),
        channel=event.channel,
        language=event.language,
        issued_at=event.at,
        effective_at=event.effective_at,
        booked_at=event.booked_at,
        extended=event.extended,
        closing_soon=event.closing_soon,
        waiting_since=event.at,
    )
    live.tickets[event.ticket] = ticket
    moves.wait(live, ticket, effects, event.at)
    live.figures.issued += 1
    live.load.present.issued += 1
    effects.figures = True
    if event.offered_to:
        effects.offered = (event.offered_to, ticket)


def ticket_called(live: LiveHall, event: e.TicketCalled, effects: Effects) -> None:
    """A ticket was called to a window."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    if not ticket.first_called_at:
        ticket.first_called_at = event.at
        _count_wait(live, ticket)
    live.figures.called += 1
    effects.figures = True
    moves.forget_done(live, event.window)
    ticket.call = live.version
    ticket.calls += 1
    ticket.called_at = event.at
    ticket.announcements = 1
    ticket.pinned = False
    ticket.returned = False
    moves.bring(live, ticket, effects, event.at, window=event.window, place="called")
    moves.show_call(live, ticket, effects)


def ticket_recalled(live: LiveHall, event: e.TicketRecalled, effects: Effects) -> None:
    """The call was announced again."""
    ticket = live.tickets[event.ticket]
    ticket.announcements = event.announcements
    moves.announce_again(live, ticket, effects, event.at)
    effects.tickets.append(ticket)
    effects.windows.append(event.window)


def ticket_missed(live: LiveHall, event: e.TicketMissed, effects: Effects) -> None:
    """Nobody came; the ticket is parked until the rules bring it back or end it."""
    ticket = live.tickets[event.ticket]
    moves.remember_done(live, ticket, event.at, window=event.window, what="missed")
    moves.take_out(live, ticket, effects, event.at)
    ticket.misses = event.misses
    ticket.service = ""
    ticket.service_items = []
    moves.park(live, ticket, effects, event.at, reason="missed")
    live.figures.missed += 1
    effects.figures = True


def ticket_returned(live: LiveHall, event: e.TicketReturned, effects: Effects) -> None:
    """A parked ticket is in line again."""
    ticket = live.tickets[event.ticket]
    ticket.returned = ticket.parked_reason == "missed"
    moves.take_out(live, ticket, effects, event.at)
    ticket.queue = event.queue
    ticket.only_window = event.window
    moves.wait(live, ticket, effects, event.at)


def ticket_pinned(live: LiveHall, event: e.TicketPinned, effects: Effects) -> None:
    """The ticket may be called out of order."""
    ticket = live.tickets[event.ticket]
    ticket.pinned = True
    if ticket.place == "waiting":
        effects.rows.append(ticket)


def ticket_paused(live: LiveHall, event: e.TicketPaused, effects: Effects) -> None:
    """The citizen left the line for a while."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    ticket.pauses += 1
    moves.park(
        live, ticket, effects, event.at, reason="paused", until_at=event.until_at
    )


def ticket_resumed(live: LiveHall, event: e.TicketResumed, effects: Effects) -> None:
    """The citizen came back into the line."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    ticket.queue = event.queue
    ticket.only_window = event.window
    ticket.effective_at = event.effective_at
    moves.wait(live, ticket, effects, event.at)


def service_started(live: LiveHall, event: e.ServiceStarted, effects: Effects) -> None:
    """The citizen is served; the pad asks no longer about the one before."""
    ticket = live.tickets[event.ticket]
    ticket.service = event.service
    ticket.service_items = list(event.items)
    ticket.only_window = ""
    moves.serve(live, ticket, effects, event.at)
    moves.note_here(live, ticket, effects)
    moves.offer_evaluation(live, event.window, None, effects)


def ticket_held(live: LiveHall, event: e.TicketHeld, effects: Effects) -> None:
    """The ticket was set aside at its window."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    moves.hold(live, ticket, effects, event.at, event.window)


def held_ticket_resumed(
    live: LiveHall, event: e.HeldTicketResumed, effects: Effects
) -> None:
    """A held ticket is at its window again: served, or still to come to it.

    One that was held before its service began stands on the board again under its
    old call, so that nobody announces it as a new one.
    """
    ticket = live.tickets[event.ticket]
    moves.forget_done(live, event.window)
    if ticket.place == "called":
        moves.serve(live, ticket, effects, event.at)
        moves.note_here(live, ticket, effects)
    else:
        place: Place = "serving" if ticket.service else "called"
        moves.take_out(live, ticket, effects, event.at)
        moves.bring(live, ticket, effects, event.at, window=event.window, place=place)
        if place == "called":
            moves.show_call(live, ticket, effects)
            if ticket.announcements > 1:
                moves.announce_again(live, ticket, effects, event.at)
    if ticket.service:
        moves.offer_evaluation(live, event.window, None, effects)


def ticket_transferred(
    live: LiveHall, event: e.TicketTransferred, effects: Effects
) -> None:
    """The ticket waits, or prepares, for another queue or window."""
    ticket = live.tickets[event.ticket]
    was_waiting = ticket.place == "waiting"
    moves.take_out(live, ticket, effects, event.at)
    ticket.queue = event.queue
    ticket.only_window = event.to_window
    ticket.service = ""
    ticket.service_items = []
    if not was_waiting:
        ticket.waiting_since = event.at
    if event.ready_at > event.at:
        moves.park(
            live, ticket, effects, event.at, reason="preparing", until_at=event.ready_at
        )
    else:
        moves.wait(live, ticket, effects, event.at)


def item_added(live: LiveHall, event: e.ItemAdded, effects: Effects) -> None:
    """The visit has one item more."""
    ticket = live.tickets[event.ticket]
    ticket.items.append(event.item)
    if event.in_service:
        ticket.service_items.append(event.item)
    effects.windows.append(event.window)


def service_completed(
    live: LiveHall, event: e.ServiceCompleted, effects: Effects
) -> None:
    """The service is over; the pad asks about it unless the citizen has left."""
    ticket = live.tickets[event.ticket]
    before = live.reopened.pop(event.service, None)
    service = LiveService(
        service=event.service,
        ticket=event.ticket,
        number=event.number,
        window=event.window,
        clerk=event.clerk,
        items=list(event.items),
        outcome=event.outcome,
        supplement=list(event.supplement),
        started_at=event.started_at,
        finished_at=event.at,
        grade=before.grade if before is not None else None,
    )
    moves.remember_done(live, ticket, event.at, window=event.window, what="completed")
    live.services[event.service] = service
    ticket.services.append(service)
    moves.leave_service(live, ticket, effects, event.at)
    ticket.items = [item for item in ticket.items if item not in event.items]
    live.windows[event.window].served_today += 1
    live.figures.served += 1
    live.figures.service_milliseconds += max(0, event.at - event.started_at)
    effects.figures = True
    asked = None if event.outcome == "left" or service.evaluated else service
    moves.offer_evaluation(live, event.window, asked, effects)


def step_queued(live: LiveHall, event: e.StepQueued, effects: Effects) -> None:
    """The visit goes on in the queue of its next item."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    ticket.queue = event.queue
    ticket.items = list(event.items)
    ticket.only_window = ""
    ticket.effective_at = event.effective_at
    ticket.waiting_since = event.at
    moves.wait(live, ticket, effects, event.at)


def ticket_ended(live: LiveHall, event: e.TicketEnded, effects: Effects) -> None:
    """The ticket is no longer live."""
    ticket = live.tickets[event.ticket]
    moves.take_out(live, ticket, effects, event.at)
    ticket.ended_reason = event.reason
    moves.end(live, ticket, effects, event.at)
    if event.reason == "no-show":
        live.figures.no_shows += 1
    elif event.reason == "cancelled":
        live.figures.cancelled += 1
    effects.figures = True


def _count_wait(live: LiveHall, ticket: LiveTicket) -> None:
    waited = ticket.first_wait_ms or 0
    live.figures.wait_milliseconds += waited
    live.figures.waits_counted += 1
    live.load.present.called += 1
    if live.rules is not None and waited <= live.rules.wait_target_seconds * 1000:
        live.figures.in_time += 1
