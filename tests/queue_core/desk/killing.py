"""Killing busy halls, and looking into the log for everything they had answered."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from queue_core import commands as c
from queue_core.desk import HallDesk
from queue_core.events import HallDayEvent, TicketCalled, TicketIssued
from queue_core.log.event_log import Recorded
from queue_core.rules.hall_day import fold
from tests.queue_core.rules.hall import NINE

from .busy_desk import DATE, open_log


ROOT = Path(__file__).parents[3]
STREAM = f"hall-day/city/{DATE}"

Answered = dict[str, tuple[int, int]]
"""Command id → first and last version, as the hall said before it was killed."""


class BusyHall:
    """A process that serves a hall and says every answer."""

    def __init__(self, process: subprocess.Popen[str], said: IO[str]) -> None:
        self._process = process
        self._said = said
        self._lines: list[str] = []

    def answer(self, lines: int) -> None:
        """Wait until it has answered so often."""
        self._lines += [self._said.readline() for _ in range(lines)]

    def kill(self) -> Answered:
        """Kill it without warning, and return all that it had answered."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            self._lines += self._said.readlines()
            assert self._process.wait() == -signal.SIGKILL
        answers = [line.split() for line in self._lines if line != "going on\n"]
        return {name: (int(first), int(last)) for name, first, last in answers}


@contextlib.contextmanager
def busy_hall(store: str, turn: str) -> Iterator[BusyHall]:
    """Let a hall work in a process of its own; it is killed in the end."""
    program = [sys.executable, "-m", "tests.queue_core.desk.busy_desk"]
    with subprocess.Popen(
        [*program, store, turn], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        hall = BusyHall(process, process.stdout)
        try:
            yield hall
        finally:
            hall.kill()


def run_and_kill(store: str, turn: int, lines: int) -> Answered:
    """Let a hall work until it has answered so often, then kill it; return answers."""
    with busy_hall(store, f"r{turn}") as hall:
        hall.answer(lines)
        return hall.kill()


def read(store: str) -> list[Recorded]:
    """Read the day as the next process would."""
    log = open_log(store)
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
    for letter in "AB":
        series = [number for number in numbers if number.startswith(letter)]
        assert series == [f"{letter}{n:03}" for n in range(1, len(series) + 1)]


def assert_the_day_can_be_folded(recorded: list[Recorded]) -> None:
    """Check that what is on disk is a day in which somebody was called."""
    assert any(isinstance(one.event, TicketCalled) for one in recorded)
    events = [one.event for one in recorded if isinstance(one.event, HallDayEvent)]
    assert fold(events).version == len(recorded)


async def assert_a_repeat_is_recognised(store: str, answered: Answered) -> None:
    """Give a command again whose answer the citizen may never have seen."""
    name = next(name for name in reversed(answered) if "kiosk" in name)
    log = open_log(store)
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
