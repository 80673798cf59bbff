"""What the house does for the audit and for sessions that end by rule."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from projections.halls import Hall
from projections.house import House
from queue_core.errors import LogError
from queue_core.events import DayClosed
from queue_core.log.event_log import Recorded
from queue_core.profiles.hours import business_date


logger = logging.getLogger(__name__)


def calendar_of(halls: Mapping[str, Hall]) -> Callable[[str, int], str]:
    """Return what tells the local date of a hall, or of the house, at an instant.

    The house counts its days as its first hall does.
    """

    def date_of(hall: str, at: int) -> str:
        known = halls.get(hall) or next(iter(halls.values()), None)
        if known is None:
            return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
        return business_date(known.profile, at)

    return date_of


def end_sessions_with_the_day(hall: Hall, house: House) -> None:
    """End the sessions of a hall's clerks when its day is closed, in any process."""
    tasks: set[asyncio.Task[None]] = set()

    def hear(recorded: list[Recorded]) -> None:
        if any(isinstance(one.event, DayClosed) for one in recorded):
            task = asyncio.create_task(end())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def end() -> None:
        try:
            await house.accounts.sessions.end_with_the_day(hall.hall)
            await house.recheck_links()
        except LogError as error:
            # They end by themselves, a few hours later.
            logger.warning("sessions outlast the day of %s: %s", hall.hall, error)

    hall.desk.subscribe(hear)
