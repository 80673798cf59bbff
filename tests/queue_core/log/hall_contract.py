"""What every store must do for those who follow one hall, or write in turn with others.

One abstract case, one small subclass for each store.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from queue_core.errors import Conflict, LogError
from queue_core.events import EvaluationGiven, Event, ProfileAdopted
from queue_core.log.event_log import EventLog, Page

from .contract import MONDAY, TUESDAY, StoreCase, entries


TOWNSHIP = "hall-day/township/2026-11-02"
SAID: dict[str, Any] = {"at": 1_793_577_600_000, "by": "x", "command_id": "k"}


def adopted(hall: str) -> Event:
    """Return the adoption of some profile by a hall."""
    return ProfileAdopted(**SAID, hall=hall, revision="r1", content=b"")


def evaluated(hall: str) -> Event:
    """Return an evaluation of some service in a hall."""
    return EvaluationGiven(
        **SAID,
        service="t1.1",
        hall=hall,
        date="2026-11-02",
        ticket="t1",
        number="A001",
        window="1",
        clerk="li",
        grade="satisfied",
        indicators=[],
        text="",
        channel="pad",
        hall_version=1,
    )


class HallContract(StoreCase):
    """The tests."""

    # Following one hall.

    def test_a_hall_is_followed_through_its_days_profiles_and_evaluations(
        self, log: EventLog
    ) -> None:
        log.append([*entries(MONDAY, 1, 2), *entries(TOWNSHIP, 1, 2)])
        log.append([("profile/city", 1, adopted("city"))])
        log.append([("profile/township", 1, adopted("township"))])
        log.append([("evaluation/t1.1", 1, evaluated("city"))])
        log.append([("evaluation/t2.1", 1, evaluated("township"))])
        log.append([*entries(MONDAY, 3, 1), *entries(TUESDAY, 1, 1)])

        page = log.read_hall("city", 1, 100)

        assert [(r.position, r.stream, r.version) for r in page.recorded] == [
            (2, MONDAY, 2),
            (5, "profile/city", 1),
            (7, "evaluation/t1.1", 1),
            (9, MONDAY, 3),
            (10, TUESDAY, 1),
        ]
        assert (page.upto, page.more) == (10, False)
        assert page.recorded[2].event == evaluated("city")

    def test_a_hall_is_followed_in_pages_that_leave_nothing_out(
        self, log: EventLog
    ) -> None:
        for n in range(10):
            log.append([*entries(MONDAY, 3 * n + 1, 3), *entries(TOWNSHIP, n + 1, 1)])

        seen: list[int] = []
        upto, more = 0, True
        while more:
            page = log.read_hall("city", upto, 7)
            seen += [recorded.version for recorded in page.recorded]
            assert page.upto > upto
            upto, more = page.upto, page.more

        assert seen == list(range(1, 31))
        assert upto == log.last_position() == 40

    def test_where_nothing_is_new_for_a_hall_the_end_is_told_all_the_same(
        self, log: EventLog
    ) -> None:
        assert log.read_hall("city", 0, 10) == Page([], 0, False, [])
        log.append(entries(TOWNSHIP, 1, 3))

        assert log.read_hall("city", 0, 10) == Page([], 3, False, [])
        assert log.read_hall("city", 3, 10) == Page([], 3, False, [])

    def test_a_hall_whose_name_begins_another_ones_is_not_mistaken_for_it(
        self, log: EventLog
    ) -> None:
        log.append(entries("hall-day/city-east/2026-11-02", 1, 1))
        log.append(entries("hall-day/cit/2026-11-02", 1, 1))

        assert log.read_hall("city", 0, 10).recorded == []

    # Turns.

    def test_what_is_recorded_in_a_turn_stands_in_the_log(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 2))

        turn = log.take_turn("city", MONDAY)
        written = turn.append(entries(MONDAY, 3, 2))

        assert turn.version == 2
        assert list(written) == [3, 4]
        assert log.last_version(MONDAY) == 4
        with pytest.raises(LogError, match="over"):
            turn.append(entries(MONDAY, 5, 1))

    def test_a_turn_that_was_given_back_has_changed_nothing(
        self, log: EventLog
    ) -> None:
        turn = log.take_turn("city", MONDAY)
        turn.give_back()
        turn.give_back()

        assert turn.version == 0
        assert log.last_position() == 0
        log.take_turn("city", MONDAY).append(entries(MONDAY, 1, 1))
        assert log.last_position() == 1

    def test_a_turn_that_ends_in_a_conflict_is_over(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 2))

        with pytest.raises(Conflict):
            log.take_turn("city", MONDAY).append(entries(MONDAY, 2, 1))

        log.take_turn("city", MONDAY).append(entries(MONDAY, 3, 1))
        assert log.last_version(MONDAY) == 3

    def test_turns_of_two_halls_do_not_wait_for_each_other(self, log: EventLog) -> None:
        city = log.take_turn("city", MONDAY)
        township = log.take_turn("township", TOWNSHIP)

        township.append(entries(TOWNSHIP, 1, 1))
        city.append(entries(MONDAY, 1, 1))

        assert log.last_position() == 2

    def test_writers_in_turn_never_meet_a_conflict(self, log: EventLog) -> None:
        count, failed = 20, list[BaseException]()

        def write() -> None:
            try:
                for _ in range(count):
                    turn = log.take_turn("city", MONDAY)
                    turn.append(entries(MONDAY, turn.version + 1, 2))
            except Exception as error:
                failed.append(error)

        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failed == []
        versions = [recorded.version for recorded in log.read(MONDAY)]
        assert versions == list(range(1, 4 * 2 * count + 1))


class SharedHallContract(HallContract):
    """The tests of stores that several processes write."""

    def test_who_writes_without_a_turn_waits_for_the_holder_of_one(
        self, log: EventLog
    ) -> None:
        turn = log.take_turn("city", MONDAY)
        outcome: list[object] = []

        def write() -> None:
            try:
                log.append(entries(MONDAY, 1, 1))
            except Conflict as conflict:
                outcome.append(conflict)

        other = threading.Thread(target=write)
        other.start()
        turn.append(entries(MONDAY, 1, 2))
        other.join()

        assert len(outcome) == 1
        assert log.last_version(MONDAY) == 2
