"""Live pictures folded from a log in one go."""

from __future__ import annotations

from collections.abc import Iterable

from projections.live_hall import LiveHall
from queue_core.events import HallDayEvent


def live_from(log: Iterable[HallDayEvent]) -> LiveHall:
    """Return the live picture after the events of a day."""
    live = LiveHall()
    for version, event in enumerate(log, start=1):
        live.apply(version, event)
    return live
