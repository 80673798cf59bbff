"""The demo: accounts made once, a clock that goes on, a rehearsal that ends."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from displays.link.follower import follow
from queue_core.clock import wall_clock
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import business_date, clock_text, day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from tests.open_house import MINUTE, MONDAY, open_house
from yihao.demo import beginning
from yihao.demo_accounts import (
    demo_accounts,
    staffed_windows,
    visitors_window,
)
from yihao.settings import Settings


@pytest.fixture(scope="module")
def city() -> HallProfile:
    return read_profile(shipped_profile_dir("city"))


@pytest.fixture(scope="module")
def township() -> HallProfile:
    return read_profile(shipped_profile_dir("township"))


# Accounts.


async def test_the_demos_accounts_are_made_once_and_kept_for_their_owner(
    tmp_path: Path, township: HallProfile
) -> None:
    settings = Settings(halls=(), data=tmp_path / "data")

    made = await demo_accounts(settings, township)
    again = await demo_accounts(settings, township)

    assert again == made
    file = settings.data / "demo-township.json"
    assert file.stat().st_mode & 0o777 == 0o600
    people = (made.clerk, made.help_desk, made.manager, made.inspector)
    assert {person.account for person in people} == {
        *("clerk", "help-desk", "manager", "inspector")
    }
    async with open_house(settings.data) as house:
        for person in (made.help_desk, made.administrator, made.clerks[0]):
            body = {"account": person.account, "password": person.password}
            assert (await house.anyone.post("/api/session", body)).status == 200


async def test_a_first_start_that_was_broken_off_is_made_good(
    tmp_path: Path, township: HallProfile
) -> None:
    settings = Settings(halls=(), data=tmp_path / "data")
    first = await demo_accounts(settings, township)
    (settings.data / "demo-township.json").unlink()

    second = await demo_accounts(settings, township)

    assert second.clerk.account == first.clerk.account
    assert second.clerk.password != first.clerk.password


async def test_an_older_demo_gets_the_accounts_that_it_had_not(
    tmp_path: Path, township: HallProfile
) -> None:
    settings = Settings(halls=(), data=tmp_path / "data")
    await demo_accounts(settings, township)
    file = settings.data / "demo-township.json"
    kept = json.loads(file.read_bytes())
    del kept["help_desk"]
    file.write_text(json.dumps(kept))

    made = await demo_accounts(settings, township)

    assert made.help_desk.account == "help-desk"
    assert json.loads(file.read_bytes())["help_desk"]["account"] == "help-desk"


def test_the_visitor_gets_a_free_window_where_people_wait(city: HallProfile) -> None:
    staffed = staffed_windows(city)

    window = visitors_window(city, staffed)

    assert window not in staffed
    served = {s.queue for w in city.windows if w.window in staffed for s in w.skills}
    own = next(w for w in city.windows if w.window == window)
    assert served & {skill.queue for skill in own.skills if skill.level == "primary"}
    assert (
        own.zone
        == max(
            city.rehearsal.zones,
            key=lambda z: z.share_percent * z.mean_minutes / len(z.staffed),
        ).zone
    )


def test_in_a_small_hall_the_last_window_is_left_to_the_visitor(
    township: HallProfile,
) -> None:
    staffed = staffed_windows(township)

    assert visitors_window(township, staffed) == staffed[-1]


# The clock.


def options(data: Path, clock: str | None = None) -> argparse.Namespace:
    """Return the demo's options that the clock depends on."""
    return argparse.Namespace(data=data, clock=clock)


def test_a_first_demo_begins_just_before_the_doors_open(
    tmp_path: Path, township: HallProfile
) -> None:
    at = beginning(options(tmp_path), township, rehearsing=True)

    assert at is not None
    date = business_date(township, at)
    assert date >= business_date(township, wall_clock())
    assert at == day_hours(township, date).doors_at - 2 * MINUTE


def test_without_a_rehearsal_the_demo_runs_in_real_time(
    tmp_path: Path, township: HallProfile
) -> None:
    assert beginning(options(tmp_path), township, rehearsing=False) is None


async def test_a_later_demo_goes_on_where_the_open_day_stopped(
    tmp_path: Path, township: HallProfile
) -> None:
    async with open_house(tmp_path) as house:
        house.clock.pass_by(90 * MINUTE)
        await house.clerk_at("1")
        stopped = house.clock.now()

    assert beginning(options(tmp_path), township, rehearsing=True) == stopped


async def test_after_a_closed_day_the_demo_begins_the_next_open_one(
    tmp_path: Path, township: HallProfile
) -> None:
    async with open_house(tmp_path, date="2099-03-02") as house:
        hours = day_hours(township, "2099-03-02")
        house.clock.move_to(hours.ends_at)
        await house.day_state(2)

    at = beginning(options(tmp_path), township, rehearsing=True)
    real = beginning(options(tmp_path), township, rehearsing=False)

    assert at is not None
    assert business_date(township, at) == "2099-03-03"
    assert real == hours.ends_at


async def test_a_wished_time_never_runs_behind_the_record(
    tmp_path: Path, township: HallProfile
) -> None:
    empty = beginning(options(tmp_path / "a", "09:30"), township, rehearsing=True)
    async with open_house(tmp_path / "b", date="2099-03-02") as house:
        await house.clerk_at("1")
        last = house.clock.now()

    early = beginning(options(tmp_path / "b", "07:00"), township, rehearsing=True)

    assert empty is not None
    assert clock_text(township, empty) == "09:30"
    assert early == last
    assert business_date(township, last) > MONDAY


# The whole.


async def test_the_demo_prints_its_screens_plays_and_stops_with_its_rehearsal(
    tmp_path: Path,
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yihao", "demo", "--hall", "township"),
        *("--port", "0", "--data", str(tmp_path), "--speed", "300"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said: list[str] = []
    async for line in process.stdout:
        said.append(line.decode())
        if "Ctrl-C" in said[-1]:
            break
    address = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
    assert address is not None
    async with aiohttp.ClientSession(address[0]) as http:
        windows = await windows_on_duty(http)
    process.send_signal(signal.SIGINT)
    status = await process.wait()

    assert status == 0
    assert windows
    text = "".join(said)
    for screen in ("board", "sign", "kiosk", "phone", "console", "pad", "manager"):
        assert f"{address[0]}/{screen}/township" in text
    assert re.search(r"account clerk  password \S{19}", text)


async def windows_on_duty(http: aiohttp.ClientSession) -> int:
    """Wait until the rehearsal's clerks have come, and count them."""
    async with http.get("/api/halls/township") as answer:
        url = (await answer.json())["link"]
    async with follow(url, ["board/township"]) as board:
        state = await board.until(
            "board/township", lambda state: any(zone[2] for zone in state[3])
        )
    return sum(zone[2] for zone in state[3])
