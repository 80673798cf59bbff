"""Days that are played by the rules: whole, varied, and the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from queue_core.events import (
    DayClosed,
    DayOpened,
    HallDayEvent,
    TicketCalled,
    TicketEnded,
    TicketIssued,
)
from queue_core.rules.hall_day import fold
from yihao.bench.city_hall import DATE, CityHall
from yihao.bench.full_day import full_day
from yihao.bench.played_day import PlayedDay
from yihao.rehearsal.generator import generate_day, staffed_windows


TICKETS = 300


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> CityHall:
    return CityHall(Path(tmp_path_factory.mktemp("city")) / "city")


@pytest.fixture(scope="module")
def day(hall: CityHall) -> PlayedDay:
    return full_day(hall, TICKETS)


def test_the_record_of_a_played_day_folds_to_a_day_that_is_over(day: PlayedDay) -> None:
    state = fold(day.events)

    assert isinstance(day.events[0], DayOpened)
    assert isinstance(day.events[-1], DayClosed)
    assert state.closed
    assert state.version == len(day.events)
    assert not state.live


def test_everybody_who_got_a_number_is_served_or_gone_in_the_end(
    day: PlayedDay,
) -> None:
    issued = {e.ticket for e in day.events if isinstance(e, TicketIssued)}
    ended = [e.ticket for e in day.events if isinstance(e, TicketEnded)]

    assert len(issued) == TICKETS
    assert sorted(ended) == sorted(issued)


def test_much_of_what_can_happen_in_a_hall_happens(day: PlayedDay) -> None:
    kinds = Counter(type(event).__name__ for event in day.events)

    for kind in (
        *("TicketRecalled", "TicketMissed", "TicketReturned", "TicketTransferred"),
        *("TicketHeld", "HeldTicketResumed", "StepQueued", "ItemAdded"),
        *("WindowPaused", "WindowResumed", "WindowClosed", "ServiceCompleted"),
    ):
        assert kinds[kind], kind
    assert 5 * TICKETS < len(day.events) + len(day.evaluations) < 11 * TICKETS


def test_evaluations_name_services_that_were_finished_before(day: PlayedDay) -> None:
    state = fold(day.events)

    assert len(day.evaluations) > TICKETS // 2
    for given in day.evaluations:
        version, done = state.finished[given.service]
        assert (given.hall_version, given.ticket) == (version, done.ticket)
        assert given.at > done.at


def test_time_never_runs_backwards(day: PlayedDay) -> None:
    instants = [event.at for event in day.events]

    assert instants == sorted(instants)


def test_the_same_people_make_the_same_day(hall: CityHall, day: PlayedDay) -> None:
    def play() -> list[HallDayEvent]:
        people = generate_day(hall.profile, DATE, tickets=40)
        return (
            PlayedDay(hall.profile, people, staffed_windows(hall.profile)).play().events
        )

    assert play() == play()


def test_nobody_is_called_who_has_given_his_number_back(day: PlayedDay) -> None:
    cancelled: set[str] = set()
    for event in day.events:
        if isinstance(event, TicketEnded):
            cancelled.add(event.ticket)
        if isinstance(event, TicketCalled):
            assert event.ticket not in cancelled
