"""Live pictures folded from a log in one go, and what citizens said of services."""

from __future__ import annotations

from collections.abc import Iterable

from projections.live_hall import LiveHall
from queue_core.events import EvaluationGiven, HallDayEvent, ServiceCompleted
from queue_core.values import Grade


def live_from(log: Iterable[HallDayEvent]) -> LiveHall:
    """Return the live picture after the events of a day."""
    live = LiveHall()
    for version, event in enumerate(log, start=1):
        live.apply(version, event)
    return live


def evaluation_of(
    done: ServiceCompleted, grade: Grade = "satisfied"
) -> EvaluationGiven:
    """Return what the citizen who was served says about it."""
    return EvaluationGiven(
        at=done.at,
        by="citizen",
        command_id=f"e-{done.service}",
        service=done.service,
        hall="city",
        date="2026-09-21",
        ticket=done.ticket,
        number=done.number,
        window=done.window,
        clerk=done.clerk,
        grade=grade,
        indicators=[],
        text="",
        channel="pad",
        hall_version=1,
    )
