"""What is kept of a day is what the day's own report says, number by number."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import pytest
from hypothesis import given, settings

from projections.day_facts import DayFacts, facts_of
from projections.day_report.figures import Figures, Volume, Waits, figures_of
from projections.kept.day_figures import DayFigures
from projections.kept.day_fold import COUNTED, NOT_COUNTED, DayFold, figures_now
from projections.kept.open_day import KeptHall
from projections.kept.service_rows import ServiceRow
from projections.kept.tallies import Tally, percentile_seconds
from projections.service_facts import Service
from queue_core.events import HallDayEvent
from queue_core.log.event_names import EVENT_NAMES
from queue_core.values import HallRules
from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import DATE, HallDay, at, small_labels
from tests.queue_core.rules.hall import Hall
from tests.queue_core.rules.moves import Move, moves, play, some_rules


Pairs = Sequence[tuple[int, HallDayEvent]]

HALL = KeptHall(department_of_item={"CARD": "人社局", "BILL": "税务局"})


def folded(pairs: Pairs) -> DayFold:
    """Return a day's fold."""
    day = DayFold("test", DATE, HALL)
    for version, event in pairs:
        day.apply(version, event)
    return day


def told(day: DayFold) -> DayFigures:
    """Return the figures of a fold; it cannot go on afterwards."""
    return figures_now(day.figures, day.day)


def reported(pairs: Pairs) -> tuple[DayFacts, Figures]:
    """Return what the day report is made of."""
    facts = facts_of(pairs)
    return facts, figures_of(facts, [], small_labels())


# The same as the day report.


