"""Taking a number."""

from __future__ import annotations

import pytest

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    ClassNotAllowed,
    DoorsClosed,
    ItemUnknown,
    LiveTicketExists,
    NoWindowServes,
    NumbersExhausted,
    QuotaReached,
)
from queue_core.values import HallRules, ItemRules, QueueRules

from .given import given
from .hall import HOUR, HOURS, MIDNIGHT, MINUTE, NINE, Hall, rules_with


TAKE = {"ticket": "t", "items": ["a1"], "channel": "kiosk"}


def test_the_first_citizen_gets_the_first_number_of_the_queue() -> None:
    given(Hall()).when(c.IssueTicket, **TAKE).then(
        (
            e.TicketIssued,
            {
                "number": "A001",
                "sequence": 1,
                "queue": "A",
                "items": ["a1"],
                "effective_at": NINE,
                "people_ahead": 0,
                "closing_soon": False,
            },
        )
    )


def test_numbers_of_every_series_follow_one_another_without_a_gap() -> None:
    hall = Hall()

    taken = [
        hall.number(hall.take(item, ticket_class=ticket_class))
        for item, ticket_class in (
            ("a1", "ordinary"),
            ("b1", "ordinary"),
            ("a2", "ordinary"),
            ("a1", "green"),
            ("b1", "ordinary"),
            ("a1", "green"),
        )
    ]

    assert taken == ["A001", "B001", "A002", "VA001", "B002", "VA002"]


def test_no_number_is_given_twice_when_queues_exchange_letters_in_the_day() -> None:
    hall = Hall()
    taken = [hall.number(hall.take(item)) for item in ("a1", "b1", "b1", "b1")]
    exchanged = [
        QueueRules(queue="A", zone="z1", letter="B"),
        QueueRules(queue="B", zone="z2", letter="A"),
    ]
    hall.do(c.AdoptRules, rules=rules_with(revision="r2", queues=exchanged))

    taken += [hall.number(hall.take(item)) for item in ("a1", "b1", "a1")]

    assert taken == ["A001", "B001", "B002", "B003", "B004", "A002", "B005"]


def test_no_number_is_given_twice_when_a_series_is_set_back_in_the_day() -> None:
    def numbers_from(first: int) -> HallRules:
        queue = QueueRules(queue="A", zone="z1", letter="A", first_number=first)
        return rules_with(revision=f"r{first}", queues=[queue])

    hall = Hall(numbers_from(3), windows="1")
    taken = [hall.number(hall.take()) for _ in range(3)]
    hall.do(c.AdoptRules, rules=numbers_from(1))

    taken += [hall.number(hall.take()) for _ in range(3)]

    assert taken == ["A003", "A004", "A005", "A001", "A002", "A006"]


def test_people_ahead_counts_who_would_be_called_before() -> None:
    hall = Hall()
    hall.take("a1")
    hall.wait(minutes=1).take("a1")
    hall.take("b1")

    given(hall).when(c.IssueTicket, **TAKE).then((e.TicketIssued, {"people_ahead": 2}))
    given(hall).when(c.IssueTicket, **TAKE, ticket_class="green").then(
        (e.TicketIssued, {"people_ahead": 0, "effective_at": hall.at - 20 * MINUTE})
    )


def test_several_items_stand_on_one_number_in_the_order_asked_for() -> None:
    take = {**TAKE, "items": ["b1", "a1", "b1"]}

    given(Hall()).when(c.IssueTicket, **take).then(
        (e.TicketIssued, {"number": "B001", "queue": "B", "items": ["b1", "a1"]})
    )


@pytest.mark.parametrize(
    "at", [HOURS.doors_at - 1, HOURS.cut_off_at, HOURS.closes_at + HOUR]
)
def test_nobody_gets_a_number_before_the_doors_open_or_after_the_cut_off(
    at: int,
) -> None:
    given(Hall(at=at)).when(c.IssueTicket, **TAKE).then_refused(
        DoorsClosed, opens_at=HOURS.doors_at, cut_off_at=HOURS.cut_off_at
    )


def test_a_booked_citizen_is_admitted_after_the_cut_off() -> None:
    hall = Hall(at=HOURS.cut_off_at)

    given(hall).when(
        c.IssueTicket, **TAKE, ticket_class="appointment", booked_at=hall.at
    ).then((e.TicketIssued, {"number": "YA001"}))


def test_an_extended_ticket_is_admitted_after_closing() -> None:
    hall = Hall(at=HOURS.closes_at + MINUTE)

    given(hall).when(c.IssueTicket, **TAKE, extended=True).then(
        (e.TicketIssued, {"extended": True, "closing_soon": False})
    )


def test_a_late_ticket_says_that_the_hall_closes_soon() -> None:
    given(Hall(at=HOURS.closing_soon_at)).when(c.IssueTicket, **TAKE).then(
        (e.TicketIssued, {"closing_soon": True})
    )


def test_an_item_that_no_open_window_serves_is_sent_to_the_help_desk() -> None:
    take = {**TAKE, "items": ["b1"]}

    given(Hall(windows="1")).when(c.IssueTicket, **take).then_refused(
        NoWindowServes, item="b1", help_desk="east door"
    )


