"""One day of a hall, to be looked at as it stood at any of its versions.

Its events are folded once, from the beginning, and on the way pictures are kept from
which any other version is reached by folding a few events more. Nothing here reads a
store; whoever does gives the day what was recorded since.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from projections.live_hall import LiveHall
from queue_core.events import EvaluationGiven, HallDayEvent

from .branching import branch, fold


SPACING = 1_024
"""So many events lie between two pictures that are kept for good."""

RECENT = 4
"""So many pictures are kept of where somebody looked last: he looks nearby next."""


class PastDay:
    """The record of a day, and pictures of it. Several threads may ask at once."""

    def __init__(self, hall: str, date: str, *, spacing: int = SPACING) -> None:
        self.hall = hall
        self.date = date
        self.events: list[HallDayEvent] = []
        """From version 1, without gaps."""
        self.evaluated_upto = 0
        """Up to this version all evaluations are known, and pictures can be made."""
        self._spacing = spacing
        self._instants: list[int] = []
        self._after: dict[int, list[EvaluationGiven]] = defaultdict(list)
        """Version → evaluations that were given between it and the next one."""
        self._evaluated: set[str] = set()
        self._kept: dict[int, LiveHall] = {0: LiveHall()}
        self._recent: OrderedDict[int, LiveHall] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def last_version(self) -> int:
        """The version of the last event that is known here; 0 before the first."""
        return len(self.events)

    def event(self, version: int) -> HallDayEvent | None:
        """Return the event of a version; None before the first and after the last."""
        return self.events[version - 1] if 1 <= version <= self.last_version else None

    def version_at(self, at: int) -> int:
        """Return the version at which the day stood at an instant; 0: not begun."""
        return bisect_right(self._instants, at)

    def extend(self, events: Iterable[tuple[int, HallDayEvent]]) -> None:
        """Take in what was recorded since; what is known already changes nothing.

        Raises:
            ValueError: events before these are missing.
        """
        with self._lock:
            for version, event in events:
                if version > self.last_version + 1:
                    raise ValueError(f"{version} does not follow {self.last_version}")
                if version == self.last_version + 1:
                    self.events.append(event)
                    self._instants.append(event.at)

    def evaluate(self, evaluations: Iterable[EvaluationGiven]) -> None:
        """Take in all evaluations that were given until now."""
        with self._lock:
            known = self.evaluated_upto
            for given in evaluations:
                if given.service not in self._evaluated:
                    self._evaluated.add(given.service)
                    # Pictures of what was known before are true without it.
                    version = max(known, self.version_at(given.at))
                    self._after[version].append(given)
            self._recent.pop(known, None)
            self.evaluated_upto = self.last_version

    def picture(self, version: int) -> LiveHall:
        """Return the hall as it stood at a version from 0 to ``evaluated_upto``.

        It may be read, and not folded on: others are shown the same picture.
        """
        with self._lock:
            found = self._recent.get(version)
            if found is None:
                found = self._recent[version] = self._folded(version)
                if len(self._recent) > RECENT:
                    self._recent.popitem(last=False)
            self._recent.move_to_end(version)
            return found

    def _folded(self, version: int) -> LiveHall:
        start = max(v for v in (*self._kept, *self._recent) if v <= version)
        live = branch(self._recent.get(start) or self._kept[start])
        self._fold_evaluations(live, start)
        for reached in range(start + 1, version + 1):
            fold(live, reached, self.events[reached - 1])
            if reached % self._spacing == 0 and reached not in self._kept:
                self._kept[reached] = branch(live)
            self._fold_evaluations(live, reached)
        return live

    def _fold_evaluations(self, live: LiveHall, version: int) -> None:
        for given in self._after.get(version, ()):
            fold(live, version, given)
