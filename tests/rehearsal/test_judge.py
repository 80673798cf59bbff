"""The referee: silent about an honest day, and never silent about a broken rule."""

from __future__ import annotations

import pytest

from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import at
from yihao.rehearsal.judge import judge
from yihao.rehearsal.witness import Announced, Sight

from .seen import Seen, seen_of


@pytest.fixture
def seen() -> Seen:
    """A hall whose three windows have opened."""
    seen = Seen()
    for window in ("1", "2", "3"):
        seen.see("window-opened", "08:55", window=window)
    return seen


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_played_by_the_real_rules_is_clean(seed: int) -> None:
    day = BusyDay(300, seed)

    judged = judge(*seen_of(day))

    assert judged.violations == []
    assert judged.calls_checked > 280


def test_two_calls_in_the_wrong_order_are_found_in_a_busy_day() -> None:
    witness, hall = seen_of(BusyDay(300))
    calls = [s for s in witness.sights if s.what == "called" and s.queue == "tax"]
    first, second = calls[40], calls[41]
    for name in ("ticket", "number"):
        mine, other = getattr(first, name), getattr(second, name)
        setattr(first, name, other)
        setattr(second, name, mine)

    broken = {v.rule for v in judge(witness, hall).violations}

    assert broken & {"P3", "P6"}


