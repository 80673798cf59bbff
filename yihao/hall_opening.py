"""Opening a hall when the house starts: its record, its live picture, its profile."""

from __future__ import annotations

import asyncio

from displays.link.server import LinkServer
from projections.day_record import read_evaluations
from projections.hall_changes import adopt_profile, follow_rules
from projections.halls import Hall
from queue_core.clock import HallClock
from queue_core.events import HallDayEvent, ProfileAdopted
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.streams import evaluation_stream, profile_stream

from .keeping import HOUSE


async def open_hall(
    hall: Hall, log: EventLog, clock: HallClock, link: LinkServer
) -> None:
    """Start the hall's desk, bring its pictures up to date, adopt a changed profile.

    Raises:
        LogError: The record cannot be read.
    """
    await hall.desk.start()
    history = await asyncio.to_thread(history_of, log, hall.desk.stream)
    hall.follow(history)
    badges = hall.profile.evaluation.show_clerk
    link.add_hall(hall.hall, history, shows_badges=badges)
    hall.desk.subscribe(hall.follow)
    hall.desk.subscribe(link.publish)
    await follow_profile(hall, log, clock)


def history_of(log: EventLog, stream: str) -> list[Recorded]:
    """Return what is recorded of a hall-day, with its evaluations. It blocks."""
    if not stream:
        return []
    events = log.read(stream)
    day = [(r.version, r.event) for r in events if isinstance(r.event, HallDayEvent)]
    given = read_evaluations(log, day)
    return events + [Recorded(evaluation_stream(e.service), 1, e) for e in given]


async def follow_profile(hall: Hall, log: EventLog, clock: HallClock) -> None:
    """Adopt the hall's profile, if it is another than the one adopted last.

    A day that was left open under older rules goes on under the new ones.
    """
    recorded = await asyncio.to_thread(log.read, profile_stream(hall.hall))
    adopted = recorded[-1].event if recorded else None
    now = clock.now()
    # Ids that grow: a profile that comes back after another one is adopted anew.
    name = f"{HOUSE}/{hall.hall}/profile/{len(recorded) + 1}"
    known = isinstance(adopted, ProfileAdopted) and (
        adopted.revision == hall.profile.revision
    )
    if not known:
        await adopt_profile(hall, hall.profile, command_id=name, at=now, by=HOUSE)
    else:
        rules_id = f"{name}/rules/{hall.live.version}"
        await follow_rules(hall, command_id=rules_id, at=now, by=HOUSE)
