"""Reading the log into the kept tables: on from where they are, or anew.

One page is one transaction with its position, so whoever is interrupted goes on where
he was. A log that is another one than was read, an older copy for example, is read
anew; readers see the tables as they were until the new ones have caught up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from queue_core.care.archive_log import read_archive
from queue_core.care.places import Progress, in_silence
from queue_core.log.event_log import EventLog, Recorded

from .open_day import KeptHall
from .page_fold import PageFold
from .service_rows import ServiceKey, ServiceRow
from .store import DayRow, KeptStore, Pen, Standing


PAGE = 1_000
"""Events that are read and kept at once. More of them leave the processor's cache."""

NO_END = 1 << 62

Rest = Callable[[float], bool]
"""Told after each page how many seconds it took; True: stop here, it is enough."""


def never(seconds: float) -> bool:
    """Go on without a rest."""
    return False


class RebuildResult(NamedTuple):
    """What was done."""

    events: int
    """Events that were read now."""
    seconds: float
    position: int
    """The position of the log up to which the tables are now."""
    last_position: int
    anew: bool
    """The tables were made from the beginning, now or in parts."""
    carried_days: int
    """Days that are no longer in the log, taken over from the earlier tables."""
    archived_days: int
    """Days that are no longer in the log, read from archives."""

    @property
    def is_done(self) -> bool:
        """Whether everything was read that stood in the log."""
        return self.position >= self.last_position


def rebuild(
    log: EventLog,
    kept: KeptStore,
    progress: Progress = in_silence,
    *,
    anew: bool = False,
    archives: Path | None = None,
    page: int = PAGE,
) -> RebuildResult:
    """Bring the tables up to the end of the log, from the beginning if need be.

    Days that were removed from the log are taken over from the tables that were there
    before, or else from the ``archives``. The progress counts positions.

    Raises:
        PenTaken: somebody else is at it.
        NotKept: a newer program has made the tables.
        LogError: log or tables cannot be read or written, or make no sense.
    """
    return Reading(log, kept, archives=archives).go_on(progress, anew=anew, page=page)


class Reading:
    """Reads a log into tables, on and on. What it knows of open days stays in memory.

    Every method blocks; one thread at a time may call.
    """

    def __init__(
        self, log: EventLog, kept: KeptStore, *, archives: Path | None = None
    ) -> None:
        self._log = log
        self._kept = kept
        self._archives = archives
        self._fold: PageFold | None = None
        self._standing: Standing | None = None
        """Where the fold is; another process may have gone on meanwhile."""
        self.position = 0
        """How far the tables were that were written last."""

    def go_on(
        self,
        progress: Progress = in_silence,
        *,
        anew: bool = False,
        page: int = PAGE,
        rest: Rest = never,
        upto: int = NO_END,
    ) -> RebuildResult:
        """Read on to the end of the log, unless ``rest`` says that it is enough.

        Nothing is read beyond the position ``upto``.

        Raises:
            PenTaken: somebody else is at it.
            NotKept: a newer program has made the tables.
            LogError: log or tables cannot be read or written, or make no sense.
        """
        began = time.monotonic()
        with self._kept.pen() as pen:
            if anew or not stands_in(self._log, pen.standing):
                pen.begin_anew()
            is_new = not pen.standing.whole
            self.position = pen.standing.position
            events, last = self._read(pen, progress, page, rest, upto)
            carried = archived = 0
            if is_new and pen.standing.position >= last:
                archived = self._add_archives(pen)
                same = pen.earlier is not None and stands_in(self._log, pen.earlier)
                carried = pen.finish(carry_over=same)
                self._standing = pen.standing
            return RebuildResult(
                events=events,
                seconds=time.monotonic() - began,
                position=pen.standing.position,
                last_position=last,
                anew=is_new,
                carried_days=carried,
                archived_days=archived,
            )

    def _read(
        self, pen: Pen, progress: Progress, page: int, rest: Rest, upto: int
    ) -> tuple[int, int]:
        """Read page after page; return how many events, and where the log ends."""
        fold = self._fold if self._standing == pen.standing else None
        fold = fold or PageFold(pen)
        fold.go_on(pen)
        # Whatever fails in the middle of a page leaves a fold that knows too much.
        self._fold, events = None, 0
        last = min(self._log.last_position(), upto)
        while recorded := self._page(pen.standing.position, page, upto):
            began = time.monotonic()
            keep(pen, fold, recorded)
            events += len(recorded)
            self.position = pen.standing.position
            last = max(last, self.position)
            progress(pen.standing.position, last)
            if rest(time.monotonic() - began):
                break
        self._fold, self._standing = fold, pen.standing
        return events, last

    def _page(self, after: int, limit: int, upto: int) -> list[Recorded]:
        found = self._log.read_all(after, limit) if after < upto else []
        if found and found[-1].position > upto:
            found = [recorded for recorded in found if recorded.position <= upto]
        return found

    def _add_archives(self, pen: Pen) -> int:
        """Read the days that are in archives and not in the log; count them."""
        added = 0
        folder = self._archives
        for file in sorted(folder.glob("*.jsonl.gz")) if folder else ():
            log = read_archive(file)
            if pen.day(log.hall, log.date) is None:
                changes = PageFold(NOTHING).fold(log.read_all(0, len(log.rows)))
                # The log has the profiles too, and newer ones.
                changes = changes._replace(halls={})
                position, mark = pen.standing.position, pen.standing.mark
                pen.write(changes, position, position, mark)
                added += 1
        return added


class Nothing:
    """Nothing was kept of earlier pages."""

    def day(self, hall: str, date: str) -> DayRow | None:
        """Return nothing."""
        return None

    def hall(self, hall: str) -> KeptHall | None:
        """Return nothing."""
        return None

    def services_of(self, wanted: Iterable[ServiceKey]) -> dict[str, ServiceRow]:
        """Return nothing."""
        return {}


NOTHING = Nothing()


def keep(pen: Pen, fold: PageFold, page: Sequence[Recorded]) -> None:
    """Fold a page and keep what it changes.

    Raises:
        LogError: the page makes no sense, or cannot be kept.
    """
    last = page[-1]
    changes = fold.fold(page)
    pen.write(changes, pen.standing.position, last.position, mark_of(last))


def mark_of(recorded: Recorded) -> str:
    """Return what tells an event from one at the same place of another log."""
    event = recorded.event
    return f"{recorded.stream} {recorded.version} {event.at} {event.command_id}"


def stands_in(log: EventLog, standing: Standing) -> bool:
    """Tell whether tables that stand there were made from this log.

    Raises:
        LogError: the log cannot be read.
    """
    if not standing.position:
        return True
    found = log.read_all(standing.position - 1, 1)
    if not found:
        return False
    # The event itself may have been archived and removed since.
    is_there = found[0].position == standing.position
    return mark_of(found[0]) == standing.mark if is_there else True
