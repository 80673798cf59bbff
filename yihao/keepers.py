"""Whoever looks after a house that is open: its days, persons, record and clock."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Protocol

from displays.push_desk import PushDesk
from displays.reminders import ReminderDesk
from projections.house import House

from .clock_watch import watch_clock
from .doubting import watch_record
from .forgetting import Forgetting
from .keeping import Keeper
from .sealing import Sealer


Work = Coroutine[None, None, None]


class Kept(Protocol):
    """A running house, as far as its keepers know it."""

    @property
    def house(self) -> House:
        """Return the house itself."""

    @property
    def hears_news(self) -> bool:
        """Return whether nothing that other processes record can be missed."""

    def doubt(self, hall: str, in_doubt: bool) -> None:
        """Let the screens of a hall say that their picture may be an old one."""


def keepers_of(running: Kept) -> list[asyncio.Task[None]]:
    """Begin to keep the days and persons of every hall, and to watch over the rest."""
    house = running.house
    watch = watch_record(house, running.doubt, lambda: running.hears_news)
    halls = list(house.halls.values())
    works: dict[str, Work] = {
        "the watch over the record": watch,
        "the watch over the clock": watch_clock(house.clock),
        "the audit": house.audit.run(),
    }
    if isinstance(house.push, PushDesk):
        works["the post to phones"] = house.push.run()
    if isinstance(house.reminders, ReminderDesk):
        works["the reminders"] = house.reminders.run(halls)
    for hall in halls:
        name, forgetting = hall.hall, Forgetting(hall, house.persons, house.clock)
        works[f"the keeper of {name}"] = Keeper(hall, house.clock).run()
        works[f"the forgetting of {name}"] = forgetting.run()
        works[f"the sealer of {name}"] = Sealer(hall, house).run()
    return [asyncio.create_task(work, name=name) for name, work in works.items()]


async def dismiss(keepers: list[asyncio.Task[None]]) -> None:
    """Let the keepers go home."""
    for keeper in keepers:
        keeper.cancel()
    await asyncio.gather(*keepers, return_exceptions=True)
