"""A short day played against a running house: the whole rehearsal, end to end."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_core.clock import HallClock
from queue_core.events import HallDayEvent
from queue_core.log.streams import hall_day_stream
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.reading import read_profile
from tests.open_house import MONDAY, PASSWORD, cheap_passwords
from yihao.house import RunningHouse, running_house
from yihao.rehearsal.main import rehearse
from yihao.rehearsal.options import Options
from yihao.settings import Settings

from .replaying import calls_decided_again


SPEED = 1800.0
BEFORE_DOORS_MS = 15 * 60_000
WINDOWS = ("1", "2", "3", "4")


@pytest.fixture
def short_day(tmp_path: Path) -> Path:
    """The township hall on a day that is over after an hour and a half."""
    folder = tmp_path / "profile"
    shutil.copytree(shipped_profile_dir("township"), folder)
    text = (folder / "hall.toml").read_text(encoding="utf-8")
    for before, after in (
        ('sessions = ["08:30-12:00", "14:00-17:30"]', 'sessions = ["08:30-09:30"]'),
        ('cut_off = "17:10"', 'cut_off = "09:10"'),
        ('day_ends = "18:30"', 'day_ends = "11:00"'),
        ("closing_soon_minutes = 45", "closing_soon_minutes = 20"),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    (folder / "hall.toml").write_text(text, encoding="utf-8")
    return folder


class Stopwatch:
    """Stands still until it is started: a busy machine loses nothing of the day."""

    def __init__(self) -> None:
        self._began: float | None = None

    def __call__(self) -> float:
        return 0.0 if self._began is None else time.monotonic() - self._began

    def start(self) -> None:
        self._began = time.monotonic()


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
async def running(
    short_day: Path, tmp_path: Path, stopwatch: Stopwatch
) -> AsyncIterator[RunningHouse]:
    """A house whose clock runs fast and begins before the doors open."""
    doors_at = day_hours(read_profile(short_day), MONDAY).doors_at
    clock = HallClock(SPEED, doors_at - BEFORE_DOORS_MS, monotonic=stopwatch)
    settings = Settings(
        halls=(short_day,), data=tmp_path / "data", port=0, link_port=0, speed=SPEED
    )
    async with running_house(
        settings, clock=clock, passwords=cheap_passwords()
    ) as house:
        yield house


async def accounts_file(running: RunningHouse, path: Path) -> Path:
    """Write the accounts of a clerk for every window, a manager, kiosks and pads."""
    accounts = running.house.accounts
    people = [{"account": f"clerk-{w}", "window": w} for w in WINDOWS]
    people.append({"account": "manager", "window": ""})
    for person in people:
        person["password"] = PASSWORD
        await accounts.add_account(
            person["account"],
            name=person["account"],
            role="clerk" if person["window"] else "manager",
            hall="township",
            password=PASSWORD,
            by="test",
        )
    devices = accounts.devices
    enrol = {"hall": "township", "by": "test"}
    kiosks = [await devices.enrol("kiosk", place=f"k{n}", **enrol) for n in (1, 2)]
    pads = {w: await devices.enrol("pad", place=w, **enrol) for w in WINDOWS}
    played = {
        "hall": "township",
        "clerks": people[:-1],
        "manager": people[-1],
        "devices": {
            "kiosk": [kiosk.token for kiosk in kiosks],
            "pad": {window: pad.token for window, pad in pads.items()},
        },
    }
    path.write_text(json.dumps(played))
    return path


async def somebody_looks(running: RunningHouse) -> None:
    """Wait until the rehearsal looks at the board, to see the day open."""
    async with asyncio.timeout(60):
        while not running.link.connections:
            await asyncio.sleep(0)


def recorded_day(running: RunningHouse) -> list[HallDayEvent]:
    """Return the events of the played day, from the log."""
    recorded = running.house.log.read(hall_day_stream("township", MONDAY))
    return [one.event for one in recorded if isinstance(one.event, HallDayEvent)]


async def test_a_short_day_is_played_to_its_end_without_a_broken_rule(
    running: RunningHouse,
    stopwatch: Stopwatch,
    short_day: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = Options(
        server=running.address,
        accounts=await accounts_file(running, tmp_path / "accounts.json"),
        profile=str(short_day),
        tickets=40,
        seed=1,
        until_closed=True,
        json=True,
        quiet=True,
    )

    playing = asyncio.create_task(rehearse(options))
    await somebody_looks(running)
    stopwatch.start()
    status = await playing

    result = json.loads(capsys.readouterr().out)
    assert result["failures"] == []
    assert (status, result["violations"], result["errors"]) == (0, [], {})
    figures = result["figures"]
    assert figures["tickets"] + figures["turned_away"] <= 40
    assert figures["calls"] >= figures["calls_checked"] > 10
    assert figures["served"] > 5
    assert figures["pad_evaluations"] > 0
    assert figures["others_calls"] == 0
    assert running.house.hall("township").live.day_state == 2
    replayed = calls_decided_again(recorded_day(running))
    assert len(replayed) > 10
    assert all(recorded == decided for recorded, decided in replayed)


async def test_a_hall_that_is_not_there_cannot_be_played(
    running: RunningHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = await accounts_file(running, tmp_path / "accounts.json")
    options = Options(
        server=running.address, accounts=file, hall="nowhere", profile="township"
    )

    assert await rehearse(options) == 2
    assert "hall nowhere" in capsys.readouterr().err
