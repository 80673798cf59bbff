from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.profile import (
    HallProfile,
    parse_profile,
    serialize_profile,
    with_revision,
)
from queue_core.profiles.reading import read_profile
from tests.queue_core.profiles.folders import HALL, ITEMS, write_profile


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_profile_comes_back_whole_from_its_bytes(name: str) -> None:
    profile = read_profile(shipped_profile_dir(name))

    back = parse_profile(serialize_profile(profile))

    assert back == profile
    assert with_revision(back).revision == profile.revision
    assert serialize_profile(back) == serialize_profile(profile)


def test_notes_spaces_and_the_order_of_tables_do_not_change_the_revision(
    tmp_path: Path,
) -> None:
    revision = read_profile(write_profile(tmp_path)).revision
    hours, rest = HALL.split("[[zones]]", 1)
    hours = hours.replace("doors =", "# a note\ndoors   =").replace("\n", "\r\n")
    top, table = hours.split("[hours]")
    moved = f"{top}[[zones]]{rest}\n[hours]{table}"

    again = read_profile(write_profile(tmp_path, moved, "\ufeff" + ITEMS)).revision

    assert again == revision
    assert len(revision) == 16


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('letter = "A"', 'letter = "C"'),
        ('cut_off = "16:40"', 'cut_off = "16:41"'),
        ('en = "Tax"', 'en = "Taxes"'),
        ('windows = "4-6"', 'windows = "4-7"'),
    ],
)
def test_a_changed_value_changes_the_revision(
    tmp_path: Path, old: str, new: str
) -> None:
    revision = read_profile(write_profile(tmp_path)).revision

    changed = read_profile(write_profile(tmp_path, HALL.replace(old, new)))

    assert changed.revision != revision


def test_an_item_added_changes_the_revision(tmp_path: Path) -> None:
    revision = read_profile(write_profile(tmp_path)).revision

    items = f"{ITEMS}T2,代开发票,税务,办税,发票,,9,即办,\n"

    assert read_profile(write_profile(tmp_path, items=items)).revision != revision


def test_the_revision_is_the_same_in_every_process(tmp_path: Path) -> None:
    folder = write_profile(tmp_path)
    program = (
        "import sys; from queue_core.profiles.reading import read_profile;"
        "print(read_profile(sys.argv[1]).revision)"
    )

    revisions = {
        subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert revisions == {read_profile(folder).revision}


def test_what_is_stored_holds_only_what_differs_from_the_defaults(
    tmp_path: Path,
) -> None:
    """A field added later with a default then changes no stored profile's revision."""
    stored = msgspec.msgpack.decode(
        serialize_profile(read_profile(write_profile(tmp_path)))
    )

    assert "voice" not in stored
    assert "daily_quota" not in stored["queues"][0]


def test_bytes_that_are_no_profile_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        parse_profile(msgspec.msgpack.encode({"hall": 1}))


def test_a_profile_is_frozen(tmp_path: Path) -> None:
    profile: HallProfile = read_profile(write_profile(tmp_path))

    with pytest.raises(AttributeError):
        profile.hall = "other"  # type: ignore[misc]
