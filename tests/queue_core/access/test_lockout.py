"""Back-off after failed sign-ins."""

from __future__ import annotations

from queue_core.access.lockout import seconds_to_wait


NOW = 1_793_581_200_000


def test_the_first_five_failures_are_free() -> None:
    assert [seconds_to_wait(n, NOW, NOW) for n in range(5)] == [0] * 5


def test_then_the_wait_doubles_up_to_five_minutes() -> None:
    waits = [seconds_to_wait(n, NOW, NOW) for n in range(5, 16)]

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert seconds_to_wait(10**9, NOW, NOW) == 300


def test_the_wait_runs_from_the_last_failure() -> None:
    assert seconds_to_wait(8, NOW, NOW + 5_000) == 3
    assert seconds_to_wait(8, NOW, NOW + 7_999) == 1
    assert seconds_to_wait(8, NOW, NOW + 8_000) == 0


def test_a_clock_that_was_set_back_does_not_lengthen_the_wait_beyond_the_rule() -> None:
    assert seconds_to_wait(8, NOW, NOW - 86_400_000) == 300


def test_after_an_hour_all_is_forgotten() -> None:
    assert seconds_to_wait(100, NOW, NOW + 3_600_001) == 0
