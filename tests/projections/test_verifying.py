"""Projections say what the rules decided, on any day; where they do not, it is told."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from projections.comparing import picture
from projections.live_hall import LiveHall
from projections.verifying import READERS, FactsCheck, LiveCheck
from queue_core.care.verification import verify
from queue_core.events import (
    DayOpened,
    HallDayEvent,
    ServiceCompleted,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    WindowOpened,
)
from queue_core.log.sqlite_log import SqliteLog
from queue_core.rules.hall_day import HallDay, evolve
from queue_core.values import HallRules
from tests.queue_core.rules.hall import Hall
from tests.queue_core.rules.moves import Move, moves, play, some_rules

from .busy_day import BusyDay
from .hall_day import DATE


@settings(max_examples=60, deadline=None)
@given(some_rules, moves)
def test_projections_agree_with_the_rules_after_every_event(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    day = HallDay()
    checks = [make() for make in READERS]

    for version, event in enumerate(hall.log, start=1):
        evolve(day, event)
        for check in checks:
            check.apply(version, event)
            seen = check.glance(day, [(version, event)])
            assert [*seen, *check.differences(day)] == []

    pairs = list(enumerate(hall.log, start=1))
    assert [text for check in checks for text in check.rebuilt(pairs)] == []


def test_a_busy_day_in_a_log_is_verified_with_its_projections(tmp_path: Path) -> None:
    busy = BusyDay(250)
    log = SqliteLog(tmp_path / "record.sqlite")
    stream = f"hall-day/test/{DATE}"
    log.append([(stream, version, event) for version, event in busy.pairs])
    log.close()

    verdict = verify(tmp_path / "record.sqlite", readers=READERS)

    assert verdict.events > 1_000
    assert verdict.faults == []


def told_after(
    kind: type[HallDayEvent], check: LiveCheck | FactsCheck, **values: object
) -> list[str]:
    """Tell a check that the first event of a kind was another; return its words.

    It is seen at a glance after the page, and at the end of the day.
    """
    hall = Hall()
    hall.take("a1")
    hall.take("a2")
    hall.next("1")
    hall.serve("1")
    hall.next("2")
    hall.miss("2")
    pairs: list[tuple[int, HallDayEvent]] = list(enumerate(hall.log, start=1))
    wrong = next(n for n, event in enumerate(hall.log) if isinstance(event, kind))
    pairs[wrong] = (wrong + 1, msgspec.structs.replace(hall.log[wrong], **values))
    day = HallDay()
    for event in hall.log:
        evolve(day, event)

    for version, event in pairs:
        check.apply(version, event)
    seen = [*check.glance(day, pairs)]
    told = [*check.differences(day)]
    assert seen
    assert told
    return told


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (DayOpened, {"date": "2026-09-22"}, "date is '2026-09-22' instead of"),
        (TicketIssued, {"number": "A999"}, "t1 is ('A999', 'ended') instead of"),
        (TicketMissed, {"misses": 7}, "t2 is"),
        (ServiceCompleted, {"service": "t1.9"}, "services is {'t1.9'}"),
        (WindowOpened, {"clerk": "sun"}, "1 is ('sun', False"),
    ],
)
def test_a_live_hall_that_shows_something_else_is_told(
    kind: type[HallDayEvent], values: dict[str, object], text: str
) -> None:
    found = told_after(kind, LiveCheck(), **values)

    assert any(text in one for one in found), found


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (TicketIssued, {"number": "A999"}, "t1 is ('A999', 0, 'served')"),
        (TicketMissed, {"misses": 7}, "t2 is ('A002', 7, '')"),
        (ServiceCompleted, {"ticket": "t2"}, "finished is set()"),
        (WindowOpened, {"window": "9"}, "9 is 'li' instead of None"),
    ],
)
def test_facts_that_say_something_else_are_told(
    kind: type[HallDayEvent], values: dict[str, object], text: str
) -> None:
    found = told_after(kind, FactsCheck(), **values)

    assert any(text in one for one in found), found


def test_pictures_of_two_halls_are_equal_only_if_everything_is() -> None:
    hall = Hall()
    hall.take("a1")
    hall.next("1")
    one, other, third = LiveHall(), LiveHall(), LiveHall()
    for version, event in enumerate(hall.log, start=1):
        one.apply(version, event)
        other.apply(version, event)
        later = event.at + isinstance(event, TicketCalled)
        third.apply(version, msgspec.structs.replace(event, at=later))

    assert picture(one) == picture(other)
    assert picture(one) != picture(third)
