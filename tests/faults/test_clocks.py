"""A clock that is set back an hour, and forward a day."""

from __future__ import annotations

import random

from yihao.soak.clocks import clock
from yihao.soak.ground import Ground


async def test_numbers_and_order_stay_whatever_the_clock_is_set_to(
    file_ground: Ground, chance: random.Random
) -> None:
    found = await clock(file_ground, chance, tickets=8)

    assert found["days"] == 2
