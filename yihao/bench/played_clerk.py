"""A clerk of a played day: calls, waits, serves, sets aside, sends on, takes breaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from queue_core import commands as c
from queue_core.events import (
    EvaluationGiven,
    HallDayEvent,
    ServiceCompleted,
    TicketCalled,
)
from queue_core.rules import evaluation
from queue_core.rules.evaluation import Evaluation, ServiceFact
from queue_core.values import BAD_GRADES
from yihao.rehearsal.shifts import Break, shift_of
from yihao.rehearsal.visitors import Visitor

from .city_hall import clerk_of


if TYPE_CHECKING:
    from .played_day import Kind, PlayedDay

LOOKS_UP_MS = 30_000
"""A clerk waits this long for somebody after every announcement."""
HELD_MS = 240_000
LOOKS_AROUND_MS = 300_000
"""An idle clerk looks this often whether somebody came back into line."""
NO_TRANSFER_MS = 1_800_000
"""Nobody is sent on shortly before closing."""
EVALUATES_AFTER_MS = 20_000
SUPPLEMENT = ["居民身份证原件", "户口簿复印件"]


class PlayedClerk:
    """One clerk at one window, all day long."""

    def __init__(self, day: PlayedDay, window: str) -> None:
        self.day = day
        self.window = window
        self.clerk = clerk_of(window)
        self.pace = day.people.pace.get(window, 1.0)
        self._away_until = 0
        self._aside: dict[str, tuple[int, float]] = {}
        """Ticket → when it comes back, and the seconds of service left."""
        self._seen: set[tuple[str, str]] = set()
        """(what, ticket): what happens to a ticket once only."""

    def plan(self) -> None:
        """Plan the day: opening, breaks, and the end."""
        hours = self.day.hours
        told = {
            "doors_at": hours.doors_at,
            "closes_at": hours.closes_at,
            "sessions": [
                {"opens_at": one.opens_at, "closes_at": one.closes_at}
                for one in hours.sessions
            ],
        }
        chance = random.Random(f"{self.window} {self.day.people.date}")
        shift = shift_of(told, chance, "午间休息", "短暂休息")
        self.day.plan(shift.opens_at, self._open)
        for away in shift.breaks:
            self.day.plan(away.since_at, partial(self._leave, away))
        self.day.plan(shift.closes_at, self.look)

    def look(self) -> None:
        """Do the next thing, if the window is free."""
        at_window = self.day.state.windows.get(self.window)
        if at_window is None or at_window.ticket or at_window.paused:
            return
        back = [t for t, (at, _) in self._aside.items() if at <= self.day.now]
        if back:
            self._take_back(back[0])
            return
        for event in self._give(c.CallNext):
            if isinstance(event, TicketCalled):
                self._attend(event.ticket)
                return
        self._find_nobody()

    # At the window.

    def _open(self) -> None:
        self._give(c.OpenWindow)
        self.look()

    def _leave(self, away: Break) -> None:
        """Go for a break; a ticket that is at the window is finished before."""
        at_window = self.day.state.windows.get(self.window)
        if at_window is None or away.until_at <= self.day.now:
            return
        if at_window.ticket or self._aside:
            self.day.plan(self.day.now + LOOKS_UP_MS, partial(self._leave, away))
            return
        self._give(c.PauseWindow, reason=away.reason)
        self.day.plan(away.until_at, self._come_back)

    def _come_back(self) -> None:
        self._give(c.ResumeWindow)
        self.look()

    def _find_nobody(self) -> None:
        day = self.day
        is_over = day.now >= day.hours.closes_at
        if is_over and not self._aside and self._give(c.CloseWindow):
            return
        day.plan(day.now + LOOKS_AROUND_MS, self.look)

    # The ticket.

    def _attend(self, ticket: str) -> None:
        """Wait for whoever was called; the second announcement is the last."""
        day, visitor = self.day, self.day.visitors[ticket]
        misses = visitor.misses_first and self._once("missed", ticket)
        if misses or ticket in day.gone:
            if not visitor.returns:
                day.gone.add(ticket)
            self._later(LOOKS_UP_MS, ticket, partial(self._give, c.RecallTicket))
            self._later(2 * LOOKS_UP_MS, ticket, self._miss)
            return
        walk = int(visitor.habits.walk_seconds * 1000)
        if walk > LOOKS_UP_MS:
            self._later(LOOKS_UP_MS, ticket, partial(self._give, c.RecallTicket))
        self._later(walk, ticket, partial(self._start, visitor, ticket))

    def _miss(self) -> None:
        self._give(c.MarkMissed, reason="呼叫后无人到窗口")
        self.look()

    def _start(self, visitor: Visitor, ticket: str) -> None:
        self._give(c.StartService)
        if visitor.habits.adds_item and self._once("added", ticket):
            for item in visitor.items[1:]:
                self._give(c.AddItem, item=item)
        served = self.day.state.tickets[ticket].service_items
        lengths = dict(zip(visitor.items, visitor.service_seconds, strict=False))
        usual = visitor.service_seconds[0]
        seconds = sum(lengths.get(item, usual) for item in served) * self.pace
        if visitor.habits.held and self._once("held", ticket):
            half = int(seconds * 500)
            self._later(half, ticket, partial(self._set_aside, ticket, seconds / 2))
        else:
            self._later(int(seconds * 1000), ticket, partial(self._end, ticket))

    def _set_aside(self, ticket: str, seconds: float) -> None:
        self._give(c.HoldTicket, reason="等待补充材料")
        back_at = self.day.now + HELD_MS
        self._aside[ticket] = back_at, seconds
        self.day.plan(back_at, self.look)
        self.look()

    def _take_back(self, ticket: str) -> None:
        _, seconds = self._aside.pop(ticket)
        if self._give(c.ResumeHeldTicket, ticket=ticket):
            self._later(int(seconds * 1000), ticket, partial(self._end, ticket))

    def _end(self, ticket: str) -> None:
        visitor = self.day.visitors[ticket]
        is_late = self.day.now > self.day.hours.closes_at - NO_TRANSFER_MS
        sent_on = visitor.transferred and not is_late and self._once("sent", ticket)
        if not (sent_on and self._send_on(visitor)):
            self._complete(visitor)
        self.look()

    def _send_on(self, visitor: Visitor) -> bool:
        state, chance = self.day.state, self.day.chance
        zone = {w.window for w in state.rules.windows if w.zone == visitor.zone}
        near = [w for w in state.windows if w in zone and w != self.window]
        if not near:
            return False
        target = state.windows[chance.choice(near)]
        where = {"queue": chance.choice(list(target.skills))}
        if visitor.habits.transfer_to_window:
            where = {"to_window": target.window}
        seconds = visitor.habits.prepares_seconds
        reason = "需其他窗口继续办理"
        return bool(
            self._give(
                c.TransferTicket, **where, reason=reason, ready_after_seconds=seconds
            )
        )

    def _complete(self, visitor: Visitor) -> None:
        outcome = visitor.habits.outcome
        supplement = SUPPLEMENT if outcome == "needs-supplement" else []
        done = self._give(c.CompleteService, outcome=outcome, supplement=supplement)
        for event in done:
            if isinstance(event, ServiceCompleted) and outcome != "left":
                self._ask(visitor, event)

    def _ask(self, visitor: Visitor, done: ServiceCompleted) -> None:
        """Let the citizen evaluate the service, if he wishes."""
        if visitor.grade is None:
            return
        day = self.day
        at = day.now + EVALUATES_AFTER_MS
        command = c.GiveEvaluation(
            command_id=f"citizen:{done.service}",
            at=at,
            by="citizen",
            service=done.service,
            grade=visitor.grade,
            text="等候时间过长" if visitor.grade in BAD_GRADES else "",
            channel="phone" if visitor.habits.rates_by_phone else "pad",
        )
        fact = ServiceFact(
            service=done.service,
            hall=day.profile.hall,
            date=day.people.date,
            ticket=done.ticket,
            number=done.number,
            window=done.window,
            clerk=done.clerk,
            version=day.state.finished[done.service][0],
            finished=True,
        )
        for event in evaluation.decide(Evaluation(), command, fact):
            if isinstance(event, EvaluationGiven):
                day.evaluations.append(event)

    # Time and commands.

    def _later(self, milliseconds: int, ticket: str, act: Callable[[], Any]) -> None:
        """Do something with the ticket, if it is still at the window then."""

        def still() -> None:
            at_window = self.day.state.windows.get(self.window)
            held = at_window.ticket if at_window else None
            if held is not None and held.ticket == ticket:
                act()
            elif held is None:
                self.look()

        self.day.plan(self.day.now + milliseconds, still)

    def _once(self, what: str, ticket: str) -> bool:
        first = (what, ticket) not in self._seen
        self._seen.add((what, ticket))
        return first

    def _give(self, kind: Kind, **values: Any) -> list[HallDayEvent]:
        return self.day.give(
            kind, self.clerk, window=self.window, clerk=self.clerk, **values
        )
