"""Copying a log into another store, byte for byte, page by page.

A copy that was ended in the middle goes on after the last row of its target. A target
that is not the beginning of the source is refused and left as it is.
"""

from __future__ import annotations

import contextlib
from typing import NamedTuple

from queue_core.errors import LogError

from .opening import reading, writing
from .places import Place, Progress, in_silence, told
from .rows import PAGE, Rows, RowWriter, pages


class Copied(NamedTuple):
    """What a copy has done."""

    events: int
    """Rows that were copied now."""
    last_position: int


class NotAPrefix(LogError):
    """The target has rows that the source has not."""


def copy(source: Place, target: Place, *, progress: Progress = in_silence) -> Copied:
    """Make the target equal to the source as it stands now: positions, topics, bytes.

    The source may be in use; no server may use the target. Each page of 1,000 rows is
    one transaction. The progress counts positions.

    Raises:
        NotAPrefix: the target holds something else.
        LogError: a store cannot be read or written.
    """
    with reading(source) as rows, writing(target) as writer:
        after = _go_on(rows, writer, told(target))
        copied = 0
        for page in pages(rows, after):
            writer.write(page, after)
            copied += len(page)
            after = page[-1].position
            progress(after, rows.last_position)
        return Copied(copied, rows.last_position)


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
