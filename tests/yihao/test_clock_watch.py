"""A machine's clock that was set back is told, once, and so is its end."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import aiohttp
import pytest

from yihao.clock_watch import watch_clock
from yihao.soak.ground import Ground
from yihao.soak.townships import Machine, house_on, instant


async def until_logged(caplog: pytest.LogCaptureFixture, count: int) -> list[str]:
    """Return what the watch has told, as soon as it is so much."""
    while len(caplog.messages) < count:
        await asyncio.sleep(0)
    return caplog.messages


async def test_a_clock_that_is_set_back_is_told_once_and_that_it_is_right_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "yihao.clock_watch")
    machine = Machine(instant(10))
    watching = asyncio.create_task(watch_clock(machine.clock(), look_seconds=0))

    machine.wall -= 3_600_000
    first = [*await until_logged(caplog, 1)]
    machine.wall += 3_600_000
    told = [*await until_logged(caplog, 2)]
    watching.cancel()

    assert first == ["the machine's clock is 3600 s behind the hall's, which goes on"]
    assert told[1:] == ["the machine's clock is right again"]


async def test_a_leap_is_told_before_the_hall_follows_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    machine = Machine(instant(10))
    watching = asyncio.create_task(watch_clock(machine.clock(), look_seconds=0))

    machine.wall += 86_400_000
    told = [*await until_logged(caplog, 1)]
    watching.cancel()

    assert told == [
        "the machine's clock leapt 86400 s ahead; the hall follows in 10 minutes"
    ]


async def test_the_figures_show_by_how_much_the_clock_was_set_back(
    tmp_path: Path,
) -> None:
    machine = Machine(instant(10))
    ground = Ground(tmp_path / "record.sqlite", tmp_path)
    async with (
        house_on(ground, machine.clock()) as running,
        aiohttp.ClientSession(running.address) as http,
    ):
        machine.wall -= 3_600_000
        async with http.get("/metrics") as answer:
            lines = (await answer.text()).splitlines()

    assert "yihao_clock_set_back_seconds 3600.0" in lines
