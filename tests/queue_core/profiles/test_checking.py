from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.profiles.reading import check_profile, read_profile
from tests.queue_core.profiles.folders import (
    HALL,
    hall_faults,
    line_of,
    seen,
    write_profile,
)


SPOILED = [
    ('hall = "small"', 'hall = "house"', "hall", "stands in the audit for"),
    ('letter = "A"', 'letter = "a"', "queues[1].letter", "one capital letter A-Z"),
    ('letter = "A"', 'letter = "V"', "queues[1].letter", "kept for green tickets"),
    ('letter = "A"', 'letter = "Y"', "queues[1].letter", "kept for booked tickets"),
    ('letter = "A"', 'letter = "B"', "queues[2].letter", "overlaps B1-999 of queue"),
    ('letter = "A"', "letter = 1", "queues[1].letter", "must be one capital letter"),
    ('letter = "A"', "", "queues[1].letter", "is missing"),
    ('"A"', '"A"\nletters = "B"', "queues[1].letters", "did you mean letter?"),
    ('"A"', '"A"\nfirst_number = 0', "queues[1].first_number", "from 1 to 9999"),
    ('"A"', '"A"\nfirst_number = true', "queues[1].first_number", "not true"),
    (
        '"A"',
        '"A"\nfirst_number = 9\nlast_number = 8',
        "queues[1].last_number",
        "must not be below the first, 9",
    ),
    ('queue = "civil"', 'queue = "invoices"', "queues[2].queue", "already"),
    ('queue = "civil"', 'queue = "Civil Q"', "queues[1].queue", "a short name of a-z"),
    (
        'queue = "civil"\nzone = "social"',
        'queue = "civil"\nzone = "sociall"',
        "queues[1].zone",
        "sociall is not known; there are social, tax",
    ),
    ('primary = ["civil"]', "primary = []", "windows[1].primary", "serve no queue"),
    (
        'primary = ["civil"]',
        'primary = ["civic"]',
        "windows[1].primary[1]",
        "civic is not known",
    ),
    (
        'backup = ["civil"]',
        'backup = ["invoices"]',
        "windows[2].backup[1]",
        "named twice",
    ),
    (
        'backup = ["civil"]',
        'backup = "civil"',
        "windows[2].backup",
        "must be a list",
    ),
    ('windows = "4-6"', 'windows = "3-6"', "windows[2].windows", "row 1 already"),
    ('windows = "4-6"', 'windows = "6-4"', "windows[2].windows", "runs backwards"),
    ('windows = "4-6"', "windows = 4", "windows[2].windows", "window numbers such as"),
    ('zh = "办税", ', "", "zones[2].name.zh", "is missing"),
    ('zh = "办税"', 'zh = ""', "zones[2].name.zh", "text of 1 to 300"),
    ('zh = "办税"', 'zh = "办\\n税"', "zones[2].name.zh", "invisible character"),
    ('zone = "tax"\nname', 'zone = "social"\nname', "zones[2].zone", "already"),
    ('doors = "08:30"', 'doors = "8:30"', "hours.doors", 'a time such as "09:00"'),
    ('doors = "08:30"', 'doors = "25:00"', "hours.doors", "a time such as"),
    ('doors = "08:30"', 'doors = "09:30"', "hours.doors", "must not be after 09:00"),
    ('"13:00-17:00"', '"11:30-17:00"', "hours.sessions[2]", "before the one above"),
    ('"13:00-17:00"', '"17:00-13:00"', "hours.sessions[2]", "not after 17:00"),
    ('"13:00-17:00"', '"afternoon"', "hours.sessions[2]", "a stretch of time"),
    ('cut_off = "16:40"', 'cut_off = "17:40"', "hours.cut_off", "not after 17:00"),
    ('cut_off = "16:40"', 'cut_off = "08:00"', "hours.cut_off", "after the doors"),
    ('day_ends = "18:00"', 'day_ends = "16:00"', "hours.day_ends", "before 17:00"),
    ("[2026-10-01,", '["2026-13-01",', "hours.closed_dates[1]", "no date"),
    ("[2026-10-01,", '["1 October",', "hours.closed_dates[1]", "a date such as"),
    (
        '"2026-10-10"',
        '"2026-10-05"',
        "hours.extra_open_dates",
        "among the closed dates",
    ),
    ('hall = "small"', 'hall = "Small"', "hall", "a short name"),
    ('hall = "small"\n', "", "hall", "is missing"),
    (
        'hall = "small"',
        'hall = "small"\ntimezone = "Asia/Peking"',
        "timezone",
        "no time zone",
    ),
    (
        'hall = "small"',
        'hall = "small"\ntimezone = "../../etc"',
        "timezone",
        "no time zone",
    ),
    ('hall = "small"', 'hall = "small"\naccent = "red"', "accent", "a colour such as"),
]


