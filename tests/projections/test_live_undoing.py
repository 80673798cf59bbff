"""A miss or a completion that is undone leaves screens and figures as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.comparing import picture
from projections.live_hall import LiveHall
from queue_core import commands as c
from queue_core.events import EvaluationGiven, ServiceCompleted
from queue_core.values import HallRules
from tests.queue_core.rules.hall import NINE, Hall, rules_with
from tests.queue_core.rules.moves import Move, moves, play, some_rules

from .live_halls import live_from


def seen(live: LiveHall) -> dict[str, Any]:
    """Return what readers see of a hall, but for versions and how long it is idle."""
    found = picture(live)
    for ignored in ("version", "calls", "reopened", "load"):
        del found[ignored]
    for window in live.windows.values():
        window.idle_since = 0
    # A mistake may have begun a line in which nobody waits; the order is not told.
    found["lines"] = {key: row for key, row in found["lines"] if row}
    found["windows"] = dict(picture(live)["windows"])
    found["parked"], found["services"] = [*live.parked], {*live.services}
    return found


@settings(max_examples=100, deadline=None)
@given(some_rules, moves, st.sampled_from(["done", "left"]))
def test_whatever_is_done_and_undone_at_once_shows_as_if_it_had_not_been(
    rules: HallRules, what: list[Move], outcome: str
) -> None:
    hall = play(Hall(rules), what)
    for name, window in hall.state.windows.items():
        if window.ticket is None:
            continue
        ticket = window.ticket.ticket
        before = live_from(hall.log)

        if window.ticket.place == "serving":
            hall.at_window(c.CompleteService, name, outcome=outcome)
            on_board = {*before.calls} - {before.tickets[ticket].call}
        else:
            hall.miss(name)
            on_board = {*before.calls}
        hall.wait(seconds=20)
        hall.at_window(c.UndoLast, name)

        after = live_from(hall.log)
        assert seen(after) == seen(before)
        assert {*after.calls} == on_board


def test_the_board_gets_the_call_back_with_its_announcements() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.at_window(c.RecallTicket, "1")
    before = live_from(hall.log)
    (call,) = before.calls.values()

    hall.wait(seconds=40).miss("1")
    assert live_from(hall.log).calls == {}
    hall.at_window(c.UndoLast, "1")

    (back,) = live_from(hall.log).calls.values()
    assert (back.call, back.number, back.window) == (call.call, "A001", "1")
    assert (back.called_at, back.announcements, back.here) == (NINE, 2, False)


@pytest.mark.parametrize("limit", [1, 3])
def test_the_figures_of_a_miss_are_taken_back(limit: int) -> None:
    hall = Hall(rules_with(missed_limit=limit))
    hall.take()
    hall.next("1")
    hall.miss("1")
    missed = live_from(hall.log).figures
    assert (missed.missed, missed.no_shows) == (1, int(limit == 1))

    hall.at_window(c.UndoLast, "1")

    live = live_from(hall.log)
    assert (live.figures.missed, live.figures.no_shows) == (0, 0)
    assert live.tickets["t1"].ended_reason is None
    assert live.zones["z1"].called == 1


def test_a_service_that_goes_on_is_timed_from_its_start_and_asked_about_once() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.wait(minutes=1).serve("1", minutes=7)
    done = next(e for e in hall.log if isinstance(e, ServiceCompleted))
    live = live_from(hall.log)
    assert live.windows["1"].evaluable is not None
    live.apply(0, evaluated(done))

    hall.wait(seconds=25).at_window(c.UndoLast, "1")
    live.apply(live.version + 1, hall.log[-1])

    assert (live.figures.served, live.figures.service_milliseconds) == (0, 0)
    assert live.windows["1"].served_today == 0
    assert live.windows["1"].evaluable is None
    assert live.tickets["t1"].since_at == done.started_at
    assert live.tickets["t1"].services == []

    hall.at_window(c.CompleteService, "1", outcome="done")
    for event in hall.log[live.version :]:
        live.apply(live.version + 1, event)
    assert live.services["t1.1"].grade == "satisfied"
    assert live.windows["1"].evaluable is None
    assert live.figures.evaluations == 1
    assert live.figures.service_milliseconds == 7 * 60_000 + 25_000


def test_an_evaluation_that_comes_while_the_service_goes_on_again_is_kept() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.serve("1")
    done = next(e for e in hall.log if isinstance(e, ServiceCompleted))
    hall.at_window(c.UndoLast, "1")
    live = live_from(hall.log)

    live.apply(0, evaluated(done))

    hall.at_window(c.CompleteService, "1", outcome="done")
    for event in hall.log[live.version :]:
        live.apply(live.version + 1, event)
    assert live.services["t1.1"].evaluated
    assert live.figures.evaluations == 1


def evaluated(done: ServiceCompleted) -> EvaluationGiven:
    """Return a good evaluation of a service."""
    return EvaluationGiven(
        at=done.at + 1_000,
        by="citizen",
        command_id="phone:1",
        service=done.service,
        hall="city",
        date="2026-09-21",
        ticket=done.ticket,
        number=done.number,
        window=done.window,
        clerk=done.clerk,
        grade="satisfied",
        indicators=[],
        text="",
        channel="phone",
        hall_version=9,
    )
