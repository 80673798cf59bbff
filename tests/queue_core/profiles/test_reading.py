from __future__ import annotations

import random
from pathlib import Path

import pytest

from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import ProfileFaults, check_profile, read_profile
from tests.queue_core.profiles.folders import (
    HALL,
    hall_faults,
    line_of,
    seen,
    write_profile,
)


def test_a_sound_profile_is_read_whole(tmp_path: Path) -> None:
    profile = read_profile(write_profile(tmp_path))

    assert profile.hall == "small"
    assert profile.name.en == "Small Hall"
    assert [window.window for window in profile.windows] == list("123456")
    assert [one.queue for one in profile.windows[3].skills] == ["invoices", "civil"]
    assert profile.windows[3].skills[1].level == "backup"
    assert profile.windows[3].skills[1].offset_seconds == 300
    assert [item.queue for item in profile.items] == ["civil", "civil", "invoices"]
    assert profile.items[0].aliases == ["申请低保", "办低保"]
    assert profile.items[2].aliases == ["买发票", "领发票"]
    assert profile.items[1].materials == []
    assert len(profile.hours.closed_dates) == 7
    assert check_profile(tmp_path) == []


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_has_no_fault_and_needs_no_advice(name: str) -> None:
    assert check_profile(shipped_profile_dir(name)) == []


def test_the_city_hall_is_as_large_as_it_says() -> None:
    city = read_profile(shipped_profile_dir("city"))

    assert len(city.zones) == 10
    assert len(city.windows) == 125
    assert len(city.items) == 367
    assert len(city.departments) == 43
    assert {queue.zone for queue in city.queues} == {zone.zone for zone in city.zones}
    assert all(item.name_en for item in city.items)
    assert _unserved(city) == set()


def test_the_township_hall_has_four_windows() -> None:
    township = read_profile(shipped_profile_dir("township"))

    assert len(township.windows) == 4
    assert _unserved(township) == set()


def _unserved(profile: HallProfile) -> set[str]:
    """Return the queues with items that no rehearsed window serves."""
    staffed = {one for zone in profile.rehearsal.zones for one in zone.staffed}
    served = {
        skill.queue
        for window in profile.windows
        if window.window in staffed
        for skill in window.skills
    }
    return {item.queue for item in profile.items} - served


def test_every_fault_of_both_files_is_reported_at_once(tmp_path: Path) -> None:
    hall = HALL.replace('letter = "A"', 'letter = "V"').replace("08:30", "soon")
    items = "code,name,department,zone,queue,aliases,minutes,kind,materials\n"
    items += "M1,低保,民证,社会事务,民政,,0,即办,\nM1,,民政,社会事务,民政,,5,即办,\n"

    with pytest.raises(ProfileFaults) as raised:
        read_profile(write_profile(tmp_path, hall, items))

    assert seen(raised.value.faults) == [
        ("hall.toml", line_of(hall, "soon"), "hours.doors"),
        ("hall.toml", line_of(hall, '"V"'), "queues[1].letter"),
        ("items.csv", 2, "department"),
        ("items.csv", 2, "minutes"),
        ("items.csv", 3, "code"),
        ("items.csv", 3, "name"),
    ]
    assert "the profile has 6 faults" in str(raised.value)


def test_several_faults_of_syntax_are_reported_at_once(tmp_path: Path) -> None:
    faults = hall_faults(
        tmp_path, ('doors = "08:30"', "doors = 08:30:"), ('letter = "B"', "letter B")
    )

    assert [fault.line for fault in faults] == [
        line_of(HALL, 'doors = "08:30"'),
        line_of(HALL, 'letter = "B"'),
    ]
    assert all("not TOML" in fault.message for fault in faults)


def test_a_missing_table_is_reported_once_and_not_for_every_row(tmp_path: Path) -> None:
    start, end = HALL.index("[departments]"), HALL.index('[[windows]]\nwindows = "1')

    faults = hall_faults(tmp_path, (HALL[start:end], ""))

    assert seen(faults) == [("hall.toml", 0, "departments")]


# Files.


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    faults = check_profile(tmp_path / "nowhere")

    assert "is not a folder" in faults[0].message


def test_missing_files_are_faults(tmp_path: Path) -> None:
    faults = check_profile(tmp_path)

    assert seen(faults) == [("hall.toml", 0, ""), ("items.csv", 0, "")]


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    write_profile(tmp_path, items=b"x" * (5 * 1024 * 1024 + 1))

    assert "larger than 5 MB" in check_profile(tmp_path)[0].message


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_hall_toml_may_be_saved_as_windows_editors_do(
    tmp_path: Path, codec: str
) -> None:
    write_profile(tmp_path)
    (tmp_path / "hall.toml").write_bytes(HALL.replace("\n", "\r\n").encode(codec))

    assert read_profile(tmp_path).name.zh == "小大厅"
    assert all(fault.advice for fault in check_profile(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000 + "]" * 5000,
        "x = " + "9" * 5000,
        "x = 0x" + "f" * 5000,
        "x = {" * 2000,
        'hall = "',
        "\x00",
    ],
)
def test_hostile_text_is_a_fault_like_any_other(tmp_path: Path, text: str) -> None:
    faults = check_profile(write_profile(tmp_path, text))

    assert faults
    assert all(len(str(fault)) < 400 for fault in faults)


def test_no_damage_to_the_files_goes_unreported(tmp_path: Path) -> None:
    """Lines lost, doubled and swapped: either a profile or faults, nothing else."""
    rows = HALL.split("\n")
    chance = random.Random(1)
    outcomes = set()

    for _ in range(80):
        spoiled = rows.copy()
        at, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        match chance.randrange(3):
            case 0:
                del spoiled[at]
            case 1:
                spoiled.insert(other, spoiled[at])
            case _:
                spoiled[at], spoiled[other] = spoiled[other], spoiled[at]
        write_profile(tmp_path, "\n".join(spoiled))
        found = [fault for fault in check_profile(tmp_path) if not fault.advice]
        if found:
            with pytest.raises(ProfileFaults) as raised:
                read_profile(tmp_path)
            assert raised.value.faults == found
        else:
            assert read_profile(tmp_path).hall == "small"
        outcomes.add(bool(found))

    assert outcomes == {True, False}
