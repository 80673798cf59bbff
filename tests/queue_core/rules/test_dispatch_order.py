"""P4–P6, P11, P13–P17: what the order of calls promises to a citizen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import Refused
from queue_core.rules import dispatch
from queue_core.values import HallRules, TicketClass

from .hall import HOURS, MINUTE, NINE, RULES, Hall, rules_with


day = settings(max_examples=100, deadline=None)
CREDITS = {"green": 1200, "ordinary": 0}


@dataclass(frozen=True)
class Visit:
    """Somebody who comes ``gap`` seconds after the one before."""

    gap: int
    item: str
    ticket_class: TicketClass


visits = st.lists(
    st.builds(
        Visit,
        gap=st.integers(0, 400),
        item=st.sampled_from(["a1", "b1"]),
        ticket_class=st.sampled_from(["ordinary", "ordinary", "green"]),
    ),
    min_size=1,
    max_size=40,
)
paces = st.lists(st.integers(30, 900), min_size=3, max_size=3)


def a_day(
    who: list[Visit], pace: list[int], rules: HallRules = RULES, windows: str = "123"
) -> Hall:
    """Let everyone come, and every window serve at its own steady pace (seconds)."""
    hall = Hall(rules, windows=windows)
    arrivals = []
    at = NINE
    for visit in who:
        at += visit.gap * 1000
        arrivals.append((at, visit))
    free_at = dict.fromkeys(windows, NINE)
    while arrivals or any(t.place == "waiting" for t in hall.state.live.values()):
        window = min(free_at, key=lambda w: (free_at[w], w))
        if arrivals and arrivals[0][0] <= free_at[window]:
            hall.at, visit = arrivals.pop(0)
            hall.take(visit.item, ticket_class=visit.ticket_class)
            continue
        hall.at = free_at[window]
        seconds = pace[windows.index(window)]
        if hall.next(window) is None:
            seconds = 1 if not arrivals else 10
        else:
            hall.serve(window)
        free_at[window] += seconds * 1000
    return hall


def journeys(hall: Hall) -> list[tuple[e.TicketIssued, e.TicketCalled]]:
    """Pair every ticket with its call, in the order of calls."""
    issued = {event.ticket: event for event in hall.all(e.TicketIssued)}
    return [(issued[call.ticket], call) for call in hall.all(e.TicketCalled)]


@day
@given(visits, paces)
def test_p4_overtaking_is_bounded_by_the_difference_of_credits(
    who: list[Visit], pace: list[int]
) -> None:
    called = journeys(a_day(who, pace))

    for n, (first, first_call) in enumerate(called):
        for second, second_call in called[n + 1 :]:
            if first.queue != second.queue or second.at > first.at:
                continue
            lead = (first.at - second.at) // 1000
            credit = CREDITS[first.ticket_class] - CREDITS[second.ticket_class]
            if first_call.offset_seconds == second_call.offset_seconds:
                assert lead <= credit
            assert lead <= 1200 + 300


@day
@given(visits, paces)
def test_p5_who_comes_much_later_never_comes_first(
    who: list[Visit], pace: list[int]
) -> None:
    called = journeys(a_day(who, pace))

    for n, (first, _) in enumerate(called):
        for second, _ in called[n + 1 :]:
            if first.queue == second.queue:
                assert first.at <= second.at + (1200 + 300) * 1000


@day
@given(visits, paces)
def test_p6_equals_are_called_in_the_order_in_which_they_came(
    who: list[Visit], pace: list[int]
) -> None:
    groups: dict[tuple[str, str], list[int]] = {}
    for issued, _ in journeys(a_day(who, pace)):
        key = (issued.queue, issued.ticket_class)
        groups.setdefault(key, []).append(issued.sequence)

    for sequences in groups.values():
        assert sequences == sorted(sequences)


@day
@given(st.integers(-60, 60), st.integers(0, 20))
def test_p11_who_is_late_for_an_appointment_stands_behind_all_who_are_there(
    minutes: int, before: int
) -> None:
    check_in = NINE + 2 * 60 * MINUTE
    booked_at = check_in - minutes * MINUTE
    hall = Hall(windows="1", at=check_in - before * MINUTE)
    hall.take("a1")
    hall.at = check_in

    booked = hall.take("a1", ticket_class="appointment", booked_at=booked_at)

    issued = hall.all(e.TicketIssued)[-1]
    is_late = minutes > 10
    assert issued.ticket_class == ("ordinary" if is_late else "appointment")
    if is_late:
        assert hall.next("1") == "t1" != booked


@day
@given(st.integers(0, 180), st.integers(0, 180))
def test_p12_to_check_in_earlier_gains_nothing(early: int, earlier: int) -> None:
    booked_at = NINE + 180 * MINUTE

    placements = {
        dispatch.place(
            RULES, "appointment", at=booked_at - minutes * MINUTE, booked_at=booked_at
        )
        for minutes in (early, earlier)
    }

    assert placements == {
        dispatch.Placement("appointment", booked_at - 10 * MINUTE),
    }


@day
@given(visits, st.integers(30, 900), st.integers(0, 39), st.integers(0, 3600))
def test_p13_more_credit_never_makes_a_ticket_later(
    who: list[Visit], pace: int, chosen: int, more: int
) -> None:
    chosen %= len(who)
    who = [Visit(v.gap, "a1", "ordinary") for v in who]
    favoured = [*who]
    favoured[chosen] = Visit(who[chosen].gap, "a1", "green")
    rules = rules_with(green_credit_seconds=more)

    before = a_day(who, [pace], rules, "1")
    after = a_day(favoured, [pace], rules, "1")

    ticket = f"t{chosen + 1}"
    assert _called_at(after, ticket) <= _called_at(before, ticket)


def _called_at(hall: Hall, ticket: str) -> int:
    return next(x.at for x in hall.all(e.TicketCalled) if x.ticket == ticket)


@day
@given(visits, paces)
def test_p14_without_credits_it_is_first_come_first_served(
    who: list[Visit], pace: list[int]
) -> None:
    hall = a_day(who, pace, rules_with(green_credit_seconds=0), "13")

    for queue in "AB":
        sequence = [i.sequence for i, x in journeys(hall) if x.queue == queue]
        by_arrival = sorted(
            (i for i, x in journeys(hall) if x.queue == queue),
            key=lambda i: (i.at, i.ticket_class != "green", i.sequence),
        )
        assert sequence == [issued.sequence for issued in by_arrival]


@day
@given(visits, paces)
def test_p14_with_boundless_credit_it_is_strict_priority(
    who: list[Visit], pace: list[int]
) -> None:
    hall = a_day(who, pace, rules_with(green_credit_seconds=10**7), "13")

    for n, (first, call) in enumerate(journeys(hall)):
        for second, _ in journeys(hall)[n + 1 :]:
            if first.queue == second.queue and second.at <= call.at:
                assert first.ticket_class == "green" or second.ticket_class != "green"


@pytest.mark.parametrize("green_credit", [0, 1200, 10**7])
def test_p15_a_reordering_leaves_the_mean_wait_equal(green_credit: int) -> None:
    who = [
        Visit(40 + (n * 37) % 90, "a1", "green" if n % 5 == 0 else "ordinary")
        for n in range(200)
    ]
    rules = rules_with(green_credit_seconds=green_credit)

    hall = a_day(who, [240, 240], rules, "12")

    waits = [call.at - issued.at for issued, call in journeys(hall)]
    fifo = a_day(who, [240, 240], rules_with(green_credit_seconds=0), "12")
    fifo_waits = [call.at - issued.at for issued, call in journeys(fifo)]
    assert sum(waits) == sum(fifo_waits)
    assert (waits == fifo_waits) == (green_credit == 0)


@day
@given(visits)
def test_p16_nobody_is_left_at_closing_while_an_allowed_window_is_open(
    who: list[Visit],
) -> None:
    hall = Hall(at=HOURS.cut_off_at - 1)
    for visit in who:
        hall.take(visit.item, ticket_class=visit.ticket_class)
    hall.at = HOURS.closes_at

    refused = 0
    while not hall.state.closed:
        try:
            hall.do(c.CloseDay)
        except Refused:
            refused += 1
            window = next(w for w in "123" if hall.next(w))
            hall.serve(window)
    assert refused == len(who)
    assert {event.reason for event in hall.all(e.TicketEnded)} == {"served"}


@day
@given(visits, st.integers(0, 3600))
def test_p17_changed_credits_touch_only_later_tickets(
    who: list[Visit], credit: int
) -> None:
    hall = Hall(windows="1")
    for visit in who:
        hall.wait(seconds=visit.gap).take("a1", ticket_class=visit.ticket_class)
    keys = [ticket.key for ticket in hall.state.by_sequence]

    hall.do(c.AdoptRules, rules=rules_with(revision="r2", green_credit_seconds=credit))

    assert [ticket.key for ticket in hall.state.by_sequence] == keys
    hall.take("a1", ticket_class="green")
    assert hall.state.by_sequence[-1].effective_at == hall.at - credit * 1000
