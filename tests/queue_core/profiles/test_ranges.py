from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.profiles.ranges import RangeFault, dates_in, window_order, windows_in


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("7", ["7"]),
        ("1-3", ["1", "2", "3"]),
        ("1-2, 5，8、10-11", ["1", "2", "5", "8", "10", "11"]),
        ("08-11", ["08", "09", "10", "11"]),
        ("S1-S3", ["S1", "S2", "S3"]),
        ("S9-11", ["S9", "S10", "S11"]),
    ],
)
def test_windows_are_written_as_an_office_writes_them(
    text: str, windows: list[str]
) -> None:
    assert windows_in(text) == windows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5-3", "runs backwards"),
        ("A1-B3", "different letters"),
        ("1-9999", "more than 2000"),
        ("", "is no window"),
        ("one", "is no window"),
    ],
)
def test_a_range_that_cannot_be_meant_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RangeFault, match=reason):
        windows_in(text)


@given(st.integers(1, 900), st.integers(0, 99), st.sampled_from(["", "S", "ZZ"]))
def test_a_range_holds_every_number_between_its_ends(
    first: int, more: int, prefix: str
) -> None:
    windows = windows_in(f"{prefix}{first}-{prefix}{first + more}")

    assert windows == [f"{prefix}{n}" for n in range(first, first + more + 1)]
    assert sorted(windows, key=window_order) == windows


def test_windows_are_ordered_as_people_number_them() -> None:
    windows = ["10", "S2", "2", "1", "S10"]

    assert sorted(windows, key=window_order) == ["1", "2", "10", "S2", "S10"]


def test_dates_and_ranges_are_written_out_once() -> None:
    dates = dates_in(["2026-03-01", "2026-02-27..2026-03-01", "2026-05-01至2026-05-02"])

    assert dates == [
        "2026-02-27",
        "2026-02-28",
        "2026-03-01",
        "2026-05-01",
        "2026-05-02",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-30", "no date"),
        ("2026-10-07..2026-10-01", "runs backwards"),
        ("2026-01-01..2029-01-01", "longer than 400 days"),
    ],
)
def test_a_date_that_cannot_be_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RangeFault, match=reason):
        dates_in([text])
