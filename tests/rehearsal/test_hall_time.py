"""The hall's time as a client knows it: never ahead of the server's own."""

from __future__ import annotations

import pytest

from yihao.rehearsal.hall_time import HallTime


def test_time_runs_at_the_speed_of_the_hall() -> None:
    time = HallTime(1_000_000, 1000.0)

    assert time.real_seconds_to(time.now() + 5_000_000) == pytest.approx(5, abs=0.1)
    assert time.real_seconds_to(0) == 0


def test_the_furthest_instant_heard_is_the_truest() -> None:
    time = HallTime(1_000_000, 1.0)

    time.observe(2_000_000)
    time.observe(1_500_000)

    assert 2_000_000 <= time.now() < 2_010_000


def test_the_latest_instant_allows_for_the_lag_of_the_network() -> None:
    time = HallTime(0, 200.0)

    assert time.latest() - time.now() >= 9_900


async def test_a_sleeper_wakes_at_the_hall_s_instant() -> None:
    time = HallTime(0, 100_000.0)

    await time.sleep_until(1_000_000)

    assert time.now() >= 1_000_000
