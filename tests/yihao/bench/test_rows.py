"""Figures, ratios and goals: computed from what was measured, and nothing else."""

from __future__ import annotations

from statistics import median

import pytest

from yihao.bench.rows import Goal, compared, measured


def test_a_ratio_is_taken_in_every_round_before_the_median() -> None:
    pairs = [(10.0, 20.0), (90.0, 100.0), (30.0, 10.0)]

    row = compared("desk", "rows", pairs, "rows/s", "raw inserts")

    assert row.ratio == median([0.5, 0.9, 3.0])
    assert (row.figure, row.against_figure) == (30.0, 20.0)
    assert row.rounds == [[10.0, 20.0], [90.0, 100.0], [30.0, 10.0]]


@pytest.mark.parametrize(
    ("goal", "reached", "met"),
    [
        (Goal("ratio", "at least", 0.5), 1.0, True),
        (Goal("ratio", "at least", 0.625), 0.8, False),
        (Goal("ratio", "at most", 1.0), 2.0, True),
        (Goal("figure", "at most", 1.0), 0.25, False),
        (Goal("figure", "at least", 2.0), 2.0, True),
    ],
)
def test_a_goal_is_reached_by_the_figure_or_by_its_ratio(
    goal: Goal, reached: float, met: bool
) -> None:
    row = compared("x", "x", [(4.0, 8.0)], "s", "rival", goal=goal)

    assert row.reached == pytest.approx(reached)
    assert row.met is met


def test_a_figure_alone_is_the_median_of_its_rounds() -> None:
    goal = Goal("figure", "at most", 3)

    row = measured("report", "page", [5.0, 1.0, 2.0], "s", goal=goal)

    assert (row.figure, row.met, row.ratio) == (2.0, True, None)
    assert row.goal == "figure ≤ 3"


def test_a_row_without_a_goal_is_neither_met_nor_missed() -> None:
    assert measured("report", "page", [1.0], "s").met is None
