"""Calling, recalling, and when nobody comes."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    AnnouncedEnough,
    NoTicketAtWindow,
    NotOnDuty,
    ServiceStartedAlready,
    TicketGone,
    TicketNotCallable,
    TicketUnknown,
    WindowBusy,
    WindowNotOpen,
    WindowPausedNow,
    WindowUnknown,
)

from .given import given
from .hall import MINUTE, NINE, Hall


def test_the_one_who_came_first_is_called_first() -> None:
    hall = Hall()
    hall.take("a1")
    hall.wait(minutes=1).take("a1")

    given(hall).when(c.CallNext, window="1").then(
        (
            e.TicketCalled,
            {"ticket": "t1", "number": "A001", "ground": "rule", "effective_at": NINE},
        )
    )


def test_with_nobody_waiting_nothing_happens() -> None:
    given(Hall()).when(c.CallNext, window="1").then_nothing()


def test_a_window_that_has_a_ticket_cannot_call_another() -> None:
    hall = Hall()
    hall.take("a1")
    hall.take("a1")
    hall.next("1")

    given(hall).when(c.CallNext, window="1").then_refused(
        WindowBusy, window="1", ticket="t1", number="A001"
    )


def test_only_the_clerk_on_duty_calls_and_only_at_an_open_window() -> None:
    hall = Hall(windows="1")

    given(hall).when(c.CallNext, window="1", clerk="zhao").then_refused(
        NotOnDuty, window="1", clerk="zhao"
    )
    given(hall).when(c.CallNext, window="2").then_refused(WindowNotOpen, window="2")
    given(hall).when(c.CallNext, window="99").then_refused(WindowUnknown, window="99")


def test_a_paused_window_does_not_call() -> None:
    hall = Hall()
    hall.at_window(c.PauseWindow, "1", reason="tea")

    given(hall).when(c.CallNext, window="1").then_refused(
        WindowPausedNow, window="1", reason="tea"
    )


def test_a_backup_window_leaves_a_fresh_ticket_to_the_primary_window() -> None:
    hall = Hall()
    hall.take("b1")
    hall.wait(minutes=4).take("a1")

    given(hall).when(c.CallNext, window="2").then(
        (e.TicketCalled, {"ticket": "t2", "offset_seconds": 0})
    )


def test_a_backup_window_takes_whom_its_offset_leaves_behind() -> None:
    hall = Hall()
    hall.take("b1")
    hall.wait(minutes=6).take("a1")

    given(hall).when(c.CallNext, window="2").then(
        (e.TicketCalled, {"ticket": "t1", "offset_seconds": 300})
    )


def test_a_call_is_recalled_up_to_the_limit() -> None:
    hall = Hall()
    hall.take("a1")
    hall.next("1")

    given(hall).when(c.RecallTicket, window="1").then(
        (e.TicketRecalled, {"ticket": "t1", "announcements": 2})
    )
    hall.at_window(c.RecallTicket, "1")
    hall.at_window(c.RecallTicket, "1")
    given(hall).when(c.RecallTicket, window="1").then_refused(
        AnnouncedEnough, number="A001", limit=3
    )


def test_recall_and_missed_need_a_called_ticket() -> None:
    hall = Hall()
    hall.take("a1")

    for kind, values in ((c.RecallTicket, {}), (c.MarkMissed, {"reason": "absent"})):
        given(hall).when(kind, window="1", **values).then_refused(NoTicketAtWindow)
    hall.next("1")
    hall.at_window(c.StartService, "1")
    for kind, values in ((c.RecallTicket, {}), (c.MarkMissed, {"reason": "absent"})):
        given(hall).when(kind, window="1", **values).then_refused(
            ServiceStartedAlready, number="A001"
        )


def test_a_missed_ticket_is_parked_and_returns_after_three_other_calls() -> None:
    hall = Hall(windows="1")
    for _ in range(6):
        hall.take("a1")
    hall.next("1")
    hall.miss("1")
    hall.wait(minutes=2)
    called = []

    for _ in range(4):
        called.append(hall.next("1"))
        hall.serve("1")

    assert called == ["t2", "t3", "t4", "t1"]
    assert hall.all(e.TicketReturned)[0].after_calls == 3


def test_a_missed_ticket_returns_at_once_when_the_queue_is_empty() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    hall.next("1")
    hall.miss("1")

    assert hall.wait(seconds=59).next("1") is None
    assert hall.wait(seconds=1).next("1") == "t1"


def test_no_missed_ticket_returns_within_a_minute() -> None:
    hall = Hall(windows="1")
    for _ in range(6):
        hall.take("a1")
    hall.next("1")
    hall.miss("1")
    called = []

    for _ in range(4):
        called.append(hall.next("1"))
        hall.serve("1")

    assert called == ["t2", "t3", "t4", "t5"]


def test_the_third_miss_ends_the_ticket() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    for _ in range(2):
        assert hall.wait(minutes=2).next("1") == "t1"
        hall.miss("1")
    hall.wait(minutes=2).next("1")

    given(hall).when(c.MarkMissed, window="1", reason="absent").then(
        (e.TicketMissed, {"misses": 3}), (e.TicketEnded, {"reason": "no-show"})
    )
    hall.miss("1")
    given(hall).when(c.CancelTicket, ticket="t1").then_refused(
        TicketGone, reason="no-show"
    )


def test_a_chosen_ticket_is_called_only_where_the_rules_allow() -> None:
    hall = Hall()
    hall.take("a1")
    hall.take("a1")

    given(hall).when(c.CallTicket, window="1", ticket="t2").then_refused(
        TicketNotCallable, number="A002"
    )
    given(hall).when(c.CallTicket, window="1", ticket="t9").then_refused(
        TicketUnknown, ticket="t9"
    )
    hall.do(c.PinTicket, ticket="t2", reason="wheelchair")
    given(hall).when(c.CallTicket, window="1", ticket="t2").then(
        (e.TicketCalled, {"ticket": "t2", "ground": "pinned"})
    )
    given(hall).when(c.CallTicket, window="3", ticket="t2").then_refused(
        TicketNotCallable
    )


def test_a_pinned_ticket_may_be_called_from_where_it_is_parked() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    hall.take("a1")
    hall.next("1")
    hall.miss("1")
    hall.do(c.PinTicket, ticket="t1", reason="came back at once")

    hall.at_window(c.CallTicket, "1", ticket="t1")

    assert hall.place("t1") == "called"
    assert not hall.state.line("A", False).missed


def test_a_transferred_ticket_may_be_called_at_its_window_only() -> None:
    hall = Hall()
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.TransferTicket, "1", to_window="2")

    given(hall).when(c.CallTicket, window="1", ticket="t1").then_refused(
        TicketNotCallable
    )
    given(hall).when(c.CallTicket, window="2", ticket="t1").then(
        (e.TicketCalled, {"ground": "transferred", "offset_seconds": 0})
    )


def test_a_window_that_no_longer_serves_the_queue_is_waited_for_no_more() -> None:
    hall = Hall(windows="12")
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.TransferTicket, "1", to_window="2")
    hall.do(c.PauseTicket, ticket="t1")
    hall.at_window(c.CloseWindow, "2")
    hall.do(c.OpenWindow, window="2", clerk="wang", queues=["B"])
    hall.do(c.ResumeTicket, ticket="t1")

    assert hall.next("2") is None
    assert hall.next("1") == "t1"


def test_a_held_ticket_may_be_announced_again_and_its_service_goes_on() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.at_window(c.HoldTicket, "1", reason="form")

    given(hall).when(c.CallTicket, window="1", ticket="t1").then(
        (e.TicketCalled, {"ground": "held"})
    )
    hall.at_window(c.CallTicket, "1", ticket="t1")
    given(hall).when(c.StartService, window="1").then(
        (e.HeldTicketResumed, {"ticket": "t1"})
    )


def test_a_booked_ticket_before_its_time_is_called_only_if_nobody_else_is_there() -> (
    None
):
    hall = Hall(windows="1")
    early = hall.take("a1", ticket_class="appointment", booked_at=NINE + 30 * MINUTE)
    walk_in = hall.take("a1")

    assert hall.next("1") == walk_in
    hall.serve("1")
    assert hall.next("1") == early


def test_only_one_of_two_parked_tickets_returns_to_an_empty_queue() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    hall.take("a1")
    for _ in range(2):
        hall.next("1")
        hall.miss("1")

    hall.wait(minutes=2).next("1")

    assert [returned.ticket for returned in hall.all(e.TicketReturned)] == ["t1"]
    assert hall.place("t2") == "missed"


def test_a_ticket_sent_to_a_window_is_called_there_without_an_offset() -> None:
    hall = Hall(windows="123")
    hall.take("b1")
    hall.next("3")
    hall.at_window(c.TransferTicket, "3", to_window="2")
    hall.wait(minutes=1).take("a1")

    given(hall).when(c.CallNext, window="2").then(
        (e.TicketCalled, {"ticket": "t1", "offset_seconds": 0})
    )


def test_a_booked_ticket_before_its_time_stands_behind_a_backup_queue_too() -> None:
    hall = Hall(windows="2")
    hall.take("a1", ticket_class="appointment", booked_at=hall.at + 11 * MINUTE)
    hall.take("b1")

    assert hall.next("2") == "t2"
