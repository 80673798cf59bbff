"""What a measure returns: figures, each beside a limit or rival of the same run."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal, NamedTuple

import msgspec


class Goal(NamedTuple):
    """What a figure, or its ratio to the rival's, is to reach."""

    of: Literal["figure", "ratio"]
    sense: Literal["at least", "at most"]
    bound: float

    def reached(self, value: float) -> float:
        """Return how far a value has come: 1 is just there, more is better."""
        if self.sense == "at least":
            return value / self.bound
        return self.bound / value if value else float("inf")

    @property
    def text(self) -> str:
        """Return the goal in short."""
        sign = "≥" if self.sense == "at least" else "≤"
        return f"{self.of} {sign} {self.bound:,g}"


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure: the median of its rounds."""

    measure: str
    name: str
    figure: float
    unit: str
    rounds: list[list[float]]
    """Every round: the figure, and the rival's of the same round if there is one."""
    against: str = ""
    """The limit or rival."""
    against_figure: float | None = None
    ratio: float | None = None
    """The median of figure ÷ rival's figure over the rounds."""
    goal: str = ""
    reached: float | None = None
    """How far the goal was reached: 1 is just met."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Return whether the goal was met; None if there is none."""
        return None if self.reached is None else self.reached >= 1


def measured(
    measure: str,
    name: str,
    figures: Sequence[float],
    unit: str,
    *,
    goal: Goal | None = None,
    note: str = "",
) -> Row:
    """Return the row of a figure that stands alone."""
    figure = median(figures)
    return Row(
        measure=measure,
        name=name,
        figure=figure,
        unit=unit,
        rounds=[[one] for one in figures],
        goal=goal.text if goal else "",
        reached=goal.reached(figure) if goal else None,
        note=note,
    )


def compared(
    measure: str,
    name: str,
    pairs: Sequence[tuple[float, float]],
    unit: str,
    against: str,
    *,
    goal: Goal | None = None,
    note: str = "",
) -> Row:
    """Return the row of a figure beside a rival's; ``pairs`` holds both by round.

    The ratio is taken in every round and only then the median: what slows the machine
    down for a while slows both.
    """
    figure = median(own for own, _ in pairs)
    ratio = median(own / other for own, other in pairs)
    reached = None
    if goal is not None:
        reached = goal.reached(ratio if goal.of == "ratio" else figure)
    return Row(
        measure=measure,
        name=name,
        figure=figure,
        unit=unit,
        rounds=[list(pair) for pair in pairs],
        against=against,
        against_figure=median(other for _, other in pairs),
        ratio=ratio,
        goal=goal.text if goal else "",
        reached=reached,
        note=note,
    )
