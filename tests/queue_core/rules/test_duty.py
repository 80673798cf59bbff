"""Duty at a window."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    ClerkElsewhere,
    NotOnDuty,
    QueueUnknown,
    TicketsHeld,
    WindowBusy,
    WindowNotPaused,
    WindowOccupied,
    WindowUnknown,
)
from queue_core.values import Skill

from .given import given
from .hall import Hall


def test_a_clerk_signs_on_with_the_skills_of_the_window() -> None:
    given(Hall(windows="")).when(c.OpenWindow, window="2", clerk="wang").then(
        (
            e.WindowOpened,
            {
                "clerk": "wang",
                "skills": [
                    Skill(queue="A"),
                    Skill(queue="B", level="backup", offset_seconds=300),
                ],
            },
        )
    )


def test_a_clerk_may_sign_on_for_some_of_the_windows_queues() -> None:
    hall = Hall(windows="")
    sign_on = {"window": "2", "clerk": "wang"}

    given(hall).when(c.OpenWindow, **sign_on, queues=["B", "B"]).then(
        (
            e.WindowOpened,
            {"skills": [Skill(queue="B", level="backup", offset_seconds=300)]},
        )
    )
    given(hall).when(c.OpenWindow, **sign_on, queues=["Z"]).then_refused(
        QueueUnknown, queue="Z"
    )
    given(hall).when(c.OpenWindow, **sign_on, queues=[]).then_refused(QueueUnknown)


def test_a_window_has_one_clerk_and_a_clerk_one_window() -> None:
    hall = Hall(windows="1")

    given(hall).when(c.OpenWindow, window="1", clerk="wang").then_refused(
        WindowOccupied, clerk="li"
    )
    given(hall).when(c.OpenWindow, window="2", clerk="li").then_refused(
        ClerkElsewhere, window="1"
    )
    given(hall).when(c.OpenWindow, window="77", clerk="wang").then_refused(
        WindowUnknown, window="77"
    )
    given(hall).when(c.OpenWindow, window="1", clerk="li").then_nothing()


def test_a_window_pauses_with_a_reason_and_goes_on() -> None:
    hall = Hall()
    given(hall).when(c.PauseWindow, window="1", reason="tea").then(
        (e.WindowPaused, {"reason": "tea", "clerk": "li"})
    )
    given(hall).when(c.ResumeWindow, window="1").then_refused(WindowNotPaused)

    hall.at_window(c.PauseWindow, "1", reason="tea")

    given(hall).when(c.PauseWindow, window="1", reason="more tea").then_nothing()
    given(hall).when(c.ResumeWindow, window="1").then((e.WindowResumed, {}))


def test_a_window_with_a_ticket_neither_pauses_nor_closes() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")

    given(hall).when(c.PauseWindow, window="1", reason="tea").then_refused(WindowBusy)
    given(hall).when(c.CloseWindow, window="1").then_refused(WindowBusy, number="A001")


def test_a_window_that_holds_tickets_does_not_close() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.at_window(c.HoldTicket, "1")

    given(hall).when(c.CloseWindow, window="1").then_refused(
        TicketsHeld, tickets=["A001"]
    )
    assert str(TicketsHeld("1", ["A001", "A002"])) == "window 1 still holds A001, A002"


def test_a_clerk_who_signed_off_is_no_longer_on_duty_there() -> None:
    hall = Hall()
    hall.at_window(c.CloseWindow, "1")
    hall.do(c.OpenWindow, window="1", clerk="zhou")

    given(hall).when(c.CallNext, window="1").then_refused(NotOnDuty, clerk="li")
    given(hall).when(c.OpenWindow, window="1", clerk="li").then_refused(WindowOccupied)
