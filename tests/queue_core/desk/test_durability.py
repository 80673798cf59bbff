"""A process that is killed at any instant has lost nothing that it had answered."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from itertools import groupby
from pathlib import Path

from queue_core import commands as c
from queue_core.desk import HallDesk
from queue_core.events import HallDayEvent, TicketCalled, TicketIssued
from queue_core.log.event_log import Recorded
from queue_core.log.sqlite_log import SqliteLog
from queue_core.rules.hall_day import fold
from tests.queue_core.rules.hall import NINE

from .busy_desk import DATE


ROOT = Path(__file__).parents[3]
STREAM = f"hall-day/city/{DATE}"
ROUNDS = 5

Answered = dict[str, tuple[int, int]]


def run_and_kill(path: Path, turn: int, lines: int) -> Answered:
    """Let a hall work until it has answered so often, then kill it; return answers."""
    program = [sys.executable, "-m", "tests.queue_core.desk.busy_desk"]
    with subprocess.Popen(
        [*program, str(path), f"r{turn}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as hall:
        assert hall.stdout is not None
        seen = [hall.stdout.readline() for _ in range(lines)]
        hall.send_signal(signal.SIGKILL)
        seen += hall.stdout.readlines()
    assert hall.returncode == -signal.SIGKILL
    answers = [line.split() for line in seen if line != "going on\n"]
    return {name: (int(first), int(last)) for name, first, last in answers}


def read(path: Path) -> list[Recorded]:
    """Read the day as the next process would."""
    log = SqliteLog(path)
    recorded = log.read_all(0, 10**9)
    log.close()
    return recorded


def assert_nothing_is_lost_or_doubled(
    recorded: list[Recorded], answered: Answered
) -> None:
    """Compare what is on disk with what was answered."""
    count = len(recorded)
    assert [one.position for one in recorded] == list(range(1, count + 1))
    assert [one.version for one in recorded] == list(range(1, count + 1))
    runs = [
        (name, tuple(one.version for one in run))
        for name, run in groupby(recorded, key=lambda one: one.event.command_id)
    ]
    on_disk = {name: (versions[0], versions[-1]) for name, versions in runs}
    assert len(on_disk) == len(runs), "a command was recorded twice"
    lost = {name: at for name, at in answered.items() if on_disk.get(name) != at}
    assert lost == {}
    numbers = [
        one.event.number for one in recorded if isinstance(one.event, TicketIssued)
    ]
    assert len(numbers) == len(set(numbers))


async def test_a_killed_hall_has_every_answered_command_after_a_restart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.sqlite"
    chance = random.Random(20261102)
    answered: Answered = {}

    for turn in range(ROUNDS):
        answered |= run_and_kill(path, turn, chance.randrange(1, 600))
        assert_nothing_is_lost_or_doubled(read(path), answered)

    recorded = read(path)
    assert any(isinstance(one.event, TicketCalled) for one in recorded)
    events = [one.event for one in recorded if isinstance(one.event, HallDayEvent)]
    assert fold(events).version == len(recorded)
    await assert_a_repeat_is_recognised(path, answered)


async def assert_a_repeat_is_recognised(path: Path, answered: Answered) -> None:
    """Give a command again whose answer the citizen may never have seen."""
    name = next(name for name in reversed(answered) if "kiosk" in name)
    log = SqliteLog(path)
    desk = HallDesk("city", log)
    await desk.start()
    issued = log.read(STREAM, answered[name][0] - 1, answered[name][0])[0].event
    assert isinstance(issued, TicketIssued)

    again = await desk.submit(
        c.IssueTicket(
            command_id=name,
            at=NINE,
            by="kiosk",
            ticket="another",
            items=issued.items,
            channel="kiosk",
        )
    )

    assert again.repeated
    assert again.events == [issued]
    await desk.stop()
    log.close()
