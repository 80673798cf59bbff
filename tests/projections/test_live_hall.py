"""The live picture says what the rules did, event by event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from projections.live_hall import LineKey, LiveHall
from queue_core import commands as c
from queue_core import events as e
from queue_core.rules.hall_day import HallDay, evolve
from queue_core.values import HallRules, QueueRules, Skill, WindowRules
from tests.projections.live_halls import live_from
from tests.queue_core.rules.hall import CLERKS, MINUTE, RULES, Hall, rules_with
from tests.queue_core.rules.moves import Move, moves, play, some_rules


def evaluation(service: str, grade: str, **values: str) -> e.EvaluationGiven:
    return e.EvaluationGiven(
        at=1,
        by="citizen",
        command_id="e1",
        service=service,
        hall="city",
        date="2026-09-21",
        ticket=service.rpartition(".")[0],
        number="A001",
        window="1",
        clerk="li",
        grade=grade,  # type: ignore[arg-type]
        indicators=[],
        text="",
        channel="pad",
        hall_version=9,
    )


# The picture and the rules.


@settings(max_examples=150, deadline=None)
@given(some_rules, moves)
def test_every_ticket_is_where_the_rules_put_it(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    state, live = HallDay(), LiveHall()

    for version, event in enumerate(hall.log, start=1):
        evolve(state, event)
        live.apply(version, event)

        if not isinstance(event, e.ServiceCompleted):
            assert places(live) == places_by_rule(state)


@settings(max_examples=150, deadline=None)
@given(some_rules, moves)
def test_lines_stand_in_the_order_of_the_rules(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    live = live_from(hall.log)

    for (queue, extended), line in hall.state.lines.items():
        ordered = [hall.state.ticket_of(key).ticket for key in line.waiting]
        found = [t.ticket for t in live.line(line_key(queue, extended))]
        assert found == ordered
    for window, keys in hall.state.window_lines.items():
        ordered = [hall.state.ticket_of(key).ticket for key in keys]
        found = [t.ticket for t in live.line(line_key("", False, window))]
        assert found == ordered


@settings(max_examples=100, deadline=None)
@given(some_rules, moves)
def test_zones_count_what_stands_in_them(rules: HallRules, what: list[Move]) -> None:
    hall = play(Hall(rules), what)

    live = live_from(hall.log)

    for counts in live.zone_rows():
        there = [t for t in live.tickets.values() if t.zone == counts.zone]
        in_place = [t.place for t in there]
        assert counts.waiting == in_place.count("waiting")
        assert counts.parked == in_place.count("parked")
        assert counts.called == in_place.count("called")
        assert counts.serving == in_place.count("serving")
        assert counts.held == in_place.count("held")
        assert {t.ticket for t in counts.oldest} == {
            t.ticket for t in there if t.place == "waiting"
        }


@settings(max_examples=100, deadline=None)
@given(some_rules, moves)
def test_the_people_ahead_on_the_slip_are_those_on_the_phone(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    live = LiveHall()

    for version, event in enumerate(hall.log, start=1):
        live.apply(version, event)

        if isinstance(event, e.TicketIssued):
            ahead = live.people_ahead(live.tickets[event.ticket])
            assert ahead == event.people_ahead


@settings(max_examples=100, deadline=None)
@given(some_rules, moves)
def test_the_board_shows_every_ticket_that_is_called_to_a_window(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    live = live_from(hall.log)

    called = {t.ticket for t in live.tickets.values() if t.place == "called"}
    assert {c.ticket for c in live.calls.values() if not c.here} == called
    for call in live.calls.values():
        assert live.tickets[call.ticket].call == call.call
        assert live.tickets[call.ticket].window == call.window


def places(live: LiveHall) -> dict[str, tuple[object, ...]]:
    return {
        t.ticket: (
            t.parked_reason or t.place,
            t.queue,
            t.window if t.place in ("called", "serving", "held") else "",
            t.only_window if t.place == "waiting" else "",
            t.effective_at,
            t.items,
            t.service,
            t.pinned,
            t.misses,
        )
        for t in live.tickets.values()
    }


def places_by_rule(state: HallDay) -> dict[str, tuple[object, ...]]:
    return {
        t.ticket: (
            t.where if t.place != "ended" else "ended",
            t.queue,
            t.window if t.place in ("called", "serving", "held") else "",
            t.only_window if t.place == "waiting" else "",
            t.effective_at,
            t.items,
            t.service if t.place != "ended" else "",
            t.pinned,
            t.misses,
        )
        for t in state.tickets.values()
    }


def line_key(queue: str, extended: bool, only_window: str = "") -> LineKey:
    return LineKey(queue, extended, only_window)


# Versions.


def test_an_event_told_twice_changes_nothing() -> None:
    hall = Hall()
    hall.take("a1")
    live = live_from(hall.log)

    live.apply(len(hall.log), hall.log[-1])

    assert live.figures.issued == 1
    assert live.version == len(hall.log)


def test_a_missing_event_is_not_passed_over() -> None:
    hall = Hall()

    live = live_from(hall.log[:1])

    with pytest.raises(ValueError, match="event 3 does not follow version 1"):
        live.apply(3, hall.log[2])


# Windows.


def test_a_window_shows_the_ticket_that_is_called_to_it() -> None:
    hall = Hall()
    ticket = hall.take("a1")
    hall.wait(minutes=2)
    hall.next("1")

    live = live_from(hall.log)

    window = live.windows["1"]
    assert window.ticket is live.tickets[ticket]
    assert window.stage == 1
    assert window.since_at == hall.at
    assert live.tickets[ticket].call == len(hall.log)


def test_a_pad_asks_about_the_last_service_until_the_next_begins() -> None:
    hall = Hall()
    first = hall.take("a1")
    hall.take("a1")
    hall.next("1")
    hall.serve("1")
    hall.next("1")

    live = live_from(hall.log)
    asked = live.windows["1"].evaluable
    hall.at_window(c.StartService, "1")
    live.apply(len(hall.log), hall.log[-1])

    assert asked is live.services[f"{first}.1"]
    assert live.windows["1"].evaluable is None


def test_a_pad_does_not_ask_a_citizen_who_has_left() -> None:
    hall = Hall()
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.at_window(c.CompleteService, "1", outcome="left")

    live = live_from(hall.log)

    assert live.windows["1"].evaluable is None
    assert live.windows["1"].served_today == 1


def test_an_evaluation_counts_once_and_the_pad_asks_no_longer() -> None:
    hall = Hall()
    ticket = hall.take("a1")
    hall.next("1")
    hall.serve("1")
    live = live_from(hall.log)

    live.apply(1, evaluation(f"{ticket}.1", "dissatisfied"))
    live.apply(1, evaluation(f"{ticket}.1", "dissatisfied"))

    assert live.version == len(hall.log)
    assert live.figures.evaluations == 1
    assert live.figures.bad_evaluations == 1
    assert live.services[f"{ticket}.1"].evaluated
    assert live.windows["1"].evaluable is None


def test_an_evaluation_of_another_day_is_not_counted() -> None:
    live = live_from(Hall().log)

    live.apply(1, evaluation("t9.1", "satisfied"))

    assert live.figures.evaluations == 0


# Waiting.


def test_a_ticket_sent_to_a_window_waits_for_this_window_alone() -> None:
    hall = Hall()
    ticket = hall.take("a1")
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.TransferTicket, "1", to_window="2")

    live = live_from(hall.log)

    one = [t.ticket for t, _ in live.waiting_for(live.windows["1"])]
    two = [t.ticket for t, _ in live.waiting_for(live.windows["2"])]
    assert ticket not in one
    assert two[0] == ticket


def test_a_backup_window_sees_its_tickets_later_by_its_offset() -> None:
    hall = Hall()
    backup = hall.take("b1")
    hall.wait(minutes=4)
    own = hall.take("a1")

    live = live_from(hall.log)

    seen = [(t.ticket, offset) for t, offset in live.waiting_for(live.windows["2"])]
    assert seen == [(own, 0), (backup, 300)]


def test_extended_tickets_are_seen_by_extended_windows_only() -> None:
    hall = Hall(windows="1")
    hall.do(c.OpenWindow, window="2", clerk=CLERKS["2"], extended=True)
    ticket = hall.take("a1", extended=True)

    live = live_from(hall.log)

    assert live.waiting_for(live.windows["1"]) == []
    assert [t.ticket for t, _ in live.waiting_for(live.windows["2"])] == [ticket]


def test_the_wait_is_counted_to_the_first_call_only() -> None:
    hall = Hall()
    hall.take("a1")
    hall.wait(minutes=3)
    hall.next("1")
    hall.miss("1")
    hall.wait(minutes=5)
    hall.next("1")

    live = live_from(hall.log)

    assert live.figures.called == 2
    assert live.figures.missed == 1
    assert live.figures.waits_counted == 1
    assert live.figures.wait_milliseconds == 3 * MINUTE


def test_a_ticket_held_before_its_service_comes_back_under_its_old_call() -> None:
    hall = Hall()
    ticket = hall.take("a1")
    hall.next("1")
    hall.at_window(c.RecallTicket, "1")
    call = len(hall.log) - 1
    hall.at_window(c.HoldTicket, "1")
    held = live_from(hall.log)
    hall.at_window(c.ResumeHeldTicket, "1", ticket=ticket)

    live = live_from(hall.log)

    assert held.calls == {}
    assert [(c.call, c.announcements) for c in live.calls.values()] == [(call, 2)]


# The day and its rules.


def test_rules_that_change_during_the_day_move_zones_and_add_windows() -> None:
    hall = Hall()
    hall.take("a1")
    hall.do(
        c.AdoptRules,
        rules=rules_with(
            revision="r2",
            queues=[
                QueueRules(queue="A", zone="z9", letter="A"),
                RULES.queues[1],
            ],
            windows=[
                *RULES.windows,
                WindowRules(window="4", zone="z9", skills=[Skill(queue="A")]),
            ],
        ),
    )

    live = live_from(hall.log)

    assert live.zone_order == ["z9", "z2", "z1"]
    assert live.zones["z9"].waiting == 1
    assert live.zones["z1"].open_windows == 2
    assert list(live.windows) == ["1", "2", "3", "4"]


def test_the_end_of_the_day_leaves_nobody_waiting_and_no_window_open() -> None:
    hall = Hall()
    hall.take("a1")
    hall.take("a1")
    hall.next("1")
    hall.do(c.CloseDay, overdue=True)

    live = live_from(hall.log)

    assert live.day_state == 2
    assert live.calls == {}
    assert [z.waiting + z.called for z in live.zone_rows()] == [0, 0]
    assert list(live.windows_on_duty()) == []
