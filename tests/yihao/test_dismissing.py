"""Whoever works for the house in the background ends at any instant he is told to."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.open_house import open_house
from tests.yihao.test_keeping import take_number
from yihao.bookkeeping import Bookkeeping


async def test_a_bookkeeping_that_is_ended_while_something_is_recorded_ends(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        for steps in range(8):
            bookkeeping = Bookkeeping(house.house.bookkeeper, interval_seconds=0)
            bookkeeping.start([house.hall])
            while bookkeeping.progress.behind:
                await asyncio.sleep(0)
            for _ in range(200):
                # It waits for news by now.
                await asyncio.sleep(0)
            await take_number(house, f"t{steps}")
            for _ in range(steps):
                await asyncio.sleep(0)

            async with asyncio.timeout(30):
                await bookkeeping.stop()

            assert bookkeeping.progress.failure == "the bookkeeper has stopped"
