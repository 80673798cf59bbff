"""The memory of a server with one 125-window hall, after 5,000 tickets over HTTP."""

from __future__ import annotations

import asyncio
from math import ceil

from .city_hall import CityHall
from .http_client import Asked, ask_all
from .plan import Run
from .rows import Goal, Row, measured
from .served_house import ServedHouse, served_house


GOAL = Goal("figure", "at most", 150)
MB = 1_000_000
STEPS = 10


def measure(run: Run) -> list[Row]:
    """Measure a house after its start, and after its tickets."""
    hall = CityHall(run.folder / "city")
    with served_house(hall, run.folder / "memory", run.sizes.callers) as house:
        started = house.server.used().resident_bytes / MB
        requests = 0
        each = ceil(run.sizes.memory_tickets / len(house.windows) / STEPS)
        for step in range(STEPS):
            run.tell(step, STEPS)
            scripts = visits(house, each)
            asyncio.run(ask_all(house.port, scripts))
            requests += sum(map(len, scripts))
        full = house.server.used().resident_bytes / MB
    tickets = requests // 4
    return [
        measured(
            "memory",
            "server after its start",
            [started],
            "MB",
            note="one hall, 125 windows, 367 items, the search index made",
        ),
        measured(
            "memory",
            f"server after {tickets:,} tickets",
            [full],
            "MB",
            goal=GOAL,
            note=f"{requests:,} requests: number, call-next, start, complete",
        ),
    ]


def visits(house: ServedHouse, each: int) -> list[list[Asked]]:
    """Return so many visits for each window, from the number to the completion."""
    return [
        [
            asked
            for _ in range(each)
            for asked in (house.number(window), *house.serving(window))
        ]
        for window in house.windows
    ]
