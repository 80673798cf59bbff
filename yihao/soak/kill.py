"""Drill: a serving process is killed at random instants under load, again and again.

What was answered stands in the log, nothing stands there twice, the numbers follow one
another; and whoever repeats his last command is given the first answer. On PostgreSQL
another process serves the same hall beside it half of the time, and goes on.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import closing
from pathlib import Path

from .callers import callers
from .figures import Figures
from .ground import Ground
from .nursery import Nursery, answers_in, nursery
from .orders import NOWHERE, Order, Said, Where
from .small_hall import date_after
from .truth import Ledger, require, require_sound


KIOSKS = 18
LASTING, LASTING_KIOSKS = "lasting-", 4
"""The process that serves beside the killed ones, and its callers."""

LONGEST_SECONDS = 0.06
"""A process is killed at any instant up to so long after it has opened."""

KILLED_EARLY = 0.1
"""Share of the processes that are killed while they begin."""

KILLS_A_DAY = 10
"""Then the next day is opened, and the one before is closed by rule."""


async def kill(ground: Ground, chance: random.Random, kills: int = 20) -> Figures:
    """Kill a hall's process so many times.

    Raises:
        Violated: something answered was lost or doubled.
    """
    return await asyncio.to_thread(_Killing(ground, chance).run, kills)


class _Killing:
    """One drill; it blocks."""

    def __init__(self, ground: Ground, chance: random.Random) -> None:
        self._ground = ground
        self._chance = chance
        self._ledger = Ledger()
        self._answers: dict[str, Where] = {}
        self._last: dict[str, Said] = {}
        """Caller → his last answer in the day."""
        self._repeats = 0

    def run(self, kills: int) -> Figures:
        """Kill, look, go on; in the end the whole log is verified."""
        beside = kills // 2 if self._ground.store == "PostgreSQL" else kills
        with nursery() as begun:
            self._kill(begun, range(beside))
            if beside < kills:
                order = self._order(LASTING, LASTING_KIOSKS, date_after(0))
                lasting = begun.start(order)
                begun.wait_until("open", lasting)
                self._kill(begun, range(beside, kills))
                begun.kill(lasting)
                self._see(order)
        require(self._answers, "nothing was ever answered")
        require_sound(self._ground.place)
        return {
            "kills": kills,
            "answers": len(self._answers),
            "events": self._ledger.upto,
            "repeats": self._repeats,
        }

    def _kill(self, begun: Nursery, numbers: range) -> None:
        for n in numbers:
            if n % KILLS_A_DAY == 0:
                self._last.clear()
            starts = {name: said.n for name, said in self._last.items()}
            order = self._order("", KIOSKS, date_after(n // KILLS_A_DAY), starts)
            process = begun.start(order)
            if self._chance.random() > KILLED_EARLY:
                begun.wait_until("open", process)
            time.sleep(self._chance.uniform(0, LONGEST_SECONDS))
            begun.kill(process)
            self._see(order)

    def _order(
        self, name: str, kiosks: int, date: str, starts: dict[str, int] | None = None
    ) -> Order:
        return Order(
            place=str(self._ground.place),
            said=str(self._ground.folder / f"said-{self._chance.getrandbits(64):x}"),
            name=name,
            date=date,
            kiosks=kiosks,
            starts=starts or {},
            hears_news=name == LASTING,
        )

    def _see(self, order: Order) -> None:
        """Compare what a process said with the log, and with what was said before."""
        # As the next process does: the first may have died before there was a table.
        with closing(self._ground.open()) as log:
            self._ledger.read_on(log)
        by_name = {one.name: one for one in callers(order.name, order.kiosks)}
        for said in answers_in(Path(order.said)):
            name = by_name[said.caller].command(order.date, said.n).command_id
            first = self._answers.get(name)
            if first is not None:
                again = f"{name} was answered with {first}, and again with {said}"
                require(said.where == first and said.repeated, again)
                self._repeats += 1
            elif said.where != NOWHERE:
                self._answers[name] = said.where
            self._last[said.caller] = said
        self._ledger.require_answers(self._answers)
