"""Reading one recorded day of a hall: its events, and the evaluations of it.

Every function blocks: call it in a thread.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_core.events import EvaluationGiven, HallDayEvent, ServiceCompleted
from queue_core.log.event_log import EventLog
from queue_core.log.streams import (
    date_of,
    evaluation_stream,
    hall_day_prefix,
    hall_day_stream,
)


DayEvents = list[tuple[int, HallDayEvent]]


def recorded_dates(log: EventLog, hall: str) -> list[str]:
    """Return the dates on which a hall has opened, the oldest first.

    Raises:
        LogError: The log cannot be read.
    """
    return [date_of(stream) for stream in log.streams(hall_day_prefix(hall))]


def read_day(log: EventLog, hall: str, date: str) -> DayEvents:
    """Return the (version, event) pairs of a hall's day; none if it never opened.

    Raises:
        LogError: The log cannot be read.
    """
    recorded = log.read(hall_day_stream(hall, date))
    return [
        (one.version, one.event)
        for one in recorded
        if isinstance(one.event, HallDayEvent)
    ]


def read_evaluations(
    log: EventLog, events: Iterable[tuple[int, HallDayEvent]]
) -> list[EvaluationGiven]:
    """Return the evaluations of the services that a day finished.

    Raises:
        LogError: The log cannot be read.
    """
    finished = {
        evaluation_stream(event.service)
        for _, event in events
        if isinstance(event, ServiceCompleted)
    }
    given = finished.intersection(log.streams("evaluation/")) if finished else set()
    return [
        recorded.event
        for stream in sorted(given)
        for recorded in log.read(stream)
        if isinstance(recorded.event, EvaluationGiven)
    ]
