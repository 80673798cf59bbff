"""The tables of decisions and evolutions are complete."""

from __future__ import annotations

import inspect

from queue_core import commands, events
from queue_core.rules.evolving import EVOLUTIONS
from queue_core.rules.hall_day import DECISIONS, fold

from .hall import Hall


def test_every_command_of_the_day_has_a_decision() -> None:
    declared = {
        kind
        for _, kind in inspect.getmembers(commands, inspect.isclass)
        if issubclass(kind, commands.HallDayCommand)
    }

    assert set(DECISIONS) == declared - {
        commands.HallDayCommand,
        commands.ClerkCommand,
    }


def test_every_event_of_the_day_changes_the_state() -> None:
    declared = {
        kind
        for _, kind in inspect.getmembers(events, inspect.isclass)
        if issubclass(kind, events.HallDayEvent)
    }

    assert set(EVOLUTIONS) == declared - {events.HallDayEvent}


def test_the_state_remembers_which_events_answered_a_command() -> None:
    hall = Hall(windows="1")
    hall.take()
    hall.next("1")
    hall.serve("1")

    state = fold(hall.log)

    first, last = state.answered[hall.commands[-1].command_id]
    assert last - first == 1
    assert state.version == last == len(hall.log)
    assert state.finished["t1.1"][0] == first
