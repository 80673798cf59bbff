"""Opening a hall when the house starts: its record, its live picture, its profile."""

from __future__ import annotations

import asyncio

from displays.link.server import LinkServer
from projections.day_record import read_evaluations
from projections.hall_changes import adopt_profile, follow_rules
from projections.halls import Hall, HallClosed
from queue_core.clock import HallClock
from queue_core.errors import LogError
from queue_core.events import HallDayEvent, ProfileAdopted
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.streams import evaluation_stream, profile_stream

from .keeping import HOUSE


async def open_hall(
    hall: Hall, log: EventLog, clock: HallClock, link: LinkServer
) -> None:
    """Start the hall's desk, bring its pictures up to date, adopt a changed profile.

    From now on the clock is never behind what is recorded in the hall, whoever recorded
    it: a machine that is behind another one follows it.

    Raises:
        HallClosed: Its record is damaged; nobody has been shown anything.
        LogError: The store cannot be reached or written.
    """
    try:
        history, adopted = await begin(hall, log)
    except LogError:
        await asyncio.to_thread(log.last_position)
        # The store answers. What fails once more is the hall's own.
        try:
            history, adopted = await begin(hall, log)
        except LogError as error:
            raise HallClosed(hall.hall, str(error)) from error
    day = hall.desk.day
    if day.opened and not day.closed:
        clock.go_on_from(day.at)
    hall.follow(history)
    badges = hall.profile.evaluation.show_clerk
    link.add_hall(hall.hall, history, shows_badges=badges)
    hall.desk.subscribe(hall.follow)
    hall.desk.subscribe(link.publish)
    hall.desk.subscribe(lambda recorded: clock.go_on_from(recorded[-1].event.at))
    await follow_profile(hall, adopted, clock)


async def begin(hall: Hall, log: EventLog) -> tuple[list[Recorded], list[Recorded]]:
    """Start the desk; return its day's history, and the profiles that were adopted.

    Raises:
        LogError: The record cannot be read.
    """
    if not hall.desk.ready:
        await hall.desk.start()
    history = await asyncio.to_thread(history_of, log, hall.desk.stream)
    return history, await asyncio.to_thread(log.read, profile_stream(hall.hall))


def history_of(log: EventLog, stream: str) -> list[Recorded]:
    """Return what is recorded of a hall-day, with its evaluations. It blocks."""
    if not stream:
        return []
    events = log.read(stream)
    day = [(r.version, r.event) for r in events if isinstance(r.event, HallDayEvent)]
    given = read_evaluations(log, day)
    return events + [Recorded(evaluation_stream(e.service), 1, e) for e in given]


async def follow_profile(
    hall: Hall, recorded: list[Recorded], clock: HallClock
) -> None:
    """Adopt the hall's profile, if it is another than the last one recorded.

    A day that was left open under older rules goes on under the new ones.
    """
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
