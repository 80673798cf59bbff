"""The hall's office: its day, and the profile it works by."""

from __future__ import annotations

from typing import Any

from projections import hall_changes
from projections.answers import DAY_STATES
from projections.halls import Hall
from projections.house import House
from queue_core import errors
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import ProfileFaulty
from queue_core.interface.routes import Call, Route
from queue_core.profiles.faults import ProfileFaults
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile

from .staff_answers import AdoptedAnswer, DayAnswer


async def open_day(call: Call[House, Nothing]) -> DayAnswer:
    """Open today's business day."""
    hall = call.house.hall(call.path["hall"])
    await hall_changes.open_day(hall, **command_fields(call))
    return day_answer(hall)


async def close_day(call: Call[House, Nothing]) -> DayAnswer:
    """Close the day, unless somebody waits whom an open window may serve."""
    hall = call.house.hall(call.path["hall"])
    await hall_changes.close_day(hall, **command_fields(call))
    return day_answer(hall)


async def adopt_profile(call: Call[House, Nothing]) -> AdoptedAnswer:
    """Read the hall's profile folder again, and work by it from now on."""
    hall = call.house.hall(call.path["hall"])
    profile = await call.house.read(read_fit_profile, hall)
    changed = profile.revision != hall.profile.revision
    if changed:
        await hall_changes.adopt_profile(hall, profile, **command_fields(call))
    return AdoptedAnswer(
        hall=hall.hall,
        revision=profile.revision,
        changed=changed,
        version=hall.live.version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/day/open",
        summary="Open today's business day.",
        right="run-day",
        handler=open_day,
        asks=Nothing,
        answers=DayAnswer,
        refuses=(errors.DayAlreadyOpen, errors.DayEnded, errors.CommandIdReused),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/day/close",
        summary="Close the day, unless somebody waits whom a window may serve.",
        right="run-day",
        handler=close_day,
        asks=Nothing,
        answers=DayAnswer,
        refuses=(
            errors.DayNotOpen,
            errors.DayEnded,
            errors.TicketsLeft,
            errors.CommandIdReused,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/profile/adopt",
        summary="Read the hall's profile folder again, and work by it from now on.",
        right="adopt-profile",
        handler=adopt_profile,
        asks=Nothing,
        answers=AdoptedAnswer,
        refuses=(ProfileFaulty, errors.CommandIdReused),
    ),
]


def command_fields(call: Call[House, Nothing]) -> dict[str, Any]:
    """Return what every command of the office carries."""
    return {
        "command_id": call.command_id,
        "at": call.house.clock.now(),
        "by": call.principal.by,
    }


def day_answer(hall: Hall) -> DayAnswer:
    """Return how the hall's day stands."""
    live = hall.live
    return DayAnswer(
        hall=hall.hall,
        date=live.date,
        state=DAY_STATES[live.day_state],
        version=live.version,
    )


def read_fit_profile(hall: Hall) -> HallProfile:
    """Read the hall's folder. It blocks.

    Raises:
        ProfileFaulty: It has faults, or is another hall's.
    """
    try:
        profile = read_profile(hall.folder)
    except ProfileFaults as error:
        raise ProfileFaulty(faults=[str(fault) for fault in error.faults]) from error
    if profile.hall != hall.hall:
        why = f"hall.toml: hall: is {profile.hall}, not {hall.hall}"
        raise ProfileFaulty(faults=[why])
    return profile
