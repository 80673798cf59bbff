"""One ticket's way through its day, told from the record."""

from __future__ import annotations

from typing import Any, NamedTuple

from projections.day_record import profile_of_day, read_day, read_evaluations
from projections.halls import Hall
from projections.house import House
from projections.labels import labels_of
from projections.ticket_history import HistoryLine, ticket_history
from queue_core import errors
from queue_core.care.archive_log import log_of_day
from queue_core.events import TicketIssued
from queue_core.interface.refusals import NotFound, shortened
from queue_core.interface.routes import Call, Route
from queue_core.values import Language

from .staff_answers import HistoryAnswer, HistoryQuery, HistoryRow


class Way(NamedTuple):
    """A ticket's way, and the version of the day as it was read."""

    number: str
    lines: list[HistoryLine]
    version: int


async def show_history(call: Call[House, HistoryQuery]) -> HistoryAnswer:
    """Tell a ticket's way through the day, each step with its version."""
    hall = call.house.hall(call.path["hall"])
    ticket = call.path["ticket"]
    date = call.asked.date or hall.live.date
    if date == hall.live.date and ticket not in hall.live.tickets:
        raise errors.TicketUnknown(shortened(ticket))
    way = await call.house.read(
        way_of, call.house, hall, date, ticket, call.asked.language
    )
    return HistoryAnswer(
        date=date,
        ticket=ticket,
        number=way.number,
        lines=[
            HistoryRow(
                version=line.version,
                at=line.at,
                time=line.time,
                event=line.event,
                by=line.by,
                text=line.text,
            )
            for line in way.lines
        ],
        version=way.version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/tickets/{ticket}/history",
        summary="Tell a ticket's way through its day, each step with its version.",
        right="find-ticket",
        handler=show_history,
        asks=HistoryQuery,
        answers=HistoryAnswer,
        refuses=(errors.TicketUnknown, NotFound),
    ),
]


def way_of(house: House, hall: Hall, date: str, ticket: str, language: Language) -> Way:
    """Read a ticket's way from the record, or from the day's archive. It blocks.

    Raises:
        NotFound: The hall was not open on the date.
        TicketUnknown: The day has no such ticket.
    """
    log = log_of_day(house.log, house.archives, hall.hall, date)
    events = read_day(log, hall.hall, date)
    if not events:
        raise NotFound(what="day", name=date)
    own = [(v, event) for v, event in events if getattr(event, "ticket", "") == ticket]
    issued = next((event for _, event in own if isinstance(event, TicketIssued)), None)
    if issued is None:
        raise errors.TicketUnknown(shortened(ticket))
    is_today = date == hall.live.date
    profile = hall.profile if is_today else profile_of_day(log, hall.hall, events)
    lines = ticket_history(
        own, ticket, labels_of(profile, language), read_evaluations(log, own)
    )
    return Way(issued.number, lines, events[-1][0])
