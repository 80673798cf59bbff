"""``yihao rebuild`` and ``yihao report year``: what is kept of all days."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from projections.day_record import recorded_dates
from projections.kept.rebuilding import RebuildResult, rebuild
from projections.kept.store import KeptStore, PenTaken
from projections.kept.verifying import kept_differences
from projections.proof.reports import stamp_of_year
from projections.proof.stamps import proof_sheet, stamped
from projections.year_report.writing import report_of_year, write_year_report
from queue_core.care.places import Progress, told
from queue_core.clock import wall_clock
from queue_core.errors import LogError, ParseError
from queue_core.log.event_log import EventLog

from .progress_bar import progress_bar
from .record_reading import clerk_names, recorded_hall
from .settings import Settings
from .stores import open_kept, read_log, settings_of


PATIENCE_SECONDS = 600.0
"""So long another process may take that gathers the same figures just now."""
LOOK_AGAIN_SECONDS = 0.2


def rebuild_kept(options: argparse.Namespace) -> int:
    """Bring the kept tables up to the end of the record, and say what was done."""
    settings = settings_of(options)
    done = gather(settings, anew=options.anew)
    print(f"{told(settings.database or settings.projections)}: {in_words(done)}")
    return 0


def gather(settings: Settings, *, anew: bool = False) -> RebuildResult:
    """Bring the kept tables of a house up to the end of its record.

    Raises:
        LogError: Record or tables cannot be read or written, or make no sense.
    """
    with (
        open_stores(settings) as (log, kept),
        progress_bar("rebuild", "events") as tell,
    ):
        return patiently(log, kept, settings, tell, anew=anew)


def report_year(options: argparse.Namespace) -> int:
    """Write a year's report into a folder, and print the files' names."""
    settings = settings_of(options)
    clerks = asyncio.run(clerk_names(settings))
    with open_stores(settings) as (log, kept):
        hall = recorded_hall(log, options)
        bring_up_to_date(log, kept, settings)
        year = options.year or int(recorded_dates(log, hall)[-1][:4])
        report = report_of_year(
            log,
            kept,
            hall,
            year,
            options.lang,
            clerks=clerks,
            generated_at=wall_clock(),
        )
        if report is None:
            raise ParseError(f"{hall} was not open in {year}", "year")
        stamp = stamp_of_year(log, hall, report)
        more = [proof_sheet(stamp)]
        for file in write_year_report(
            report, hall, options.out, lambda page: stamped(page, stamp), more
        ):
            print(file)
    return 0


def bring_up_to_date(log: EventLog, kept: KeptStore, settings: Settings) -> None:
    """Gather what is new; where that fails, be content with what was gathered.

    Raises:
        LogError: Nothing was gathered before either.
    """
    try:
        with progress_bar("rebuild", "events") as tell:
            patiently(log, kept, settings, tell)
    except LogError as error:
        standing = kept.standing()
        if standing is None:
            raise
        said = f"the figures stay as of record {standing.position:,}: {error}"
        print(said, file=sys.stderr, flush=True)


def wrong_figures(settings: Settings) -> list[str]:
    """Return where the kept figures differ from their rebuild.

    Raises:
        LogError: Record or tables cannot be read.
    """
    # A record of which nothing is kept, a backup for instance, is not even opened.
    with closing(open_kept(settings)) as kept:
        if kept.standing() is None:
            return []
    with (
        open_stores(settings) as (log, kept),
        progress_bar("verify figures", "events") as tell,
    ):
        return list(kept_differences(log, kept, tell))


@contextmanager
def open_stores(settings: Settings) -> Iterator[tuple[EventLog, KeptStore]]:
    """Open the record for reading, and the kept tables.

    Raises:
        LogError: There is no record, or the tables cannot be opened.
    """
    log = read_log(settings)
    try:
        kept = open_kept(settings)
        try:
            yield log, kept
        finally:
            kept.close()
    finally:
        log.close()


def patiently(
    log: EventLog,
    kept: KeptStore,
    settings: Settings,
    progress: Progress,
    *,
    anew: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> RebuildResult:
    """Rebuild, after whoever is at it just now.

    Raises:
        PenTaken: It takes too long.
        LogError: Record or tables cannot be read or written, or make no sense.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    is_waiting = False
    while True:
        try:
            return rebuild(log, kept, progress, anew=anew, archives=settings.archives)
        except PenTaken as taken:
            if time.monotonic() > until:
                raise
            if not is_waiting:
                print(f"waiting: {taken}", file=sys.stderr, flush=True)
            is_waiting = True
            sleep(LOOK_AGAIN_SECONDS)


def in_words(done: RebuildResult) -> str:
    """Return what a rebuild has done."""
    rate = round(done.events / done.seconds) if done.seconds else 0
    said = [
        f"{done.events:,} events read in {done.seconds:.1f} s ({rate:,}/s)",
        f"up to position {done.position:,}",
    ]
    if done.anew:
        said.append("made anew")
    if done.carried_days:
        said.append(f"{done.carried_days:,} archived days taken over")
    if done.archived_days:
        said.append(f"{done.archived_days:,} days read from archives")
    return ", ".join(said)
