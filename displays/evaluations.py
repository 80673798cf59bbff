"""Evaluating a finished service: once, of one's own will, never by staff."""

from __future__ import annotations

from typing import Any

from projections.house import House
from projections.services import FinishedService
from queue_core import errors
from queue_core.commands import GiveEvaluation
from queue_core.events import EvaluationGiven
from queue_core.interface.fields import Nothing
from queue_core.interface.principals import Principal
from queue_core.interface.refusals import NotAcceptable, NotAllowed
from queue_core.interface.routes import Call, Route

from .ticket_answers import EvaluationAnswer, GiveGrade, ServiceAnswer


async def show_service(call: Call[House, Nothing]) -> ServiceAnswer:
    """Tell about a finished service, and whether it has been evaluated."""
    service = await call.house.service(call.path["service"])
    require_own(call.principal, service)
    names = await call.house.clerk_names(service.hall, [service.clerk])
    return ServiceAnswer(
        service=service.service,
        ticket=service.ticket,
        number=service.number,
        hall=service.hall.hall,
        window=service.window,
        clerk=service.clerk if service.clerk in names else None,
        clerk_name=names.get(service.clerk),
        items=service.items,
        outcome=service.outcome,
        supplement=service.supplement,
        started_at=service.started_at,
        finished_at=service.finished_at,
        evaluated=service.evaluated,
        version=service.hall.live.version,
    )


async def evaluate(call: Call[House, GiveGrade]) -> EvaluationAnswer:
    """Evaluate a finished service."""
    require_channel(call.principal, call.asked)
    service = await call.house.service(call.path["service"])
    require_own(call.principal, service)
    answer = await service.hall.submit(
        GiveEvaluation(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            service=service.service,
            grade=call.asked.grade,
            indicators=call.asked.indicators,
            text=call.asked.text,
            channel=call.asked.channel,
        )
    )
    given = answer.find(EvaluationGiven)
    if given is None:
        raise errors.CommandIdReused(command_id=call.command_id)
    return EvaluationAnswer(
        service=given.service,
        grade=given.grade,
        indicators=given.indicators,
        text=given.text,
        channel=given.channel,
        given_at=given.at,
        version=given.hall_version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/services/{service}",
        summary="Tell about a finished service, and whether it has been evaluated.",
        right="see-service",
        handler=show_service,
        asks=Nothing,
        answers=ServiceAnswer,
        refuses=(errors.ServiceUnknown, errors.ServiceNotFinished),
    ),
    Route(
        method="POST",
        path="/api/services/{service}/evaluation",
        summary="Evaluate a finished service: once, of one's own will.",
        right="evaluate",
        handler=evaluate,
        asks=GiveGrade,
        answers=EvaluationAnswer,
        status=201,
        refuses=(
            errors.ServiceUnknown,
            errors.ServiceNotFinished,
            errors.AlreadyEvaluated,
            errors.GroundMissing,
            errors.IndicatorUnknown,
            errors.CommandIdReused,
        ),
    ),
]


def require_channel(principal: Principal, asked: GiveGrade) -> None:
    """Pass if the evaluation comes the way it says.

    Raises:
        NotAcceptable: A phone says it is a pad, or a pad that it is a phone.
    """
    if (principal.kind == "device") != (asked.channel == "pad"):
        why = f"a {principal.role or principal.kind} does not evaluate by this channel"
        raise NotAcceptable(field="channel", why=why)


def require_own(principal: Principal, service: FinishedService) -> None:
    """Pass if the service is the citizen's own, or was given at the pad's window.

    Raises:
        NotAllowed: It is another window's, or another hall's.
    """
    hall = service.hall.hall
    if principal.hall not in {"", hall}:
        why = f"{principal.name} belongs to hall {principal.hall}"
        raise NotAllowed(right="see-service", why=why)
    if principal.kind == "device" and principal.place != service.window:
        why = f"the service was given at window {service.window}"
        raise NotAllowed(right="evaluate", why=why)
