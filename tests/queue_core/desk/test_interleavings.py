"""Two desks on one log, in any order of events that hypothesis can think of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from queue_core import commands as c
from queue_core.desk.messenger import Messenger
from queue_core.errors import LogError
from queue_core.log.event_log import EventLog
from queue_core.log.news import PostgresNews
from queue_core.log.postgres_log import PostgresLog
from tests.queue_core.rules.hall import HOURS, RULES
from yihao.soak.truth import Ledger, require_fold, require_told

from .hall import MONDAY, TUESDAY, FaultyLog, Hall, a_hall
from .truth import Outcome, outcome_of, require_outcomes


class Step(NamedTuple):
    """Something that is done at one of the desks."""

    what: str
    desk: int
    pick: int


COMMON = ["take"] * 4 + ["next"] * 3 + ["serve", "evaluate", "hear", "pause", "pause"]
RARE = ["cancel", "window", "close-day", "tuesday", "profile", "repeat"]
FAULTS = ["fail", "lose-answer"]


def steps(kinds: list[str]) -> st.SearchStrategy[list[Step]]:
    """Return lists of steps of some kinds."""
    step = st.builds(Step, st.sampled_from(kinds), st.integers(0, 1), st.integers(0, 5))
    return st.lists(step, max_size=30)


class Play:
    """Plays steps at two desks without waiting for answers, until told to."""

    def __init__(self, halls: list[Hall], log: EventLog) -> None:
        self.halls = halls
        self.log = log
        self.given: list[c.Command] = []
        self.replies: list[asyncio.Task[Outcome]] = []
        self.tickets = 0

    async def do(self, step: Step) -> None:
        """Do one step."""
        hall = self.halls[step.desk]
        match step.what:
            case "hear":
                hall.desk.hear(self.log.last_position(), doubt=step.pick == 0)
            case "pause":
                await self.settle()
            case "fail" if isinstance(self.log, FaultyLog):
                self.log.before_append.append(LogError("the disk is full"))
            case "lose-answer" if isinstance(self.log, FaultyLog):
                self.log.after_append.append(LogError("the connection broke"))
            case _:
                for command in self.commands(hall, step):
                    self.give(hall, command)
                await asyncio.sleep(0)

    def give(self, hall: Hall, command: c.Command) -> None:
        """Give a command and go on without its answer."""
        self.given.append(command)
        self.replies.append(asyncio.create_task(outcome_of(hall, command)))

    async def settle(self) -> None:
        """Wait for all answers."""
        await asyncio.gather(*self.replies)

    def commands(self, hall: Hall, step: Step) -> list[c.Command]:
        """Return what a step asks for."""
        window, ticket = "123"[step.pick % 3], f"t{step.pick + 1}"
        said: dict[str, Any]
        match step.what:
            case "take":
                return [self.take(hall) for _ in range(1 + step.pick % 3)]
            case "next":
                return [hall.command(c.CallNext, window=window)]
            case "serve":
                start = hall.command(c.StartService, window=window)
                done = hall.command(c.CompleteService, window=window, outcome="done")
                return [start, done]
            case "cancel":
                return [hall.command(c.CancelTicket, ticket=ticket)]
            case "window":
                return [hall.command(c.OpenWindow, window=window)]
            case "close-day":
                return [hall.command(c.CloseDay)]
            case "tuesday":
                said = {"date": TUESDAY, "hours": HOURS, "rules": RULES}
                return [hall.command(c.OpenDay, **said)]
            case "evaluate":
                said = {"grade": "satisfied", "channel": "pad"}
                return [hall.command(c.GiveEvaluation, service=f"{ticket}.1", **said)]
            case "profile":
                said = {"revision": f"r{step.pick}", "content": b"p"}
                return [hall.command(c.AdoptProfile, hall="city", **said)]
            case _:
                return self.given[-1 - step.pick :][:1]

    def take(self, hall: Hall) -> c.Command:
        """Return the wish for a number."""
        self.tickets += 1
        return hall.command(
            c.IssueTicket,
            ticket=f"t{self.tickets}",
            items=[("a1", "b1")[self.tickets % 2]],
            channel="kiosk",
        )


async def play(what: list[Step], halls: list[Hall], log: EventLog) -> None:
    """Play a morning at two desks, then compare everything with the log."""
    played = Play(halls, log)
    await halls[0].open(MONDAY, windows="12")
    for step in what:
        await played.do(step)
    await played.settle()
    if isinstance(log, FaultyLog):
        log.before_append.clear()
        log.after_append.clear()
    for hall in halls:
        await hall.desk.catch_up()
    recorded = Ledger().read_on(log)
    for hall in halls:
        require_told(hall.desk.hall, hall.told, recorded)
        require_fold(hall.desk, hall.log)
    require_outcomes([reply.result() for reply in played.replies], recorded)


WINDOW_TWICE = [
    Step(what, 0, pick)
    for what, pick in (
        ("window", 2),
        ("pause", 0),
        ("tuesday", 0),
        ("pause", 0),
        ("repeat", 1),
    )
]
"""A window is opened on Monday, and by the same press once more on Tuesday."""


@settings(max_examples=150)
@given(steps(COMMON + RARE))
@example(WINDOW_TWICE)
async def test_whatever_two_desks_do_the_log_is_one_sequence_and_every_reply_true(
    what: list[Step],
) -> None:
    log = FaultyLog()
    async with a_hall(log) as east, a_hall(log) as west:
        await play(what, [east, west], log)


@settings(max_examples=100)
@given(steps(COMMON + RARE + FAULTS), st.sampled_from([0.0, 60.0]))
async def test_nothing_is_lost_or_told_twice_when_the_log_fails_now_and_then(
    what: list[Step], company_seconds: float
) -> None:
    log = FaultyLog()
    so: dict[str, Any] = {"company_seconds": company_seconds, "retry_seconds": 0.001}
    async with a_hall(log, **so) as east, a_hall(log, **so) as west:
        await play(what, [east, west], log)


@settings(max_examples=100)
@given(steps(COMMON + RARE))
async def test_desks_that_never_take_turns_are_right_too(what: list[Step]) -> None:
    log = FaultyLog()
    async with (
        a_hall(log, company_seconds=0) as east,
        a_hall(log, company_seconds=0) as west,
    ):
        await play(what, [east, west], log)


async def test_two_processes_on_postgresql_tell_the_same_and_answer_the_truth(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    drawn = [
        Step(kind, n % 2, n * 7 % 6)
        for n, kind in enumerate((COMMON + RARE + COMMON) * 4)
    ]
    async with AsyncExitStack() as ending:
        halls = []
        for _ in range(2):
            log = PostgresLog(database)
            ending.callback(log.close)
            hall = await ending.enter_async_context(a_hall(log))
            news = PostgresNews(database, Messenger([hall.desk]).bring)
            news.start()
            ending.callback(news.close)
            halls.append(hall)

        await play(drawn, halls, halls[0].log)
