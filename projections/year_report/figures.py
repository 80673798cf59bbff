"""The sums of a year: months, weekdays, and everything that a day is divided by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from projections.kept.day_figures import DayFigures, tally_of, total
from projections.kept.day_fold import figures_now
from projections.kept.page_fold import FIGURES, OPEN_DAY
from projections.kept.store import DayRow
from projections.kept.tallies import Tally


@dataclass(slots=True)
class Month:
    """A month in which the hall was open."""

    days: int = 0
    figures: DayFigures = field(default_factory=DayFigures)
    whole: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class Weekday:
    """All Mondays, all Tuesdays and so on."""

    days: int = 0
    half_hours: dict[int, Tally] = field(default_factory=dict)


@dataclass(slots=True)
class YearFigures:
    """Everything that is counted in a year."""

    days: int
    first_date: str
    last_date: str
    is_last_open: bool
    """The last day was not over when it was read."""
    last_at: int
    whole: Tally
    months: dict[str, Month]
    """``2026-11`` → the month, in order."""
    weekdays: dict[int, Weekday]
    """0: Monday."""
    zones: Mapping[str, Tally]
    departments: Mapping[str, Tally]
    items: Mapping[str, Tally]
    windows: Mapping[str, Tally]
    clerks: Mapping[str, Tally]

    @property
    def half_hours(self) -> range:
        """The half hours of the day in which numbers were taken."""
        taken = [
            half
            for weekday in self.weekdays.values()
            for half, tally in weekday.half_hours.items()
            if tally.issued
        ]
        return range(min(taken), max(taken) + 1) if taken else range(0)


def figures_of_day(row: DayRow) -> DayFigures:
    """Return the figures of a kept day, with the numbers that are still live."""
    figures = FIGURES.decode(row.figures)
    return (
        figures_now(figures, OPEN_DAY.decode(row.open_day)) if row.open_day else figures
    )


def year_figures(rows: Iterable[DayRow]) -> YearFigures:
    """Add up the days of a year, the oldest first.

    Raises:
        ValueError: there are no days.
    """
    days = list(rows)
    if not days:
        raise ValueError("no day was kept, so there is nothing to report")
    months: dict[str, Month] = {}
    weekdays: dict[int, Weekday] = {}
    desks = DayFigures()
    for row in days:
        figures = figures_of_day(row)
        month = months.setdefault(row.date[:7], Month())
        month.days += 1
        weekday = weekdays.setdefault(date.fromisoformat(row.date).weekday(), Weekday())
        weekday.days += 1
        for half, tally in figures.half_hours.items():
            tally_of(weekday.half_hours, half).add(tally)
        # A month is told as a whole, a window for the whole year.
        desks.add(DayFigures(desks=figures.desks))
        month.figures.add(DayFigures(cells=figures.cells))
    year = DayFigures(desks=desks.desks)
    for month in months.values():
        month.whole = total(month.figures.cells)
        year.add(month.figures)
    return YearFigures(
        days=len(days),
        first_date=days[0].date,
        last_date=days[-1].date,
        is_last_open=not days[-1].closed,
        last_at=days[-1].last_at,
        whole=year.whole,
        months=months,
        weekdays=dict(sorted(weekdays.items())),
        zones=year.by_cell("zone"),
        departments=year.by_cell("department"),
        items=year.by_cell("item"),
        windows=year.by_desk("window"),
        clerks=year.by_desk("clerk"),
    )
