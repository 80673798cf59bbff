"""A whole day of a hall, played by the rules in a moment: no clock, network or disk.

The people are those of the rehearsal's generator. They arrive, wait, walk, miss calls,
lose patience, are served, sent on and evaluate; the clerks have their sessions and
breaks. Whatever is recorded was decided by the rules of the house.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from queue_core import commands as c
from queue_core.errors import Refused
from queue_core.events import EvaluationGiven, HallDayEvent, TicketIssued
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.rules import rules_of
from queue_core.rules.hall_day import HallDay, decide, evolve
from yihao.rehearsal.visitors import RehearsedDay, Visitor

from .played_clerk import PlayedClerk


PAUSES_FROM_AHEAD = 4
PAUSES_AFTER_MS, PAUSES_FOR_MS = 300_000, 600_000
NOTICES_MS = (1_000, 4_000)
TRIES_AGAIN_MS = 300_000


Kind = Callable[..., c.HallDayCommand]
"""A class of commands of the hall's day."""


class PlayedDay:
    """Plays a day from the opening of the doors to its closing."""

    def __init__(
        self, profile: HallProfile, people: RehearsedDay, windows: Sequence[str]
    ) -> None:
        """Prepare the day of these people, with a clerk at each of the windows."""
        self.profile = profile
        self.people = people
        self.hours = day_hours(profile, people.date)
        self.chance = random.Random(f"{profile.hall} {people.date}")
        self.state = HallDay()
        self.now = self.hours.doors_at
        self.commands = 0
        """Commands that were decided, refused ones too."""
        self.events: list[HallDayEvent] = []
        """The record of the day, from version 1."""
        self.evaluations: list[EvaluationGiven] = []
        self.visitors: dict[str, Visitor] = {}
        """Ticket → whose it is."""
        self.gone: set[str] = set()
        """Tickets whose holders have left without a word."""
        self._agenda: list[tuple[int, int, Callable[[], None]]] = []
        self._planned = 0
        self._clerks = {w: PlayedClerk(self, w) for w in windows}

    def play(self) -> PlayedDay:
        """Let the day go by, and return it."""
        self.give(
            c.OpenDay,
            "house",
            date=self.people.date,
            hours=self.hours,
            rules=rules_of(self.profile),
        )
        for clerk in self._clerks.values():
            clerk.plan()
        for visitor in self.people.visitors:
            self.plan(visitor.arrives_at, partial(self._arrive, visitor))
        self.plan(self.hours.closes_at, self._close)
        while self._agenda and not self.state.closed:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        return self

    # What all players use.

    def plan(self, at: int, act: Callable[[], None]) -> None:
        """Do something at an instant."""
        self._planned += 1
        heapq.heappush(self._agenda, (max(at, self.now), self._planned, act))

    def give(self, kind: Kind, by: str, **values: Any) -> list[HallDayEvent]:
        """Give a command now; return what it caused, nothing if it is refused."""
        self.commands += 1
        command = kind(
            command_id=f"{by}:{self.commands:032x}", at=self.now, by=by, **values
        )
        try:
            events = decide(self.state, command)
        except Refused:
            return []
        for event in events:
            evolve(self.state, event)
        self.events += events
        return events

    # The citizens.

    def _arrive(self, visitor: Visitor) -> None:
        items = list(visitor.items)
        by = "citizen" if visitor.channel == "phone" else f"{visitor.channel}-1"
        events = self.give(
            c.IssueTicket,
            by,
            ticket=f"{self.chance.getrandbits(64):016x}",
            items=items[:1] if visitor.habits.adds_item else items,
            channel=visitor.channel,
            ticket_class=visitor.ticket_class,
            booked_at=visitor.booked_at,
        )
        for event in events:
            if isinstance(event, TicketIssued):
                self._wait(visitor, event)

    def _wait(self, visitor: Visitor, issued: TicketIssued) -> None:
        self.visitors[issued.ticket] = visitor
        if clerk := self._clerks.get(issued.offered_to):
            notices = self.now + self.chance.randint(*NOTICES_MS)
            self.plan(notices, clerk.look)
        patient_until = self.now + int(visitor.patience_seconds * 1000)
        self.plan(patient_until, partial(self._give_up, visitor, issued.ticket))
        if visitor.habits.pauses and issued.people_ahead >= PAUSES_FROM_AHEAD:
            self.plan(self.now + PAUSES_AFTER_MS, partial(self._pause, issued.ticket))

    def _give_up(self, visitor: Visitor, ticket: str) -> None:
        if self.state.tickets[ticket].place not in ("waiting", "parked"):
            return
        self.gone.add(ticket)
        if visitor.habits.gives_back:
            self.give(c.CancelTicket, "citizen", ticket=ticket)

    def _pause(self, ticket: str) -> None:
        if ticket not in self.gone:
            self.give(c.PauseTicket, "citizen", ticket=ticket)
            self.plan(self.now + PAUSES_FOR_MS, partial(self._resume, ticket))

    def _resume(self, ticket: str) -> None:
        if ticket not in self.gone:
            self.give(c.ResumeTicket, "citizen", ticket=ticket)

    # The end.

    def _close(self) -> None:
        if not self.give(c.CloseDay, "house"):
            again = self.now + TRIES_AGAIN_MS
            ends_at = self.hours.ends_at
            self.plan(
                again if self.now >= ends_at else min(again, ends_at), self._close
            )
