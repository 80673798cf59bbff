"""Persons as they may be shown, and by which subject key the record knows a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from queue_core.events import TicketIssued
from queue_core.log.event_log import EventLog, Unreadable
from queue_core.log.streams import hall_day_prefix
from queue_core.persons.identifiers import Field
from queue_core.persons.masks import masked, parse_mask
from queue_core.profiles.profile import HallProfile

from .halls import Hall


def shown(profile: HallProfile, known: Mapping[Field, str]) -> dict[Field, str]:
    """Return what a hall shows of identifiers: never one of them whole."""
    rules: dict[Field, str] = {
        "identity": profile.persons.mask_identity,
        "phone": profile.persons.mask_phone,
        "name": profile.persons.mask_name,
    }
    return {
        field: masked(field, text, parse_mask(rules[field]))
        for field, text in known.items()
    }


def subject_today(hall: Hall, ticket: str) -> str:
    """Return the subject key of a ticket of today; empty if it has none."""
    found = hall.desk.day.tickets.get(ticket)
    return found.subject_key if found else ""


def subject_recorded(log: EventLog, hall: str, ticket: str, days: int) -> str:
    """Return the subject key of a ticket of the last days; empty if it has none.

    It reads whole days, the newest first, and blocks.

    Raises:
        LogError: The log cannot be read.
    """
    streams = log.streams(hall_day_prefix(hall))[-days:] if days else []
    for stream in reversed(streams):
        for event in _issued(log, stream):
            if event.ticket == ticket:
                return event.subject_key
    return ""


def _issued(log: EventLog, stream: str) -> Iterable[TicketIssued]:
    try:
        recorded = log.read(stream)
    except Unreadable:
        return []
    return [one.event for one in recorded if isinstance(one.event, TicketIssued)]
