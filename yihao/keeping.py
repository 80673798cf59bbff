"""Opening and closing a hall's day by rule, without anybody's hands.

The day opens at the doors' hour of every open day. From the end of ordinary hours it
is closed as soon as nobody is left whom an open window may serve, and in any case when
the profile's day ends. Between these instants the keeper sleeps.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Literal, NamedTuple

from projections.hall_changes import close_day, open_day
from projections.halls import Hall
from projections.live_hall import LiveHall
from queue_core.clock import HallClock
from queue_core.errors import LogError, Refused
from queue_core.events import DayClosed, DayOpened, RulesAdopted
from queue_core.log.event_log import Recorded
from queue_core.profiles.hours import (
    business_date,
    day_hours,
    is_open_day,
    next_open_day,
)
from queue_core.profiles.profile import HallProfile


logger = logging.getLogger(__name__)

HOUSE = "house"
"""By whom the day is opened and closed, in the record."""

AGAIN_SECONDS = 1.0
"""Real time after which a store that failed is tried again."""

NEVER = 1 << 62

OF_THE_DAY = (DayOpened, DayClosed, RulesAdopted)
"""The events that can change what has to be done, and when."""


class Duty(NamedTuple):
    """What the keeper has to do, and from when."""

    what: Literal["open", "close", "nothing"]
    at: int


def next_duty(profile: HallProfile, live: LiveHall, now: int) -> Duty:
    """Return the next thing that the rules want done in a hall.

    A day that is open beyond its end is closed at once; an open day whose ordinary
    hours are over is closed as soon as the rules allow.
    """
    if live.day_state == 1 and live.hours is not None:
        return Duty("close", live.hours.closes_at)
    today = business_date(profile, now)
    if is_open_day(profile, today) and live.date < today:
        hours = day_hours(profile, today)
        if now < hours.ends_at:
            return Duty("open", hours.doors_at)
    following = next_open_day(profile, max(today, live.date))
    if following is None:
        return Duty("nothing", NEVER)
    return Duty("open", day_hours(profile, following).doors_at)


class Keeper:
    """Keeps the day of one hall."""

    def __init__(self, hall: Hall, clock: HallClock) -> None:
        self._hall = hall
        self._clock = clock
        self._changed = asyncio.Event()
        self._is_closing = False

    async def run(self) -> None:
        """Do what the rules want when they want it, until cancelled."""
        leave = self._hall.desk.subscribe(self._note)
        try:
            while True:
                self._changed.clear()
                await self._step()
        finally:
            leave()

    def _note(self, recorded: list[Recorded]) -> None:
        """Look again when the day has changed, and at everything while it closes."""
        if self._is_closing or any(isinstance(r.event, OF_THE_DAY) for r in recorded):
            self._changed.set()

    async def _step(self) -> None:
        """Do one duty that is due, or wait until one is or something changes."""
        now = self._clock.now()
        duty = next_duty(self._hall.profile, self._hall.live, now)
        if duty.at > now:
            await self._wait(duty.at)
            return
        self._is_closing = duty.what == "close"
        try:
            await self._do(duty, now)
        except Refused as refused:
            logger.debug("the day of %s: %s", self._hall.hall, refused)
            await self._wait(self._last_instant(now))
        except LogError as error:
            logger.warning("the day of %s waits: %s", self._hall.hall, error)
            await asyncio.sleep(AGAIN_SECONDS)
        finally:
            self._is_closing = False

    async def _do(self, duty: Duty, now: int) -> None:
        hall = self._hall
        date = (
            hall.live.date if duty.what == "close" else business_date(hall.profile, now)
        )
        command_id = f"{HOUSE}/{hall.hall}/{date}/{duty.what}"
        if duty.what == "open":
            await open_day(hall, command_id=command_id, at=now, by=HOUSE)
        elif duty.what == "close":
            await close_day(hall, command_id=command_id, at=now, by=HOUSE)
        logger.info("the day %s of %s: %s", date, hall.hall, duty.what)

    def _last_instant(self, now: int) -> int:
        """Return when a refused closing is done in any case."""
        hours = self._hall.live.hours
        return hours.ends_at if hours and hours.ends_at > now else now + 60_000

    async def _wait(self, until: int) -> None:
        """Wait for an instant of the hall's clock, or until something is recorded."""
        sleeping = asyncio.ensure_future(self._clock.sleep_until(until))
        changing = asyncio.ensure_future(self._changed.wait())
        try:
            await asyncio.wait(
                {sleeping, changing}, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            # Neither is waited for: a dismissal that comes just then would be taken
            # for theirs, and the keeper would go on for ever.
            sleeping.cancel()
            changing.cancel()
