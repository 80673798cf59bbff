"""The callers of the desk: each a window with its citizens, one command at a time.

A visit at a window is: take a number, call the next one, and then, most often, start
and complete. Some calls are repeated, some missed; some tickets are set aside and taken
back, some sent on to another queue; most citizens evaluate. Nothing is refused.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from queue_core.commands import (
    CallNext,
    Command,
    CompleteService,
    GiveEvaluation,
    HoldTicket,
    IssueTicket,
    MarkMissed,
    RecallTicket,
    ResumeHeldTicket,
    StartService,
    TransferTicket,
)
from queue_core.desk import Answer, HallDesk
from queue_core.events import ServiceCompleted, TicketCalled
from queue_core.values import WindowRules

from .city_hall import CityHall, clerk_of


RECALLED, MISSED, HELD, SENT_ON = 0.12, 0.08, 0.03, 0.02
"""Shares of the visits, as a rehearsed day of the city hall has them."""
EVALUATED = 0.95
STEP_MS = 20
"""The hall's time that passes between two commands."""
AHEAD = 3
"""Tickets that wait for every window at the beginning."""

MIX = "take a number, call-next, start, complete; 12 % recall, 8 % missed, 3 % hold"
"""What the callers do, in a few words."""


@dataclass
class HallTime:
    """The time in the hall; it passes with every command."""

    at: int

    def now(self) -> int:
        """Return the time, a moment later each time."""
        self.at += STEP_MS
        return self.at


@dataclass
class Caller:
    """One window, its clerk and whoever comes to it."""

    hall: CityHall
    rules: WindowRules
    time: HallTime
    chance: random.Random
    evaluates: bool = False
    visits: int = 0
    given: Counter[str] = field(default_factory=Counter)
    """Commands by kind."""

    def arrive(self) -> IssueTicket:
        """Return the command of the next citizen, for a queue of the window."""
        self.visits += 1
        queue = self.chance.choice(self.rules.skills).queue
        items = self.hall.items.get(queue) or self.hall.items[self._first_queue]
        name = f"{self.rules.window:>04}{self.visits:012x}"
        at = self.time.now()
        return IssueTicket(
            command_id=f"device/kiosk-1:{at:032x}",
            at=at,
            by="kiosk-1",
            ticket=name,
            items=[self.chance.choice(items)],
            channel="kiosk",
        )

    def serve(self, ticket: str) -> Iterator[Command]:
        """Yield what the clerk does with a ticket that he has called."""
        drawn = self.chance.random()
        if drawn < RECALLED:
            yield RecallTicket(**self._said())
        if drawn < MISSED:
            yield MarkMissed(**self._said(), reason="呼叫后无人到窗口")
            return
        yield StartService(**self._said())
        if self.chance.random() < HELD:
            yield HoldTicket(**self._said(), reason="等待补充材料")
            yield ResumeHeldTicket(**self._said(), ticket=ticket)
        if self.chance.random() < SENT_ON:
            yield TransferTicket(**self._said(), queue=self._first_queue)
        else:
            yield CompleteService(**self._said(), outcome="done")

    def call(self) -> CallNext:
        """Return the command that calls the next ticket."""
        return CallNext(**self._said())

    def evaluate(self, done: ServiceCompleted) -> GiveEvaluation:
        """Return what a citizen says of a service."""
        return GiveEvaluation(
            command_id=f"citizen/{done.service}",
            at=self.time.now(),
            by="citizen",
            service=done.service,
            grade="very-satisfied",
            channel="pad",
        )

    async def work(self, desk: HallDesk, commands: int) -> int:
        """Give so many commands or a few more; return how many were answered."""
        before = self.given.total()
        while self.given.total() - before < commands:
            await self._give(desk, self.arrive())
            called = (await self._give(desk, self.call())).find(TicketCalled)
            if called is None:
                continue
            for command in self.serve(called.ticket):
                done = (await self._give(desk, command)).find(ServiceCompleted)
                if done and self.evaluates and self.chance.random() < EVALUATED:
                    await self._give(desk, self.evaluate(done))
        return self.given.total() - before

    async def _give(self, desk: HallDesk, command: Command) -> Answer:
        self.given[type(command).__name__] += 1
        return await desk.submit(command)

    @property
    def _first_queue(self) -> str:
        return self.rules.skills[0].queue

    def _said(self) -> dict[str, Any]:
        clerk = clerk_of(self.rules.window)
        at = self.time.now()
        return {
            "command_id": f"staff/{clerk}:{at:032x}",
            "at": at,
            "by": clerk,
            "window": self.rules.window,
            "clerk": clerk,
        }


class Company:
    """All callers of a hall."""

    def __init__(self, hall: CityHall, count: int, *, evaluates: bool = False) -> None:
        """Let so many callers work at as many windows, the same in every run."""
        self.hall = hall
        self.windows = hall.windows(count)
        time = HallTime(hall.nine)
        self.callers = [
            Caller(hall, window, time, random.Random(n), evaluates=evaluates)
            for n, window in enumerate(self.windows)
        ]

    async def open(self, desk: HallDesk) -> None:
        """Open the day and the windows, and let the first citizens come."""
        for command in self.hall.opening(self.windows):
            await desk.submit(command)
        for caller in self.callers:
            for _ in range(AHEAD):
                await desk.submit(caller.arrive())

    async def work(self, desk: HallDesk, commands: int) -> int:
        """Give so many commands in all, every caller one at a time."""
        each = max(1, commands // len(self.callers))
        answered = await asyncio.gather(*(c.work(desk, each) for c in self.callers))
        return sum(answered)
