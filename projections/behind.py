"""The tickets behind a figure of a day: whom it counts, the most telling ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from queue_core.values import BAD_GRADES

from .live_hall import LiveHall, LiveService, LiveTicket


FigureName = Literal[
    "issued",
    "waiting",
    "parked",
    "called",
    "in-time",
    "late",
    "served",
    "missed",
    "no-shows",
    "cancelled",
    "evaluated",
    "bad",
]
"""What is counted; ``called`` are all who were called, the longest wait first."""

Chosen = Callable[[LiveHall, LiveTicket], bool]
Order = Callable[[LiveTicket], tuple[int, int]]


class Behind(NamedTuple):
    """A figure, and the part of the hall and the day of which it is."""

    figure: FigureName = "issued"
    zone: str = ""
    window: str = ""
    """Served at this window."""
    from_at: int = 0
    until_at: int = 0
    """Issued, or for ``called`` called first, in [from_at, until_at); 0: no limit."""


def tickets_behind(live: LiveHall, asked: Behind) -> list[LiveTicket]:
    """Return the tickets of a day that a figure counts."""
    chosen, order = FIGURES[asked.figure]
    found = [
        ticket
        for ticket in live.tickets.values()
        if chosen(live, ticket)
        and asked.zone in {"", ticket.zone}
        and (not asked.window or _was_served_at(ticket, asked.window))
        and _is_within(ticket, asked)
    ]
    found.sort(key=order)
    return found


def worst_service(ticket: LiveTicket) -> LiveService | None:
    """Return the evaluated service of a ticket that was judged worst."""
    judged = [service for service in ticket.services if service.grade is not None]
    bad = [service for service in judged if service.grade in BAD_GRADES]
    return next(iter(bad or judged), None)


# What figures count.


def _is_in_time(live: LiveHall, ticket: LiveTicket) -> bool:
    target = live.rules.wait_target_seconds * 1000 if live.rules else 0
    return ticket.first_wait_ms is not None and ticket.first_wait_ms <= target


def _is_late(live: LiveHall, ticket: LiveTicket) -> bool:
    return ticket.first_wait_ms is not None and not _is_in_time(live, ticket)


def _grades(ticket: LiveTicket) -> Iterator[str]:
    return (service.grade for service in ticket.services if service.grade is not None)


def _was_served_at(ticket: LiveTicket, window: str) -> bool:
    return any(service.window == window for service in ticket.services)


def _is_within(ticket: LiveTicket, asked: Behind) -> bool:
    of_call = asked.figure in ("called", "in-time", "late")
    at = ticket.first_called_at if of_call else ticket.issued_at
    return asked.from_at <= at and (not asked.until_at or at < asked.until_at)


# The order of looking.


def _newest_first(ticket: LiveTicket) -> tuple[int, int]:
    return (-ticket.sequence, 0)


def _longest_waiting(ticket: LiveTicket) -> tuple[int, int]:
    return (ticket.waiting_since, ticket.sequence)


def _longest_waited(ticket: LiveTicket) -> tuple[int, int]:
    return (-(ticket.first_wait_ms or 0), ticket.sequence)


def _longest_away(ticket: LiveTicket) -> tuple[int, int]:
    return (ticket.since_at, ticket.sequence)


def _last_served(ticket: LiveTicket) -> tuple[int, int]:
    return (-ticket.services[-1].finished_at, -ticket.sequence)


FIGURES: dict[FigureName, tuple[Chosen, Order]] = {
    "issued": (lambda _, ticket: True, _newest_first),
    "waiting": (lambda _, ticket: ticket.place == "waiting", _longest_waiting),
    "parked": (lambda _, ticket: ticket.place == "parked", _longest_away),
    "called": (lambda _, ticket: ticket.first_called_at > 0, _longest_waited),
    "in-time": (_is_in_time, _longest_waited),
    "late": (_is_late, _longest_waited),
    "served": (lambda _, ticket: bool(ticket.services), _last_served),
    "missed": (lambda _, ticket: ticket.misses > 0, _newest_first),
    "no-shows": (lambda _, t: t.ended_reason == "no-show", _newest_first),
    "cancelled": (lambda _, t: t.ended_reason == "cancelled", _newest_first),
    "evaluated": (lambda _, t: any(_grades(t)), _last_served),
    "bad": (lambda _, t: any(g in BAD_GRADES for g in _grades(t)), _last_served),
}
