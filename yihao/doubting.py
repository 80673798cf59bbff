"""Letting the screens say when their picture may be an old one.

A house that cannot reach its record, or hears no news of other processes, keeps its
links: what the screens show is the last that was known, and they say as of when.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from projections.house import House


LOOK_SECONDS = 0.5
"""How often it is looked; a screen alone would only notice a silent link later."""


async def watch_record(
    house: House, doubt: Callable[[str, bool], None], hears_news: Callable[[], bool]
) -> None:
    """Tell ``doubt`` of every hall that falls in doubt, or is out of it, for ever."""
    doubted: set[str] = set()
    while True:
        deaf = not hears_news()
        for hall in house.halls.values():
            in_doubt = deaf or not hall.desk.ready
            if in_doubt != (hall.hall in doubted):
                doubted ^= {hall.hall}
                doubt(hall.hall, in_doubt)
        await asyncio.sleep(LOOK_SECONDS)
