"""The changes of a hall that nobody makes at a window: its day and its profile.

A manager, an administrator and the house itself all make them by these functions.
"""

from __future__ import annotations

from queue_core.commands import AdoptProfile, AdoptRules, CloseDay, OpenDay
from queue_core.desk import Answer
from queue_core.profiles.hours import business_date, day_hours
from queue_core.profiles.profile import HallProfile, serialize_profile
from queue_core.profiles.rules import rules_of

from .halls import Hall


async def open_day(hall: Hall, *, command_id: str, at: int, by: str) -> Answer:
    """Open the business day in which ``at`` falls, under the hall's profile.

    Raises:
        DayAlreadyOpen: It was opened before.
        DayEnded: It is over.
    """
    date = business_date(hall.profile, at)
    return await hall.submit(
        OpenDay(
            command_id=command_id,
            at=at,
            by=by,
            date=date,
            hours=day_hours(hall.profile, date),
            rules=rules_of(hall.profile),
        )
    )


async def close_day(hall: Hall, *, command_id: str, at: int, by: str) -> Answer:
    """Close the open day. It is overdue when a later day has begun.

    Raises:
        TicketsLeft: An open window may still serve somebody who waits.
    """
    overdue = business_date(hall.profile, at) > hall.live.date
    command = CloseDay(command_id=command_id, at=at, by=by, overdue=overdue)
    return await hall.submit(command)


async def adopt_profile(
    hall: Hall, profile: HallProfile, *, command_id: str, at: int, by: str
) -> None:
    """Record that the hall works by a profile from now on; later tickets follow it."""
    await hall.submit(
        AdoptProfile(
            command_id=command_id,
            at=at,
            by=by,
            hall=hall.hall,
            revision=profile.revision,
            content=serialize_profile(profile),
        )
    )
    hall.adopt(profile)
    await follow_rules(hall, command_id=f"{command_id}/rules", at=at, by=by)


async def follow_rules(hall: Hall, *, command_id: str, at: int, by: str) -> None:
    """Let an open day go on by the rules of the hall's profile."""
    if hall.live.day_state == 1:
        rules = rules_of(hall.profile)
        command = AdoptRules(command_id=command_id, at=at, by=by, rules=rules)
        await hall.submit(command)
