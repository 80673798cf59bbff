from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.hours import (
    business_date,
    clock_text,
    day_hours,
    is_open_day,
    next_open_day,
)
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from tests.queue_core.profiles.folders import HALL, write_profile


@pytest.fixture
def hall(tmp_path: Path) -> HallProfile:
    return read_profile(write_profile(tmp_path))


def at(profile: HallProfile, text: str) -> int:
    local = datetime.datetime.fromisoformat(text)
    return int(local.replace(tzinfo=ZoneInfo(profile.timezone)).timestamp()) * 1000


def test_the_instants_of_a_day_are_those_of_the_local_clock(hall: HallProfile) -> None:
    hours = day_hours(hall, "2026-03-02")

    assert hours.doors_at == at(hall, "2026-03-02T08:30")
    assert [one.opens_at for one in hours.sessions] == [
        at(hall, "2026-03-02T09:00"),
        at(hall, "2026-03-02T13:00"),
    ]
    assert hours.sessions[0].closes_at == at(hall, "2026-03-02T12:00")
    assert hours.closing_soon_at == at(hall, "2026-03-02T16:00")
    assert hours.cut_off_at == at(hall, "2026-03-02T16:40")
    assert hours.closes_at == at(hall, "2026-03-02T17:00")
    assert hours.ends_at == at(hall, "2026-03-02T18:00")


def test_the_business_date_changes_at_local_midnight_and_not_at_utc(
    hall: HallProfile,
) -> None:
    assert business_date(hall, at(hall, "2026-03-02T00:00")) == "2026-03-02"
    assert business_date(hall, at(hall, "2026-03-02T00:00") - 1) == "2026-03-01"
    assert business_date(hall, at(hall, "2026-03-02T07:59")) == "2026-03-02"
    assert clock_text(hall, at(hall, "2026-03-02T09:05")) == "09:05"


@pytest.mark.parametrize(
    ("date", "is_open"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
    ],
)
def test_holidays_are_closed_and_make_up_saturdays_open(
    hall: HallProfile, date: str, is_open: bool
) -> None:
    assert is_open_day(hall, date) == is_open


def test_the_next_open_day_is_after_the_holiday(hall: HallProfile) -> None:
    assert next_open_day(hall, "2026-09-29") == "2026-09-30"
    assert next_open_day(hall, "2026-09-30") == "2026-10-08"
    assert next_open_day(hall, "2026-10-09") == "2026-10-10"


def test_a_hall_that_never_opens_has_no_next_open_day(hall: HallProfile) -> None:
    hours = msgspec.structs.replace(hall.hours, open_weekdays=[], extra_open_dates=[])
    closed = msgspec.structs.replace(hall, hours=hours)

    assert next_open_day(closed, "2026-03-02") is None


SPECIAL = """
[[hours.special]]
dates = ["2026-06-06"]
cut_off = "09:30"
sessions = ["09:00-10:00"]

[[hours.special]]
weekdays = ["sat"]
sessions = ["09:00-12:00"]
cut_off = "11:40"
closing_soon_minutes = 30

[[hours.special]]
from_day = "06-01"
until_day = "09-30"
sessions = ["09:00-12:00", "15:00-18:00"]
day_ends = "19:00"

[[hours.special]]
from_day = "12-15"
until_day = "01-15"
doors = "09:00"
"""


@pytest.mark.parametrize(
    ("date", "closes", "soon"),
    [
        ("2026-05-29", "17:00", "16:00"),
        ("2026-06-01", "18:00", "16:40"),
        ("2026-09-30", "18:00", "16:40"),
        ("2026-10-08", "17:00", "16:00"),
        ("2026-06-06", "10:00", "09:00"),
        ("2026-06-13", "12:00", "11:30"),
    ],
)
def test_the_first_special_hours_that_fit_a_day_give_its_times(
    tmp_path: Path, date: str, closes: str, soon: str
) -> None:
    text = HALL.replace("\n[[zones]]", f"{SPECIAL}\n[[zones]]", 1)
    hall = read_profile(write_profile(tmp_path, text))

    hours = day_hours(hall, date)

    assert clock_text(hall, hours.closes_at) == closes
    assert clock_text(hall, hours.closing_soon_at) == soon


@pytest.mark.parametrize(
    ("date", "doors"),
    [("2026-12-14", "08:30"), ("2026-12-31", "09:00"), ("2027-01-15", "09:00")],
)
def test_a_season_may_pass_the_turn_of_the_year(
    tmp_path: Path, date: str, doors: str
) -> None:
    text = HALL.replace("\n[[zones]]", f"{SPECIAL}\n[[zones]]", 1)
    hall = read_profile(write_profile(tmp_path, text))

    assert clock_text(hall, day_hours(hall, date).doors_at) == doors


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
def test_summer_time_moves_instants_and_not_the_clock(
    hall: HallProfile, date: str
) -> None:
    berlin = msgspec.structs.replace(hall, timezone="Europe/Berlin")

    hours = day_hours(berlin, date)

    assert clock_text(berlin, hours.doors_at) == "08:30"
    assert clock_text(berlin, hours.closes_at) == "17:00"
    assert hours.closes_at - hours.doors_at == int(8.5 * 3_600_000)


days = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days, name=st.sampled_from(shipped_profiles()))
def test_the_times_of_any_day_follow_one_another(day: datetime.date, name: str) -> None:
    profile = PROFILES[name]
    date = day.isoformat()

    hours = day_hours(profile, date)

    edges = [hours.doors_at]
    for session in hours.sessions:
        edges += [session.opens_at, session.closes_at]
    edges.append(hours.ends_at)
    assert edges == sorted(edges)
    assert hours.doors_at <= hours.closing_soon_at <= hours.cut_off_at
    assert hours.cut_off_at <= hours.closes_at == hours.sessions[-1].closes_at
    assert business_date(profile, hours.doors_at) == date
    assert business_date(profile, hours.ends_at) == date


@given(days)
def test_the_next_open_day_is_open_and_none_before_it_is(day: datetime.date) -> None:
    profile = PROFILES["city"]

    found = next_open_day(profile, day.isoformat())

    assert found is not None
    between = (datetime.date.fromisoformat(found) - day).days
    dates = [
        (day + datetime.timedelta(days=n)).isoformat() for n in range(1, between + 1)
    ]
    assert [is_open_day(profile, date) for date in dates] == [
        *([False] * (between - 1)),
        True,
    ]


PROFILES = {
    name: read_profile(shipped_profile_dir(name)) for name in shipped_profiles()
}
