"""From a figure to the tickets it counts."""

from __future__ import annotations

import pytest

from projections.behind import Behind, FigureName, tickets_behind, worst_service
from projections.live_hall import LiveHall
from queue_core import commands as c
from queue_core.events import ServiceCompleted
from tests.queue_core.rules.hall import MINUTE, NINE, Hall, rules_with

from .live_halls import evaluation_of, live_from


@pytest.fixture
def live() -> LiveHall:
    """A morning: A001 was served in time, A002 missed its call, A003 was served late
    and complained, B001 and A004 wait, A005 was cancelled, B002 left the line.
    """
    hall = Hall(rules_with(wait_target_seconds=600, missed_limit=3))
    for item in ("a1", "a1", "a1"):
        hall.take(item)
    hall.wait(minutes=5)
    hall.next("1")
    hall.serve("1", minutes=2)
    hall.next("1")
    hall.miss("1")
    for item in ("b1", "a1", "a1", "b1"):
        hall.wait(minutes=1)
        hall.take(item)
    hall.next("2")
    hall.serve("2", minutes=1)
    hall.do(c.CancelTicket, ticket="t6")
    hall.do(c.PauseTicket, ticket="t7")
    live = live_from(hall.log)
    bad, good = reversed(hall.all(ServiceCompleted))
    live.apply(0, evaluation_of(good))
    live.apply(0, evaluation_of(bad, "very-dissatisfied"))
    return live


NUMBERS: dict[FigureName, list[str]] = {
    "issued": ["B002", "A005", "A004", "B001", "A003", "A002", "A001"],
    "waiting": ["B001", "A004"],
    "parked": ["A002", "B002"],
    "called": ["A003", "A002", "A001"],
    "in-time": ["A002", "A001"],
    "late": ["A003"],
    "served": ["A003", "A001"],
    "missed": ["A002"],
    "no-shows": [],
    "cancelled": ["A005"],
    "evaluated": ["A003", "A001"],
    "bad": ["A003"],
}


def numbers(live: LiveHall, asked: Behind) -> list[str]:
    """Return the numbers behind a figure."""
    return [ticket.number for ticket in tickets_behind(live, asked)]


@pytest.mark.parametrize("figure", NUMBERS)
def test_a_figure_leads_to_those_it_counts(live: LiveHall, figure: FigureName) -> None:
    assert numbers(live, Behind(figure)) == NUMBERS[figure]


def test_a_zone_a_window_and_a_half_hour_count_their_own(live: LiveHall) -> None:
    assert numbers(live, Behind("waiting", zone="z2")) == ["B001"]
    assert numbers(live, Behind("served", window="2")) == ["A003"]
    assert numbers(live, Behind("served", window="3")) == []
    late = Behind("issued", from_at=NINE + 9 * MINUTE)
    assert numbers(live, late) == ["B002", "A005", "A004"]
    first = Behind("called", from_at=NINE, until_at=NINE + 6 * MINUTE)
    assert numbers(live, first) == ["A001"]


def test_the_bad_word_about_a_visit_is_the_one_that_is_told(live: LiveHall) -> None:
    (complained,) = tickets_behind(live, Behind("bad"))

    judged = worst_service(complained)

    assert judged is not None
    assert judged.grade == "very-dissatisfied"
    (waits, *_) = tickets_behind(live, Behind("waiting"))
    assert worst_service(waits) is None
