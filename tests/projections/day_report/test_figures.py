"""The day's figures, counted again by hand."""

from __future__ import annotations

from projections.day_report.figures import figures_of, percentile
from projections.day_report.report import day_report
from projections.service_facts import Visit
from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import HallDay, at, small_labels


def test_volumes_are_counted_by_zone_class_and_channel() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.issue("09:00", "VA001", ticket_class="green")
    day.issue("09:00", "B001", channel="phone")
    day.call("09:10", "A001", "1")
    day.start("09:10", "A001", "1")
    day.complete("09:20", "A001")
    day.finish("09:20", "A001")
    day.finish("09:30", "VA001", "cancelled")

    figures = figures_of(day.facts(), [], small_labels())

    assert figures.total.issued == 3
    assert (figures.total.served, figures.total.cancelled) == (1, 1)
    assert figures.by_zone["tax"].live == 1
    assert list(figures.by_zone) == ["social", "tax"]
    assert figures.by_class["green"].issued == 1
    assert figures.by_channel["phone"].issued == 1


def test_waits_are_told_per_zone_and_half_hour_of_taking() -> None:
    day = HallDay()
    day.open("09:00", "1")
    for number, issued, called in (
        ("A001", "09:00", "09:04"),
        ("A002", "09:29", "09:35"),
        ("A003", "09:31", "09:51"),
    ):
        day.issue(issued, number)
        day.call(called, number, "1")

    figures = figures_of(day.facts(), [], small_labels())

    halves = figures.waits_per_half["social"]
    assert {half: waits.mean for half, waits in halves.items()} == {18: 300, 19: 1200}
    assert figures.waits.longest == 1200
    assert figures.waits.p50 == 360


def test_a_percentile_is_a_value_that_occurred() -> None:
    values = [float(n) for n in range(1, 11)]

    assert percentile(values, 0.9) == 9
    assert percentile(values, 0.5) == 5
    assert percentile([7.0], 0.9) == 7


def test_the_figures_of_a_busy_day_agree_with_its_tickets() -> None:
    day = BusyDay(300)
    report = day_report(day.pairs, day.evaluations, small_labels(), at("19:00"))

    figures, visits = report.figures, list(report.facts.visits.values())

    assert figures.total.issued == len(visits) == 300
    assert sum(v.issued for v in figures.by_zone.values()) == 300
    assert sum(figures.issued_per_half.values()) == 300
    assert sum(figures.called_per_half.values()) == figures.waits.count
    assert sum(w.evaluations for w in figures.windows) == len(day.evaluations)
    assert sum(w.calls for w in figures.windows) == len(report.facts.calls)
    assert figures.waits.mean == _mean_wait(visits)


def _mean_wait(visits: list[Visit]) -> float:
    waits = sorted(v.wait_seconds for v in visits if v.wait_seconds is not None)
    return sum(waits) / len(waits)
