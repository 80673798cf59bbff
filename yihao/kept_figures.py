"""``yihao rebuild`` and ``yihao report year``: what is kept of all days."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from projections.kept.rebuilding import RebuildResult, rebuild
from projections.kept.store import KeptStore, PenTaken
from queue_core.care.places import Progress, told
from queue_core.log.event_log import EventLog

from .progress_bar import progress_bar
from .settings import Settings
from .stores import open_kept, read_log, settings_of


PATIENCE_SECONDS = 600.0
"""So long another process may take that gathers the same figures just now."""
LOOK_AGAIN_SECONDS = 0.2


def rebuild_kept(options: argparse.Namespace) -> int:
    """Bring the kept tables up to the end of the record, and say what was done."""
    settings = settings_of(options)
    with open_stores(settings) as (log, kept):
        with progress_bar("rebuild", "events") as tell:
            done = patiently(log, kept, settings, tell, anew=options.anew)
        print(f"{told(settings.database or settings.projections)}: {in_words(done)}")
    return 0


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
            time.sleep(LOOK_AGAIN_SECONDS)


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
