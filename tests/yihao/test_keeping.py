"""The keeper opens and closes the hall's day by rule, without anybody's hands."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from projections.live_hall import LiveHall
from queue_core.commands import IssueTicket
from queue_core.events import DayClosed, DayOpened, TicketEnded
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from queue_core.profiles.rules import rules_of
from queue_core.values import DayHours
from tests.open_house import CIVIL, MINUTE, MONDAY, OpenHouse, open_house
from yihao.keeping import Duty, Keeper, next_duty


FRIDAY, SATURDAY = "2026-03-06", "2026-03-07"
TUESDAY = "2026-03-03"
HOUR = 60 * MINUTE


@pytest.fixture(scope="module")
def profile() -> HallProfile:
    return read_profile(shipped_profile_dir("township"))


def live_day(profile: HallProfile, date: str, *, closed: bool = False) -> LiveHall:
    """Return the picture of a day that is open, or closed."""
    live = LiveHall()
    hours = day_hours(profile, date)
    opened = DayOpened(
        at=hours.doors_at,
        by="house",
        command_id="open",
        date=date,
        hours=hours,
        rules=rules_of(profile),
    )
    live.apply(1, opened)
    if closed:
        live.apply(
            2,
            DayClosed(at=hours.ends_at, by="house", command_id="close", overdue=False),
        )
    return live


# What is due.


def test_before_the_doors_open_the_keeper_waits_for_them(profile: HallProfile) -> None:
    doors_at = day_hours(profile, MONDAY).doors_at

    assert next_duty(profile, LiveHall(), doors_at - HOUR) == Duty("open", doors_at)


def test_a_house_that_starts_late_opens_at_once(profile: HallProfile) -> None:
    doors_at = day_hours(profile, MONDAY).doors_at

    assert next_duty(profile, LiveHall(), doors_at + HOUR) == Duty("open", doors_at)


def test_a_house_that_starts_in_the_evening_waits_for_the_morning(
    profile: HallProfile,
) -> None:
    late = day_hours(profile, MONDAY).ends_at
    next_doors = day_hours(profile, TUESDAY).doors_at

    assert next_duty(profile, LiveHall(), late) == Duty("open", next_doors)


def test_a_day_that_was_closed_by_hand_stays_closed(profile: HallProfile) -> None:
    live = live_day(profile, MONDAY, closed=True)
    noon = day_hours(profile, MONDAY).doors_at + 4 * HOUR
    next_doors = day_hours(profile, TUESDAY).doors_at

    assert next_duty(profile, live, noon) == Duty("open", next_doors)


def test_on_friday_evening_the_next_opening_is_on_monday(profile: HallProfile) -> None:
    live = live_day(profile, FRIDAY, closed=True)
    evening = day_hours(profile, FRIDAY).ends_at + HOUR

    duty = next_duty(profile, live, evening)

    assert duty == Duty("open", day_hours(profile, "2026-03-09").doors_at)


def test_an_open_day_is_closed_from_the_end_of_its_hours_on(
    profile: HallProfile,
) -> None:
    live = live_day(profile, MONDAY)
    hours = day_hours(profile, MONDAY)

    assert next_duty(profile, live, hours.doors_at) == Duty("close", hours.closes_at)


def test_a_clock_that_was_set_back_opens_no_day_before_the_recorded_one(
    profile: HallProfile,
) -> None:
    live = live_day(profile, FRIDAY, closed=True)
    days_before = day_hours(profile, MONDAY).doors_at

    duty = next_duty(profile, live, days_before)

    assert duty == Duty("open", day_hours(profile, "2026-03-09").doors_at)


# What is done.


def hours_of(house: OpenHouse) -> DayHours:
    """Return the hours of the open day."""
    hours = house.hall.live.hours
    assert hours is not None
    return hours


async def test_the_day_opens_when_the_doors_open(
    tmp_path: Path, profile: HallProfile
) -> None:
    doors_at = day_hours(profile, MONDAY).doors_at
    async with open_house(tmp_path, at=doors_at - HOUR) as house:
        before = house.hall.live.day_state
        house.clock.move_to(doors_at)

        await house.day_state(1)

        assert before == 0
        assert house.hall.live.date == MONDAY


async def test_the_day_closes_when_the_last_citizen_has_been_served(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        clerk = await house.clerk_at("1")
        await house.number()
        house.clock.move_to(hours_of(house).closes_at)
        await clerk.does("call-next")
        await clerk.does("start")
        state_while_served = house.hall.live.day_state

        await clerk.does("complete", {"outcome": "done"})
        await house.day_state(2)

        assert state_while_served == 1
        assert house.clock.now() == hours_of(house).closes_at


async def test_at_the_days_end_it_is_closed_whatever_still_waits(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        taken = await house.number()
        house.clock.move_to(hours_of(house).ends_at)

        await house.day_state(2)

        ended = [
            r.event.reason
            for r in house.house.log.read(house.hall.stream)
            if isinstance(r.event, TicketEnded) and r.event.ticket == taken["ticket"]
        ]
        assert ended == ["expired"]


async def test_a_day_left_open_is_closed_and_the_numbers_begin_anew(
    tmp_path: Path, profile: HallProfile
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        await house.number()
    next_doors = day_hours(profile, TUESDAY).doors_at
    async with open_house(tmp_path, at=next_doors) as house:
        await house.day_state(1, TUESDAY)
        taken = await house.number()
        log = house.house.log
        monday = log.read(f"hall-day/township/{MONDAY}")

    assert isinstance(monday[-1].event, DayClosed)
    assert monday[-1].event.overdue
    assert (house.hall.live.date, taken["number"]) == (TUESDAY, "A001")


async def take_number(house: OpenHouse, ticket: str) -> None:
    """Let something happen in the hall; go on as soon as everybody was told."""
    await house.hall.submit(
        IssueTicket(
            command_id=ticket,
            at=house.clock.now(),
            by="kiosk",
            ticket=ticket,
            items=[CIVIL],
            channel="kiosk",
        )
    )


async def test_a_keeper_who_is_dismissed_while_something_happens_goes_home(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        for steps in range(8):
            keeper = asyncio.create_task(Keeper(house.hall, house.clock).run())
            await take_number(house, f"t{steps}")
            for _ in range(steps):
                await asyncio.sleep(0)

            keeper.cancel()
            ended, still_there = await asyncio.wait({keeper}, timeout=30)

            assert not still_there, f"{steps} steps after what happened"
            assert all(one.cancelled() for one in ended)
