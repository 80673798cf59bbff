"""Events as JSON lines, for whoever has no program of the house.

One event is one line: where it stands, its stored name and the version of its class,
and its fields by name. Bytes, such as the content of a profile, are in base64. Fields
of an event that was stored by an older version are those of the version that is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from queue_core.errors import ParseError
from queue_core.events import EvaluationGiven, Event
from queue_core.log import codec
from queue_core.log.event_log import Unreadable
from queue_core.log.event_names import EVENT_NAMES
from queue_core.log.streams import EVALUATION, HALL_DAY, date_of

from .archive_file import read_rows
from .files import whole_file
from .opening import reading
from .places import Place, Progress, in_silence
from .rows import Row, pages


class Selection(NamedTuple):
    """Which events are exported: all, unless it says more."""

    from_date: str = ""
    to_date: str = ""
    """With a date only hall-days between the two, both included, and the evaluations
    of their services."""
    streams: Sequence[str] = ()
    """Names of streams; one that ends in a slash, as ``hall-day/city/``, stands for
    all that begin so."""


EVERYTHING = Selection()

ENCODER = msgspec.json.Encoder()


def export(
    place: Place,
    file: Path,
    *,
    selection: Selection = EVERYTHING,
    progress: Progress = in_silence,
) -> int:
    """Write events into a file and return how many. A file of that name is replaced.

    The events are those that the log has now; servers may go on. The progress counts
    positions.

    Raises:
        Unreadable: the bytes of an event cannot be understood.
        LogError: the log cannot be read, or the file not be written.
    """
    with whole_file(file) as partial, partial.open("wb") as out:
        return write_export(place, out, selection=selection, progress=progress)


def write_export(
    place: Place,
    out: BinaryIO,
    *,
    selection: Selection = EVERYTHING,
    progress: Progress = in_silence,
) -> int:
    """Write events to an open file, such as the standard output.

    Raises:
        Unreadable: the bytes of an event cannot be understood.
        LogError: the log cannot be read.
        OSError: the file cannot be written.
    """
    wanted = _wanted(selection)
    written = 0
    with reading(place) as rows:
        for page in pages(rows):
            written += _write(page, out, wanted)
            progress(page[-1].position, rows.last_position)
    return written


def write_archived(
    archive: Path, out: BinaryIO, *, selection: Selection = EVERYTHING
) -> int:
    """Write the events of an archived day to an open file, as ``write_export`` does.

    Raises:
        ArchiveDamaged: it is no archive, or not what was written.
        Unreadable: the bytes of an event cannot be understood.
        OSError: the file cannot be written.
    """
    return _write(read_rows(archive).rows, out, _wanted(selection))


def exported(row: Row, event: Event) -> dict[str, Any]:
    """Return what is exported of an event."""
    name, number = EVENT_NAMES[type(event)]
    return {
        "stream": row.stream,
        "version": row.version,
        "position": row.position,
        "event": name,
        "event_version": number,
        "fields": by_name(event),
    }


def by_name(value: Any) -> Any:
    """Return a value with every structure in it as a table of its fields."""
    if isinstance(value, msgspec.Struct):
        fields = value.__struct_fields__
        return {field: by_name(getattr(value, field)) for field in fields}
    if isinstance(value, list):
        return [by_name(one) for one in value]
    return value


class _Wanted(NamedTuple):
    stream: Callable[[str], bool]
    event: Callable[[Event], bool]


def _wanted(selection: Selection) -> _Wanted:
    first = selection.from_date
    last = selection.to_date or "9999-12-31"
    has_dates = bool(first or selection.to_date)
    names = {name for name in selection.streams if not name.endswith("/")}
    prefixes = tuple(name for name in selection.streams if name.endswith("/"))

    def stream(name: str) -> bool:
        if selection.streams and name not in names and not name.startswith(prefixes):
            return False
        if has_dates and name.startswith(HALL_DAY):
            return first <= date_of(name) <= last
        return not has_dates or name.startswith(EVALUATION)

    def event(one: Event) -> bool:
        if has_dates and isinstance(one, EvaluationGiven):
            return first <= one.date <= last
        return True

    return _Wanted(stream, event)


def _write(rows: Iterable[Row], out: BinaryIO, wanted: _Wanted) -> int:
    written = 0
    for row in rows:
        if not wanted.stream(row.stream):
            continue
        event = _decoded(row)
        if wanted.event(event):
            out.write(ENCODER.encode(exported(row, event)) + b"\n")
            written += 1
    return written


def _decoded(row: Row) -> Event:
    try:
        return codec.decode(row.topic, row.state)
    except ParseError as error:
        raise Unreadable(row.stream, row.version, str(error)) from error
