"""The generated day has the figures its profile asks for, and is the same each time."""

from __future__ import annotations

from collections import Counter
from statistics import mean, pstdev

import msgspec
import numpy as np
import pytest

from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from yihao.rehearsal.drawn_people import zipf_shares
from yihao.rehearsal.generator import (
    clerk_pace,
    day_size,
    generate_day,
    item_factors,
    local_midnight,
    staffed_windows,
)
from yihao.rehearsal.streams import ARRIVALS, streams_of
from yihao.rehearsal.visitors import RehearsedDay


MONDAY = "2026-11-02"
MANY = 6_000


@pytest.fixture(scope="module")
def city() -> HallProfile:
    return read_profile(shipped_profile_dir("city"))


@pytest.fixture(scope="module")
def day(city: HallProfile) -> RehearsedDay:
    return generate_day(city, MONDAY, seed=7, tickets=MANY)


def share(found: int) -> float:
    return 100 * found / MANY


# The same again.


def test_the_same_seed_gives_the_same_people(city: HallProfile) -> None:
    first = generate_day(city, MONDAY, seed=3, tickets=200)
    second = generate_day(city, MONDAY, seed=3, tickets=200)

    assert first == second
    assert first != generate_day(city, MONDAY, seed=4, tickets=200)


def test_without_a_seed_the_date_makes_the_day(city: HallProfile) -> None:
    monday = generate_day(city, MONDAY, tickets=50)
    tuesday = generate_day(city, "2026-11-03", tickets=50)

    assert monday == generate_day(city, MONDAY, tickets=50)
    assert [v.items for v in monday.visitors] != [v.items for v in tuesday.visitors]
    assert monday.pace == tuesday.pace


def test_another_policy_meets_the_same_people(city: HallProfile) -> None:
    changed = msgspec.structs.replace(
        city.rehearsal, evaluation_percent=50.0, missed_percent=30.0
    )
    other = msgspec.structs.replace(city, rehearsal=changed)

    before = generate_day(city, MONDAY, seed=3, tickets=300).visitors
    after = generate_day(other, MONDAY, seed=3, tickets=300).visitors

    def person(day: list[object]) -> list[object]:
        names = ("arrives_at", "items", "service_seconds", "patience_seconds")
        return [[getattr(visitor, name) for name in names] for visitor in day]

    assert person(list(before)) == person(list(after))
    assert sum(v.grade is None for v in after) > sum(v.grade is None for v in before)


# Arrivals.


