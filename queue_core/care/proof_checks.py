"""Whether the record is what was recorded and signed, and where it first is not.

Three things stand in a store: the events, the leaves that were noted with them, and the
signed heads. A day whose events come to its signed head is proven. Where they do not,
the noted leaves are looked at: if those come to the signed head, they are the true
ones, and the first event that differs from them is named. If they do not either,
somebody has changed both, and only the day can be named.
"""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterator
from pathlib import Path

from queue_core.errors import LogError, ParseError
from queue_core.events_of_proof import DaySealed
from queue_core.log import codec
from queue_core.log.streams import (
    HALL_DAY,
    hall_day_stream,
    hall_of,
    is_beside,
)
from queue_core.log.witness import Leaf, Witness, read_witness
from queue_core.proof.leaves import leaf_hash_of

from .archive_file import read_rows
from .beside_checks import Beside, BesideChecks
from .day_leaves import Leaves, what_happened
from .opening import reading
from .places import Place, Progress, in_silence
from .rows import Row, Rows, pages, witness_pages
from .seal_checks import Link, links_in
from .verdict import Fault, Mark, Verdict


class _Day:
    """A day as it is read."""

    __slots__ = ("found", "noted")

    def __init__(self) -> None:
        self.found = Leaves()
        self.noted = Leaves()


def verify_proofs(
    place: Place,
    *,
    trusted: Container[str] | None = None,
    archives: Path | None = None,
    progress: Progress = in_silence,
) -> Verdict:
    """Compare a whole log with its leaves and signed heads, beside servers.

    ``trusted`` holds the ids of the keys that may have signed; without it every key
    is only named. With ``archives`` removed days are compared too. The progress counts
    positions.

    Raises:
        LogError: there is no log, or it cannot be read.
    """
    verdict = Verdict(place)
    with reading(place) as rows:
        checks = _Proofs(rows, verdict, archives)
        checks.run(links_in(rows, verdict, trusted), progress)
    return verdict


