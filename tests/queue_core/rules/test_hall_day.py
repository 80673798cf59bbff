"""The tables of decisions and evolutions are complete; time never goes back."""

from __future__ import annotations

import inspect

from queue_core import commands, events
from queue_core.rules.evolving import EVOLUTIONS
from queue_core.rules.hall_day import DECISIONS, fold

from .hall import HOUR, MINUTE, NINE, Hall


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


# A clock that was set back.


def test_who_comes_after_the_clock_was_set_back_stays_behind_those_before() -> None:
    hall = Hall(windows="1", at=NINE + HOUR)
    first = hall.take()

    hall.wait(minutes=-59)
    second = hall.take()

    assert (hall.number(first), hall.number(second)) == ("A001", "A002")
    assert hall.next("1") == first
    hall.serve("1")
    assert hall.next("1") == second


def test_no_time_in_the_record_of_a_day_goes_back() -> None:
    hall = Hall(windows="1", at=NINE + HOUR)
    hall.take()
    hall.next("1")

    hall.wait(minutes=-30)
    hall.serve("1", minutes=40)

    times = [event.at for event in hall.log]
    assert times == sorted(times)
    assert {*times[-3:]} == {NINE + HOUR, NINE + HOUR + 10 * MINUTE}
