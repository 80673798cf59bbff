"""Round after round of drills, each on empty ground and with a chance of its own."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .drills import Drill
from .figures import Figures
from .grounds import Grounds


class Plan(NamedTuple):
    """What is drilled, and for how long."""

    drills: tuple[str, ...]
    seed: int
    rounds: int | None
    """None: until the time is over."""
    ends_at: float | None
    """An instant of the monotonic clock; None: when all rounds are done."""


class Turn(NamedTuple):
    """One drill on one store, in one round."""

    round: int
    drill: str
    store: str
    seed: int
    """With this seed it is a turn of the first round."""

    @property
    def name(self) -> str:
        """Return the name of its folder and database."""
        return f"{self.round}-{self.drill}-{self.store.lower()}"

    @property
    def chance(self) -> random.Random:
        """Return its chance: the same for the same seed."""
        return random.Random(f"{self.seed}/{self.drill}/{self.store}")


class Outcome(NamedTuple):
    """What came of a turn."""

    turn: Turn
    seconds: float
    figures: Figures
    violation: str = ""
    """What did not hold; empty: everything did."""


def turns(plan: Plan, found: Grounds, drills: Mapping[str, Drill]) -> Iterator[Turn]:
    """Yield what is to be drilled, until the rounds are done or the time is over."""
    number = 0
    while plan.rounds is None or number < plan.rounds:
        number += 1
        for name in plan.drills:
            for store in found.stores_for(drills[name]):
                if plan.ends_at is not None and time.monotonic() >= plan.ends_at:
                    return
                yield Turn(number, name, store, plan.seed + number - 1)


def take(turn: Turn, drill: Drill, found: Grounds) -> Outcome:
    """Run a drill on empty ground. Whatever goes wrong is told, and the ground kept."""
    started = time.perf_counter()
    figures, violation = Figures(), ""
    try:
        with found.ground(turn.store, turn.name) as ground, logs_in(ground.folder):
            figures = asyncio.run(drill.run(ground, turn.chance))
    except Exception as error:
        # A drill that failed in any other way has shown something as well.
        violation = f"{type(error).__name__}: {error}"
    return Outcome(turn, time.perf_counter() - started, figures, violation)


@contextmanager
def logs_in(folder: Path) -> Iterator[None]:
    """Write what is logged into a folder: faults are the rule in a drill."""
    handler = logging.FileHandler(folder / "log", encoding="utf-8")
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
