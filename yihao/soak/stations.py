"""Desks of the small hall in this process, each as if it were alone in its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queue_core.desk import HallDesk
from queue_core.desk.messenger import Messenger
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.news import PostgresNews

from .callers import opening
from .ground import open_log
from .small_hall import HALL, date_after


RETRY_SECONDS = 0.05
"""A drill does not wait as long as a house for a log to come back."""


@dataclass(slots=True)
class Station:
    """A desk, its log, and all that it has told."""

    name: str
    desk: HallDesk
    log: EventLog
    told: list[Recorded] = field(default_factory=list)


@asynccontextmanager
async def stations(
    *places: Path | str, log: EventLog | None = None, **settings: Any
) -> AsyncIterator[list[Station]]:
    """Serve the small hall by one desk for every place; its first day is opened.

    Several places are several ways to one database. A ``log`` that is given is used
    instead and closed by its owner. The settings are the desk's.

    Raises:
        LogError: a log cannot be opened.
    """
    settings.setdefault("retry_seconds", RETRY_SECONDS)
    async with AsyncExitStack() as ending:
        served: list[Station] = []
        for n, place in enumerate(places):
            its_log = log
            if its_log is None:
                its_log = await asyncio.to_thread(open_log, place)
                ending.callback(its_log.close)
            desk = HallDesk(HALL, its_log, **settings)
            await desk.start()
            ending.push_async_callback(desk.stop)
            station = Station(f"s{n}-", desk, its_log)
            desk.subscribe(station.told.extend)
            if isinstance(place, str):
                news = PostgresNews(place, Messenger([desk]).bring)
                news.start()
                ending.push_async_callback(asyncio.to_thread, news.close)
            served.append(station)
        await served[0].desk.submit(opening("", date_after(0)))
        yield served
