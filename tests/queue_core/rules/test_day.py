"""The business day."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import DayAlreadyOpen, DayEnded, DayNotOpen, TicketsLeft

from .given import Given, given
from .hall import HOURS, MINUTE, RULES, Hall, rules_with


def closing(windows: str = "1") -> Hall:
    """Return a hall just after closing time."""
    return Hall(windows=windows, at=HOURS.cut_off_at - MINUTE)


def test_the_day_opens_once_under_its_rules() -> None:
    hall = Hall(windows="")
    opened = hall.all(e.DayOpened)

    assert [(o.date, o.rules, o.hours) for o in opened] == [
        ("2026-09-21", RULES, HOURS)
    ]
    given(hall).when(
        c.OpenDay, date="2026-09-21", hours=HOURS, rules=RULES
    ).then_refused(DayAlreadyOpen, date="2026-09-21")


def test_before_the_day_opens_nothing_can_be_done() -> None:
    hall = Hall(windows="")
    hall.state.opened = False

    given(hall).when(c.CallNext, window="1").then_refused(DayNotOpen)


def test_the_day_does_not_close_while_an_open_window_may_serve_somebody() -> None:
    hall = closing()
    hall.take()
    hall.at = HOURS.closes_at

    given(hall).when(c.CloseDay).then_refused(TicketsLeft, tickets=1)
    hall.next("1")
    given(hall).when(c.CloseDay).then_refused(TicketsLeft, tickets=1)
    hall.serve("1")
    given(hall).when(c.CloseDay).then(
        (e.WindowClosed, {"window": "1"}), (e.DayClosed, {"overdue": False})
    )


def test_who_nobody_can_serve_any_more_expires_at_closing() -> None:
    hall = closing()
    hall.take()
    hall.at_window(c.CloseWindow, "1")
    hall.at = HOURS.closes_at

    given(hall).when(c.CloseDay).then(
        (e.TicketEnded, {"ticket": "t1", "reason": "expired"}), (e.DayClosed, {})
    )


def test_a_paused_citizen_does_not_keep_the_hall_open() -> None:
    hall = closing()
    hall.take()
    hall.do(c.PauseTicket, ticket="t1")
    hall.at = HOURS.closes_at

    given(hall).when(c.CloseDay).then(
        (e.TicketEnded, {"reason": "expired"}), (e.WindowClosed, {}), (e.DayClosed, {})
    )


def test_an_extended_ticket_needs_an_extended_window_to_keep_the_hall_open() -> None:
    hall = closing()
    hall.take(extended=True)
    hall.at = HOURS.closes_at
    assert hall.next("1") is None
    given(hall).when(c.CloseDay).then(
        (e.TicketEnded, {"reason": "expired"}), (e.WindowClosed, {}), (e.DayClosed, {})
    )

    hall.do(c.OpenWindow, window="2", clerk="wang", extended=True)

    given(hall).when(c.CloseDay).then_refused(TicketsLeft, tickets=1)
    assert hall.next("2") == "t1"


def test_at_the_days_end_everything_left_is_ended() -> None:
    hall = closing("12")
    for _ in range(3):
        hall.take()
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.next("2")
    hall.at_window(c.HoldTicket, "2")
    hall.at = HOURS.ends_at

    hall.do(c.CloseDay)

    assert hall.state.closed
    assert not hall.state.live
    assert not hall.state.windows
    assert [hall.state.tickets[t].ended_as for t in ("t1", "t2", "t3")] == [
        "expired"
    ] * 3


def test_a_day_left_open_is_closed_by_the_next_one() -> None:
    hall = closing()
    hall.take()

    given(hall).when(c.CloseDay, overdue=True).then(
        (e.TicketEnded, {"reason": "expired"}),
        (e.WindowClosed, {}),
        (e.DayClosed, {"overdue": True}),
    )


def test_nothing_happens_in_a_closed_day() -> None:
    hall = Hall(windows="")
    hall.do(c.CloseDay)
    closed: Given = given(hall)

    closed.when(c.CloseDay).then_refused(DayEnded, date="2026-09-21")
    closed.when(c.OpenDay, date="2026-09-21", hours=HOURS, rules=RULES).then_refused(
        DayEnded
    )


def test_changed_rules_are_adopted_once() -> None:
    hall = Hall()
    changed = rules_with(revision="r2", green_credit_seconds=60)

    given(hall).when(c.AdoptRules, rules=RULES).then_nothing()
    given(hall).when(c.AdoptRules, rules=changed).then(
        (e.RulesAdopted, {"rules": changed})
    )
