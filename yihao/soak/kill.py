"""Drill: a serving process is killed at random instants under load, again and again.

What was answered stands in the log, nothing stands there twice, the numbers follow one
another; and whoever repeats his last command is given the first answer.
"""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

from .callers import callers
from .figures import Figures
from .ground import Ground
from .nursery import Nursery, answers_in, nursery
from .orders import NOWHERE, Order, Said, Where
from .small_hall import date_after
from .truth import Ledger, require, require_sound


KIOSKS = 18
LONGEST_SECONDS = 0.08
"""A process is killed at any instant up to so long after it has opened."""

KILLED_EARLY = 0.1
"""Share of the processes that are killed while they begin."""

KILLS_A_DAY = 10
"""Then the next day is opened, and the left one is closed by rule."""


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
        with nursery() as begun:
            for n in range(kills):
                if n % KILLS_A_DAY == 0:
                    self._last.clear()
                file = self._ground.folder / f"said-{n}"
                self._serve_and_kill(begun, date_after(n // KILLS_A_DAY), file)
                self._see(answers_in(file), date_after(n // KILLS_A_DAY))
        require(self._answers, "nothing was ever answered")
        require_sound(self._ground.place)
        return {
            "kills": kills,
            "answers": len(self._answers),
            "events": self._ledger.upto,
            "repeats": self._repeats,
        }

    def _serve_and_kill(self, begun: Nursery, date: str, file: Path) -> None:
        order = Order(
            place=str(self._ground.place),
            said=str(file),
            name="",
            date=date,
            kiosks=KIOSKS,
            starts={name: said.n for name, said in self._last.items()},
        )
        process = begun.start(order)
        if self._chance.random() > KILLED_EARLY:
            begun.wait_until("open", process)
        time.sleep(self._chance.uniform(0, LONGEST_SECONDS))
        begun.kill(process)

    def _see(self, answers: list[Said], date: str) -> None:
        """Compare what the last process said with the log, and with what was said."""
        log = self._ground.read()
        try:
            self._ledger.read_on(log)
        finally:
            log.close()
        by_name = {caller.name: caller for caller in callers("", KIOSKS)}
        for said in answers:
            name = by_name[said.caller].command(date, said.n).command_id
            first = self._answers.get(name)
            if first is not None:
                again = f"{name} was answered with {first}, and again with {said}"
                require(said.where == first and said.repeated, again)
                self._repeats += 1
            elif said.where != NOWHERE:
                self._answers[name] = said.where
            self._last[said.caller] = said
        self._ledger.require_answers(self._answers)
