"""A day in memory in which a steady number of people waits."""

from __future__ import annotations

import itertools
import time
from typing import Any

from queue_core.commands import (
    CallNext,
    CompleteService,
    HallDayCommand,
    IssueTicket,
    StartService,
)
from queue_core.events import HallDayEvent, TicketCalled
from queue_core.rules.hall_day import HallDay, decide, evolve
from queue_core.values import WindowRules

from .callers import HallTime
from .city_hall import CityHall, clerk_of


WINDOWS = 64


class CrowdedHall:
    """So many wait in all queues alike; whoever is served is followed by another."""

    def __init__(self, hall: CityHall, waiting: int) -> None:
        self.waiting = waiting
        self._hall = hall
        self._time = HallTime(hall.nine)
        self._state = HallDay()
        self._tickets = itertools.count(1)
        windows = hall.windows(WINDOWS)
        self._windows = itertools.cycle(windows)
        for command in hall.opening(windows):
            self._do(command)
        served = {skill.queue for window in windows for skill in window.skills}
        queues = itertools.cycle(sorted(served & hall.items.keys()))
        for _ in range(waiting):
            self._arrive(next(queues))

    def call_once(self) -> float:
        """Call somebody, and let him be served and another come; time the call."""
        window = next(self._windows)
        command = CallNext(**self._said(window))
        state = self._state
        began = time.perf_counter()
        events = decide(state, command)
        for event in events:
            evolve(state, event)
        taken = time.perf_counter() - began
        called = next(event for event in events if isinstance(event, TicketCalled))
        self._do(StartService(**self._said(window)))
        self._do(CompleteService(**self._said(window), outcome="done"))
        self._arrive(called.queue)
        return taken

    def _arrive(self, queue: str) -> None:
        number = next(self._tickets)
        items = self._hall.items[queue]
        at = self._time.now()
        self._do(
            IssueTicket(
                command_id=f"kiosk-1:{at:032x}",
                at=at,
                by="kiosk-1",
                ticket=f"{number:016x}",
                items=[items[number % len(items)]],
                channel="kiosk",
            )
        )

    def _do(self, command: HallDayCommand) -> list[HallDayEvent]:
        events = decide(self._state, command)
        for event in events:
            evolve(self._state, event)
        return events

    def _said(self, window: WindowRules) -> dict[str, Any]:
        clerk, at = clerk_of(window.window), self._time.now()
        return {
            "command_id": f"staff/{clerk}:{at:032x}",
            "at": at,
            "by": clerk,
            "window": window.window,
            "clerk": clerk,
        }
