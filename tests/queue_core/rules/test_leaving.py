"""The citizen's own wishes, and the manager's pin."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import PauseUsed, TicketBusy, TicketGone, TicketUnknown

from .given import given
from .hall import MINUTE, NINE, Hall


def test_a_citizen_who_pauses_leaves_the_line_and_keeps_the_place() -> None:
    hall = Hall(windows="1")
    hall.take()
    hall.wait(minutes=1).take()
    given(hall).when(c.PauseTicket, ticket="t1").then(
        (e.TicketPaused, {"until_at": hall.at + 30 * MINUTE})
    )

    hall.do(c.PauseTicket, ticket="t1")
    assert hall.next("1") == "t2"
    hall.serve("1")
    assert hall.wait(minutes=20).next("1") is None
    given(hall).when(c.ResumeTicket, ticket="t1").then(
        (e.TicketResumed, {"effective_at": NINE})
    )
    hall.do(c.ResumeTicket, ticket="t1")
    assert hall.next("1") == "t1"


def test_who_comes_back_too_late_joins_the_end_of_the_line() -> None:
    hall = Hall()
    hall.take()
    hall.do(c.PauseTicket, ticket="t1")
    hall.wait(minutes=31)

    given(hall).when(c.ResumeTicket, ticket="t1").then(
        (e.TicketResumed, {"effective_at": hall.at})
    )


def test_a_citizen_pauses_once() -> None:
    hall = Hall()
    hall.take()
    hall.do(c.PauseTicket, ticket="t1")
    given(hall).when(c.PauseTicket, ticket="t1").then_nothing()
    hall.do(c.ResumeTicket, ticket="t1")

    given(hall).when(c.PauseTicket, ticket="t1").then_refused(PauseUsed, limit=1)
    given(hall).when(c.ResumeTicket, ticket="t1").then_nothing()


def test_a_called_ticket_can_neither_pause_nor_resume_nor_be_pinned() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")

    for kind, values in (
        (c.PauseTicket, {}),
        (c.ResumeTicket, {}),
        (c.PinTicket, {"reason": "why"}),
    ):
        given(hall).when(kind, ticket="t1", **values).then_refused(
            TicketBusy, place="called"
        )


def test_a_number_can_be_given_back_until_the_service_starts() -> None:
    hall = Hall()
    hall.take()
    given(hall).when(c.CancelTicket, ticket="t1").then(
        (e.TicketEnded, {"reason": "cancelled"})
    )
    hall.next("1")
    given(hall).when(c.CancelTicket, ticket="t1").then(
        (e.TicketEnded, {"reason": "cancelled"})
    )
    hall.at_window(c.StartService, "1")

    given(hall).when(c.CancelTicket, ticket="t1").then_refused(
        TicketBusy, place="serving"
    )


def test_a_call_that_is_cancelled_frees_the_window() -> None:
    hall = Hall()
    hall.take()
    hall.take()
    hall.next("1")

    hall.do(c.CancelTicket, ticket="t1")

    assert hall.next("1") == "t2"


def test_a_held_ticket_that_is_cancelled_leaves_its_window() -> None:
    hall = Hall(windows="1")
    hall.take()
    hall.next("1")
    hall.at_window(c.HoldTicket, "1")

    hall.do(c.CancelTicket, ticket="t1")

    given(hall).when(c.CloseWindow, window="1").then((e.WindowClosed, {"window": "1"}))


def test_an_ended_ticket_and_a_strange_one_are_told_apart() -> None:
    hall = Hall()
    hall.take()
    hall.do(c.CancelTicket, ticket="t1")

    given(hall).when(c.CancelTicket, ticket="t1").then_refused(
        TicketGone, number="A001", reason="cancelled"
    )
    given(hall).when(c.PauseTicket, ticket="t2").then_refused(TicketUnknown)


def test_a_pin_is_recorded_once_with_its_reason() -> None:
    hall = Hall()
    hall.take()
    given(hall).when(c.PinTicket, ticket="t1", reason="oxygen").then(
        (e.TicketPinned, {"ticket": "t1", "reason": "oxygen"})
    )
    hall.do(c.PinTicket, ticket="t1", reason="oxygen")

    given(hall).when(c.PinTicket, ticket="t1", reason="again").then_nothing()
    assert hall.place("t1") == "waiting"


def test_a_paused_ticket_is_not_pinned() -> None:
    hall = Hall()
    hall.take()
    hall.do(c.PauseTicket, ticket="t1")

    given(hall).when(c.PinTicket, ticket="t1", reason="why").then_refused(
        TicketBusy, place="paused"
    )
