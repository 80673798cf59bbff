"""Removing archived days in tests, and looking at what is left."""

from __future__ import annotations

from pathlib import Path

from queue_core.care.archives import archive
from queue_core.care.opening import reading
from queue_core.care.places import Place
from queue_core.care.rows import Removed
from queue_core.care.verification import verify
from tests.queue_core.rules.hall import NINE


def remove(place: Place, folder: Path, before: str, kept_days: int = 1) -> list[str]:
    """Archive and remove days; return their dates."""
    done = archive(
        place, folder, "city", before, remove=True, kept_days=kept_days, at=NINE
    )
    return [day.date for day in done.days if day.removed]


def removed_from(place: Place) -> Removed:
    """Return what is noted as removed."""
    with reading(place) as rows:
        return rows.removed()


def faults_of(place: Place, archives: Path | None = None) -> list[str]:
    """Return what a verification finds wrong."""
    return [fault.text for fault in verify(place, archives=archives).faults]
