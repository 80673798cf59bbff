"""The paper with what a citizen must bring, printed where he stands."""

from __future__ import annotations

from typing import Any

from projections.halls import Hall
from projections.house import House
from projections.supplements import supplement_of
from queue_core import errors
from queue_core.interface.routes import Call, Route

from .window_answers import ServiceAsked, SupplementAnswer


async def print_supplement(call: Call[House, ServiceAsked]) -> SupplementAnswer:
    """Print what a service told its citizen to bring, as the record has it."""
    hall = call.house.hall(call.path["hall"])
    require_on_duty(call, hall)
    service = await call.house.service(call.asked.service)
    if service.hall is not hall or service.window != call.path["window"]:
        raise errors.ServiceUnknown(call.asked.service)
    told = supplement_of(service)
    if not told.missing:
        raise errors.SupplementMissing(told.number)
    slip = await call.house.slips.hand_out_supplement(hall, told)
    return SupplementAnswer(
        service=service.service,
        hall=told.hall,
        number=told.number,
        items=told.items,
        missing=told.missing,
        window=told.window,
        clerk=told.clerk,
        told=told.told,
        language=told.language,
        printed=slip.printed,
        reason=slip.reason,
        version=hall.live.version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/supplement-slip",
        summary="Print what a citizen must bring, where the window has a printer.",
        right="serve-window",
        handler=print_supplement,
        asks=ServiceAsked,
        answers=SupplementAnswer,
        refuses=(
            errors.WindowUnknown,
            errors.NotOnDuty,
            errors.ServiceUnknown,
            errors.ServiceNotFinished,
            errors.SupplementMissing,
            errors.CommandIdReused,
        ),
    ),
]


def require_on_duty(call: Call[House, ServiceAsked], hall: Hall) -> None:
    """Pass if the caller works at the window beside whose printer this is.

    Raises:
        WindowUnknown: The hall has no such window.
        NotOnDuty: Somebody else works there, or nobody.
    """
    window = hall.live.windows.get(call.path["window"])
    if window is None:
        raise errors.WindowUnknown(call.path["window"])
    if window.clerk != call.principal.name:
        raise errors.NotOnDuty(window.window, call.principal.name)
