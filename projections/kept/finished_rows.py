"""The row of a service that has just been finished."""

from __future__ import annotations

from typing import NamedTuple

from queue_core.events import ServiceCompleted

from .open_day import OpenTicket
from .service_rows import ServiceRow


class Kind(NamedTuple):
    """What a service counts as; item and department are those of its first item."""

    hall: str
    date: str
    item: str
    department: str
    zone: str
    queue: str


def finished_row(
    kind: Kind, version: int, event: ServiceCompleted, ticket: OpenTicket, spent: int
) -> ServiceRow:
    """Return the row of a service that took ``spent`` milliseconds at its window."""
    called_at = ticket.step_called_at
    wait = max(0, called_at - ticket.step_at) if called_at else 0
    # By position, in the order of the fields: this is done for every service.
    return ServiceRow(
        kind.hall,
        kind.date,
        event.service,
        event.ticket,
        event.number,
        ticket.ticket_class,
        ticket.channel,
        kind.item,
        len(event.items),
        kind.department,
        kind.zone,
        kind.queue,
        event.window,
        event.clerk,
        ticket.issued_at,
        called_at,
        ticket.started_at,
        event.at,
        wait / 1000,
        spent / 1000,
        ticket.held_ms / 1000,
        event.outcome,
        ticket.calls,
        ticket.missed,
        ticket.issued_version,
        ticket.step_called_version,
        ticket.started_version,
        version,
    )
