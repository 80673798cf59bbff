"""One damaged row is named; its hall stays closed, and the other halls open."""

from __future__ import annotations

import random

from yihao.soak.damage import damage
from yihao.soak.ground import Ground


async def test_a_damaged_row_is_named_and_closes_its_hall_alone(
    ground: Ground, chance: random.Random
) -> None:
    found = await damage(ground, chance, times=1)

    assert found["events"] > 0