class _Proofs:
    """One reading of a log."""

    def __init__(self, rows: Rows, verdict: Verdict, archives: Path | None) -> None:
        self._rows = rows
        self._verdict = verdict
        self._archives = archives
        self._removed = rows.removed()
        self._gone = {day.stream: day for day in self._removed.days}
        self._days: dict[str, _Day] = {}
        self._beside = BesideChecks(rows, self._fault)
        self._signed: set[str] = set()
        """Days that were compared with their signed heads."""
        self._first_noted = 0
        """Before this position nothing was noted: an older program recorded there."""

    def run(self, links: list[Link], progress: Progress) -> None:
        """Read everything once, and judge each day when its signed head has come."""
        coming = sorted(links, key=lambda link: link.position, reverse=True)
        last = self._rows.last_position
        for position, row, leaf in self._together():
            while coming and coming[-1].position < position:
                self._judge(coming.pop())
            self._take(position, row, leaf)
            if position % 1000 == 0:
                progress(min(position, last), last)
        while coming:
            self._judge(coming.pop())
        for stream, day in sorted(self._days.items()):
            self._judge_unsigned(stream, day)
        for stream, notes in self._beside.finish().items():
            text = f"{notes} of its notes are not signed yet"
            self._verdict.marks.append(Mark(stream, 0, 0, text))

    # Reading.

    def _together(self) -> Iterator[tuple[int, Row | None, Leaf | None]]:
        """Yield every position with its row and its leaf, as far as there are any."""
        found = (row for page in pages(self._rows) for row in page)
        row: Row | None = None
        noted: Leaf | None = None
        at = 0
        both: Iterator[Row | Leaf] = heapq.merge(
            found, self._noted(), key=lambda one: one.position
        )
        for one in both:
            if one.position != at and (row or noted):
                yield at, row, noted
                row = noted = None
            at = one.position
            if isinstance(one, Row):
                row = one
            else:
                noted = one
        if row or noted:
            yield at, row, noted

    def _noted(self) -> Iterator[Leaf]:
        for page in witness_pages(self._rows):
            for witness in page:
                if not self._first_noted:
                    self._first_noted = witness.position
                    self._beside.first_noted = witness.position
                yield from self._read(witness)

    def _read(self, witness: Witness) -> Iterator[Leaf]:
        try:
            yield from read_witness(witness)
        except ParseError as error:
            at = f"the leaves noted at position {witness.position}"
            self._fault("", 0, witness.position, f"{at} are damaged: {error}")

    def _take(self, position: int, row: Row | None, leaf: Leaf | None) -> None:
        """Sort a row and a leaf to the day or the hall to which they belong."""
        self._verdict.events += row is not None
        if row is not None:
            self._take_row(row)
        elif leaf is not None and self._is_removed(position):
            # Its archive is compared with the note; for the others the note stands.
            self._take_found(leaf.hall, leaf.stream, leaf, position)
        if leaf is not None:
            if leaf.stream in self._signed:
                return
            if leaf.stream.startswith(HALL_DAY):
                self._day(leaf.stream).noted.add(leaf.hash)
            elif is_beside(leaf.stream):
                noted = Beside(position, leaf.stream, leaf.version, leaf.hash)
                self._beside.take_noted(leaf.hall, noted)
            elif row is None:
                self._fault(leaf.stream, leaf.version, position, "it is missing")

    def _take_row(self, row: Row) -> None:
        hashed = leaf_hash_of(row.stream, row.version, row.topic, row.state)
        hall = ""
        if is_beside(row.stream):
            try:
                hall = hall_of(row.stream, codec.decode(row.topic, row.state))
            except ParseError:
                hall = ""
        leaf = Leaf(row.position, hall, row.stream, row.version, hashed)
        self._take_found(hall, row.stream, leaf, row.position)

    def _take_found(self, hall: str, stream: str, leaf: Leaf, position: int) -> None:
        if stream in self._signed:
            self._fault(stream, leaf.version, position, "it came after the signing")
        elif stream.startswith(HALL_DAY):
            self._day(stream).found.add(leaf.hash)
        elif is_beside(stream):
            found = Beside(position, stream, leaf.version, leaf.hash)
            self._beside.take_found(hall, found)

    def _day(self, stream: str) -> _Day:
        return self._days.setdefault(stream, _Day())

    def _is_removed(self, position: int) -> bool:
        return any(first <= position <= last for first, last in self._removed.spans)

    # Judging days.

    def _judge(self, link: Link) -> None:
        """Compare a day, and what stood beside it, with a signed head."""
        stream = hall_day_stream(link.sealed.hall, link.sealed.date)
        day = self._days.pop(stream, None) or _Day()
        self._signed.add(stream)
        self._verdict.days += 1
        if stream in self._gone:
            self._compare_archive(stream, day.noted)
        self._judge_day(stream, day, link.sealed)
        self._beside.judge(link.sealed)

    def _judge_day(self, stream: str, day: _Day, sealed: DaySealed) -> None:
        size, root = sealed.seal.size, sealed.seal.root
        at = day.found.parting(day.noted)
        if day.found.come_to(size, root):
            if at is not None and len(day.noted):
                text = "the leaves noted from here on were changed; the events were not"
                self._fault(stream, at + 1, 0, text)
        elif day.noted.come_to(size, root) and at is not None:
            self._name(stream, day.noted, at)
        else:
            text = f"the day is not what was signed ({size} events, head {root[:16]}…)"
            self._fault(stream, 0, 0, text)
            if at is not None:
                self._name(stream, day.noted, at)

    def _judge_unsigned(self, stream: str, day: _Day) -> None:
        if stream in self._gone:
            return
        self._verdict.marks.append(Mark(stream, len(day.found), 0, "not signed yet"))
        at = day.found.parting(day.noted)
        if at is not None and not (self._is_older(stream) and at == len(day.noted)):
            self._name(stream, day.noted, at)

    def _is_older(self, stream: str) -> bool:
        """Tell whether a day was recorded by a program that noted no leaves yet."""
        rows = self._rows.of_streams([stream])
        return bool(rows) and rows[0].position < (self._first_noted or 1 << 62)

    def _name(self, stream: str, noted: Leaves, at: int) -> None:
        """Name the first event of a day that is not what was noted."""
        rows = sorted(self._rows.of_streams([stream]), key=lambda row: row.version)
        position = rows[at].position if at < len(rows) else 0
        self._fault(stream, at + 1, position, what_happened(rows, noted, at))

    # Archived days.

    def _compare_archive(self, stream: str, noted: Leaves) -> None:
        """Compare the file of a day that was removed with what was noted of it."""
        file = (self._archives or Path()) / self._gone[stream].archive
        if self._archives is None or not file.exists():
            text = "archived and removed; only its noted leaves were compared"
            self._verdict.marks.append(Mark(stream, len(noted), 0, text))
            return
        try:
            archived = [row for row in read_rows(file).rows if row.stream == stream]
        except LogError as error:
            self._fault(stream, 0, 0, str(error))
            return
        found = Leaves()
        for row in archived:
            found.add(leaf_hash_of(row.stream, row.version, row.topic, row.state))
        at = found.parting(noted)
        if at is not None:
            what = what_happened(archived, noted, at)
            self._fault(stream, at + 1, 0, f"in its archive {what}")

    def _fault(self, stream: str, version: int, position: int, text: str) -> None:
        self._verdict.faults.append(Fault("proof", stream, version, position, text))
