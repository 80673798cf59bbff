"""Two processes race on one hall: the log is one sequence, and every reply is true."""

from __future__ import annotations

import random

from yihao.soak.ground import Ground
from yihao.soak.race import race


COMMANDS = 10_000


async def test_two_processes_that_race_give_every_number_once_and_say_the_truth(
    database_ground: Ground, chance: random.Random
) -> None:
    found = await race(database_ground, chance, COMMANDS)

    assert found["commands"] == COMMANDS
    assert found["answers"] > COMMANDS / 2
    assert found["refusals"] > 0
