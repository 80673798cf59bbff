"""What an inspector is pointed to, and that each point names its records."""

from __future__ import annotations

from projections.day_report.points import Point
from projections.day_report.report import DayReport, day_report
from projections.day_report.sentences import point_records, point_sentence
from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import HallDay, at, small_labels


def report_of(day: HallDay) -> DayReport:
    return day_report(day.pairs, day.evaluations, small_labels(), at("19:00"))


def points_of(day: HallDay, kind: str) -> list[Point]:
    points = report_of(day).points
    return next(found for name, found in points.items() if name == kind)


def serve(day: HallDay, number: str, window: str, times: str) -> None:
    """Let a number be issued, called, started and completed at four times."""
    issued, called, started, completed = times.split()
    day.issue(issued, number)
    day.call(called, number, window)
    day.start(started, number, window)
    day.complete(completed, number)
    day.finish(completed, number)


# Free windows.


def test_a_free_window_that_left_its_ticket_in_line_is_a_point() -> None:
    day = HallDay()
    opened = day.open("09:00", "1")
    issued = day.issue("09:10", "A001")
    called = day.call("09:16", "A001", "1")

    (point,) = points_of(day, "idle")

    assert point.versions == (opened, issued, called)
    assert point.weight == 360
    assert "09:10–09:16 空闲 6 分" in point_sentence(point, small_labels())


def test_a_window_without_the_skill_may_stay_free() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:10", "B001")
    day.finish("09:40", "B001", "cancelled")

    assert points_of(day, "idle") == []


def test_a_backup_window_is_expected_only_after_its_offset() -> None:
    day = HallDay()
    day.open("09:00", "3")
    day.issue("09:10", "A001")
    day.issue("09:30", "A002")
    day.call("09:16", "A001", "3")
    day.start("09:17", "A001", "3")
    day.complete("09:20", "A001")
    day.call("09:40", "A002", "3")

    (point,) = points_of(day, "idle")

    assert (point.at, point.weight) == (at("09:35"), 300)


def test_a_paused_window_is_not_free() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.pause("09:05", "1")
    day.issue("09:10", "A001")
    day.resume("10:00", "1")
    day.call("10:00", "A001", "1")

    assert points_of(day, "idle") == []


def test_a_ticket_that_missed_its_call_is_not_waiting_while_it_is_parked() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.call("09:01", "A001", "1")
    day.recall("09:02", "A001", "1")
    day.miss("09:03", "A001", "1")
    day.back("09:30", "A001")
    day.call("09:30", "A001", "1")

    assert points_of(day, "idle") == []


# Hours and pauses.


def test_late_and_early_are_measured_against_the_sessions() -> None:
    day = HallDay()
    opened = day.open("09:12", "1")
    day.pause("11:40", "1")
    day.resume("13:00", "1")
    closed = day.close("16:50", "1")
    day.end("19:00")

    late = points_of(day, "late")
    early = points_of(day, "early")

    assert [(p.weight, p.versions) for p in late] == [(720, (opened,))]
    assert [p.weight for p in early] == [1200, 600]
    assert early[1].versions == (closed,)


def test_a_day_that_still_runs_calls_nobody_early() -> None:
    day = HallDay()
    day.open("08:55", "1")
    day.issue("11:00", "A001")

    assert points_of(day, "early") == []


def test_lunch_is_no_pause_in_working_hours() -> None:
    day = HallDay()
    day.open("08:55", "1")
    day.pause("12:00", "1")
    day.resume("13:00", "1")
    day.close("17:00", "1")
    day.end("19:00")

    report = report_of(day)

    assert report.points_count == 0


def test_long_and_frequent_pauses_are_points_with_every_version() -> None:
    day = HallDay()
    day.open("08:55", "1")
    versions = []
    for times in ("09:10 09:14", "09:40 09:44", "10:10 10:14", "10:30 10:55"):
        start, end = times.split()
        versions += [day.pause(start, "1", "接水"), day.resume(end, "1")]

    (long,) = points_of(day, "pause-long")
    (many,) = points_of(day, "pauses-many")

    assert long.versions == tuple(versions[-2:])
    assert many.versions == tuple(versions)
    assert "4 次，共 37 分（接水）" in point_sentence(many, small_labels())


