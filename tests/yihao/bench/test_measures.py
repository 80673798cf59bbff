"""Every measure runs from beginning to end; nothing here looks at how fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isfinite
from pathlib import Path
from statistics import median

import pytest

from yihao.bench.main import Told, run_measure
from yihao.bench.measures import MEASURES, usual_names
from yihao.bench.plan import QUICK
from yihao.bench.rows import Row


GOALS = {
    "desk": {"figure ≥ 20,000", "ratio ≥ 0.35", "ratio ≤ 1.5"},
    "http": {"ratio ≥ 0.5", "figure ≤ 30"},
    "flat": {"ratio ≤ 1.2", "ratio ≤ 1.1"},
    "fold": {"figure ≥ 150,000"},
    "rival": set(),
    "live": {
        "ratio ≥ 0.6",
        "ratio ≤ 1.4",
        "figure ≤ 5",
        "figure ≤ 16",
        "figure ≤ 1.5",
        "figure ≤ 64",
        "figure ≤ 10",
    },
    "memory": {"figure ≤ 150"},
    "report": {"figure ≤ 1"},
    "rebuild": {"figure ≥ 40,000"},
    "year": {"figure ≤ 60", "figure ≤ 2", "figure ≤ 3"},
}


def require_sound(row: Row, measure: str) -> None:
    """Pass if a row says what was measured, and its ratio comes from its rounds."""
    assert row.measure == measure
    assert row.name
    assert row.unit
    assert row.figure == median(one[0] for one in row.rounds)
    assert row.figure > 0
    assert isfinite(row.figure)
    assert (row.met is None) == (row.goal == "")
    if row.against:
        assert row.against_figure == median(one[1] for one in row.rounds)
        assert row.ratio == median(own / other for own, other in row.rounds)
    else:
        assert row.ratio is None


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Told]:
    """Return what a measure tells without a database; each is run once."""
    return cache(
        lambda name: run_measure(name, QUICK, tmp_path_factory.mktemp(name), "")
    )


@pytest.mark.parametrize("name", [name for name in MEASURES if name in GOALS])
def test_a_measure_returns_sound_rows_with_its_goals(
    name: str, alone: Callable[[str], Told]
) -> None:
    told = alone(name)

    for row in told.rows:
        require_sound(row, name)
    assert {row.goal for row in told.rows if row.goal} == GOALS[name]
    assert [left for left in told.left_out if "--database" not in left] == []


@pytest.mark.parametrize("name", ["desk", "rival", "rebuild"])
def test_with_a_database_nothing_is_left_out(
    name: str,
    tmp_path: Path,
    postgres: Callable[[], str],
    alone: Callable[[str], Told],
) -> None:
    told = run_measure(name, QUICK, tmp_path, postgres())

    for row in told.rows:
        require_sound(row, name)
    assert told.left_out == []
    assert alone(name).left_out != []
    assert len(told.rows) > len(alone(name).rows)


def test_a_usual_run_measures_all_but_the_year() -> None:
    assert set(MEASURES) - set(usual_names()) == {"year"}
