"""A second live picture that goes its own way from where a first one stands.

Most tickets of a day have ended, and what has ended is shared by both: only who is in
the hall is copied, so that a branch costs little even late on a busy day. Some kinds of
events still touch what has ended. Whoever folds a branch goes through ``fold``, which
gives the branch a copy of its own before it changes anything that is shared.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sortedcontainers import SortedKeyList

from projections.live_hall import LiveHall, LiveService, LiveTicket, LiveWindow
from queue_core.events import (
    CompletionUndone,
    EvaluationGiven,
    MissUndone,
    RulesAdopted,
)


if TYPE_CHECKING:
    from projections.live.places import ZoneCounts
    from queue_core.events import Event

Tickets = dict[str, LiveTicket]


def branch(live: LiveHall) -> LiveHall:
    """Return a picture that stands where ``live`` stands, and shares what has ended."""
    other = LiveHall()
    vars(other).update(vars(live))
    other.tickets = {
        name: one if one.place == "ended" else _own_ticket(one)
        for name, one in live.tickets.items()
    }
    own = other.tickets
    other.zone_of_queue = dict(live.zone_of_queue)
    other.zone_order = list(live.zone_order)
    other.zones = {name: _own_zone(zone, own) for name, zone in live.zones.items()}
    other.windows = {name: _own_window(one, own) for name, one in live.windows.items()}
    other.parked = {name: own[name] for name in live.parked}
    other.lines = {
        key: SortedKeyList((own[one.ticket] for one in line), key=line.key)
        for key, line in live.lines.items()
    }
    other.calls = {call: dataclasses.replace(one) for call, one in live.calls.items()}
    other.services = dict(live.services)
    other.reopened = dict(live.reopened)
    other.done_at = dict(live.done_at)
    other.notices = dict(live.notices)
    other.figures = dataclasses.replace(live.figures)
    other.load = dataclasses.replace(
        live.load, rows=[dataclasses.replace(row) for row in live.load.rows]
    )
    other.forget_serving()
    return other


def fold(live: LiveHall, version: int, event: Event) -> None:
    """Fold one event into a branch; whatever it shares stays as it is."""
    if isinstance(event, RulesAdopted):
        for name in list(live.tickets):
            _take_over(live, name)
    elif isinstance(event, MissUndone | CompletionUndone):
        _take_over(live, event.ticket)
    elif isinstance(event, EvaluationGiven) and event.service in live.services:
        _take_over_service(live, event.service)
    elif isinstance(event, EvaluationGiven) and event.service in live.reopened:
        reopened = dataclasses.replace(live.reopened[event.service])
        live.reopened[event.service] = reopened
    live.apply(version, event)


def _take_over(live: LiveHall, name: str) -> LiveTicket:
    """Give the branch a copy of an ended ticket; the others are its own already."""
    ticket = live.tickets[name]
    if ticket.place == "ended":
        ticket = live.tickets[name] = _own_ticket(ticket)
    return ticket


def _take_over_service(live: LiveHall, name: str) -> None:
    before = live.services[name]
    service: LiveService = dataclasses.replace(before)
    live.services[name] = service
    ticket = _take_over(live, service.ticket)
    ticket.services = [service if one is before else one for one in ticket.services]
    window = live.windows[service.window]
    if window.evaluable is before:
        window.evaluable = service


def _own_ticket(ticket: LiveTicket) -> LiveTicket:
    return dataclasses.replace(
        ticket,
        items=list(ticket.items),
        service_items=list(ticket.service_items),
        services=list(ticket.services),
    )


def _own_window(window: LiveWindow, own: Tickets) -> LiveWindow:
    return dataclasses.replace(
        window,
        ticket=own[window.ticket.ticket] if window.ticket else None,
        held={name: own[name] for name in window.held},
    )


def _own_zone(zone: ZoneCounts, own: Tickets) -> ZoneCounts:
    waiting = (own[one.ticket] for one in zone.oldest)
    return dataclasses.replace(zone, oldest=SortedKeyList(waiting, key=zone.oldest.key))
