"""Copying a log into another store, byte for byte, page by page.

A copy that was ended in the middle goes on after the last row of its target. A target
that is not the beginning of the source is refused and left as it is.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

from queue_core.errors import LogError

from .access_rows import TABLES, AccessRows, is_empty, read_access, write_access
from .files import copy_file, digest_of, told_as_log_error, whole_file
from .opening import reading, writing
from .places import Place, Progress, in_silence, told
from .restoration import NotEmpty
from .rows import PAGE, Rows, RowWriter, pages, witness_pages


class Copied(NamedTuple):
    """What a copy has done."""

    events: int
    """Rows that were copied now."""
    last_position: int


class NotAPrefix(LogError):
    """The target has rows that the source has not."""


def copy(
    source: Place,
    target: Place,
    *,
    accounts: tuple[Place, Place] | None = None,
    progress: Progress = in_silence,
) -> Copied:
    """Make the target equal to the source as it stands now: positions, topics, bytes.

    The source may be in use; no server may use the target. Each page of 1,000 rows is
    one transaction. With ``accounts``, from where and to where, those follow at the
    end. The progress counts positions.

    Raises:
        NotAPrefix: the target holds something else.
        NotEmpty: there is no record, but there are accounts of another house.
        LogError: a store cannot be read or written, or a server uses the target.
    """
    with reading(source) as rows, writing(target) as writer:
        writer.require_alone()
        after = _go_on(rows, writer, told(target))
        if accounts is not None and not after:
            _require_no_access(*accounts)
        copied = 0
        for page in pages(rows, after):
            writer.write(page, after)
            copied += len(page)
            after = page[-1].position
            progress(after, rows.last_position)
        for witnesses in witness_pages(rows):
            writer.witness(witnesses)
        if accounts is not None:
            _copy_access(*accounts)
        return Copied(copied, rows.last_position)


def copy_key(source: Path, target: Path) -> None:
    """Copy the house's key for its owner's eyes only, unless it is there already.

    Raises:
        NotEmpty: there is another key.
        LogError: a file cannot be read or written.
    """
    with told_as_log_error(target):
        if target.exists():
            if digest_of(source) != digest_of(target):
                raise NotEmpty(f"{target} is there already, and another one")
            return
        with whole_file(target) as partial:
            copy_file(source, partial)


def _require_no_access(source: Place, target: Place) -> None:
    """Pass if nobody has access to the target who has none to the source."""
    there = _access_there(target)
    if not is_empty(there) and there != read_access(source):
        raise NotEmpty(f"{told(target)} has accounts in it already")


def _copy_access(source: Place, target: Place) -> None:
    rows = read_access(source)
    if rows != _access_there(target):
        write_access(target, rows)


def _access_there(place: Place) -> AccessRows:
    if isinstance(place, Path) and not place.exists():
        return {name: [] for name in TABLES}
    return read_access(place)


def _go_on(rows: Rows, writer: RowWriter, name: str) -> int:
    """Return the position after which the copy goes on."""
    with contextlib.closing(writer.rows()) as there:
        if not there.count:
            if there.removed() != rows.removed():
                writer.note(rows.removed())
            return 0
        _require_prefix(there, rows, name)
        return there.last_position


def _require_prefix(there: Rows, rows: Rows, name: str) -> None:
    last = there.last_position
    if last > rows.last_position:
        raise NotAPrefix(
            f"{name} goes on to position {last}, the source to {rows.last_position}"
        )
    if there.removed() != rows.removed():
        raise NotAPrefix(f"other days are archived in {name} than in the source")
    if there.count != rows.count_upto(last):
        raise NotAPrefix(f"{name} has other rows than the source up to {last}")
    for here, source in (
        (there.page(0), rows.page(0, min(PAGE, there.count))),
        (there.page_upto(last), rows.page_upto(last)),
    ):
        for ours, theirs in zip(here, source, strict=True):
            if ours != theirs:
                raise NotAPrefix(
                    f"{name} has another event at position {ours.position}: "
                    f"{ours.stream} version {ours.version}"
                )
