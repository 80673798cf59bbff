"""What came of drills, for people: a line each, a table, and how to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .figures import Figures
from .rounds import Outcome


NAME, STORE = 8, 12
"""Widths of columns."""


def line_of(outcome: Outcome) -> str:
    """Return the line that is printed when a turn is over."""
    turn = outcome.turn
    said = "VIOLATED" if outcome.violation else counted(outcome.figures)
    where = f"round {turn.round:>3}  {turn.drill:<{NAME}}{turn.store:<{STORE}}"
    return f"{where}{outcome.seconds:7.1f} s  {said}"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the final table: what each drill has counted in all rounds."""
    head = f"{'drill':<{NAME}}{'store':<{STORE}}{'rounds':>7}{'violated':>10}"
    yield f"{head}{'seconds':>9}  counted"
    kinds = dict.fromkeys((one.turn.drill, one.turn.store) for one in outcomes)
    for drill, store in kinds:
        own = [one for one in outcomes if one.turn[1:3] == (drill, store)]
        violated = sum(bool(one.violation) for one in own)
        seconds = sum(one.seconds for one in own)
        row = f"{drill:<{NAME}}{store:<{STORE}}{len(own):>7}{violated:>10}"
        total = counted(summed(one.figures for one in own))
        yield f"{row}{seconds:>9.1f}  {total}"


def summed(some: Iterable[Figures]) -> Figures:
    """Return the sums of what was counted."""
    total = Figures()
    for figures in some:
        for name, count in figures.items():
            total[name] = total.get(name, 0) + count
    return total


def counted(figures: Figures) -> str:
    """Return what was counted in words."""
    return ", ".join(f"{count:,} {name}" for name, count in figures.items())