@settings(max_examples=150)
@given(some_rules, moves)
def test_any_day_is_kept_as_the_day_report_tells_it(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    require_equal(list(enumerate(hall.log, start=1)))


@pytest.mark.parametrize(("seed", "mistakes"), [(1, 0.0), (2, 0.2)])
def test_a_busy_day_is_kept_as_the_day_report_tells_it(
    seed: int, mistakes: float
) -> None:
    busy = BusyDay(300, seed=seed, mistakes=mistakes)

    require_equal(busy.pairs)
    require_equal(busy.pairs[: len(busy.pairs) // 2])


def require_equal(pairs: Pairs) -> None:
    """Pass if the fold counts what the report of the same events counts."""
    day = folded(pairs)
    rows, figures = list(day.finished), told(day)
    facts, expected = reported(pairs)
    assert volume(figures.whole) == ended(expected.total)
    for kept, by in (
        (figures.by_cell("zone"), expected.by_zone),
        (figures.by_way("class"), expected.by_class),
        (figures.by_way("channel"), expected.by_channel),
    ):
        assert {
            name: volume(tally) for name, tally in kept.items() if tally.issued
        } == {name: ended(one) for name, one in by.items()}
    require_same_waits(figures.whole, expected.waits)
    for zone, waits in expected.waits_by_zone.items():
        require_same_waits(figures.by_cell("zone")[zone], waits)
    halves = figures.half_hours.items()
    assert {half: one.issued for half, one in halves if one.issued} == (
        expected.issued_per_half
    )
    require_same_windows(figures, expected)
    assert {proof(row) for row in rows} == {
        fact(one) for one in facts.services.values() if one.finished_version
    }


def volume(tally: Tally) -> tuple[int, ...]:
    """Return how many numbers were counted, and how they ended."""
    return (
        *(tally.issued, tally.called, tally.served),
        *(tally.no_shows, tally.cancelled, tally.expired),
    )


def ended(volume: Volume) -> tuple[int, ...]:
    """Return the same of the day report."""
    return (
        *(volume.issued, volume.called, volume.served),
        *(volume.no_show, volume.cancelled, volume.expired),
    )


def require_same_waits(tally: Tally, waits: Waits) -> None:
    assert tally.called == sum(tally.waits.values()) == waits.count
    assert tally.mean_wait_seconds == pytest.approx(waits.mean)
    assert tally.longest_wait_ms / 1000 == waits.longest
    for share, seconds in ((0.5, waits.p50), (0.9, waits.p90)):
        assert percentile_seconds(tally.waits, share) == ceil(seconds / 6) * 6


def require_same_windows(figures: DayFigures, expected: Figures) -> None:
    kept = {name: one for name, one in figures.by_desk("window").items() if one.calls}
    assert {
        name: (tally.calls, tally.missed, tally.services)
        for name, tally in kept.items()
    } == {
        window.window: (window.calls, window.missed, window.served)
        for window in expected.windows
        if window.calls
    }
    for window in expected.windows:
        if window.calls:
            spent = kept[window.window].service_ms / 1000
            assert spent == pytest.approx(window.service_seconds)
    assert figures.whole.services == expected.services


def proof(row: ServiceRow) -> tuple[object, ...]:
    """Return what a row and the day report both know of a service."""
    return (
        *(row.service, row.number, row.queue, row.window, row.clerk, row.outcome),
        *(row.started_version, row.finished_version, row.service_seconds),
    )


def fact(one: Service) -> tuple[object, ...]:
    """Return the same of the day report."""
    return (
        *(one.service, one.number, one.queue, one.window, one.clerk, one.outcome),
        *(one.started_version, one.finished_version, one.seconds),
    )


# One thing after another.


def test_every_event_of_a_day_is_counted_or_known_not_to_be() -> None:
    of_a_day = {kind for kind in EVENT_NAMES if issubclass(kind, HallDayEvent)}

    assert {*COUNTED, *NOT_COUNTED} == of_a_day
    assert not {*COUNTED} & {*NOT_COUNTED}


def test_a_service_row_can_be_proven_from_the_record() -> None:
    day = HallDay()
    day.open("09:00", "1")
    issued = day.issue("09:00", "A001", channel="phone")
    called = day.call("09:05", "A001", "1")
    started = day.start("09:06", "A001", "1")
    day.hold("09:08", "A001", "1")
    day.take_up("09:18", "A001", "1")
    finished = day.complete("09:20", "A001")

    (row,) = folded(day.pairs).finished

    assert row == row_of_a_held_service(issued, called, started, finished)


def row_of_a_held_service(
    issued: int, called: int, started: int, finished: int
) -> ServiceRow:
    """Return what is kept of the service, with the versions that prove it."""
    return ServiceRow(
        hall="test",
        date=DATE,
        service="A001.1",
        ticket="A001",
        number="A001",
        ticket_class="ordinary",
        channel="phone",
        item="CARD",
        items=1,
        department="人社局",
        zone="social",
        queue="civil",
        window="1",
        clerk="clerk-1",
        issued_at=at("09:00"),
        called_at=at("09:05"),
        started_at=at("09:06"),
        finished_at=at("09:20"),
        wait_seconds=300,
        service_seconds=240,
        held_seconds=600,
        outcome="done",
        calls=1,
        missed_calls=0,
        issued_version=issued,
        called_version=called,
        started_version=started,
        finished_version=finished,
    )


def test_the_wait_for_the_next_item_begins_when_the_first_is_done() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.open("09:00", "3")
    day.issue("09:00", "A001")
    day.call("09:05", "A001", "1")
    day.start("09:05", "A001", "1")
    day.complete("09:20", "A001")
    day.next_step("09:20", "A001", "tax", "BILL")
    second = day.call("09:27", "A001", "3", queue="tax")
    day.start("09:28", "A001", "3")
    day.complete("09:40", "A001")
    day.finish("09:40", "A001")

    done = folded(day.pairs)

    first, other = done.finished
    assert (first.wait_seconds, other.wait_seconds) == (300, 420)
    assert (other.zone, other.queue, other.called_version) == ("tax", "tax", second)
    whole = told(done).whole
    assert (whole.called, whole.wait_ms) == (1, 300_000)


def test_a_call_that_was_missed_counts_for_its_window_and_its_number() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.call("09:05", "A001", "1")
    day.miss("09:06", "A001", "1")
    day.back("09:10", "A001")
    day.call("09:11", "A001", "1")
    day.start("09:12", "A001", "1")
    day.complete("09:20", "A001")
    day.finish("09:20", "A001")

    done = folded(day.pairs)
    (row,), figures = done.finished, told(done)

    assert (row.calls, row.missed_calls, row.wait_seconds) == (2, 1, 300)
    for tally in (
        figures.by_desk("window")["1"],
        figures.by_desk("clerk")["clerk-1"],
        figures.by_cell("zone")["social"],
        figures.half_hours[18],
    ):
        assert (tally.calls, tally.missed, tally.called) == (2, 1, 1)


def test_a_booked_citizen_waits_from_the_booked_time() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "YA001", booked_at=at("09:30"), ticket_class="appointment")
    day.call("09:33", "YA001", "1")

    figures = told(folded(day.pairs))

    assert figures.by_way("class")["appointment"].mean_wait_seconds == 180


def test_duty_is_counted_when_it_ends_and_when_the_day_does() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.open("09:00", "2")
    day.close("11:00", "1")
    day.end("19:00")

    clerks = told(folded(day.pairs)).by_desk("clerk")

    assert {clerk: tally.on_duty_ms / 3_600_000 for clerk, tally in clerks.items()} == {
        "clerk-1": 2,
        "clerk-2": 10,
    }


def test_an_event_that_comes_again_changes_nothing() -> None:
    busy = BusyDay(60)
    once, twice = folded(busy.pairs), folded(busy.pairs)

    for version, event in busy.pairs:
        twice.apply(version, event)

    assert twice.finished == once.finished
    assert told(twice) == told(once)


def test_a_day_with_a_missing_version_is_not_folded() -> None:
    day = HallDay()
    day.open("09:00", "1")
    fold = folded(day.pairs)

    with pytest.raises(ValueError, match="does not follow version 2"):
        fold.apply(4, day.pairs[-1][1])


def test_nothing_is_folded_into_a_day_that_is_over() -> None:
    day = HallDay()
    day.end("19:00")
    fold = folded(day.pairs)
    version = day.open("19:01", "1")

    with pytest.raises(ValueError, match="does not follow"):
        fold.apply(version, day.pairs[-1][1])
