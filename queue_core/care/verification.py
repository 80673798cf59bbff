"""Verifying a log: every byte is read, every stream folded, every fault listed.

Nothing is guessed and nothing is changed. A stream in which an event is missing or
cannot be read is not folded beyond it; its other events are still read. Projections are
not known here: whoever knows them gives what checks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from queue_core.errors import LogError, ParseError
from queue_core.events import Event
from queue_core.log import codec
from queue_core.log.streams import EVALUATION, HALL_DAY, PERSONS, PROFILE

from .archive_file import read_rows
from .day_checks import DayCheck, Finished, ReaderMaker
from .files import digest_of
from .opening import reading
from .places import Place, Progress, in_silence
from .positions import Positions
from .rows import NOTHING_REMOVED, PAGE, Row, Rows
from .stream_checks import (
    EvaluationCheck,
    Finding,
    PersonsCheck,
    PlainCheck,
    ProfileCheck,
    StreamCheck,
)
from .verdict import Fault, FaultKind, Mark, Verdict


NOWHERE = Row(0, "", 0, "", b"")


def verify(
    place: Place,
    *,
    readers: Sequence[ReaderMaker] = (),
    archives: Path | None = None,
    progress: Progress = in_silence,
) -> Verdict:
    """Read a whole log as it stands now, beside servers, and say what is wrong in it.

    ``readers`` check projections of hall-days; with ``archives`` the files of the
    days that were removed are read too. The progress counts positions.

    Raises:
        LogError: there is no log, or it cannot even be opened.
    """
    verdict = Verdict(place)
    with reading(place) as rows:
        verification = _Verification(rows, readers, verdict)
        verification.run(progress)
        if archives is not None:
            verification.read_archives(archives)
    return verdict


class _Verification:
    """One reading of a log."""

    def __init__(
        self, rows: Rows, readers: Sequence[ReaderMaker], verdict: Verdict
    ) -> None:
        self._rows = rows
        self._readers = readers
        self._verdict = verdict
        self._removed = NOTHING_REMOVED
        self._gone: set[str] = set()
        """Hall-days that were archived and removed."""
        self._versions: dict[str, int] = {}
        """The last version of every stream that has been seen."""
        self._checks: dict[str, StreamCheck] = {}
        """Of streams that may go on."""
        self._finished: dict[str, Finished] = {}
        """Of days that are over."""
        self._newest: dict[str, DayCheck] = {}
        """Of every hall, the newest day that is over."""
        self._lost: set[str] = set()
        """Streams in which an event is missing or cannot be read or folded."""
        self._damaged: dict[int, str] = {}
        """Positions of rows that the store cannot read, and what it says."""

    def run(self, progress: Progress) -> None:
        """Read all rows."""
        verdict = self._verdict
        for text in self._rows.trouble():
            self._fault("store", text)
        self._removed = self._rows.removed()
        self._gone = {day.stream for day in self._removed.days}
        verdict.last_position = self._rows.last_position
        verdict.archived_days = len(self._gone)
        verdict.archived_rows = sum(day.rows for day in self._removed.days)
        positions = Positions(self._removed)
        for page in self._pages():
            if not positions.see_page(page):
                for row in page:
                    for text in positions.see(row.position):
                        self._fault("position", text, row)
            for row in page:
                self._see(row)
            self._end_page({row.stream for row in page})
            progress(page[-1].position, verdict.last_position)
        for text in positions.finish():
            self._fault("position", text)
        for stream in list(self._checks):
            self._finish(stream)
        for check in self._newest.values():
            self._tell(self._end_of(check.stream), check.rebuild())
        verdict.streams = len(self._versions)
        verdict.days = sum(name.startswith(HALL_DAY) for name in self._versions)

    def read_archives(self, folder: Path) -> None:
        """Read the archives of the days that were removed."""
        for day in self._removed.days:
            file = folder / day.archive
            try:
                found = digest_of(file)
                read_rows(file)
            except (OSError, LogError) as error:
                self._fault("archive", f"{day.stream}: {error}")
                continue
            if found != day.digest:
                self._fault("archive", f"{file} is not the one that was written")

    # Rows.

    def _pages(self) -> Iterator[list[Row]]:
        after = 0
        while after < self._rows.last_position:
            try:
                page = self._rows.page(after)
                after = page[-1].position
            except LogError:
                page = self._one_by_one(after)
                after += PAGE
            if page:
                yield page

    def _one_by_one(self, after: int) -> list[Row]:
        """Return the rows of a page in which some cannot be read."""
        page: list[Row] = []
        last = min(after + PAGE, self._rows.last_position)
        for position in range(after + 1, last + 1):
            try:
                row = self._rows.at(position)
            except LogError as error:
                self._damaged[position] = str(error)
            else:
                page += [row] if row else []
        names = self._rows.names(list(self._damaged))
        for position in self._damaged.keys() - {row.position for row in page}:
            if position > after:
                page.append(Row(position, *names.get(position, ("", 0)), "", b""))
        return sorted(page)

    def _see(self, row: Row) -> None:
        self._verdict.events += 1
        stream = row.stream
        if (
            not isinstance(stream, str)
            or not isinstance(row.version, int)
            or not stream
        ):
            text = self._damaged.get(row.position, f"stream {stream!r}")
            self._fault("unreadable", text, Row(row.position, "", 0, "", b""))
            return
        if stream in self._gone:
            self._fault("archive", "the day was removed, and stands here", row)
        last = self._versions.get(stream, 0)
        self._versions[stream] = row.version
        if row.version != last + 1:
            self._lose(stream)
            after = f"after version {last}" if last else "as the first"
            self._fault("version", f"it comes {after}", row)
        event = self._event(row)
        if event is None:
            self._lose(stream)
        elif stream in self._finished:
            self._fault("rule", "it stands after the day's end", row)
        elif stream not in self._lost and (
            found := self._check(stream).see(row.version, event)
        ):
            self._tell(row, found)

    def _event(self, row: Row) -> Event | None:
        if row.position in self._damaged:
            self._fault("unreadable", self._damaged[row.position], row)
            return None
        try:
            return codec.decode(row.topic, row.state)
        except ParseError as error:
            self._fault("unreadable", str(error), row)
            return None

    # Streams.

    def _check(self, stream: str) -> StreamCheck:
        check = self._checks.get(stream)
        if check is not None:
            return check
        if stream.startswith(EVALUATION):
            # It has one event; nothing of it need be kept.
            return EvaluationCheck(stream, self._had_finished)
        check = self._checks[stream] = self._new_check(stream)
        return check

    def _new_check(self, stream: str) -> StreamCheck:
        if stream.startswith(HALL_DAY):
            return DayCheck(stream, self._readers)
        if stream.startswith(PERSONS):
            return PersonsCheck(stream)
        return ProfileCheck(stream) if stream.startswith(PROFILE) else PlainCheck()

    def _lose(self, stream: str) -> None:
        self._lost.add(stream)
        self._checks.pop(stream, None)

    def _end_page(self, streams: set[str]) -> None:
        for stream in sorted(streams & self._checks.keys()):
            check = self._checks[stream]
            self._tell(self._end_of(stream), check.compare())
            if isinstance(check, DayCheck) and check.day.closed:
                self._finish(stream)

    def _finish(self, stream: str) -> None:
        check = self._checks.pop(stream)
        self._tell(self._end_of(stream), check.finish())
        if isinstance(check, DayCheck):
            if check.folds:
                self._finished[stream] = check.finished
                self._keep_newest(check)
            else:
                self._lost.add(stream)

    def _keep_newest(self, check: DayCheck) -> None:
        # Screens follow the newest day of a hall. Nobody holds a picture of an older
        # one that could differ from its rebuild: comparing it with the rules is enough.
        hall = check.stream.rpartition("/")[0]
        known = self._newest.get(hall)
        if known is None or known.stream < check.stream:
            self._newest[hall] = check

    def _had_finished(self, day: str, service: str, version: int) -> bool | None:
        """Tell whether a service was finished at a version; None: unknown."""
        if day in self._lost or day in self._gone:
            return None
        check = self._checks.get(day)
        if isinstance(check, DayCheck):
            return check.had_finished(service, version) if check.folds else None
        return day in self._finished and self._finished[day].had(service, version)

    # Findings.

    def _end_of(self, stream: str) -> Row:
        return Row(0, stream, self._versions[stream], "", b"")

    def _tell(self, row: Row, findings: Iterable[Finding]) -> None:
        for kind, text in findings:
            if kind is None:
                mark = Mark(row.stream, row.version, row.position, text)
                self._verdict.marks.append(mark)
            else:
                self._fault(kind, text, row)

    def _fault(self, kind: FaultKind, text: str, row: Row = NOWHERE) -> None:
        fault = Fault(kind, row.stream, row.version, row.position, text)
        self._verdict.faults.append(fault)
