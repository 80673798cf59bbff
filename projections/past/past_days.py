"""The days that were looked at last, read from the log or from their archives.

Every function blocks: call it in a thread.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from projections.day_record import day_after, profile_of_rules, read_evaluations
from projections.live_hall import LiveHall
from queue_core.care.archive_log import log_of_day
from queue_core.log.event_log import EventLog
from queue_core.profiles.profile import HallProfile
from queue_core.values import HallRules

from .past_day import PastDay


DAYS = 3
"""So many days are kept: a busy one and its pictures take some 30 MB."""


class PastDays:
    """Whatever anybody looks back at in the halls of one house."""

    def __init__(self, log: EventLog, archives: Path) -> None:
        self._log = log
        self._archives = archives
        self._days: OrderedDict[tuple[str, str], PastDay] = OrderedDict()
        self._profiles: OrderedDict[tuple[str, str], HallProfile] = OrderedDict()
        self._lock = threading.Lock()

    def day(self, hall: str, date: str, *, upto: int = 0) -> PastDay | None:
        """Return a day, read at least up to a version; None if it never opened.

        Raises:
            ArchiveDamaged: the day's archive is not what was written.
            LogError: the log cannot be read.
        """
        with self._lock:
            day = self._days.get((hall, date)) or PastDay(hall, date)
            if day.last_version < max(1, upto):
                source = self._source(day)
                day.extend(day_after(source, hall, date, day.last_version))
            if not day.last_version:
                return None
            self._days[hall, date] = day
            self._days.move_to_end((hall, date))
            if len(self._days) > DAYS:
                self._days.popitem(last=False)
            return day

    def picture(self, day: PastDay, version: int) -> LiveHall:
        """Return the hall as it stood at a version of a day, evaluations included.

        Raises:
            ArchiveDamaged: the day's archive is not what was written.
            LogError: the log cannot be read.
        """
        with self._lock:
            if version > day.evaluated_upto:
                events = enumerate(day.events, start=1)
                day.evaluate(read_evaluations(self._source(day), events))
        return day.picture(version)

    def profile(self, day: PastDay, rules: HallRules) -> HallProfile:
        """Return the profile from which the rules of a day were read.

        Raises:
            ArchiveDamaged: the day's archive is not what was written.
            LogError: the log cannot be read, or the hall never adopted a profile.
        """
        key = (day.hall, rules.revision)
        with self._lock:
            known = self._profiles.get(key)
            if known is None:
                known = profile_of_rules(self._source(day), day.hall, rules)
                self._profiles[key] = known
                if len(self._profiles) > DAYS:
                    self._profiles.popitem(last=False)
            return known

    def _source(self, day: PastDay) -> EventLog:
        return log_of_day(self._log, self._archives, day.hall, day.date)
