"""A process that is killed at any instant has lost nothing that it had answered."""

from __future__ import annotations

import random

from yihao.soak.doubles import double
from yihao.soak.ground import Ground
from yihao.soak.kill import kill


KILLS = 100


async def test_whatever_was_answered_before_a_hundred_kills_stands_in_the_log(
    ground: Ground, chance: random.Random
) -> None:
    found = await kill(ground, chance, KILLS)

    assert found["kills"] == KILLS
    assert found["repeats"] > KILLS
    assert found["events"] >= found["answers"] > found["repeats"]


async def test_a_second_server_has_the_file_only_when_the_first_one_is_dead(
    file_ground: Ground, chance: random.Random
) -> None:
    found = await double(file_ground, chance, times=2)

    assert found["events"] > 0
