"""Facts folded from a hall-day: waits, calls, services, and what windows did."""

from __future__ import annotations

import pytest

from projections.day_facts import DayFacts, facts_of
from queue_core.events import EvaluationGiven

from .busy_day import BusyDay
from .hall_day import HallDay, at


def spans(day: HallDay, window: str) -> list[tuple[str, str]]:
    found = day.facts().windows.spans
    return [(s.state, s.number) for s in found if s.window == window]


def test_a_window_is_idle_called_serving_and_idle_again() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:01", "A001")
    day.call("09:02", "A001", "1")
    day.start("09:03", "A001", "1")
    day.complete("09:10", "A001")

    assert spans(day, "1") == [
        ("idle", ""),
        ("called", "A001"),
        ("serving", "A001"),
        ("idle", ""),
    ]


def test_a_pause_lasts_until_the_window_goes_on() -> None:
    day = HallDay()
    day.open("09:00", "1")
    paused = day.pause("12:00", "1")
    resumed = day.resume("13:00", "1")
    day.close("17:00", "1")

    (pause,) = day.facts().windows.pauses

    assert (pause.since_version, pause.until_version) == (paused, resumed)
    assert [state for state, _ in spans(day, "1")] == ["idle", "paused", "idle"]


def test_a_miss_that_was_undone_is_none() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.call("09:01", "A001", "1")
    day.miss("09:02", "A001", "1")
    day.finish("09:02", "A001", "no-show")
    day.undo_miss("09:02:20", "A001", "1")
    day.start("09:03", "A001", "1")
    day.complete("09:10", "A001")
    day.finish("09:10", "A001")

    facts = day.facts()

    (call,), (visit,) = facts.calls, facts.visits.values()
    assert (call.missed_at, call.missed_version, call.reason) == (0, 0, "")
    assert (visit.misses, visit.end_reason, visit.calls) == (0, "served", 1)
    assert spans(day, "1")[1:] == [
        ("called", "A001"),
        ("idle", ""),
        ("called", "A001"),
        ("serving", "A001"),
        ("idle", ""),
    ]


def test_a_service_that_goes_on_after_a_mistake_is_one_service_and_no_wait() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.open("09:00", "3")
    day.issue("09:00", "A001", items=["CARD", "BILL"])
    day.call("09:00", "A001", "1")
    day.start("09:00", "A001", "1")
    day.complete("09:05", "A001")
    day.next_step("09:05", "A001", "tax", "BILL")
    day.undo_completion("09:05:25", "A001")
    undone = day.facts()
    day.complete("09:08", "A001")
    last = day.next_step("09:08", "A001", "tax", "BILL")
    day.call("09:12", "A001", "3", queue="tax")

    facts = day.facts()

    assert [s.finished_version for s in undone.services.values()] == [0]
    (service,) = facts.services.values()
    assert (service.seconds, service.finished_version) == (8 * 60, last - 1)
    (wait,) = [w for w in facts.waits if w.queue == "tax"]
    assert (wait.since_at, wait.until_at) == (at("09:08"), at("09:12"))


def test_time_on_hold_is_no_service_time() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    day.call("09:00", "A001", "1")
    day.start("09:00", "A001", "1")
    day.hold("09:05", "A001", "1")
    day.take_up("09:30", "A001", "1")
    day.complete("09:34", "A001")

    (service,) = day.facts().services.values()

    assert service.seconds == 9 * 60


def test_a_transferred_ticket_waits_from_when_its_papers_are_ready() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.open("09:00", "3")
    day.issue("09:00", "A001")
    day.call("09:01", "A001", "1")
    day.start("09:02", "A001", "1")
    day.transfer("09:05", "A001", "1", "tax", ready="09:20")
    day.call("09:30", "A001", "3")

    waits = day.facts().waits

    assert [(w.queue, w.since_at) for w in waits] == [
        ("civil", at("09:00")),
        ("tax", at("09:20")),
    ]
    assert spans(day, "1")[-1] == ("idle", "")


def test_an_appointment_waits_from_its_booked_time() -> None:
    day = HallDay()
    day.open("09:00", "1")
    booked = {"ticket_class": "appointment", "booked_at": at("10:00")}
    day.issue("09:40", "YA001", **booked, effective_at=at("09:50"))
    day.call("10:05", "YA001", "1")

    facts = day.facts()

    assert facts.visits["YA001"].wait_seconds == 300
    assert facts.waits[0].since_at == at("09:50")


def test_a_missed_call_keeps_the_versions_of_its_recalls() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:00", "A001")
    called = day.call("09:01", "A001", "1")
    recalled = day.recall("09:02", "A001", "1")
    missed = day.miss("09:03", "A001", "1")

    (call,) = day.facts().calls

    assert (call.version, call.recalls, call.missed_version) == (
        called,
        [recalled],
        missed,
    )


def test_a_day_that_still_runs_is_cut_at_its_last_event() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:05", "A001")

    facts = day.facts()

    assert facts.closed_version == 0
    assert facts.windows.spans[0].until_at == at("09:05")


def test_a_busy_day_accounts_for_every_ticket_and_every_minute_on_duty() -> None:
    day = BusyDay(200)

    facts = facts_of(day.pairs)

    assert facts.last_version == len(day.pairs)
    assert all(visit.end_reason for visit in facts.visits.values())
    for duty in facts.windows.duties:
        inside = [s for s in facts.windows.spans if s.duty is duty]
        spent = sum(s.until_at - s.since_at for s in inside)
        assert spent == duty.closed_at - duty.opened_at


def test_an_event_of_another_stream_is_not_taken_in() -> None:
    strange = EvaluationGiven(
        at=1,
        by="x",
        command_id="x",
        service="s",
        hall="h",
        date="d",
        ticket="t",
        number="n",
        window="1",
        clerk="c",
        grade="satisfied",
        indicators=[],
        text="",
        channel="pad",
        hall_version=1,
    )

    with pytest.raises(TypeError, match="EvaluationGiven"):
        DayFacts().apply(1, strange)  # type: ignore[arg-type]
