"""A recorded day: read with its faults named, mapped the same way every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.errors import ParseError
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from yihao.rehearsal.arrivals_file import (
    Arrival,
    map_services,
    read_arrivals,
    recorded_day,
    served_queues,
)
from yihao.rehearsal.generator import local_midnight


HEAD = "day,ticket,service_type,arrive,office\n"
ROWS = (
    "2020-01-08,1,passports,36000,north\n"
    "2020-01-08,2,cars,32400,north\n"
    "2020-01-08,3,cars,36600,south\n"
    "2020-01-09,4,cars,36700,north\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "arrivals.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def township() -> HallProfile:
    return read_profile(shipped_profile_dir("township"))


def test_one_offices_day_is_read_in_order_of_arrival(file: Path) -> None:
    arrivals = read_arrivals(file, "north", "2020-01-08")

    assert arrivals == [Arrival("cars", 32400), Arrival("passports", 36000)]


def test_without_office_and_day_everything_is_read(file: Path) -> None:
    assert len(read_arrivals(file)) == 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("day,arrive\n1,2\n", "no column service_type"),
        (HEAD + "2020-01-08,1,cars,soon,north\n", "line 2: arrive is no number"),
        (HEAD + "2020-01-08,1,cars,90000,north\n", "line 2: arrive is outside"),
        (HEAD, "no arrivals"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(file: Path, content: str, why: str) -> None:
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ParseError, match=why):
        read_arrivals(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="cannot read"):
        read_arrivals(tmp_path / "none.csv")


def test_the_most_frequent_services_get_the_first_queues() -> None:
    services = ["a", "b", "b", "c", "c", "d"]
    arrivals = [Arrival(service, 0) for service in services]

    mapped = map_services(arrivals, ["first", "second"])

    assert mapped == {"b": "first", "c": "second", "a": "first", "d": "second"}


def test_recorded_people_come_at_their_minutes_for_their_queue(
    township: HallProfile,
) -> None:
    arrivals = [Arrival("cars", 36_000.0 + n) for n in range(300)]

    day = recorded_day(township, "2026-11-02", arrivals, seed=1)

    midnight = local_midnight(township, "2026-11-02")
    times = [visitor.arrives_at for visitor in day.visitors]
    assert times == [midnight + 36_000_000 + n * 1000 for n in range(300)]
    queue_of = {item.item: item.queue for item in township.items}
    wanted = {queue_of[item] for v in day.visitors for item in v.items}
    assert wanted == {served_queues(township)[0]}
    assert any(visitor.booked_at for visitor in day.visitors)


def test_those_who_came_too_early_wait_at_the_door_and_the_late_stay_away(
    township: HallProfile,
) -> None:
    arrivals = [Arrival("cars", 3600), Arrival("cars", 3601), Arrival("cars", 86_000)]

    day = recorded_day(township, "2026-11-02", arrivals)

    doors = day_hours(township, "2026-11-02").doors_at
    assert [v.arrives_at for v in day.visitors] == [doors, doors + 2000]
    assert day.notes[-1] == "1 of 3 came after the cut-off: left out"
