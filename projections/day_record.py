"""Reading one recorded day of a hall: its events, and the evaluations of it.

Every function blocks: call it in a thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from queue_core.care.archive_log import log_of_day
from queue_core.events import (
    EvaluationGiven,
    HallDayEvent,
    ProfileAdopted,
    ServiceCompleted,
)
from queue_core.log.event_log import EventLog, Unreadable
from queue_core.log.streams import (
    HALL_DAY,
    date_of,
    evaluation_stream,
    hall_day_prefix,
    hall_day_stream,
    profile_stream,
)
from queue_core.profiles.profile import HallProfile, parse_profile
from queue_core.values import HallRules


DayEvents = list[tuple[int, HallDayEvent]]


class RecordedDay(NamedTuple):
    """A day of a hall as it stands in the record, or in its archive."""

    hall: str
    date: str
    profile: HallProfile
    events: DayEvents
    evaluations: list[EvaluationGiven]


def recorded_halls(log: EventLog) -> list[str]:
    """Return the halls that have ever opened a day.

    Raises:
        LogError: The log cannot be read.
    """
    return sorted({stream.split("/")[1] for stream in log.streams(HALL_DAY)})


def recorded_dates(log: EventLog, hall: str) -> list[str]:
    """Return the dates on which a hall has opened, the oldest first.

    Raises:
        LogError: The log cannot be read.
    """
    return [date_of(stream) for stream in log.streams(hall_day_prefix(hall))]


def read_recorded_day(
    log: EventLog, archives: Path, hall: str, date: str
) -> RecordedDay | None:
    """Return a day from the log, or from its archive; None if it never opened.

    Raises:
        ArchiveDamaged: The day's archive is not what was written.
        LogError: The log cannot be read.
    """
    source = log_of_day(log, archives, hall, date)
    events = read_day(source, hall, date)
    if not events:
        return None
    evaluations = read_evaluations(source, events)
    profile = profile_of_day(source, hall, events)
    return RecordedDay(hall, date, profile, events, evaluations)


def read_day(log: EventLog, hall: str, date: str) -> DayEvents:
    """Return the (version, event) pairs of a hall's day; none if it never opened.

    Raises:
        LogError: The log cannot be read.
    """
    return day_after(log, hall, date, 0)


def day_after(log: EventLog, hall: str, date: str, version: int) -> DayEvents:
    """Return the (version, event) pairs of a hall's day that follow a version.

    Raises:
        LogError: The log cannot be read.
    """
    recorded = log.read(hall_day_stream(hall, date), after=version)
    return [
        (one.version, one.event)
        for one in recorded
        if isinstance(one.event, HallDayEvent)
    ]


def read_evaluations(
    log: EventLog, events: Iterable[tuple[int, HallDayEvent]]
) -> list[EvaluationGiven]:
    """Return the evaluations of the services that a day finished.

    One that was evaluated and went on again afterwards keeps its evaluation.

    Raises:
        LogError: The log cannot be read.
    """
    finished = dict.fromkeys(
        evaluation_stream(event.service)
        for _, event in events
        if isinstance(event, ServiceCompleted)
    )
    return [
        recorded.event
        for recorded in log.read_streams([*finished])
        if isinstance(recorded.event, EvaluationGiven)
    ]


def profile_of_day(
    log: EventLog, hall: str, events: Iterable[tuple[int, HallDayEvent]]
) -> HallProfile:
    """Return the profile that the hall worked by when the day ended.

    Raises:
        LogError: The log cannot be read, or the hall never adopted a profile.
    """
    return profile_at(log, hall, max((event.at for _, event in events), default=0))


def profile_at(log: EventLog, hall: str, at: int) -> HallProfile:
    """Return the profile that a hall worked by at an instant.

    Raises:
        LogError: The log cannot be read, or the hall never adopted a profile.
    """
    adopted = _adopted(log, hall)
    in_time = [event for event in adopted if event.at <= at]
    return parse_profile((in_time or adopted)[-1].content)


def profile_of_rules(log: EventLog, hall: str, rules: HallRules) -> HallProfile:
    """Return the profile that some rules were read from; else the hall's last one.

    Raises:
        LogError: The log cannot be read, or the hall never adopted a profile.
    """
    adopted = _adopted(log, hall)
    found = [event for event in adopted if event.revision == rules.revision]
    return parse_profile((found or adopted)[-1].content)


def _adopted(log: EventLog, hall: str) -> list[ProfileAdopted]:
    stream = profile_stream(hall)
    adopted = [
        recorded.event
        for recorded in log.read(stream)
        if isinstance(recorded.event, ProfileAdopted)
    ]
    if not adopted:
        raise Unreadable(stream, 1, "the hall never adopted a profile")
    return adopted
