"""Finished services: today's from the live picture, earlier ones from the record."""

from __future__ import annotations

from dataclasses import dataclass

from queue_core.errors import ServiceNotFinished, ServiceUnknown
from queue_core.events import CompletionUndone, ServiceCompleted
from queue_core.log.event_log import EventLog
from queue_core.log.streams import evaluation_stream, hall_day_prefix
from queue_core.values import Outcome

from .halls import Hall


DAYS = 30
"""So many business days back a service can still be looked up and evaluated."""


@dataclass(frozen=True, slots=True)
class FinishedService:
    """A service that has ended, and the hall in which it was given."""

    hall: Hall
    service: str
    ticket: str
    number: str
    window: str
    clerk: str
    items: list[str]
    outcome: Outcome
    supplement: list[str]
    started_at: int
    finished_at: int
    evaluated: bool


def service_today(hall: Hall, service: str) -> FinishedService | None:
    """Return a service of today, or None if today knows nothing of it.

    Raises:
        ServiceNotFinished: It goes on still.
    """
    live = hall.live
    found = live.services.get(service)
    if found is None:
        ticket = live.tickets.get(service.rpartition(".")[0])
        if ticket is None:
            return None
        if ticket.service == service:
            raise ServiceNotFinished(service)
        raise ServiceUnknown(service)
    return FinishedService(
        hall=hall,
        service=found.service,
        ticket=found.ticket,
        number=found.number,
        window=found.window,
        clerk=found.clerk,
        items=found.items,
        outcome=found.outcome,
        supplement=found.supplement,
        started_at=found.started_at,
        finished_at=found.finished_at,
        evaluated=found.evaluated,
    )


class EarlierServices:
    """Finds services of earlier days. Every method blocks: call it in a thread.

    A day that is over does not change, so each is read once.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._days: dict[str, dict[str, ServiceCompleted]] = {}

    def find(self, hall: Hall, service: str) -> FinishedService | None:
        """Return a service of one of the hall's last days, the newest first.

        Raises:
            LogError: The log cannot be read.
        """
        streams = self._log.streams(hall_day_prefix(hall.hall))
        for stream in reversed(streams[-DAYS - 1 :]):
            if stream == hall.stream:
                continue
            completed = self._services_of(stream).get(service)
            if completed is not None:
                return self._finished(hall, completed)
        return None

    def _services_of(self, stream: str) -> dict[str, ServiceCompleted]:
        known = self._days.get(stream)
        if known is None:
            known = self._days[stream] = {}
            for recorded in self._log.read(stream):
                event = recorded.event
                if isinstance(event, ServiceCompleted):
                    known[event.service] = event
                elif isinstance(event, CompletionUndone):
                    del known[event.service]
        return known

    def _finished(self, hall: Hall, completed: ServiceCompleted) -> FinishedService:
        evaluation = evaluation_stream(completed.service)
        return FinishedService(
            hall=hall,
            service=completed.service,
            ticket=completed.ticket,
            number=completed.number,
            window=completed.window,
            clerk=completed.clerk,
            items=completed.items,
            outcome=completed.outcome,
            supplement=completed.supplement,
            started_at=completed.started_at,
            finished_at=completed.at,
            evaluated=self._log.last_version(evaluation) > 0,
        )
