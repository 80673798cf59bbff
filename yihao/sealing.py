"""Signing the day of a hall when it is over, and whatever was left unsigned before."""

from __future__ import annotations

import asyncio
import logging

from projections.halls import Hall
from projections.house import House
from projections.proof.sealing import next_seal
from queue_core.errors import LogError
from queue_core.events import DayClosed
from queue_core.events_of_proof import DaySealed
from queue_core.log.event_log import Recorded

from .keeping import AGAIN_SECONDS, HOUSE


logger = logging.getLogger(__name__)


class Sealer:
    """Seals the days of one hall, in their order, each once whoever else seals too."""

    def __init__(self, hall: Hall, house: House) -> None:
        self._hall = hall
        self._house = house
        self._over = asyncio.Event()

    async def run(self) -> None:
        """Seal every day that is over, now and from now on, until cancelled."""
        leave = self._hall.desk.subscribe(self._note)
        try:
            while True:
                self._over.clear()
                try:
                    while await self._seal_next():
                        pass
                except LogError as error:
                    name = self._hall.hall
                    logger.warning("the days of %s wait to be sealed: %s", name, error)
                    await asyncio.sleep(AGAIN_SECONDS)
                else:
                    await self._over.wait()
        finally:
            leave()

    def _note(self, recorded: list[Recorded]) -> None:
        if any(isinstance(one.event, DayClosed) for one in recorded):
            self._over.set()

    async def _seal_next(self) -> bool:
        """Seal one day; tell whether there was one."""
        command = await self._house.read(
            next_seal,
            self._house.log,
            self._hall.hall,
            self._house.signer,
            at=self._house.clock.now(),
            by=HOUSE,
        )
        if command is None:
            return False
        answer = await self._hall.submit(command)
        if answer.find(DaySealed) is not None and not answer.repeated:
            logger.info("the day %s of %s: sealed", command.date, self._hall.hall)
        return True
