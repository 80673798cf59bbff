"""Taking back a mistaken miss or completion: when it is allowed, and what it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    LiveTicketExists,
    NothingToUndo,
    NotOnDuty,
    TicketMovedOn,
    UndoTooLate,
    WindowBusy,
    WindowNotOpen,
)
from queue_core.values import HallRules

from .given import given
from .hall import Hall, rules_with


def missed(*items: str, rules: HallRules | None = None, **values: Any) -> Hall:
    """Return a hall in which window 1 has just missed the ticket ``t1``."""
    hall = Hall(rules) if rules else Hall()
    hall.take(*items, **values)
    hall.next("1")
    hall.miss("1")
    return hall


def completed(*items: str, **values: Any) -> Hall:
    """Return a hall in which window 1 has just served the ticket ``t1``."""
    hall = Hall()
    hall.take(*items, **values)
    hall.next("1")
    hall.serve("1", minutes=5)
    return hall


def undo(hall: Hall, window: str = "1") -> list[e.HallDayEvent]:
    """Undo the last of the window."""
    return hall.at_window(c.UndoLast, window)


# A miss.


def test_a_missed_ticket_is_called_at_its_window_again() -> None:
    hall = missed()
    version = hall.state.version

    given(hall.wait(seconds=20)).when(c.UndoLast, window="1").then(
        (
            e.MissUndone,
            {
                "ticket": "t1",
                "number": "A001",
                "window": "1",
                "clerk": "li",
                "misses": 0,
                "service": "",
                "items": [],
                "undoes": version,
            },
        )
    )
    undo(hall)
    assert hall.place("t1") == "called"
    hall.serve("1")
    assert hall.place("t1") == "ended"


def test_the_announcements_of_the_call_still_count() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.at_window(c.RecallTicket, "1")
    hall.miss("1")
    undo(hall)

    (recalled,) = hall.at_window(c.RecallTicket, "1")

    assert isinstance(recalled, e.TicketRecalled)
    assert recalled.announcements == 3


def test_a_miss_that_was_undone_does_not_count_towards_the_last() -> None:
    hall = missed(rules=rules_with(missed_limit=2, missed_not_before_seconds=0))
    undo(hall)
    hall.miss("1")

    assert hall.place("t1") == "missed"
    assert [m.misses for m in hall.all(e.TicketMissed)] == [1, 1]


def test_the_last_miss_allowed_can_be_undone_though_it_ended_the_ticket() -> None:
    hall = missed(rules=rules_with(missed_limit=1), subject_key="somebody")
    assert hall.place("t1") == "ended"

    undo(hall)

    assert hall.place("t1") == "called"
    assert hall.state.tickets["t1"].ended_as == ""
    given(hall).when(
        c.IssueTicket,
        ticket="t2",
        items=["a1"],
        channel="kiosk",
        subject_key="somebody",
    ).then_refused(LiveTicketExists, number="A001")


def test_a_held_service_that_was_called_again_and_missed_goes_on_after_the_undo() -> (
    None
):
    hall = Hall()
    hall.take("a1", "a2")
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.at_window(c.HoldTicket, "1")
    hall.at_window(c.CallTicket, "1", ticket="t1")
    hall.miss("1")

    (undone,) = undo(hall)

    assert isinstance(undone, e.MissUndone)
    assert (undone.service, undone.items) == ("t1.1", ["a1", "a2"])
    hall.at_window(c.StartService, "1")
    hall.at_window(c.CompleteService, "1", outcome="done")
    assert hall.all(e.ServiceCompleted)[0].items == ["a1", "a2"]
    assert len(hall.all(e.ServiceStarted)) == 1


def test_a_miss_is_not_undone_once_the_rule_has_brought_the_ticket_back() -> None:
    hall = missed(
        rules=rules_with(missed_not_before_seconds=0, missed_return_after_calls=1)
    )
    hall.take("a1")
    hall.next("2")
    hall.serve("2")
    hall.take("a1")
    hall.next("2")
    assert hall.place("t1") == "called"

    given(hall).when(c.UndoLast, window="1").then_refused(
        TicketMovedOn, ticket="t1", number="A001", place="called"
    )


def test_a_miss_is_not_undone_once_the_citizen_has_given_the_number_back() -> None:
    hall = missed()
    hall.do(c.CancelTicket, ticket="t1")

    given(hall).when(c.UndoLast, window="1").then_refused(
        TicketMovedOn, number="A001", place="cancelled"
    )


def test_a_missed_ticket_comes_back_though_a_manager_has_pinned_it_meanwhile() -> None:
    hall = missed()
    hall.do(c.PinTicket, ticket="t1", reason="pregnant")

    undo(hall)

    assert hall.place("t1") == "called"


# A completion.


def test_a_completed_service_goes_on_under_its_id() -> None:
    hall = completed("a1")
    finished = hall.all(e.ServiceCompleted)[0]

    given(hall.wait(seconds=29)).when(c.UndoLast, window="1").then(
        (
            e.CompletionUndone,
            {
                "service": "t1.1",
                "ticket": "t1",
                "number": "A001",
                "window": "1",
                "clerk": "li",
                "items": ["a1"],
                "visit_items": ["a1"],
                "queue": "A",
                "started_at": finished.started_at,
                "undoes": hall.state.version - 1,
            },
        )
    )
    undo(hall)
    assert hall.place("t1") == "serving"
    assert hall.state.finished == {}
    hall.wait(minutes=3)
    hall.at_window(c.CompleteService, "1", outcome="accepted")
    _, again = hall.all(e.ServiceCompleted)
    assert (again.service, again.items) == ("t1.1", ["a1"])
    assert again.started_at == finished.started_at


def test_a_visit_that_went_on_to_its_next_step_is_brought_back() -> None:
    hall = completed("a1", "b1")
    assert hall.state.tickets["t1"].queue == "B"

    undo(hall)

    ticket = hall.state.tickets["t1"]
    assert (ticket.where, ticket.queue, ticket.items) == ("serving", "A", ["a1", "b1"])
    assert not hall.state.line("B", extended=False).waiting
    hall.at_window(c.CompleteService, "1", outcome="done")
    assert hall.next("3") == "t1"


def test_a_next_step_that_has_been_called_stays_where_it_is() -> None:
    hall = completed("a1", "b1")
    hall.next("3")

    refused = given(hall).when(c.UndoLast, window="1")

    refused.then_refused(TicketMovedOn, number="A001", place="called")
    hall.at_window(c.TransferTicket, "3", queue="B")
    assert hall.place("t1") == "waiting"
    refused.then_refused(TicketMovedOn, number="A001", place="waiting")


def test_a_citizen_who_has_left_the_line_of_the_next_step_is_not_brought_back() -> None:
    hall = completed("a1", "b1")
    hall.do(c.PauseTicket, ticket="t1")

    refused = given(hall).when(c.UndoLast, window="1")

    refused.then_refused(TicketMovedOn, number="A001", place="paused")
    hall.do(c.ResumeTicket, ticket="t1")
    undo(hall)
    assert hall.place("t1") == "serving"


@pytest.mark.parametrize("items", [["a1"], ["b1"]])
def test_a_visit_stays_over_if_the_person_has_taken_another_number_for_an_item(
    items: list[str],
) -> None:
    hall = Hall()
    hall.take("a1", "b1", subject_key="somebody")
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.at_window(c.CompleteService, "1", outcome="left")
    hall.take(*items, subject_key="somebody")

    given(hall).when(c.UndoLast, window="1").then_refused(
        LiveTicketExists, item=items[0], ticket="t2"
    )


def test_a_visit_that_is_no_longer_over_holds_its_items_again() -> None:
    hall = completed("a1", subject_key="somebody")
    undo(hall)

    with pytest.raises(LiveTicketExists):
        hall.take("a1", subject_key="somebody")


# When nothing is undone.


def test_nothing_is_undone_before_the_window_has_done_anything() -> None:
    hall = Hall()

    given(hall).when(c.UndoLast, window="1").then_refused(NothingToUndo, window="1")


@pytest.mark.parametrize("happened", [missed, completed])
def test_an_undo_is_not_undone_and_happens_once(happened: Any) -> None:
    hall = happened()
    undo(hall)

    given(hall).when(c.UndoLast, window="1").then_refused(WindowBusy, number="A001")
    hall.at_window(c.HoldTicket, "1")
    given(hall).when(c.UndoLast, window="1").then_refused(NothingToUndo, window="1")


@pytest.mark.parametrize("happened", [missed, completed])
def test_the_profiles_seconds_end_to_the_millisecond(happened: Any) -> None:
    hall = happened()
    hall.at += 30_001

    given(hall).when(c.UndoLast, window="1").then_refused(
        UndoTooLate, number="A001", seconds=30
    )
    hall.at -= 1
    assert undo(hall)


def test_a_hall_may_say_that_nothing_is_ever_undone() -> None:
    hall = missed(rules=rules_with(undo_seconds=0))

    given(hall).when(c.UndoLast, window="1").then_refused(NothingToUndo, window="1")


def test_a_window_that_has_called_another_has_nothing_to_undo() -> None:
    hall = missed()
    hall.take("a1")
    hall.next("1")

    refused = given(hall).when(c.UndoLast, window="1")

    refused.then_refused(WindowBusy, number="A002")
    hall.at_window(c.HoldTicket, "1")
    refused.then_refused(NothingToUndo, window="1")


def test_a_window_that_has_taken_a_held_ticket_back_has_nothing_to_undo() -> None:
    hall = Hall()
    hall.take("a1")
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.HoldTicket, "1")
    hall.next("1")
    hall.miss("1")
    hall.at_window(c.ResumeHeldTicket, "1", ticket="t1")
    hall.at_window(c.HoldTicket, "1")

    given(hall).when(c.UndoLast, window="1").then_refused(NothingToUndo, window="1")


def test_a_call_in_vain_leaves_what_can_be_undone() -> None:
    hall = missed()
    hall.next("1")

    undo(hall)

    assert hall.place("t1") == "called"


def test_only_the_clerk_who_is_still_on_duty_undoes() -> None:
    hall = missed()

    given(hall).when(c.UndoLast, window="1", clerk="zhao").then_refused(NotOnDuty)
    hall.at_window(c.CloseWindow, "1")
    given(hall).when(c.UndoLast, window="1").then_refused(WindowNotOpen)
    hall.do(c.OpenWindow, window="1", clerk="li")
    given(hall).when(c.UndoLast, window="1").then_refused(NothingToUndo)


def test_a_window_undoes_its_own_mistake_only() -> None:
    hall = missed()

    given(hall).when(c.UndoLast, window="2").then_refused(NothingToUndo, window="2")


def test_a_paused_window_may_undo_and_serve_on() -> None:
    hall = completed()
    hall.at_window(c.PauseWindow, "1", reason="tea")

    undo(hall)

    hall.at_window(c.CompleteService, "1", outcome="done")
    assert hall.place("t1") == "ended"
