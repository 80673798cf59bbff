"""Drill: a second server on the same file is refused, until the first one is dead."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import closing

from queue_core.errors import LogError

from .figures import Figures
from .ground import Ground
from .nursery import answers_in, nursery
from .orders import NOWHERE, Order
from .small_hall import date_after
from .truth import Ledger, require, require_sound


KIOSKS = 6
LONGEST_SECONDS = 0.05


async def double(ground: Ground, chance: random.Random, times: int = 3) -> Figures:
    """Open the file of a working process; kill that; open the file at once.

    Raises:
        Violated: the second server was not refused in clear words, or was refused
            after the first one's death, or something answered was lost.
    """
    return await asyncio.to_thread(_double, ground, chance, times)


def _double(ground: Ground, chance: random.Random, times: int) -> Figures:
    ledger = Ledger()
    with nursery() as begun:
        for n in range(times):
            said = ground.folder / f"said-{n}"
            order = Order(
                place=str(ground.place),
                said=str(said),
                name=f"p{n}-",
                date=date_after(n),
                kiosks=KIOSKS,
            )
            process = begun.start(order)
            begun.wait_until("open", process)
            while not answers_in(said):
                time.sleep(chance.uniform(0, LONGEST_SECONDS))
                require_refused(ground, process)
            begun.kill(process)
            # The lock stays behind, and nobody holds it any more.
            with closing(ground.open()) as log:
                ledger.read_on(log)
            answers = [one for one in answers_in(said) if one.where != NOWHERE]
            stand = set(ledger.commands.values())
            lost = [one for one in answers if one.where not in stand]
            require(not lost, f"{len(lost)} answers are lost, such as {lost[:1]}")
    require_sound(ground.place)
    return {"times": times, "events": ledger.upto}


def require_refused(ground: Ground, process: int) -> None:
    """Pass if a second server is told who has the file.

    Raises:
        Violated: it is let in, or told something else.
    """
    try:
        ground.open().close()
    except LogError as error:
        clear = f"is held by process {process}" in str(error)
        require(clear and "only one server" in str(error), f"not clear: {error}")
    else:
        require(False, f"two processes had {ground.place} at once")
