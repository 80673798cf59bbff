"""The hall's clock."""

from __future__ import annotations

import asyncio

import pytest

from queue_core.clock import HallClock, wall_clock


NINE = 1_793_581_200_000


class Machine:
    """A machine whose wall clock can be set by hand."""

    def __init__(self) -> None:
        self.wall = NINE
        self.monotonic = 1_000.0

    def passes(self, seconds: float) -> None:
        """Let real time pass."""
        self.wall += int(seconds * 1000)
        self.monotonic += seconds

    def clock(self, speed: float = 1.0, starts_at: int | None = None) -> HallClock:
        """Return a hall's clock on this machine."""
        return HallClock(
            speed, starts_at, wall=lambda: self.wall, monotonic=lambda: self.monotonic
        )


def test_the_hall_keeps_the_time_of_the_wall() -> None:
    machine = Machine()
    clock = machine.clock()

    machine.passes(61.5)

    assert clock.now() == NINE + 61_500
    assert clock.set_back_ms() == 0


def test_a_wall_clock_that_is_set_back_turns_nothing_back() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.passes(60)

    machine.wall -= 3_600_000
    machine.passes(30)

    assert clock.now() == NINE + 90_000
    assert clock.set_back_ms() == 3_600_000


def test_a_house_that_starts_behind_its_record_goes_on_from_there() -> None:
    machine = Machine()
    machine.wall -= 3_600_000
    clock = machine.clock()

    clock.go_on_from(NINE)
    machine.passes(30)

    assert clock.now() == NINE + 30_000
    assert clock.set_back_ms() == 3_600_000


def test_a_record_of_the_past_holds_no_clock_up() -> None:
    machine = Machine()
    clock = machine.clock()

    clock.go_on_from(NINE - 3_600_000)

    assert clock.now() == NINE
    assert clock.set_back_ms() == 0


def test_a_wall_clock_that_is_set_ahead_is_followed() -> None:
    machine = Machine()
    clock = machine.clock()

    machine.wall += 3_600_000
    machine.passes(30)

    assert clock.now() == NINE + 3_630_000


def test_a_leap_of_hours_is_followed_only_when_it_has_stood_for_minutes() -> None:
    machine = Machine()
    clock = machine.clock()

    machine.wall += 86_400_000
    doubted = clock.now(), clock.set_ahead_ms()
    machine.passes(599)
    still = clock.now()
    machine.passes(1)

    assert doubted == (NINE, 86_400_000)
    assert still == NINE + 599_000
    assert clock.now() == NINE + 86_400_000 + 600_000
    assert clock.set_ahead_ms() == 0


def test_a_leap_that_is_put_right_in_time_changes_nothing() -> None:
    machine = Machine()
    clock = machine.clock()
    for _ in range(2):
        machine.wall += 86_400_000
        clock.now()
        machine.passes(400)
        clock.now()
        machine.wall -= 86_400_000

        assert clock.set_ahead_ms() == 0

    assert clock.now() == NINE + 800_000
    assert clock.set_back_ms() == 0


def test_a_wall_clock_that_wavers_does_not_move_the_hall() -> None:
    machine = Machine()
    clock = machine.clock()
    seen = []

    for drift in (500, -900, 1_500, -1_100):
        machine.wall += drift
        machine.passes(1)
        seen.append(clock.now() - NINE)

    assert seen == [1_000, 2_000, 3_000, 4_000]


def test_the_hall_time_never_runs_backwards_even_if_the_machine_does() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.passes(10)
    before = clock.now()

    machine.monotonic -= 5

    assert clock.now() == before


def test_a_rehearsal_runs_faster_and_begins_when_it_is_told() -> None:
    machine = Machine()
    clock = machine.clock(speed=60, starts_at=NINE - 86_400_000)

    machine.wall += 3_600_000
    machine.passes(2)

    assert clock.now() == NINE - 86_400_000 + 120_000
    assert clock.to_real_seconds(120) == 2
    assert clock.set_back_ms() == 0


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_a_clock_cannot_stand_still_or_run_backwards(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        HallClock(speed)


async def test_sleepers_wake_when_the_hall_time_has_come() -> None:
    clock = HallClock(speed=100_000)
    begun = clock.now()

    await clock.sleep_until(begun + 60_000)

    assert clock.now() >= begun + 60_000


async def test_nobody_waits_for_what_is_past() -> None:
    clock = HallClock()

    await asyncio.wait_for(clock.sleep_until(clock.now() - 1), 30)


def test_the_real_clock_is_the_machines() -> None:
    assert abs(HallClock().now() - wall_clock()) < 2_000
