"""A hall in full swing, as a program that can be killed: ``busy_desk STORE ROUND``.

The store is the file of an SQLite log or the address of a PostgreSQL database. Kiosks
take numbers and clerks serve them, each as its own task. Every answer is written to the
standard output in one line before the next command is given:
``command-id first-version last-version``.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import sys
from typing import Any

import msgspec

from queue_core import commands as c
from queue_core.desk import HallDesk
from queue_core.errors import DayAlreadyOpen, Refused, WindowOccupied
from queue_core.log.event_log import EventLog
from queue_core.log.postgres_log import PostgresLog
from queue_core.log.sqlite_log import SqliteLog
from tests.queue_core.rules.hall import CLERKS, HOURS, NINE, RULES, rules_with


DATE = "2026-11-02"
KIOSKS = 12
QUEUES = [
    # More numbers than a test can use up.
    msgspec.structs.replace(queue, last_number=10**6)
    for queue in RULES.queues
]


def open_log(store: str) -> EventLog:
    """Open a log by the name of its store."""
    return SqliteLog(store) if store.endswith(".sqlite") else PostgresLog(store)


async def give(desk: HallDesk, command: c.Command) -> bool:
    """Give a command and write its answer down; return whether it did anything."""
    answer = await desk.submit(command)
    line = f"{command.command_id} {answer.first_version} {answer.version}\n"
    if answer.events:
        os.write(1, line.encode())
    return bool(answer.events)


async def kiosk(desk: HallDesk, name: str) -> None:
    """Take numbers for ever."""
    for n in itertools.count():
        ticket = f"{name}-{n}"
        await give(
            desk,
            c.IssueTicket(
                command_id=ticket,
                at=NINE,
                by=name,
                ticket=ticket,
                items=["a1", "b1"][: 1 + n % 2],
                channel="kiosk",
            ),
        )


async def clerk(desk: HallDesk, name: str, window: str) -> None:
    """Call, start and complete for ever; what the last process left is finished."""
    who = CLERKS[window]
    for n in itertools.count():
        said: dict[str, Any] = {"at": NINE, "by": who, "window": window, "clerk": who}
        for step in (
            c.CallNext(command_id=f"{name}-{n}-call", **said),
            c.StartService(command_id=f"{name}-{n}-start", **said),
            c.CompleteService(command_id=f"{name}-{n}-done", outcome="done", **said),
        ):
            with contextlib.suppress(Refused):
                await give(desk, step)


async def main(store: str, turn: str) -> None:
    """Go on with the day in ``store`` until killed."""
    desk = HallDesk("city", open_log(store))
    await desk.start()
    opening = c.OpenDay(
        command_id=f"{turn}-day",
        at=NINE,
        by="manager",
        date=DATE,
        hours=HOURS,
        rules=rules_with(queues=QUEUES),
    )
    try:
        await give(desk, opening)
    except DayAlreadyOpen:
        os.write(1, b"going on\n")
    for window in CLERKS:
        said: dict[str, Any] = {"at": NINE, "by": "manager", "window": window}
        with contextlib.suppress(WindowOccupied):
            await give(
                desk,
                c.OpenWindow(
                    command_id=f"{turn}-{window}", clerk=CLERKS[window], **said
                ),
            )
    kiosks = [kiosk(desk, f"{turn}-kiosk{n}") for n in range(KIOSKS)]
    clerks = [clerk(desk, f"{turn}-clerk{w}", w) for w in CLERKS]
    await asyncio.gather(*kiosks, *clerks)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
