"""Drill: the clock is set back an hour, and forward a day, under an open house."""

from __future__ import annotations

import asyncio
import random

from queue_core.clock import DOUBT_SECONDS
from queue_core.events import TicketCalled, TicketIssued
from queue_core.log.event_log import Recorded

from .figures import Figures
from .ground import Ground
from .townships import PROFILE, Machine, Work, house_on, instant
from .truth import Ledger, require, require_sound


HOUR_SECONDS = 3_600
LONGEST_SECONDS = 90.0
"""So long at most one thing happens after another."""


async def clock(ground: Ground, chance: random.Random, tickets: int = 60) -> Figures:
    """Set a machine's clock back and forward, with and without a restart.

    Raises:
        Violated: a number was given twice or left out, somebody was overtaken, or
            nobody could know that the clock was wrong.
    """
    machine = Machine(instant(10))
    days = _Days(ground, machine, chance, tickets)
    await days.run()
    ledger = Ledger()
    log = ground.read()
    try:
        recorded = await asyncio.to_thread(ledger.read_on, log)
    finally:
        log.close()
    require_in_order(recorded)
    await asyncio.to_thread(require_sound, ground.place)
    return {
        "days": len(ledger.days),
        "tickets": days.taken,
        "events": ledger.upto,
    }


class _Days:
    """Monday, on which the clock is set back; and Tuesday, which comes too early."""

    def __init__(
        self, ground: Ground, machine: Machine, chance: random.Random, tickets: int
    ) -> None:
        self._ground = ground
        self._machine = machine
        self._chance = chance
        self._tickets = tickets
        self.taken = 0

    async def run(self) -> None:
        """Live through both days."""
        machine = self._machine
        hall_clock = machine.clock()
        async with house_on(self._ground, hall_clock) as running:
            work = Work(running, PROFILE, "1")
            await work.until_open("2026-03-02")
            await self._work(work)
            machine.wall -= HOUR_SECONDS * 1000
            await self._work(work)
            require_marked(hall_clock.set_back_ms(), HOUR_SECONDS)
        # Started again, it knows of the wrong clock by its record alone.
        hall_clock = machine.clock()
        async with house_on(self._ground, hall_clock) as running:
            work = Work(running, PROFILE, "2")
            await work.until_open("2026-03-02")
            await self._work(work)
            require_marked(hall_clock.set_back_ms(), HOUR_SECONDS)
            machine.wall += HOUR_SECONDS * 1000
            require_marked(hall_clock.set_back_ms(), 0)
            await self._work(work)
            machine.wall += 24 * HOUR_SECONDS * 1000
            require(hall_clock.now() < instant(0, 1), "a leap was believed at once")
            machine.passes(DOUBT_SECONDS)
            # Whatever is recorded wakes the keeper.
            await work.rest()
            await work.until_open("2026-03-03")
            await self._work(work)
            machine.wall -= 24 * HOUR_SECONDS * 1000
            await self._work(work)
            require_marked(hall_clock.set_back_ms(), 24 * HOUR_SECONDS)
        hall_clock = machine.clock()
        async with house_on(self._ground, hall_clock) as running:
            work = Work(running, PROFILE, "3")
            await work.until_open("2026-03-03")
            await self._work(work)
            require_marked(hall_clock.set_back_ms(), 24 * HOUR_SECONDS)

    async def _work(self, work: Work) -> None:
        for _ in range(self._tickets):
            self._machine.passes(self._chance.uniform(0, LONGEST_SECONDS))
            await work.take()
            self.taken += 1
            if self._chance.random() < 0.8:
                await work.serve()


def require_marked(set_back_ms: int, seconds: int) -> None:
    """Pass if the hall's clock says by how much the machine's is behind.

    Raises:
        Violated: it says something else.
    """
    said = round(set_back_ms / 1000)
    require(abs(said - seconds) <= 1, f"{seconds} s behind, and marked as {said} s")


def require_in_order(recorded: list[Recorded]) -> None:
    """Pass if in every day time never went back, and who came first was called first.

    Raises:
        Violated: somebody was overtaken.
    """
    last_at: dict[str, int] = {}
    issued: dict[tuple[str, str], list[str]] = {}
    for one in recorded:
        event, place = one.event, f"{one.stream} version {one.version}"
        require(event.at >= last_at.get(one.stream, 0), f"{place} goes back in time")
        last_at[one.stream] = event.at
        if isinstance(event, TicketIssued):
            issued.setdefault((one.stream, event.queue), []).append(event.number)
        elif isinstance(event, TicketCalled):
            first = issued[one.stream, event.queue].pop(0)
            overtaken = f"{place}: {event.number} was called before {first}"
            require(event.number == first, overtaken)
