"""The file of one archived business day: JSON lines under gzip, closed by a digest.

The first line says what it is and names the fields of every kind of event in it. Then
comes one line for each stored row::

    [position, stream, version, topic, [field, …]]

The fields are the stored MessagePack array, value by value, so that a person can read
the day with nothing but ``zcat``; where JSON could not give back the very same bytes,
they stand there as ``{"base64": …}``. The last line counts the rows and holds the
SHA-256 of everything before it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from queue_core.errors import LogError
from queue_core.log.event_names import EVENT_NAMES

from .files import whole_file
from .rows import Row


FORMAT, NUMBER = "yihao-archive", 1


class ArchiveDamaged(LogError):
    """A file is no archive, or not what was written there."""


class Heading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line of an archive."""

    format: str = FORMAT
    number: int = NUMBER
    hall: str
    date: str
    fields: dict[str, list[str]]
    """The names of the fields of every topic in the archive, in their order."""


class Ending(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last line of an archive."""

    rows: int
    sha256: str


class Archived(msgspec.Struct, frozen=True):
    """What stands in an archive."""

    hall: str
    date: str
    rows: list[Row]


class Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Stored bytes that stand in the file as they are."""

    base64: bytes


Line = tuple[int, str, int, str, list[Any] | Raw]

ENCODER = msgspec.json.Encoder()
LINES = msgspec.json.Decoder(Line)

SMALL_UNPACKED = 1024 * 1024
HIGHEST_RATIO = 100
"""Records of real days are packed to a tenth; gzip can pack nothing to a thousandth."""


def write_archive(file: Path, hall: str, date: str, rows: Sequence[Row]) -> None:
    """Write the rows of a day, and read them again before the file gets its name.

    Raises:
        LogError: the file cannot be written, or does not read as it should.
    """
    with whole_file(file) as partial:
        # No time and no name in the gzip header: the same rows give the same file.
        with (
            partial.open("wb") as raw,
            gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out,
        ):
            digest = hashlib.sha256()
            for line in _lines(hall, date, rows):
                digest.update(line)
                out.write(line)
            ending = Ending(rows=len(rows), sha256=digest.hexdigest())
            out.write(ENCODER.encode(ending) + b"\n")
        if read_rows(partial).rows != list(rows):
            raise ArchiveDamaged(f"{file} does not read as it was written")


def read_rows(file: Path) -> Archived:
    """Return what stands in an archive, every byte of it checked.

    Raises:
        ArchiveDamaged: it is no archive, or not what was written.
    """
    try:
        lines = unpacked(file).splitlines(keepends=True)
        if len(lines) < 2:
            raise ArchiveDamaged(f"{file} is no archive: it is cut off")
        heading = msgspec.json.decode(lines[0], type=Heading)
        ending = msgspec.json.decode(lines[-1], type=Ending)
        rows = [_row(line) for line in lines[1:-1]]
    except (OSError, EOFError, zlib.error, ValueError, msgspec.MsgspecError) as error:
        raise ArchiveDamaged(f"{file} is no archive: {error}") from error
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    if (heading.format, heading.number) != (FORMAT, NUMBER):
        raise ArchiveDamaged(f"{file} has another format: {heading.format}")
    if (len(rows), digest) != (ending.rows, ending.sha256):
        raise ArchiveDamaged(f"{file} is not what was written there")
    return Archived(heading.hall, heading.date, rows)


def unpacked(file: Path) -> bytes:
    """Return what a file unpacks to, if it is not far more than any day packs to.

    Raises:
        ArchiveDamaged: A few bytes unpack to very many, which no record does.
        OSError: It cannot be read, or is not packed.
    """
    most = max(SMALL_UNPACKED, file.stat().st_size * HIGHEST_RATIO)
    with gzip.open(file, "rb") as packed:
        content = packed.read(most + 1)
    if len(content) > most:
        raise ArchiveDamaged(f"{file} is no archive: it unpacks to far too much")
    return content


def _lines(hall: str, date: str, rows: Sequence[Row]) -> Iterable[bytes]:
    heading = Heading(hall=hall, date=date, fields=_fields(rows))
    yield ENCODER.encode(heading) + b"\n"
    for row in rows:
        line = (row.position, row.stream, row.version, row.topic, _plain(row.state))
        yield ENCODER.encode(line) + b"\n"


def _fields(rows: Iterable[Row]) -> dict[str, list[str]]:
    known = {
        f"{name}.{number}": list(kind.__struct_fields__)
        for kind, (name, number) in EVENT_NAMES.items()
    }
    return {topic: known.get(topic, []) for topic in sorted({r.topic for r in rows})}


def _plain(state: bytes) -> list[Any] | Raw:
    """Return the stored values if JSON can carry them there and back, or the bytes."""
    with contextlib.suppress(ValueError, TypeError, msgspec.MsgspecError):
        values = msgspec.msgpack.decode(state)
        carried = msgspec.json.decode(ENCODER.encode(values))
        if isinstance(values, list) and msgspec.msgpack.encode(carried) == state:
            return values
    return Raw(state)


def _row(line: bytes) -> Row:
    position, stream, version, topic, values = LINES.decode(line)
    is_raw = isinstance(values, Raw)
    state = values.base64 if is_raw else msgspec.msgpack.encode(values)
    return Row(position, stream, version, topic, state)