def test_before_the_first_session_nobody_is_turned_away_for_want_of_clerks() -> None:
    hall = Hall(windows="", at=HOURS.doors_at)

    given(hall).when(c.IssueTicket, **TAKE).then((e.TicketIssued, {"number": "A001"}))


def test_a_paused_window_still_serves_its_items() -> None:
    hall = Hall(windows="1")
    hall.at_window(c.PauseWindow, "1", reason="tea")

    given(hall).when(c.IssueTicket, **TAKE).then((e.TicketIssued, {"offered_to": ""}))


def test_an_unknown_item_is_refused() -> None:
    take = {**TAKE, "items": ["a1", "x9"]}

    given(Hall()).when(c.IssueTicket, **take).then_refused(ItemUnknown, item="x9")


def test_a_person_has_one_live_ticket_for_an_item() -> None:
    hall = Hall()
    hall.take("a1", "b1", subject_key="s1")
    take = {**TAKE, "items": ["b1"]}

    given(hall).when(c.IssueTicket, **take, subject_key="s1").then_refused(
        LiveTicketExists, item="b1", ticket="t1", number="A001"
    )
    given(hall).when(c.IssueTicket, **take, subject_key="s2").then(
        (e.TicketIssued, {"number": "B001"})
    )
    given(hall).when(c.IssueTicket, **take).then((e.TicketIssued, {"subject_key": ""}))


def test_a_person_may_come_again_when_the_ticket_has_ended() -> None:
    hall = Hall()
    ticket = hall.take("a1", subject_key="s1")
    hall.do(c.CancelTicket, ticket=ticket)

    given(hall).when(c.IssueTicket, **TAKE, subject_key="s1").then(
        (e.TicketIssued, {"number": "A002"})
    )


def test_quotas_of_queue_item_and_person_are_kept() -> None:
    queues = [QueueRules(queue="A", zone="z1", letter="A", daily_quota=2)]
    items = [ItemRules(item="a1", queue="A", daily_quota=1)]
    items.append(ItemRules(item="a2", queue="A"))
    hall = Hall(
        rules_with(queues=queues, items=items, subject_daily_limit=1), windows="1"
    )
    hall.take("a1", subject_key="s1")
    second = {**TAKE, "items": ["a2"]}

    given(hall).when(c.IssueTicket, **TAKE).then_refused(
        QuotaReached, quota="item a1", limit=1
    )
    given(hall).when(c.IssueTicket, **second, subject_key="s1").then_refused(
        QuotaReached, quota="one person", limit=1
    )
    hall.take("a2")
    given(hall).when(c.IssueTicket, **second).then_refused(
        QuotaReached, quota="queue A", limit=2
    )


def test_a_range_of_numbers_can_be_used_up() -> None:
    queues = [
        QueueRules(queue="A", zone="z1", letter="A", first_number=500, last_number=501)
    ]
    hall = Hall(rules_with(queues=queues), windows="1")
    taken = [hall.number(hall.take("a1")), hall.number(hall.take("a1"))]

    given(hall).when(c.IssueTicket, **TAKE).then_refused(
        NumbersExhausted, queue="A", last_number=501
    )
    assert taken == ["A500", "A501"]


def test_the_green_channel_is_not_open_to_everyone() -> None:
    take = {**TAKE, "channel": "phone"}

    given(Hall()).when(c.IssueTicket, **take, ticket_class="green").then_refused(
        ClassNotAllowed, ticket_class="green", channel="phone"
    )


def test_an_appointment_needs_a_booked_time() -> None:
    given(Hall()).when(c.IssueTicket, **TAKE, ticket_class="appointment").then_refused(
        ClassNotAllowed, channel="kiosk"
    )


def test_an_arriving_ticket_is_offered_to_the_best_idle_window() -> None:
    hall = Hall()

    offers = [
        event.offered_to
        for event in (hall.take("a1"), hall.take("a1"), hall.take("b1"))
        and hall.all(e.TicketIssued)
    ]

    assert offers == ["1", "2", "3"]


def test_no_idle_window_means_no_offer() -> None:
    hall = Hall(windows="1")
    hall.take("a1")
    hall.next("1")

    given(hall).when(c.IssueTicket, **TAKE).then((e.TicketIssued, {"offered_to": ""}))


def test_the_longest_idle_of_equal_windows_gets_the_offer() -> None:
    hall = Hall(windows="2")
    hall.wait(minutes=1).do(c.OpenWindow, window="3", clerk="zhao")
    hall.state.windows["2"].skills = dict(hall.state.windows["3"].skills)
    hall.state.windows_of_queue["B"]["2"] = hall.state.windows["2"]
    take = {**TAKE, "items": ["b1"]}

    given(hall).when(c.IssueTicket, **take).then((e.TicketIssued, {"offered_to": "2"}))


def test_midnight_starts_the_series_anew() -> None:
    yesterday = Hall()
    yesterday.take("a1")
    today = Hall(at=MIDNIGHT + 9 * HOUR)

    assert today.number(today.take("a1")) == yesterday.number("t1") == "A001"
