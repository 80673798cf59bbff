"""Forgetting persons by rule, and recording what was done about them.

Once a minute of the hall's clock: whoever was last here more days ago than the profile
says, and is not held, is erased; and what stands in the store of persons to be recorded
is recorded. The store notes it in the transaction that erases, so it may also come from
the command line or from another process; recorded twice it is the same event.
"""

from __future__ import annotations

import datetime
import logging
from zoneinfo import ZoneInfo

from projections.halls import Hall
from projections.persons_recorded import record_notes
from queue_core.clock import HallClock
from queue_core.errors import LogError
from queue_core.persons.person_store import PersonStore
from queue_core.persons.persons import AT_ONCE, DAYS_OVER, Cause, Persons
from queue_core.profiles.profile import HallProfile

from .keeping import HOUSE


logger = logging.getLogger(__name__)

ROUND_MS = 60_000


class Forgetting:
    """Looks after the persons of one hall."""

    def __init__(self, hall: Hall, persons: PersonStore, clock: HallClock) -> None:
        self._hall = hall
        self._persons = persons
        self._clock = clock

    async def run(self) -> None:
        """Do one round after another, until cancelled."""
        while True:
            now = self._clock.now()
            try:
                await self.round(now)
            except LogError as error:
                logger.warning("the persons of %s wait: %s", self._hall.hall, error)
            await self._clock.sleep_until(now + ROUND_MS)

    async def round(self, now: int) -> None:
        """Erase who is due, and record what was done.

        Raises:
            LogError: The record or the store of persons failed.
        """
        hall, before = self._hall.hall, forgotten_before(self._hall.profile, now)
        cause = Cause(now, HOUSE, DAYS_OVER)
        while True:
            due = await self._persons.do(Persons.expire, hall, before, cause)
            await record_notes(self._hall, self._persons)
            if len(due) < AT_ONCE:
                break
        await self._persons.do(Persons.scrub_what_is_due)


def forgotten_before(profile: HallProfile, now: int) -> int:
    """Return the instant such that whoever was last here before it is forgotten.

    It is a midnight of the hall: with 0 days, everybody who was not here today.
    """
    zone = ZoneInfo(profile.timezone)
    today = datetime.datetime.fromtimestamp(now / 1000, zone).date()
    first = today - datetime.timedelta(days=profile.retention.identifiers_days)
    midnight = datetime.datetime.combine(first, datetime.time(), zone)
    return int(midnight.timestamp() * 1000)
