"""Processes on one PostgreSQL are killed at any instant; what they answered stands."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.queue_core.desk.killing import (
    Answered,
    assert_a_repeat_is_recognised,
    assert_nothing_is_lost_or_doubled,
    assert_the_day_can_be_folded,
    busy_hall,
    read,
    run_and_kill,
)


async def test_a_killed_hall_has_every_answered_command_after_a_restart(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    chance = random.Random(20261103)
    answered: Answered = {}

    for turn in range(3):
        answered |= run_and_kill(database, turn, chance.randrange(1, 600))
        assert_nothing_is_lost_or_doubled(read(database), answered)

    assert_the_day_can_be_folded(read(database))
    await assert_a_repeat_is_recognised(database, answered)


async def test_when_one_of_two_is_killed_the_other_goes_on(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    chance = random.Random(20261104)
    answered: Answered = {}

    with busy_hall(database, "lasting") as lasting:
        lasting.answer(50)
        for turn in range(3):
            with busy_hall(database, f"r{turn}") as other:
                other.answer(chance.randrange(1, 300))
                answered |= other.kill()
            lasting.answer(50)
        answered |= lasting.kill()

    assert_nothing_is_lost_or_doubled(read(database), answered)
    assert_the_day_can_be_folded(read(database))
    await assert_a_repeat_is_recognised(database, answered)
