"""A year is the sum of its days, month by month and part by part."""

from __future__ import annotations

import pytest

from projections.kept.day_fold import DayFold
from projections.kept.open_day import KeptHall
from projections.kept.page_fold import row_of
from projections.kept.store import DayRow
from projections.kept.tallies import Tally, bucket_of, percentile_seconds, within
from projections.year_report.figures import year_figures
from tests.projections.hall_day import HallDay


HALL = KeptHall(department_of_item={"CARD": "人社局", "BILL": "税务局"})


def served(day: HallDay, number: str, issued: str, called: str, done: str) -> None:
    """Let a citizen take a number, be called to window 1 and be served."""
    day.issue(issued, number)
    day.call(called, number, "1")
    day.start(called, number, "1")
    day.complete(done, number)
    day.finish(done, number)


def kept(date: str, day: HallDay) -> DayRow:
    """Return what is kept of a day, as if it had been on a date."""
    fold = DayFold("test", date, HALL)
    for version, event in day.pairs:
        fold.apply(version, event)
    return row_of(fold)


def one_day(*numbers: tuple[str, str, str, str]) -> HallDay:
    """Return a day that is over, with some citizens served."""
    day = HallDay()
    day.open("09:00", "1")
    for number in numbers:
        served(day, *number)
    day.close("17:00", "1")
    day.end("19:00")
    return day


SHORT = ("A001", "09:00", "09:06", "09:16")
LONG = ("A002", "09:31", "09:55", "10:05")


def test_days_are_added_up_by_month_weekday_and_part() -> None:
    figures = year_figures(
        [
            kept("2026-02-27", one_day(SHORT)),
            kept("2026-03-02", one_day(SHORT, LONG)),
            kept("2026-03-09", one_day(LONG)),
        ]
    )

    assert (figures.days, figures.first_date) == (3, "2026-02-27")
    assert {
        name: (month.days, month.whole.issued) for name, month in figures.months.items()
    } == {"2026-02": (1, 1), "2026-03": (2, 3)}
    assert figures.whole.issued == figures.zones["social"].issued == 4
    assert figures.departments["人社局"].services == 4
    assert figures.windows["1"].on_duty_ms == 3 * 8 * 3_600_000
    assert figures.clerks["clerk-1"].mean_service_seconds == 600
    assert figures.items["CARD"].mean_wait_seconds == (6 + 24) * 60 / 2
    assert {day: week.days for day, week in figures.weekdays.items()} == {0: 2, 4: 1}
    assert figures.weekdays[0].half_hours[19].issued == 2
    assert figures.half_hours == range(18, 20)


def test_a_day_that_still_runs_counts_with_whoever_waits() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")

    figures = year_figures([kept("2026-03-02", day)])

    assert figures.is_last_open
    assert (figures.whole.issued, figures.whole.called) == (1, 0)


def test_without_a_day_there_is_no_year() -> None:
    with pytest.raises(ValueError, match="no day"):
        year_figures([])


def test_a_wait_as_long_as_the_target_is_within_it() -> None:
    waits: dict[int, int] = {}
    for milliseconds in (0, 899_999, 900_000, 900_001, 1_000_000):
        bucket = bucket_of(milliseconds)
        waits[bucket] = waits.get(bucket, 0) + 1

    assert within(waits, 900) == 3
    assert percentile_seconds(waits, 0.5) == 900
    assert percentile_seconds({}, 0.9) == 0


def test_tallies_add_up_whatever_the_order() -> None:
    one, other = Tally(issued=1, waits={3: 1}), Tally(issued=2, waits={3: 2, 4: 1})
    one.longest_wait_ms, other.longest_wait_ms = 7, 5
    one.grades, other.grades = [1, 0, 0, 0, 0], [0, 0, 0, 0, 2]
    left, right = Tally(), Tally()

    for into, first, second in ((left, one, other), (right, other, one)):
        into.add(first)
        into.add(second)

    assert left == right
    assert (left.issued, left.waits, left.longest_wait_ms) == (3, {3: 3, 4: 1}, 7)
    assert (left.evaluations, left.bad) == (3, 2)
