"""By what the year is divided: zones, departments, windows, clerks, items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from projections.kept.tallies import Tally

from .report import YearReport


GroupKey = Literal["zones", "departments", "windows", "clerks", "items"]


@dataclass(frozen=True, slots=True)
class Group:
    """What was counted for each of several, in the order of telling."""

    key: GroupKey
    head: str
    """The word for one of them."""
    names: Sequence[str]
    tallies: Mapping[str, Tally]
    called: Callable[[str], str]
    beside: tuple[str, Callable[[str], str]] | None = None
    """The word for what else tells one from others, and what that is."""

    @property
    def of_desks(self) -> bool:
        """Whether they call and serve, instead of being waited for."""
        return self.key in ("windows", "clerks")


def group_of(key: GroupKey, report: YearReport) -> Group:
    """Return one of the groups of a report."""
    figures, labels = report.figures, report.labels
    match key:
        case "zones":
            found = figures.zones
            return Group(key, "zone", _order(labels.zones, found), found, labels.zone)
        case "departments":
            found = figures.departments
            names = busiest_first(found)
            return Group(key, "department", names, found, labels.department)
        case "windows":
            found = figures.windows
            names = _order(report.zone_of_window, found)

            def zone(window: str) -> str:
                return labels.zone(report.zone_of_window.get(window, ""))

            return Group(key, "window", names, found, labels.window, ("zone", zone))
        case "clerks":
            found = figures.clerks
            names = sorted(found, key=labels.clerk)
            return Group(key, "clerk", names, found, labels.clerk)
        case "items":
            found = figures.items
            code = ("code", str)
            return Group(key, "item", busiest_first(found), found, labels.item, code)


def busiest_first(of: Mapping[str, Tally]) -> list[str]:
    """Return names by how much was done, the most first."""
    return sorted(of, key=lambda name: (-of[name].services, -of[name].issued, name))


def _order(known: Iterable[str], of: Mapping[str, Tally]) -> list[str]:
    """Return what was counted in the profile's order, others last."""
    return list(dict.fromkeys([*(name for name in known if name in of), *sorted(of)]))
