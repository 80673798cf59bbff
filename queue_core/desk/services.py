"""Services that may be evaluated: today's from the state, earlier ones from the log."""

from __future__ import annotations

import threading

from queue_core.events import CompletionUndone, ServiceCompleted, ServiceStarted
from queue_core.log.event_log import EventLog
from queue_core.log.streams import date_of, hall_day_prefix
from queue_core.rules.evaluation import ServiceFact
from queue_core.rules.hall_day import HallDay
from queue_core.rules.tickets import Ticket


Versions = dict[str, int]
"""Service id → the version that finished it; negative: that only started it."""


def service_of_day(hall: str, day: HallDay, service: str) -> ServiceFact | None:
    """Return what today's state knows about a service; None if it knows nothing."""
    found = day.finished.get(service)
    if found is not None:
        version, completed = found
        return _fact(hall, day.date, version, completed)
    ticket = day.tickets.get(service.rpartition(".")[0])
    if ticket is None or not _has_begun(service, ticket):
        return None
    return ServiceFact(
        service=service,
        hall=hall,
        date=day.date,
        ticket=ticket.ticket,
        number=ticket.number,
        window=ticket.window,
        clerk="",
        version=day.version,
        finished=False,
    )


def _has_begun(service: str, ticket: Ticket) -> bool:
    return service in {f"{ticket.ticket}.{n + 1}" for n in range(ticket.services)}


class EarlierServices:
    """Finds services of the hall's last days, reading each day at most once.

    Days are read newest first and only as far back as needed. Every method blocks;
    several threads may call.
    """

    def __init__(self, hall: str, log: EventLog, days: int) -> None:
        """Look back at most ``days`` business days."""
        self._hall = hall
        self._log = log
        self._limit = days
        self._days: dict[str, Versions] = {}
        self._reading = threading.Lock()

    def find(self, service: str, before: str) -> ServiceFact | None:
        """Return a service of a day before the stream ``before``; None if unknown.

        Raises:
            LogError: the log cannot be read.
        """
        with self._reading:
            streams = self._log.streams(hall_day_prefix(self._hall))
            earlier = [stream for stream in streams if stream < before]
            within = earlier[-self._limit :] if self._limit else []
            for forgotten in self._days.keys() - set(within):
                del self._days[forgotten]
            for stream in reversed(within):
                version = self._versions(stream).get(service)
                if version is not None:
                    return self._fact(stream, version)
        return None

    def _versions(self, stream: str) -> Versions:
        versions = self._days.get(stream)
        if versions is None:
            versions = self._days[stream] = self._read(stream)
        return versions

    def _read(self, stream: str) -> Versions:
        versions: Versions = {}
        started: Versions = {}
        for recorded in self._log.read(stream):
            event, version = recorded.event, recorded.version
            if isinstance(event, ServiceCompleted):
                versions[event.service] = version
            elif isinstance(event, ServiceStarted):
                versions[event.service] = started[event.service] = -version
            elif isinstance(event, CompletionUndone):
                versions[event.service] = started[event.service]
        return versions

    def _fact(self, stream: str, version: int) -> ServiceFact | None:
        at = abs(version)
        (recorded,) = self._log.read(stream, after=at - 1, upto=at)
        event = recorded.event
        if not isinstance(event, ServiceCompleted | ServiceStarted):
            return None
        return _fact(self._hall, date_of(stream), at, event)


def _fact(
    hall: str, date: str, version: int, event: ServiceCompleted | ServiceStarted
) -> ServiceFact:
    return ServiceFact(
        service=event.service,
        hall=hall,
        date=date,
        ticket=event.ticket,
        number=event.number,
        window=event.window,
        clerk=event.clerk,
        version=version,
        finished=isinstance(event, ServiceCompleted),
    )
