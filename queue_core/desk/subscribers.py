"""Those who are told what was recorded: projections, the live link."""

from __future__ import annotations

import logging
from collections.abc import Callable

from queue_core.log.event_log import Recorded


logger = logging.getLogger(__name__)

Subscriber = Callable[[list[Recorded]], None]


class Subscribers:
    """Tells everyone the same in the same order. Who fails is told nothing more."""

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []
        self.failed: list[Subscriber] = []

    def add(self, subscriber: Subscriber) -> Callable[[], None]:
        """Tell ``subscriber`` from now on; return how to end that."""
        self._subscribers.append(subscriber)

        def leave() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return leave

    def publish(self, recorded: list[Recorded]) -> None:
        """Tell everyone what was recorded."""
        if not recorded:
            return
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(recorded)
            except Exception:
                # What it shows is wrong from here on. It stops, and that is seen;
                # the callers whose commands are on disk get their answers.
                logger.exception("%r failed and is told nothing more", subscriber)
                self._subscribers.remove(subscriber)
                self.failed.append(subscriber)
