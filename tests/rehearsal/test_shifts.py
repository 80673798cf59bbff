"""A clerk's day is planned around the hall's sessions."""

from __future__ import annotations

import random

from tests.projections.hall_day import at
from yihao.rehearsal.shifts import shift_of


HOURS = {
    "doors_at": at("08:30"),
    "sessions": [
        {"opens_at": at("09:00"), "closes_at": at("12:00")},
        {"opens_at": at("13:00"), "closes_at": at("17:00")},
    ],
    "closes_at": at("17:00"),
}


def test_a_clerk_is_at_the_window_when_a_session_begins() -> None:
    for seed in range(20):
        shift = shift_of(HOURS, random.Random(seed), "午餐", "短暂休息")

        assert at("08:55") <= shift.opens_at < at("09:00")
        assert shift.break_at(at("12:30")) is not None
        assert shift.break_at(at("13:00")) is None
        assert shift.closes_at == at("17:00")


def test_short_breaks_fall_inside_a_session() -> None:
    shifts = [shift_of(HOURS, random.Random(n), "午餐", "短暂休息") for n in range(20)]
    short = [b for s in shifts for b in s.breaks if b.reason == "短暂休息"]

    assert 8 <= len(short) <= 32
    for one in short:
        assert 180_000 <= one.until_at - one.since_at <= 420_000
        assert at("09:00") < one.since_at < at("17:00")


def test_the_next_turn_is_the_next_break_or_the_end() -> None:
    shift = shift_of(HOURS, random.Random(1), "午餐", "短暂休息")

    lunch = next(b for b in shift.breaks if b.reason == "午餐")
    assert shift.next_turn(lunch.since_at - 1) == lunch.since_at
    assert shift.next_turn(at("16:59:59")) == at("17:00")
