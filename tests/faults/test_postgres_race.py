"""Two processes race on one hall: the log is one sequence, and every reply is true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from queue_core.desk import Answer
from queue_core.events import TicketIssued

from .load import Load, halls_on


COMMANDS = 10_000
CALLERS = 50


async def test_two_desks_that_race_give_every_number_once_and_in_turn(
    postgres: Callable[[], str],
) -> None:
    async with halls_on(postgres(), 2) as halls:
        load = Load(halls)
        answers: list[Answer] = []

        async def caller(n: int) -> None:
            hall = halls[n % 2]
            for wish in hall.takes(COMMANDS // 2 // CALLERS):
                answer = await hall.desk.submit(wish)
                load.answers[wish.command_id] = answer
                answers.append(answer)

        await asyncio.gather(*(caller(n) for n in range(2 * CALLERS)))

        assert len(answers) == COMMANDS
        issued = [answer.find(TicketIssued) for answer in answers]
        numbers = sorted(int(one.number[1:]) for one in issued if one is not None)
        assert numbers == list(range(1, COMMANDS + 1))
        for hall in halls:
            # Read on, not anew: whoever races does not fold the day again and again.
            assert hall.desk.figures.refolds <= 3
            assert hall.desk.figures.conflicts <= 3
        await load.judge()
