"""A process that is killed at any instant has lost nothing that it had answered."""

from __future__ import annotations

import random
from pathlib import Path

from .killing import (
    Answered,
    assert_a_repeat_is_recognised,
    assert_nothing_is_lost_or_doubled,
    assert_the_day_can_be_folded,
    read,
    run_and_kill,
)


ROUNDS = 5


async def test_a_killed_hall_has_every_answered_command_after_a_restart(
    tmp_path: Path,
) -> None:
    store = str(tmp_path / "log.sqlite")
    chance = random.Random(20261102)
    answered: Answered = {}

    for turn in range(ROUNDS):
        answered |= run_and_kill(store, turn, chance.randrange(1, 600))
        assert_nothing_is_lost_or_doubled(read(store), answered)

    assert_the_day_can_be_folded(read(store))
    await assert_a_repeat_is_recognised(store, answered)