def test_p2_an_asking_window_gets_a_ticket_that_waits(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.see("nobody", "09:01", window="1")

    assert seen.broken() == {"P2"}


def test_p2_is_kept_when_only_another_queue_has_tickets(seen: Seen) -> None:
    seen.issue("09:00", "B001")
    seen.see("nobody", "09:01", window="1")

    assert seen.broken() == set()


def test_p3_the_green_ticket_comes_first_within_its_credit(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:19", "VA001", "green")
    seen.call("09:20", "A001", "1")

    assert seen.broken() == {"P3", "P4"}


def test_p3_a_backup_window_takes_its_own_queue_first(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:04", "B001")
    seen.call("09:06", "A001", "3")

    assert "P3" in seen.broken()


def test_p4_nobody_overtakes_by_more_than_the_credit(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:21", "VA001", "green")
    seen.call("09:22", "VA001", "1")

    assert "P4" in seen.broken()


def test_p5_nobody_is_passed_by_one_who_came_much_later(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:26", "VA001", "green")
    seen.call("09:27", "VA001", "1")

    assert "P5" in seen.broken()


def test_p6_one_class_in_one_queue_is_served_in_order_of_arrival(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:01", "A002")
    seen.call("09:02", "A002", "1")

    assert "P6" in seen.broken()


def test_p7_a_window_without_the_skill_never_calls(seen: Seen) -> None:
    seen.issue("09:00", "B001")
    seen.call("09:01", "B001", "1")

    assert "P7" in seen.broken()


def test_p7_a_ticket_sent_to_one_window_waits_for_that_one(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.see("started", "09:02", "A001", window="1")
    seen.see("transferred", "09:03", "A001", window="1", more={"window": "2"})
    seen.call("09:04", "A001", "1")

    assert seen.broken() == {"P7"}


@pytest.mark.parametrize("how", ["cancelled", "completed"])
def test_p8_a_ticket_that_has_ended_is_not_called(seen: Seen, how: str) -> None:
    seen.issue("09:00", "A001")
    if how == "completed":
        seen.call("09:01", "A001", "1")
        seen.serve("09:02", "A001", "1")
    else:
        seen.see("cancelled", "09:02", "A001")
    seen.call("09:03", "A001", "1")

    assert seen.broken() == {"P8"}


def test_p8_a_paused_ticket_is_not_called(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.see("paused", "09:01", "A001")
    seen.call("09:02", "A001", "1")

    assert seen.broken() == {"P8"}


def test_p9_a_missed_ticket_comes_back_after_three_calls(seen: Seen) -> None:
    for n in range(1, 7):
        seen.issue(f"09:00:{n:02}", f"A00{n}")
    seen.call("09:01", "A001", "1")
    seen.miss("09:02", "A001", "1")
    for n in (2, 3):
        seen.call(f"09:0{n + 1}", f"A00{n}", "1")
        seen.serve(f"09:0{n + 1}:30", f"A00{n}", "1")
    seen.call("09:06", "A001", "1")

    assert "P9" in seen.broken()


def test_p9_and_before_the_next_in_line_then(seen: Seen) -> None:
    for n in range(1, 7):
        seen.issue(f"09:00:{n:02}", f"A00{n}")
    seen.call("09:01", "A001", "1")
    seen.miss("09:02", "A001", "1")
    for n in (2, 3, 4):
        seen.call(f"09:0{n + 1}", f"A00{n}", "1")
        seen.serve(f"09:0{n + 1}:30", f"A00{n}", "1")
    seen.call("09:07", "A005", "1")

    assert "P6" in seen.broken()


def test_p9_a_missed_ticket_comes_back_at_once_to_an_empty_queue(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.miss("09:02", "A001", "1")
    seen.call("09:03:30", "A001", "1")

    assert seen.broken() == set()


def test_p9_but_never_within_a_minute(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.miss("09:02", "A001", "1")
    seen.call("09:02:40", "A001", "1")

    assert seen.broken() == {"P9"}


def test_p9_the_last_miss_ends_the_ticket(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    for n in range(4):
        seen.call(f"09:{10 * n + 1:02}", "A001", "1")
        seen.miss(f"09:{10 * n + 2:02}", "A001", "1")

    assert seen.broken() == {"P8"}


def test_p10_a_transfer_keeps_the_effective_time(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.witness.rows["t-A001"][at("09:00"), 0] = 5
    assert seen.broken() == set()

    seen.witness.rows["t-A001"][at("09:30"), 2] = 9
    assert seen.broken() == {"P10"}


def test_p11_a_late_appointment_is_an_ordinary_ticket(seen: Seen) -> None:
    booked = {"booked_at": at("09:00"), "asked_class": "appointment"}
    seen.issue("09:11", "A001", "appointment", **booked)

    assert seen.broken() == {"P11"}


def test_a_booked_citizen_before_his_time_waits_behind_everybody(seen: Seen) -> None:
    booked = {"booked_at": at("09:30"), "asked_class": "appointment"}
    seen.issue("09:00", "YA001", "appointment", **booked)
    seen.issue("09:05", "A001")
    seen.call("09:06", "A001", "1")
    seen.call("09:07", "YA001", "2")

    assert seen.broken() == set()


def test_p16_the_last_window_does_not_close_on_somebody(seen: Seen) -> None:
    seen.issue("16:30", "B001")
    seen.see("window-closed", "17:05", window="3")

    assert seen.broken() == {"P16"}


def test_p16_another_open_window_may_still_serve_him(seen: Seen) -> None:
    seen.issue("16:30", "A001")
    seen.see("window-closed", "17:05", window="1")

    assert seen.broken() == set()


def test_p18_a_ticket_is_never_at_two_windows(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.call("09:02", "A001", "2")

    assert seen.broken() == {"P18"}


# Numbers, board, versions.


def test_a_number_given_twice_is_found(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.witness.numbers["A001"].add("another")

    assert seen.broken() == {"numbers"}


def test_a_gap_in_a_series_is_found(seen: Seen) -> None:
    for number in ("A001", "A002", "A004"):
        seen.issue("09:00", number)

    assert seen.broken() == {"numbers"}


def test_numbers_that_others_took_fill_a_series(seen: Seen) -> None:
    for number in ("A001", "A004"):
        seen.issue("09:00", number)
    for number in ("A002", "A003"):
        seen.witness.numbers[number].add("somebody")

    assert seen.broken() == set()


def test_a_call_that_was_never_announced_is_found(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.witness.board.clear()

    assert seen.broken() == {"board"}


def test_a_call_that_was_announced_twice_is_found(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.witness.board[seen.version].times = 2

    assert seen.broken() == {"board"}


def test_a_recall_that_was_not_shown_is_found(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.call("09:01", "A001", "1")
    seen.see("recalled", "09:02", "A001", window="1")

    assert seen.broken() == {"board"}


def test_an_answer_older_than_the_one_before_is_found(seen: Seen) -> None:
    seen.witness.check_order("answers to window 1", 12)
    seen.witness.check_order("answers to window 1", 11)

    assert seen.broken() == {"versions"}


# The benefit of the doubt.


def test_a_ticket_whose_cancelling_is_under_way_passes_nobody(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:01", "A002")
    known = seen.version
    seen.call("09:02", "A002", "1")
    seen.see("cancelled", "09:02", "A001", after=known)

    assert seen.broken() == set()


def test_a_ticket_that_somebody_else_called_is_left_alone(seen: Seen) -> None:
    seen.issue("09:00", "A001")
    seen.issue("09:01", "A002")
    call = seen.version = seen.version + 1
    seen.witness.board[call] = Announced(call, "A001", "2", at("09:02"))
    seen.call("09:03", "A002", "1")

    assert seen.broken() == set()


def test_a_ticket_nobody_knew_may_be_called(seen: Seen) -> None:
    sight = Sight(9, "called", "t", "A009", "1", "civil", heard_at=at("09:00"))
    seen.witness.see(sight)
    seen.witness.board[9] = Announced(9, "A009", "1", at("09:00"))

    assert seen.broken() == set()
