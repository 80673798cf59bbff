"""A crowded day played by the real rules: seeded, without clock or network.

Twelve windows in three zones; citizens arrive, wait, miss calls and leave; two clerks
behave badly, so that a report has something to say.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from functools import partial
from typing import Any

from queue_core import commands as c
from queue_core.errors import Refused
from queue_core.events import EvaluationGiven, HallDayEvent, ServiceCompleted
from queue_core.rules.hall_day import HallDay, decide, evolve
from queue_core.values import (
    Grade,
    HallRules,
    ItemRules,
    QueueRules,
    Skill,
    WindowRules,
)

from .hall_day import DATE, at, small_hours


ZONES = ("social", "tax", "police")
SLOW_WINDOW = "3"
HASTY_WINDOW = "5"


def busy_rules() -> HallRules:
    """Three queues with four windows each; the last of each helps the next queue."""
    windows = []
    for n in range(12):
        queue = ZONES[n // 4]
        skills = [Skill(queue=queue)]
        if n % 4 == 3:
            other = ZONES[(n // 4 + 1) % 3]
            skills.append(Skill(queue=other, level="backup", offset_seconds=300))
        windows.append(WindowRules(window=str(n + 1), zone=queue, skills=skills))
    return HallRules(
        revision="busy",
        queues=[
            QueueRules(queue=z, zone=z, letter=x, last_number=9999)
            for z, x in zip(ZONES, "ABC", strict=True)
        ],
        windows=windows,
        items=[ItemRules(item=f"{z}-{n}", queue=z) for z in ZONES for n in range(1, 5)],
    )


class BusyDay:
    """Play a day event by event; ``pairs`` and ``evaluations`` are its record.

    With ``mistakes`` that share of misses and completions is undone, some of them
    after the evaluation, and as many visits are for two items.
    """

    def __init__(self, tickets: int, seed: int = 1, mistakes: float = 0.0) -> None:
        self.random = random.Random(seed)
        self.mistakes = mistakes
        self._chance = random.Random(seed)
        self.state = HallDay()
        self.pairs: list[tuple[int, HallDayEvent]] = []
        self.evaluations: list[EvaluationGiven] = []
        self.in_vain: list[tuple[int, str, int]] = []
        """(version, window, at) of every call-next that found nobody."""
        self._agenda: list[tuple[int, int, Callable[[], None]]] = []
        self._planned = 0
        self._now = at("08:30")
        self.minutes = 12 * 7 * 60 / max(tickets, 1)
        self._do(c.OpenDay, date=DATE, hours=small_hours(), rules=busy_rules())
        for n in range(1, 13):
            self._at(at("08:55") + n * 1000, partial(self._open, str(n)))
        for n in range(tickets):
            spread = self.random.random() ** 1.2
            arrives = at("08:31") + int(spread * 7.9 * 3_600_000)
            self._at(arrives, partial(self._arrive, n))
        while self._agenda:
            self._now, _, act = heapq.heappop(self._agenda)
            act()
        self._now = at("19:00")
        self._do(c.CloseDay)

    def _at(self, instant: int, act: Callable[[], None]) -> None:
        self._planned += 1
        heapq.heappush(self._agenda, (instant, self._planned, act))

    def _do(self, kind: type[Any], **values: Any) -> list[HallDayEvent]:
        command = kind(
            command_id=f"c{len(self.pairs)}", at=self._now, by="test", **values
        )
        try:
            events = decide(self.state, command)
        except Refused:
            return []
        for event in events:
            evolve(self.state, event)
            self.pairs.append((self.state.version, event))
        return events

    def _clerk(self, kind: type[Any], window: str, **values: Any) -> list[HallDayEvent]:
        return self._do(kind, window=window, clerk=f"clerk-{window}", **values)

    def _open(self, window: str) -> None:
        self._clerk(c.OpenWindow, window)
        self._next(window)

    def _arrive(self, n: int) -> None:
        zone = self.random.choice(ZONES)
        green = self.random.random() < 0.06
        items = [f"{zone}-{self.random.randint(1, 4)}"]
        if self._is_mistaken():
            items.append(f"{self._chance.choice(ZONES)}-1")
        self._do(
            c.IssueTicket,
            ticket=f"t{n}",
            items=items,
            channel="kiosk" if green else self.random.choice(["kiosk", "phone"]),
            ticket_class="green" if green else "ordinary",
        )
        for window in self.state.windows.values():
            if window.ticket is None and zone in window.skills:
                self._next(window.window)
                break

    def _next(self, window: str) -> None:
        if self._now > at("17:30"):
            return
        if not self._clerk(c.CallNext, window):
            self.in_vain.append((self.state.version, window, self._now))
            self._at(self._now + 120_000, lambda: self._retry(window))
            return
        if self.random.random() < 0.08:
            patience = 8_000 if window == HASTY_WINDOW else 50_000
            self._at(self._now + patience, lambda: self._miss(window))
        else:
            self._at(self._now + 15_000, lambda: self._start(window))

    def _retry(self, window: str) -> None:
        if self.state.windows[window].ticket is None:
            self._next(window)

    def _miss(self, window: str) -> None:
        if window != HASTY_WINDOW:
            self._clerk(c.RecallTicket, window)
        self._clerk(c.MarkMissed, window, reason="呼叫后无人到窗口")
        if self._is_mistaken():
            self._at(self._now + 9_000, lambda: self._undo(window, self._start))
        else:
            self._next(window)

    def _start(self, window: str) -> None:
        self._clerk(c.StartService, window)
        minutes = self.random.lognormvariate(-0.2, 0.6) * self.minutes * 0.9
        if self.random.random() < 0.01:
            minutes *= 6
        self._at(self._now + int(minutes * 60_000), lambda: self._complete(window))

    def _complete(self, window: str) -> None:
        for event in self._clerk(c.CompleteService, window, outcome="done"):
            if isinstance(event, ServiceCompleted) and self.random.random() < 0.97:
                self._evaluate(event)
        if self._is_mistaken():
            seconds = self._chance.choice((8, 28))
            then = self._now + seconds * 1000
            self._at(then, lambda: self._undo(window, self._complete))
        elif window == SLOW_WINDOW and self.random.random() < 0.3:
            self._at(self._now + 600_000, lambda: self._retry(window))
        else:
            self._next(window)

    def _is_mistaken(self) -> bool:
        return self._chance.random() < self.mistakes

    def _undo(self, window: str, go_on: Callable[[str], None]) -> None:
        if self._clerk(c.UndoLast, window):
            self._at(self._now + 40_000, lambda: go_on(window))
        else:
            self._next(window)

    def _evaluate(self, done: ServiceCompleted) -> None:
        if any(given.service == done.service for given in self.evaluations):
            return
        grades: list[Grade] = ["very-satisfied", "satisfied", "dissatisfied"]
        grade = self.random.choices(grades, [0.93, 0.065, 0.005])[0]
        bad = grade == "dissatisfied"
        given = EvaluationGiven(
            at=self._now + 20_000,
            by="citizen",
            command_id=done.command_id,
            service=done.service,
            hall="test",
            date=DATE,
            ticket=done.ticket,
            number=done.number,
            window=done.window,
            clerk=done.clerk,
            grade=grade,
            indicators=["214"] if bad else [],
            text='=HYPERLINK("http://x") 等了很久' if bad else "",
            channel="pad",
            hall_version=self.state.version,
        )
        self.evaluations.append(given)
