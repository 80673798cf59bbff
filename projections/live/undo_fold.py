"""What it changes in the live picture that a miss or a completion is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.events import CompletionUndone, MissUndone

from . import moves


if TYPE_CHECKING:
    from projections.live_hall import LiveHall
    from queue_core.rules.tickets import Place

    from .effects import Effects
    from .places import LiveTicket


def miss_undone(live: LiveHall, event: MissUndone, effects: Effects) -> None:
    """The ticket is called at its window again, and stands on the board as before.

    Its call has its old id, so that nobody announces it as a new one.
    """
    ticket = live.tickets[event.ticket]
    if ticket.ended_reason == "no-show":
        live.figures.no_shows -= 1
    live.figures.missed -= 1
    effects.figures = True
    ticket.misses = event.misses
    _bring_back(live, ticket, effects, event, place="called")
    moves.show_call(live, ticket, effects)
    if ticket.announcements > 1:
        moves.announce_again(live, ticket, effects, event.at)


def completion_undone(
    live: LiveHall, event: CompletionUndone, effects: Effects
) -> None:
    """The service goes on; an evaluation that was given stays with it.

    Its call does not come back to the board: the citizen has been at the window since.
    """
    ticket = live.tickets[event.ticket]
    service = live.services.pop(event.service)
    live.reopened[event.service] = service
    ticket.services.remove(service)
    live.windows[event.window].served_today -= 1
    live.figures.served -= 1
    spent = max(0, service.finished_at - service.started_at)
    live.figures.service_milliseconds -= spent
    effects.figures = True
    _bring_back(live, ticket, effects, event, place="serving")
    moves.offer_evaluation(live, event.window, None, effects)


def _bring_back(
    live: LiveHall,
    ticket: LiveTicket,
    effects: Effects,
    event: MissUndone | CompletionUndone,
    *,
    place: Place,
) -> None:
    done = live.windows[event.window].done
    if done is None:
        raise ValueError(f"window {event.window} has nothing to undo")
    moves.take_out(live, ticket, effects, event.at)
    if isinstance(event, CompletionUndone):
        ticket.queue, ticket.items = event.queue, list(event.visit_items)
    ticket.ended_reason = None
    ticket.service = event.service
    ticket.service_items = list(event.items)
    moves.bring(live, ticket, effects, event.at, window=event.window, place=place)
    # It has been there all the time, as far as anybody shall see.
    ticket.since_at, ticket.waiting_since = done.since_at, done.waiting_since
    moves.forget_done(live, event.window)
