"""One year's report as data: figures and the words of the hall, before any layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from projections.kept.store import KeptDays
from projections.labels import Labels, labels_of
from queue_core.profiles.profile import HallProfile
from queue_core.values import Language

from .figures import YearFigures, year_figures


@dataclass(frozen=True)
class YearReport:
    """Everything the report says, and the words of the hall to say it in."""

    year: int
    figures: YearFigures
    position: int
    """The position of the log up to which the figures were gathered."""
    labels: Labels
    target_seconds: float
    """The wait that the hall wants to keep, by its profile."""
    zone_of_window: Mapping[str, str]
    """In the order of the profile."""
    generated_at: int


def year_report(
    kept: KeptDays,
    year: int,
    profile: HallProfile,
    language: Language,
    *,
    clerks: Mapping[str, str],
    generated_at: int,
) -> YearReport:
    """Say how a hall's year went, as far as it is kept.

    ``clerks`` tells the names of accounts, which the record does not know.

    Raises:
        ValueError: there are no days.
    """
    return YearReport(
        year=year,
        figures=year_figures(kept.days),
        position=kept.position,
        labels=replace(labels_of(profile, language), clerks=clerks),
        target_seconds=profile.waits.target_minutes * 60,
        zone_of_window={w.window: w.zone for w in profile.windows},
        generated_at=generated_at,
    )