# Calls and services.


def test_a_call_given_up_within_seconds_is_a_point_of_its_own() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    called = day.call("09:01", "A001", "1")
    missed = day.miss("09:01:09", "A001", "1")

    (point,) = points_of(day, "missed-hasty")

    assert point.versions == (called, missed)
    assert points_of(day, "missed-unrecalled") == []


def test_a_missed_call_without_recall_is_a_point_and_a_repeated_one_is_none() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.issue("09:00", "A002")
    day.call("09:01", "A001", "1")
    day.miss("09:02", "A001", "1")
    day.call("09:03", "A002", "1")
    day.recall("09:04", "A002", "1")
    day.miss("09:05", "A002", "1")

    (point,) = points_of(day, "missed-unrecalled")

    assert point.values["number"] == "A001"


def test_a_service_far_off_its_expected_minutes_and_the_day_is_a_point() -> None:
    day = HallDay()
    day.open("09:00", "1")
    for n in range(10):
        minute = 10 + n
        serve(day, f"A{n:03}", "1", f"09:00 10:{minute} 10:{minute} 10:{minute + 9}")
    day.issue("14:00", "A100")
    day.call("14:00", "A100", "1")
    started = day.start("14:00", "A100", "1")
    finished = day.complete("14:00:20", "A100")
    serve(day, "A101", "1", "14:00 14:10 14:10 15:10")

    (short,) = points_of(day, "service-short")
    (long,) = points_of(day, "service-long")

    assert short.versions == (started, finished)
    assert long.values["number"] == "A101"
    assert "用时 1 小时，预计 10 分（办结）" in point_sentence(long, small_labels())


def test_a_citizen_who_left_at_once_makes_no_short_service() -> None:
    day = HallDay()
    day.open("09:00", "1")
    for n in range(10):
        serve(day, f"A{n:03}", "1", "09:00 10:00 10:00 10:09")
    day.issue("14:00", "A100")
    day.call("14:00", "A100", "1")
    day.start("14:00", "A100", "1")
    day.complete("14:00:20", "A100", "left")

    assert points_of(day, "service-short") == []


# Evaluations and what was left.


def test_a_bad_evaluation_names_the_service_it_is_about() -> None:
    day = HallDay()
    day.open("09:00", "1")
    serve(day, "A001", "1", "09:00 09:01 09:02 09:09")
    day.evaluate("09:10", "A001", "very-dissatisfied", text="等太久", code="214")

    (point,) = points_of(day, "bad-evaluation")

    assert point_records(point) == "#5 #6"
    assert "服务态度生硬；等太久" in point_sentence(point, small_labels())


def test_a_window_that_hardly_anybody_evaluated_is_a_point() -> None:
    day = HallDay()
    day.open("09:00", "1")
    for n in range(10):
        serve(day, f"A{n:03}", "1", "09:00 10:00 10:00 10:09")
    day.evaluate("10:10", "A000", "satisfied")

    (point,) = points_of(day, "unrated")

    assert point.values == {"given": 1, "served": 10}


def test_a_number_that_expired_is_a_point_with_its_whole_way() -> None:
    day = HallDay()
    day.open("09:00", "1")
    issued = day.issue("16:30", "A001")
    ended = day.finish("19:00", "A001", "expired")
    day.end("19:00")

    (point,) = points_of(day, "expired")

    assert point.versions == (issued, ended)


def test_every_point_of_a_busy_day_names_records_that_exist() -> None:
    day = BusyDay(400)
    report = day_report(day.pairs, day.evaluations, small_labels(), at("19:00"))

    points = [p for found in report.points.values() for p in found]

    assert points
    for point in points:
        assert point.versions
        assert all(1 <= v <= len(day.pairs) for v in point.versions)
