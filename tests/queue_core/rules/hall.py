"""A small hall to test the rules in: two queues, three windows, one clock.

``Hall`` gives commands to the rules, keeps the log, and lets a test move the time.
Window 1 serves A; window 2 serves A and, as a backup, B; window 3 serves B.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from queue_core import commands as c
from queue_core.events import HallDayEvent
from queue_core.rules.hall_day import HallDay, decide, evolve
from queue_core.values import (
    DayHours,
    HallRules,
    ItemRules,
    QueueRules,
    Session,
    Skill,
    WindowRules,
)


MINUTE = 60_000
HOUR = 60 * MINUTE
MIDNIGHT = 1_790_000_000_000
NINE = MIDNIGHT + 9 * HOUR

HOURS = DayHours(
    doors_at=MIDNIGHT + 8 * HOUR + 30 * MINUTE,
    sessions=[
        Session(opens_at=NINE, closes_at=MIDNIGHT + 12 * HOUR),
        Session(opens_at=MIDNIGHT + 13 * HOUR, closes_at=MIDNIGHT + 17 * HOUR),
    ],
    closing_soon_at=MIDNIGHT + 16 * HOUR,
    cut_off_at=MIDNIGHT + 16 * HOUR + 40 * MINUTE,
    closes_at=MIDNIGHT + 17 * HOUR,
    ends_at=MIDNIGHT + 20 * HOUR,
)
RULES = HallRules(
    revision="r1",
    queues=[
        QueueRules(queue="A", zone="z1", letter="A"),
        QueueRules(queue="B", zone="z2", letter="B"),
    ],
    windows=[
        WindowRules(window="1", zone="z1", skills=[Skill(queue="A")]),
        WindowRules(
            window="2",
            zone="z1",
            skills=[
                Skill(queue="A"),
                Skill(queue="B", level="backup", offset_seconds=300),
            ],
        ),
        WindowRules(window="3", zone="z2", skills=[Skill(queue="B")]),
    ],
    items=[
        ItemRules(item="a1", queue="A"),
        ItemRules(item="a2", queue="A"),
        ItemRules(item="b1", queue="B"),
    ],
    help_desk="east door",
)
CLERKS = {"1": "li", "2": "wang", "3": "zhao"}

EventType = TypeVar("EventType", bound=HallDayEvent)


def rules_with(**changes: Any) -> HallRules:
    """Return the small hall's rules with some values changed."""
    return msgspec.structs.replace(RULES, **changes)


def clerk_of(window: str) -> str:
    """Return who is on duty at a window of the small hall, or of a larger one."""
    return CLERKS.get(window, f"clerk {window}")


class Hall:
    """A hall-day in memory that gives commands and remembers what happened."""

    def __init__(
        self,
        rules: HallRules = RULES,
        *,
        windows: Iterable[str] = "123",
        hours: DayHours = HOURS,
        at: int = NINE,
    ) -> None:
        self.state = HallDay()
        self.log: list[HallDayEvent] = []
        self.commands: list[c.HallDayCommand] = []
        self.at = min(hours.doors_at, at)
        self.tickets = 0
        self.do(c.OpenDay, date="2026-09-21", hours=hours, rules=rules)
        for window in windows:
            self.do(c.OpenWindow, window=window, clerk=clerk_of(window))
        self.at = at

    def wait(self, *, minutes: float = 0, seconds: float = 0) -> Hall:
        """Let time pass."""
        self.at += round(minutes * MINUTE + seconds * 1000)
        return self

    def do(self, kind: type[c.HallDayCommand], /, **values: Any) -> list[HallDayEvent]:
        """Decide and evolve one command; a refusal leaves the day as it was."""
        command = kind(
            command_id=f"c{len(self.commands)}", at=self.at, by="test", **values
        )
        self.commands.append(command)
        events = decide(self.state, command)
        for event in events:
            evolve(self.state, event)
        self.log += events
        return events

    def at_window(
        self, kind: type[c.ClerkCommand], window: str, **values: Any
    ) -> list[HallDayEvent]:
        """Give a command of the clerk on duty at the window."""
        return self.do(kind, window=window, clerk=clerk_of(window), **values)

    # The everyday moves, short enough to read a test as a story.

    def take(self, *items: str, **values: Any) -> str:
        """Issue a ticket and return its id (``t1``, ``t2``, …)."""
        self.tickets += 1
        ticket = f"t{self.tickets}"
        values.setdefault("channel", "kiosk")
        self.do(c.IssueTicket, ticket=ticket, items=list(items) or ["a1"], **values)
        return ticket

    def next(self, window: str) -> str | None:
        """Call the next ticket and return its id; None if nobody waits."""
        self.at_window(c.CallNext, window)
        current = self.state.windows[window].ticket
        return current.ticket if current is not None else None

    def serve(self, window: str, *, minutes: float = 0) -> None:
        """Start and complete the service of the ticket at the window."""
        self.at_window(c.StartService, window)
        self.wait(minutes=minutes)
        self.at_window(c.CompleteService, window, outcome="done")

    def miss(self, window: str) -> None:
        """Record that nobody came."""
        self.at_window(c.MarkMissed, window, reason="absent")

    def number(self, ticket: str) -> str:
        """Return a ticket's number."""
        return self.state.tickets[ticket].number

    def place(self, ticket: str) -> str:
        """Return where a ticket is."""
        return self.state.tickets[ticket].where

    def all(self, kind: type[EventType]) -> list[EventType]:
        """Return the recorded events of one kind, in order."""
        return [event for event in self.log if isinstance(event, kind)]
