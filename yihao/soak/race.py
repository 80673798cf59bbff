"""Drill: processes race on one hall in one database; every reply must be true."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from .callers import callers
from .figures import Figures
from .ground import Ground
from .nursery import answers_in, nursery
from .orders import NOWHERE, Order, Said
from .small_hall import HALL, date_after
from .truth import Ledger, Reply, require, require_true


KIOSKS = 14


async def race(
    ground: Ground,
    chance: random.Random,
    commands: int = 10_000,
    processes: int = 2,
) -> Figures:
    """Let processes give so many commands together, at the same windows too.

    Raises:
        Violated: the log is not one sequence of whole commands, or a reply is not true.
    """
    del chance  # Two processes are chance enough.
    date = date_after(0)
    orders = [
        Order(
            place=str(ground.place),
            said=str(ground.folder / f"said-{n}"),
            name=f"p{n}-",
            date=date,
            kiosks=KIOSKS,
            commands=commands // processes,
            hears_news=True,
            witnessed=True,
        )
        for n in range(processes)
    ]
    said = await asyncio.to_thread(_let_race, orders)
    return await asyncio.to_thread(_judge, ground, orders, said)


def _let_race(orders: list[Order]) -> list[list[Said]]:
    with nursery() as begun:
        racing = [begun.start(order) for order in orders]
        for process in racing:
            begun.wait_until("done", process)
    return [answers_in(Path(order.said)) for order in orders]


def _judge(ground: Ground, orders: list[Order], said: list[list[Said]]) -> Figures:
    answers, replies = {}, []
    for order, some in zip(orders, said, strict=True):
        of = f"{len(some)} of {order.commands} commands were answered"
        require(len(some) == order.commands, of)
        by_name = {one.name: one for one in callers(order.name, order.kiosks)}
        for one in some:
            command = by_name[one.caller].command(order.date, one.n)
            if one.where != NOWHERE:
                answers[command.command_id] = one.where
            elif one.after:
                replies.append(Reply(command, one.refusal, one.before, one.after))
    ledger = Ledger()
    log = ground.read()
    try:
        recorded = ledger.read_on(log)
    finally:
        log.close()
    ledger.require_answers(answers)
    require_true(replies, HALL, recorded)
    return {
        "commands": sum(map(len, said)),
        "answers": len(answers),
        "refusals": len(replies),
        "events": ledger.upto,
    }
