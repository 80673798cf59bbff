"""``yihao archive``: days that leave the record for files, and can be read again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from queue_core.care.adopted_profiles import profiles_in
from queue_core.care.archive_log import archived_dates
from queue_core.care.archives import archive, archive_before, due_days
from queue_core.care.places import Place
from queue_core.care.unfinished import require_whole
from queue_core.clock import wall_clock
from queue_core.errors import ParseError
from queue_core.profiles.profile import HallProfile

from .kept_figures import gather
from .progress_bar import progress_bar
from .settings import Settings
from .stores import record_of, settings_of


def archive_days(options: argparse.Namespace) -> int:
    """List what may be archived, or do it; 1 if a day could not be."""
    settings = settings_of(options)
    record = record_of(settings)
    require_whole(record)
    status = 0
    for profile in halls_of(record, options.hall):
        before = options.before or archive_before(profile, wall_clock())
        if not before:
            print(f"{profile.hall}: its profile keeps every day (record_days = 0)")
        elif options.write or options.remove:
            status |= do(record, settings, profile.hall, before, remove=options.remove)
        else:
            show(record, settings, profile.hall, before)
    return status


def halls_of(record: Place, hall: str) -> Iterator[HallProfile]:
    """Yield the profiles of the halls that are meant.

    Raises:
        ParseError: the record knows no such hall.
    """
    profiles = profiles_in(record)
    if hall and hall not in profiles:
        raise ParseError(f"the record knows no hall {hall}", "hall")
    for name in sorted(profiles):
        if hall in {"", name}:
            yield profiles[name]


def show(record: Place, settings: Settings, hall: str, before: str) -> None:
    """Print what archiving would do, and what has been archived."""
    due = due_days(record, settings.archives, hall, before)
    print(f"{hall}: {len(due):,} days in the record are from before {before}")
    for day in due:
        written = "archived" if day.is_written else "no archive"
        then = f"stays: {day.stays}" if day.stays else "may be removed"
        print(f"  {day.date}  {day.events:>8,} events  {written:<10}  {then}")
    dates = archived_dates(settings.archives, hall)
    if dates:
        print(f"  {len(dates):,} days in {settings.archives}: {dates[0]} – {dates[-1]}")


def do(
    record: Place, settings: Settings, hall: str, before: str, *, remove: bool
) -> int:
    """Archive the days of a hall; 1 if one of them could not be."""
    if remove:
        # What is gathered from days that have left is not gathered again by itself.
        gather(settings)
    with progress_bar(f"archive {hall}", "days") as tell:
        done = archive(
            record, settings.archives, hall, before, remove=remove, progress=tell
        )
    for day in done.days:
        what = "archived and removed" if day.removed else "archived"
        print(f"{day.hall} {day.date}: {day.events:,} events {what}: {day.file}")
    written = {f"{day.hall}/{day.date}" for day in done.days}
    for left in done.left:
        print(f"{left.stream}: stays: {left.reason}")
    # A day that only stays for now is no failure.
    return int(any(left.stream.partition("/")[2] not in written for left in done.left))
