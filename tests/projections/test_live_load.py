"""The load of the day by half hours, and who was called within the promised wait."""

from __future__ import annotations

from projections.live.load import HALF_HOUR_MS
from tests.queue_core.rules.hall import MINUTE, NINE, Hall, rules_with

from .live_halls import live_from


def test_the_load_of_the_day_is_told_by_half_hours_without_gaps() -> None:
    begins_at = -(-NINE // HALF_HOUR_MS) * HALF_HOUR_MS
    hall = Hall(at=begins_at)
    hall.take()
    hall.take()
    hall.wait(minutes=10)
    hall.next("1")
    hall.wait(minutes=55)
    hall.take()

    load = live_from(hall.log).load

    before = [row for row in load.rows if row.start_at < begins_at]
    rows = [row for row in load.rows if row.start_at >= begins_at]
    assert {(row.issued, row.called, row.waiting) for row in before} == {(0, 0, 0)}
    assert [(row.start_at - begins_at, row.issued, row.called) for row in rows] == [
        (0, 2, 1),
        (30 * MINUTE, 0, 0),
        (60 * MINUTE, 1, 0),
    ]
    assert [row.waiting for row in rows] == [1, 1, None]


def test_who_was_called_in_time_is_counted_once_by_the_rules_of_the_day() -> None:
    hall = Hall(rules_with(wait_target_seconds=600))
    hall.take()
    hall.take()
    hall.wait(minutes=10)
    hall.next("1")
    hall.miss("1")
    hall.wait(seconds=1)
    hall.next("2")

    figures = live_from(hall.log).figures

    assert (figures.waits_counted, figures.in_time) == (2, 1)
    assert figures.wait_milliseconds == 20 * MINUTE + 1000


def test_a_booked_citizen_waits_from_the_booked_time_on() -> None:
    hall = Hall()
    hall.take(ticket_class="appointment", booked_at=NINE + 20 * MINUTE)
    hall.wait(minutes=25)
    hall.next("1")

    assert live_from(hall.log).figures.wait_milliseconds == 5 * MINUTE
