"""An archived day as a log that can be read: reports and history find it unchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from queue_core.errors import LogError, ParseError
from queue_core.log import codec
from queue_core.log.event_log import (
    Entry,
    EventLog,
    Page,
    Recorded,
    Stored,
    Turn,
    Unreadable,
    page_of,
)
from queue_core.log.streams import hall_day_stream
from queue_core.proof.leaves import leaf_hash_of

from .archive_file import read_rows
from .rows import Row


DATE = re.compile(r"\d{4}-\d\d-\d\d")


class ArchiveLog:
    """An ``EventLog`` of one archived day. Nothing can be added to it."""

    exclusive = True

    def __init__(self, file: Path) -> None:
        """Read the archive into memory.

        Raises:
            ArchiveDamaged: it is no archive, or not what was written.
        """
        archived = read_rows(file)
        self.hall = archived.hall
        self.date = archived.date
        self.rows = archived.rows
        self._streams: dict[str, list[Row]] = {}
        for row in self.rows:
            self._streams.setdefault(row.stream, []).append(row)

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Refuse: what is archived is over.

        Raises:
            LogError: always.
        """
        raise LogError(f"{self.date} of {self.hall} is archived: nothing is added")

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order."""
        return [
            _recorded(row)
            for row in self._streams.get(stream, ())
            if after < row.version and (upto is None or row.version <= upto)
        ]

    def stored(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """Return what is stored of a stream, undecoded, in order."""
        return [
            row[1:]
            for row in self._streams.get(stream, ())
            if after < row.version and (upto is None or row.version <= upto)
        ]

    def read_streams(self, streams: Sequence[str]) -> list[Recorded]:
        """Return the events of some streams, in the order of the log."""
        wanted = {*streams}
        return [_recorded(row) for row in self.rows if row.stream in wanted]

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events after a position, in order."""
        later = [row for row in self.rows if row.position > after_position]
        return [_recorded(row) for row in later[:limit]]

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        """Return at most ``limit`` events of one hall after a position."""
        later = [row for row in self.rows if row.position > after_position]
        found = [(_recorded(row), leaf_hash_of(*row[1:])) for row in later[:limit]]
        return page_of(hall, after_position, found, limit, audit=audit)

    def last_position(self) -> int:
        """Return the position of the last archived event."""
        return self.rows[-1].position if self.rows else 0

    def take_turn(self, hall: str, stream: str) -> Turn:
        """Refuse: what is archived is over.

        Raises:
            LogError: always.
        """
        raise LogError(f"{self.date} of {self.hall} is archived: nothing is added")

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""
        return sorted(name for name in self._streams if name.startswith(prefix))

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty."""
        rows = self._streams.get(stream)
        return rows[-1].version if rows else 0

    def close(self) -> None:
        """Do nothing: the archive is in memory."""


def archive_name(hall: str, date: str) -> str:
    """Return how the archive of a day is called."""
    return f"{hall}-{date}.jsonl.gz"


def archived_dates(folder: Path, hall: str) -> list[str]:
    """Return the dates of a hall of which a folder holds archives, the oldest first."""
    before, after = archive_name(hall, "|").split("|")
    found = (
        name[len(before) : -len(after)]
        for name in (file.name for file in folder.glob(f"*{after}"))
        if name.startswith(before)
    )
    # Another hall's name may begin as this one's, and go on with a hyphen.
    return sorted(date for date in found if DATE.fullmatch(date))


def read_archive(file: Path) -> ArchiveLog:
    """Return an archived day as a log.

    Raises:
        ArchiveDamaged: it is no archive, or not what was written.
    """
    return ArchiveLog(file)


def log_of_day(log: EventLog, folder: Path, hall: str, date: str) -> EventLog:
    """Return the log that has a day in it: the house's own, or an archive.

    Raises:
        ArchiveDamaged: the day's archive is not what was written.
        LogError: the log cannot be read.
    """
    if log.last_version(hall_day_stream(hall, date)):
        return log
    file = folder / archive_name(hall, date)
    return read_archive(file) if file.exists() else log


def _recorded(row: Row) -> Recorded:
    try:
        event = codec.decode(row.topic, row.state)
    except ParseError as error:
        raise Unreadable(row.stream, row.version, str(error)) from error
    return Recorded(row.stream, row.version, event, row.position)