@pytest.mark.parametrize(("old", "new", "field", "words"), SPOILED)
def test_a_fault_of_hall_toml_names_line_field_and_what_to_do(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    spoiled = HALL.replace(old, new, 1)
    faults = hall_faults(write_profile(tmp_path), *_once(old, new))

    fault = next(fault for fault in faults if fault.field == field)
    assert fault.file == "hall.toml"
    assert words in fault.message
    assert fault.message_zh
    assert not fault.advice
    assert 0 <= fault.line <= spoiled.count("\n")


def _once(old: str, new: str) -> list[tuple[str, str]]:
    """Return the change, anchored where a short piece stands more than once."""
    if HALL.count(old) == 1:
        return [(old, new)]
    anchor = HALL[HALL.index(old) - 10 : HALL.index(old) + len(old)]
    return [(anchor, anchor.replace(old, new))]


def test_a_fault_stands_at_the_line_of_its_value(tmp_path: Path) -> None:
    faults = hall_faults(tmp_path, ('"13:00-17:00"', '\n  "noon"'))

    line = line_of(HALL, '"13:00-17:00"') + 1
    assert seen(faults)[0] == ("hall.toml", line, "hours.sessions[2]")


def test_a_queue_that_no_window_serves_is_a_fault_of_its_items(tmp_path: Path) -> None:
    faults = hall_faults(
        tmp_path,
        ('primary = ["invoices"]\nbackup = ["civil"]', 'primary = ["civil"]'),
    )

    assert seen(faults) == [("items.csv", 4, "queue")]
    assert "no window serves queue invoices" in faults[0].message


def test_letters_that_look_like_digits_are_advised_against(tmp_path: Path) -> None:
    faults = hall_faults(tmp_path, ('letter = "A"', 'letter = "O"'))

    assert seen(faults) == [("hall.toml", line_of(HALL, '"A"'), "queues[1].letter")]
    assert faults[0].advice
    assert str(faults[0]).endswith(
        "advice: O is easily read as 0; another letter is better"
    )
    assert read_profile(tmp_path).queues[0].letter == "O"


def test_queues_may_share_a_letter_when_their_numbers_are_apart(tmp_path: Path) -> None:
    faults = hall_faults(
        tmp_path,
        ('letter = "A"', 'letter = "C"\nlast_number = 499'),
        ('letter = "B"', 'letter = "C"\nfirst_number = 500'),
    )

    assert faults == []


def test_an_exception_changes_only_what_it_says(tmp_path: Path) -> None:
    hall = HALL + (
        '\n[[window_exceptions]]\nwindows = "5"\nbackup = []\n'
        'name = { zh = "快办", en = "Quick" }\n'
    )

    windows = read_profile(write_profile(tmp_path, hall)).windows

    assert [skill.queue for skill in windows[4].skills] == ["invoices"]
    assert windows[4].name is not None
    assert windows[4].name.en == "Quick"
    assert [skill.queue for skill in windows[5].skills] == ["invoices", "civil"]


def test_an_exception_for_an_unknown_window_is_a_fault(tmp_path: Path) -> None:
    hall = HALL + '\n[[window_exceptions]]\nwindows = "5, 9"\nbackup = []\n'

    faults = check_profile(write_profile(tmp_path, hall))

    assert [fault.message for fault in faults] == ["there is no window 9"]


def test_a_quota_for_an_unknown_item_is_a_fault(tmp_path: Path) -> None:
    hall = HALL + "\n[quotas.items]\nM1 = 5\nX9 = 5\n"

    faults = check_profile(write_profile(tmp_path, hall))

    assert seen(faults) == [("hall.toml", line_of(hall, "X9"), "quotas.items.X9")]


@pytest.mark.parametrize(
    ("special", "words"),
    [
        ('sessions = ["09:00-11:00"]', "says no day"),
        ('from_day = "06-01"', "go together"),
        ('from_day = "06-31"\nuntil_day = "07-01"', "no day"),
        ('dates = ["2026-05-06"]\nweekdays = ["sat"]', "not both"),
        ('weekdays = ["sat"]\nsessions = ["09:00-12:00"]', "not after 12:00"),
        ('weekdays = ["saturday"]', 'must be a weekday: "mon"'),
    ],
)
def test_special_hours_are_checked_like_usual_ones(
    tmp_path: Path, special: str, words: str
) -> None:
    hall = HALL.replace("[[zones]]", f"[[hours.special]]\n{special}\n\n[[zones]]", 1)

    faults = check_profile(write_profile(tmp_path, hall))

    assert any(words in fault.message for fault in faults)


REHEARSAL = """
[rehearsal]
tickets_per_day = 40

[[rehearsal.zones]]
zone = "social"
share_percent = 60
mean_minutes = 9
cv = 0.8
staffed = ["1-2"]

[[rehearsal.zones]]
zone = "tax"
share_percent = 40
mean_minutes = 11
cv = 0.9
staffed = ["4"]
"""


def test_the_rehearsal_is_read_from_the_profile(tmp_path: Path) -> None:
    rehearsal = read_profile(write_profile(tmp_path, HALL + REHEARSAL)).rehearsal

    assert rehearsal.tickets_per_day == 40
    assert [zone.staffed for zone in rehearsal.zones] == [["1", "2"], ["4"]]
    assert rehearsal.zones[0].basis == "assumption"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('staffed = ["4"]', 'staffed = ["3"]', "window 3 is not in zone tax"),
        ('staffed = ["4"]', "staffed = []", "no staffed window serves queue invoices"),
        ('staffed = ["4"]', 'staffed = ["6-4"]', "runs backwards"),
        ("share_percent = 60", "share_percent = 30", "add up to 70, not to 100"),
        ('zone = "social"\nshare', 'zone = "sozial"\nshare', "zone social has no row"),
        ("mean_minutes = 9", "mean_minutes = nan", "a number above 0 to 1000"),
    ],
)
def test_a_rehearsal_that_cannot_run_is_a_fault(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    section = REHEARSAL.replace(old, new)

    faults = check_profile(write_profile(tmp_path, HALL + section))

    assert words in "\n".join(fault.message for fault in faults)


def test_a_profile_without_a_rehearsal_can_be_rehearsed(tmp_path: Path) -> None:
    rehearsal = read_profile(write_profile(tmp_path)).rehearsal

    assert sum(zone.share_percent for zone in rehearsal.zones) == pytest.approx(100)
    assert [zone.staffed for zone in rehearsal.zones] == [["1", "2"], ["4", "5"]]
    assert rehearsal.zones[0].mean_minutes == 17.5
