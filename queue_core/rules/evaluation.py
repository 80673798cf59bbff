"""The evaluation of a service: once, after it is finished, never defaulted.

The stream ``evaluation/<service>`` holds one event. The service itself is a fact of
its hall-day; whoever asks for a decision has looked it up there.
"""

from __future__ import annotations

from queue_core.commands import GiveEvaluation
from queue_core.errors import (
    AlreadyEvaluated,
    GroundMissing,
    IndicatorUnknown,
    ParseError,
    ServiceNotFinished,
    ServiceUnknown,
)
from queue_core.events import EvaluationGiven, Event
from queue_core.values import BAD_GRADES, Value

from .indicators import INDICATORS


TEXT_LIMIT = 500
"""Characters that a citizen may write beside a grade."""


class ServiceFact(Value, frozen=True, kw_only=True):
    """What the hall-day says about a service that has begun."""

    service: str
    hall: str
    date: str
    ticket: str
    number: str
    window: str
    clerk: str
    version: int
    """The version that finished it; the one that started it while it goes on."""
    finished: bool


class Evaluation:
    """The state of one service's evaluation: not given yet, until it is."""

    def __init__(self) -> None:
        self.version = 0
        self.answered: dict[str, tuple[int, int]] = {}
        """Command id → first and last version of the events it caused."""
        self.given = False


def decide(
    state: Evaluation, command: GiveEvaluation, service: ServiceFact | None
) -> list[Event]:
    """Return the evaluation, if the service and what is said about it allow one.

    A ticket that was missed or never served has no finished service, and so nothing
    that could be evaluated.

    Raises:
        ServiceUnknown: no such service has begun.
        ServiceNotFinished: it still goes on, or never came to an end.
        AlreadyEvaluated: it has been evaluated before.
        IndicatorUnknown: an indicator belongs to another grade, or to none.
        GroundMissing: a bad grade comes without an indicator and without a text.
        ParseError: the text is longer than the house keeps.
    """
    if service is None:
        raise ServiceUnknown(command.service)
    if not service.finished:
        raise ServiceNotFinished(command.service)
    if state.given:
        raise AlreadyEvaluated(command.service)
    indicators = _require_indicators(command)
    text = _require_text(command)
    if command.grade in BAD_GRADES and not indicators and not text:
        raise GroundMissing(command.grade)
    return [
        EvaluationGiven(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            service=service.service,
            hall=service.hall,
            date=service.date,
            ticket=service.ticket,
            number=service.number,
            window=service.window,
            clerk=service.clerk,
            grade=command.grade,
            indicators=indicators,
            text=text,
            channel=command.channel,
            hall_version=service.version,
        )
    ]


def evolve(state: Evaluation, event: Event) -> None:
    """Change ``state`` by what has happened; its version grows by one."""
    state.version += 1
    state.answered[event.command_id] = (state.version, state.version)
    state.given = True


def _require_indicators(command: GiveEvaluation) -> list[str]:
    for code in command.indicators:
        known = INDICATORS.get(code)
        if known is None or known.grade != command.grade:
            raise IndicatorUnknown(code, command.grade)
    return list(dict.fromkeys(command.indicators))


def _require_text(command: GiveEvaluation) -> str:
    text = command.text.strip()
    if len(text) > TEXT_LIMIT:
        raise ParseError(f"the text has {len(text)} of {TEXT_LIMIT} characters", "text")
    return text
