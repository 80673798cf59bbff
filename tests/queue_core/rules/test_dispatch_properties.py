"""P1–P10, P12, P18 over random days, judged by the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import Refused
from queue_core.rules.hall_day import HallDay, decide, evolve, fold
from queue_core.values import HallRules

from .hall import CLERKS, MINUTE, Hall
from .moves import Move, moves, play, some_rules
from .oracle import Oracle, Seen


day = settings(max_examples=150, deadline=None)


def calls_with_the_record(hall: Hall) -> Iterator[tuple[Oracle, e.TicketCalled]]:
    """Yield every call with the record as it stood when its command was decided."""
    oracle = Oracle()
    for _, group in groupby(hall.log, key=lambda event: event.command_id):
        events = list(group)
        for event in events:
            if isinstance(event, e.TicketCalled):
                yield oracle, event
        for event in events:
            oracle.see(event)


@day
@given(some_rules, moves)
def test_p1_a_replay_of_the_commands_gives_the_same_record_byte_for_byte(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    again = HallDay()
    record: list[e.HallDayEvent] = []

    for command in hall.commands:
        try:
            events = decide(again, command)
        except Refused:
            continue
        for event in events:
            evolve(again, event)
        record += events

    assert msgspec.msgpack.encode(record) == msgspec.msgpack.encode(hall.log)


@day
@given(some_rules, moves, st.sampled_from("123"))
def test_p1_a_folded_day_decides_like_the_one_that_lived_it(
    rules: HallRules, what: list[Move], window: str
) -> None:
    hall = play(Hall(rules), what)
    ask = c.CallNext(
        command_id="ask",
        at=hall.at + 3 * MINUTE,
        by="test",
        window=window,
        clerk=CLERKS[window],
    )

    assert decision(hall.state, ask) == decision(fold(hall.log), ask)


def decision(state: HallDay, command: c.HallDayCommand) -> list[e.HallDayEvent] | str:
    """Return the events or the refusal in words."""
    try:
        return decide(state, command)
    except Refused as refusal:
        return str(refusal)


@day
@given(some_rules, moves)
def test_p2_nobody_waits_for_a_window_that_asks_in_vain(
    rules: HallRules, what: list[Move]
) -> None:
    hall = Hall(rules)
    for move in what:
        play(hall, [move])
        oracle = Oracle()
        for event in hall.log:
            oracle.see(event)
        for window, clerk in CLERKS.items():
            ask = c.CallNext(
                command_id="ask", at=hall.at, by="test", window=window, clerk=clerk
            )
            answer = decision(hall.state, ask)
            if isinstance(answer, str):
                continue
            is_called = any(isinstance(event, e.TicketCalled) for event in answer)
            assert is_called == bool(oracle.candidates(window, hall.at))


@day
@given(some_rules, moves)
def test_p3_the_called_ticket_has_the_least_key_of_all_that_might_be_called(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    for oracle, call in calls_with_the_record(hall):
        if call.ground not in ("rule", "transferred") or _is_chosen(hall, call):
            continue
        candidates = oracle.candidates(call.window, call.at)
        least = min(candidates, key=lambda t: oracle.order(call.window, t, call.at))
        assert least.issued.ticket == call.ticket


def _is_chosen(hall: Hall, call: e.TicketCalled) -> bool:
    """Tell whether the clerk chose this transferred ticket by hand."""
    command = next(x for x in hall.commands if x.command_id == call.command_id)
    return isinstance(command, c.CallTicket)


@day
@given(some_rules, moves)
def test_p7_no_window_is_given_a_ticket_that_it_may_not_serve(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    for oracle, call in calls_with_the_record(hall):
        assert call.queue in oracle.skills[call.window]
        assert oracle.tickets[call.ticket].queue == call.queue


@day
@given(some_rules, moves)
def test_p8_p18_a_ticket_is_in_exactly_one_place_and_at_one_window(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    oracle = Oracle()
    for event in hall.log:
        oracle.see(event)

    places = places_in(hall.state)

    assert places == {name: [t.where] for name, t in hall.state.tickets.items()}
    assert {name: t.place for name, t in oracle.tickets.items()} == {
        name: t.where for name, t in hall.state.tickets.items()
    }
    assert set(hall.state.live) == {
        name for name, t in oracle.tickets.items() if t.place != "ended"
    }


def places_in(state: HallDay) -> dict[str, list[str]]:
    """Return where every ticket stands, as lines and windows themselves tell it."""
    lines = state.lines.values()
    windows = state.windows.values()
    waiting = [key for line in lines for key in line.waiting]
    waiting += [key for own in state.window_lines.values() for key in own]
    preparing = [sequence for line in lines for _, sequence in line.preparing]
    found = [
        *((state.ticket_of(key), "waiting") for key in waiting),
        *((ticket, "missed") for line in lines for ticket in line.missed.values()),
        *((state.by_sequence[n - 1], "preparing") for n in preparing),
        *((w.ticket, w.ticket.place) for w in windows if w.ticket is not None),
        *((ticket, "held") for w in windows for ticket in w.held.values()),
        *((t, t.where) for t in state.tickets.values() if t.where == "ended"),
        *((t, t.where) for t in state.tickets.values() if t.where == "paused"),
    ]
    places: dict[str, list[str]] = {}
    for ticket, place in found:
        places.setdefault(ticket.ticket, []).append(place)
    return places


@day
@given(some_rules, moves)
def test_no_number_is_given_twice_whatever_becomes_of_the_profile(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)

    numbers = [issued.number for issued in hall.all(e.TicketIssued)]
    assert len(set(numbers)) == len(numbers)


@day
@given(some_rules, moves)
def test_p9_misses_are_limited_and_the_parked_return_by_the_rule(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    oracle = Oracle()

    for event in hall.log:
        if isinstance(event, e.TicketReturned):
            ticket = oracle.tickets[event.ticket]
            if ticket.place == "missed":
                _assert_return_is_due(oracle, ticket, event, rules)
        oracle.see(event)

    assert all(t.misses <= rules.missed_limit for t in oracle.tickets.values())


def _assert_return_is_due(
    oracle: Oracle, ticket: Seen, event: e.TicketReturned, rules: HallRules
) -> None:
    calls = oracle.calls_since_miss(ticket)
    assert event.after_calls == calls
    assert event.at >= ticket.missed_at + rules.missed_not_before_seconds * 1000
    if calls < rules.missed_return_after_calls:
        waiting = [
            t
            for t in oracle.tickets.values()
            if t.place == "waiting"
            and not t.only_window
            and oracle.line_of(t) == oracle.line_of(ticket)
            and t.effective_at <= event.at
        ]
        assert not waiting


@day
@given(some_rules, moves)
def test_p10_p12_an_effective_time_changes_only_by_a_late_return_from_a_pause(
    rules: HallRules, what: list[Move]
) -> None:
    hall = play(Hall(rules), what)
    oracle = Oracle()

    for event in hall.log:
        before = {name: t.effective_at for name, t in oracle.tickets.items()}
        oracle.see(event)
        for name, effective_at in before.items():
            now = oracle.tickets[name].effective_at
            if now != effective_at:
                assert isinstance(event, e.TicketResumed)
                assert event.ticket == name
                assert now == event.at


@day
@given(some_rules, moves)
def test_numbers_are_unique_and_gap_free_in_every_series(
    rules: HallRules, what: list[Move]
) -> None:
    # A profile may begin a series at another number in the middle of the day.
    hall = play(Hall(rules), [move for move in what if move.kind != "adopt"])
    series: dict[str, list[str]] = {}

    for issued in hall.all(e.TicketIssued):
        series.setdefault(issued.number.rstrip("0123456789"), []).append(issued.number)

    for prefix, numbers in series.items():
        assert numbers == [f"{prefix}{n:03d}" for n in range(1, len(numbers) + 1)]