def test_arrivals_follow_the_shares_of_the_half_hours(
    city: HallProfile, day: RehearsedDay
) -> None:
    # Booked people come when they are booked; the others show the shares.
    walk_ins = [v for v in day.visitors if not v.booked_at]
    first = local_midnight(city, MONDAY) + (8 * 60 + 30) * 60_000
    found = Counter((v.arrives_at - first) // 1_800_000 for v in walk_ins)

    for half, percent in enumerate(city.rehearsal.half_hour_percents):
        assert 100 * found[half] / len(walk_ins) == pytest.approx(percent, abs=1.2)


def test_nobody_comes_before_the_doors_open_or_after_the_cut_off(
    city: HallProfile, day: RehearsedDay
) -> None:
    hours = day_hours(city, MONDAY)
    arrivals = [visitor.arrives_at for visitor in day.visitors]

    assert arrivals == sorted(arrivals)
    assert hours.doors_at <= arrivals[0]
    assert arrivals[-1] < hours.cut_off_at


def test_the_size_of_a_day_follows_weekday_and_load(city: HallProfile) -> None:
    def sizes(date: str, *, stress: bool = False) -> list[int]:
        return [
            day_size(
                city.rehearsal,
                date,
                streams_of("city", date, seed).of(ARRIVALS),
                stress=stress,
            )
            for seed in range(400)
        ]

    monday, friday = sizes(MONDAY), sizes("2026-11-06")
    assert mean(monday) == pytest.approx(393 * 1.22, rel=0.02)
    assert mean(friday) == pytest.approx(393 * 0.82, rel=0.02)
    assert mean(sizes(MONDAY, stress=True)) == pytest.approx(933 * 1.22, rel=0.02)
    assert pstdev(monday) / mean(monday) == pytest.approx(0.10, abs=0.015)


# What they come for.


def test_zones_have_their_shares(city: HallProfile, day: RehearsedDay) -> None:
    found = Counter(visitor.zone for visitor in day.visitors)

    total = sum(zone.share_percent for zone in city.rehearsal.zones)
    for zone in city.rehearsal.zones:
        expected = 100 * zone.share_percent / total
        assert share(found[zone.zone]) == pytest.approx(expected, abs=1.6)


def test_service_times_have_mean_and_spread_of_their_zone(
    city: HallProfile, day: RehearsedDay
) -> None:
    factors = item_factors(city, streams_of("city", MONDAY, 7))
    for zone in city.rehearsal.zones:
        seconds = [
            visitor.service_seconds[0] / factors[visitor.items[0]]
            for visitor in day.visitors
            if visitor.zone == zone.zone
        ]
        assert mean(seconds) / 60 == pytest.approx(zone.mean_minutes, rel=0.16)
        assert pstdev(seconds) / mean(seconds) == pytest.approx(zone.cv, abs=0.22)


def test_no_service_is_shorter_than_the_shortest(day: RehearsedDay) -> None:
    assert min(min(v.service_seconds) for v in day.visitors) >= 30


def test_items_are_wanted_by_zipf() -> None:
    shares = zipf_shares(10, 0.9)

    assert sum(shares) == pytest.approx(1)
    assert shares[0] / shares[1] == pytest.approx(2**0.9)


def test_items_and_clerks_have_factors_that_last(city: HallProfile) -> None:
    today, tomorrow = streams_of("city", MONDAY), streams_of("city", "2026-11-03")

    assert clerk_pace(city, today) == clerk_pace(city, tomorrow)
    assert item_factors(city, today) == item_factors(city, tomorrow)
    logs = np.log(list(item_factors(city, today).values()))
    assert float(logs.std()) == pytest.approx(0.25, abs=0.04)


def test_several_items_are_brought_by_their_share(day: RehearsedDay) -> None:
    counts = Counter(len(visitor.items) for visitor in day.visitors)

    assert share(counts[2] + counts[3]) == pytest.approx(12, abs=1.5)
    assert counts[3] / (counts[2] + counts[3]) == pytest.approx(0.2, abs=0.05)
    assert all(len(set(v.items)) == len(v.items) for v in day.visitors)


# How they behave.


def test_classes_misses_transfers_and_patience_have_their_shares(
    day: RehearsedDay,
) -> None:
    visitors = day.visitors
    classes = Counter(visitor.ticket_class for visitor in visitors)

    assert share(classes["appointment"]) == pytest.approx(6.6, abs=1.0)
    assert share(classes["green"]) == pytest.approx(6.0, abs=1.0)
    assert share(sum(v.misses_first for v in visitors)) == pytest.approx(8, abs=1.1)
    missing = [v for v in visitors if v.misses_first]
    assert mean(v.returns for v in missing) == pytest.approx(0.6, abs=0.07)
    assert share(sum(v.transferred for v in visitors)) == pytest.approx(7, abs=1.0)
    patience = mean(v.patience_seconds for v in visitors) / 60
    assert patience == pytest.approx(120, rel=0.05)


def test_booked_people_come_about_eight_minutes_early(day: RehearsedDay) -> None:
    early = [(v.booked_at - v.arrives_at) / 60_000 for v in day.visitors if v.booked_at]

    assert mean(early) == pytest.approx(8, abs=1.5)
    assert pstdev(early) == pytest.approx(9, abs=1.5)
    assert all(v.channel != "phone" for v in day.visitors if v.booked_at)


def test_booked_people_who_stay_away_are_twelve_percent_of_all_booked(
    day: RehearsedDay,
) -> None:
    came = sum(bool(visitor.booked_at) for visitor in day.visitors)

    assert day.absent / (came + day.absent) == pytest.approx(0.12, abs=0.05)


def test_grades_are_given_after_nearly_every_service(day: RehearsedDay) -> None:
    grades = Counter(visitor.grade for visitor in day.visitors)

    assert share(MANY - grades[None]) == pytest.approx(98.52, abs=0.6)
    assert share(grades["very-satisfied"]) == pytest.approx(92.1, abs=1.5)
    assert grades["dissatisfied"] + grades["very-dissatisfied"] < 12


def test_the_staffed_windows_serve_every_queue_that_is_wanted(
    city: HallProfile, day: RehearsedDay
) -> None:
    staffed = set(staffed_windows(city))
    served = {
        skill.queue
        for window in city.windows
        if window.window in staffed
        for skill in window.skills
    }
    queue_of = {item.item: item.queue for item in city.items}

    assert {queue_of[i] for v in day.visitors for i in v.items} <= served
