"""The floor plan of a hall: given, or made from the order of its zones."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.profile import Floor, floors_of
from queue_core.profiles.reading import read_profile
from tests.queue_core.profiles.folders import HALL, hall_faults, write_profile


def plan(*rows: str) -> tuple[str, str]:
    """Return the change of the sound profile that gives it a plan of these rows."""
    listed = ", ".join(rows)
    return "[departments]", f"[[floors]]\nrows = [{listed}]\n\n[departments]"


def test_a_hall_without_a_plan_shows_its_zones_in_their_order(tmp_path: Path) -> None:
    profile = read_profile(write_profile(tmp_path))

    assert floors_of(profile) == [Floor(rows=[["social", "tax"]])]


def test_a_hall_shows_the_plan_that_it_gives(tmp_path: Path) -> None:
    old, new = plan('["tax"]', '["social"]')
    profile = read_profile(write_profile(tmp_path, HALL.replace(old, new)))

    assert floors_of(profile) == [Floor(rows=[["tax"], ["social"]])]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (['["tax", "sociall"]'], "sociall is not known; there are social, tax"),
        (['["tax", "social"]', '["tax"]'], "zone tax stands on the plan already"),
        (['["tax"]'], "these zones stand on no floor: social"),
        ([], "a floor needs a row of zones"),
        (["[]"], "a floor needs a row of zones"),
        (['"tax"'], "must be a list"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(
    tmp_path: Path, rows: list[str], fault: str
) -> None:
    found = hall_faults(tmp_path, plan(*rows))

    assert any(fault in str(one) for one in found), [str(one) for one in found]
    assert all(one.field.startswith("floors") for one in found)
    assert all(one.line for one in found)


@pytest.mark.parametrize("hall", ["city", "township"])
def test_the_shipped_halls_have_a_plan(hall: str) -> None:
    profile = read_profile(shipped_profile_dir(hall))

    assert profile.floors
    shown = [zone for floor in profile.floors for row in floor.rows for zone in row]
    assert sorted(shown) == sorted(zone.zone for zone in profile.zones)
