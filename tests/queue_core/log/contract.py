"""What every store of events must do: one abstract case, one small subclass each."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from queue_core.errors import Conflict, LogError
from queue_core.events import Event, TicketPinned
from queue_core.log import codec
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.witness import leaves_of
from queue_core.proof.leaves import leaf_of
from queue_core.proof.merkle import leaf_hash


MONDAY = "hall-day/city/2026-11-02"
TUESDAY = "hall-day/city/2026-11-03"
EVALUATION = "evaluation/t1.1"


def pinned(reason: str) -> Event:
    """Return some event that can be told from others by its reason."""
    return TicketPinned(
        at=1_793_577_600_000, by="m1", command_id="m1:k", ticket="t1", reason=reason
    )


def entries(stream: str, first: int, count: int) -> list[Entry]:
    """Return ``count`` entries of a stream from version ``first``."""
    return [
        (stream, version, pinned(f"{stream} {version}"))
        for version in range(first, first + count)
    ]


class StoreCase(ABC):
    """What the tests share. A subclass says how its store is made and opened again."""

    @abstractmethod
    def make_log(self) -> EventLog:
        """Return an empty log."""

    @abstractmethod
    def open_again(self, log: EventLog) -> EventLog:
        """Close the log and return it as the next process would find it."""

    @pytest.fixture
    def log(self) -> Iterator[EventLog]:
        log = self.make_log()
        yield log
        log.close()


class LogContract(StoreCase):
    """The tests."""

    def test_what_was_appended_is_read_back_in_order(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 2))
        log.append(entries(MONDAY, 3, 1))

        recorded = log.read(MONDAY)

        assert [(r.stream, r.version) for r in recorded] == [
            (MONDAY, 1),
            (MONDAY, 2),
            (MONDAY, 3),
        ]
        assert [r.event for r in recorded] == [
            pinned(f"{MONDAY} {version}") for version in (1, 2, 3)
        ]

    def test_an_empty_log_has_nothing(self, log: EventLog) -> None:
        assert log.read(MONDAY) == []
        assert log.read_all(0, 10) == []
        assert log.streams("") == []
        assert log.last_version(MONDAY) == 0

    def test_a_part_of_a_stream_can_be_read(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 10))

        assert [r.version for r in log.read(MONDAY, after=7)] == [8, 9, 10]
        assert [r.version for r in log.read(MONDAY, after=2, upto=4)] == [3, 4]
        assert [r.version for r in log.read(MONDAY, after=10)] == []

    def test_several_streams_are_read_together_in_the_order_of_the_log(
        self, log: EventLog
    ) -> None:
        log.append([*entries(MONDAY, 1, 2), *entries(EVALUATION, 1, 1)])
        log.append([*entries(TUESDAY, 1, 1), *entries(MONDAY, 3, 1)])
        many = [f"evaluation/t{n}.1" for n in range(2_000)]

        recorded = log.read_streams([MONDAY, EVALUATION, MONDAY, *many])

        assert [(r.stream, r.version) for r in recorded] == [
            (MONDAY, 1),
            (MONDAY, 2),
            (EVALUATION, 1),
            (MONDAY, 3),
        ]
        assert log.read_streams([]) == []

    def test_positions_have_no_gap_and_are_those_that_were_returned(
        self, log: EventLog
    ) -> None:
        first = log.append([*entries(MONDAY, 1, 2), *entries(EVALUATION, 1, 1)])
        second = log.append(entries(MONDAY, 3, 2))

        recorded = log.read_all(0, 100)

        assert [*first, *second] == [1, 2, 3, 4, 5]
        assert [r.position for r in recorded] == [1, 2, 3, 4, 5]
        assert [(r.stream, r.version) for r in recorded] == [
            (MONDAY, 1),
            (MONDAY, 2),
            (EVALUATION, 1),
            (MONDAY, 3),
            (MONDAY, 4),
        ]

    def test_the_leaves_of_a_stream_are_made_of_what_is_stored_of_it(
        self, log: EventLog
    ) -> None:
        mixed = [*entries(MONDAY, 1, 2), *entries(EVALUATION, 1, 1)]

        log.append([*mixed, *entries(MONDAY, 3, 1)])
        log.append(entries(MONDAY, 4, 1))

        topic, body = codec.encode(pinned(f"{MONDAY} 4"))
        leaves = [
            leaf_hash(leaf_of(MONDAY, n, *codec.encode(pinned(f"{MONDAY} {n}"))))
            for n in range(1, 5)
        ]
        assert leaves_of(log.stored(MONDAY)) == leaves
        assert leaves_of(log.stored(MONDAY, after=1, upto=3)) == leaves[1:3]
        assert len(leaves_of(log.stored(EVALUATION))) == 1
        assert log.stored(MONDAY, after=3) == [(MONDAY, 4, topic, body)]
        assert log.stored(TUESDAY) == []

    def test_a_taken_version_is_a_conflict_and_changes_nothing(
        self, log: EventLog
    ) -> None:
        log.append(entries(MONDAY, 1, 3))

        with pytest.raises(Conflict):
            log.append([*entries(TUESDAY, 1, 1), *entries(MONDAY, 3, 2)])

        assert log.last_version(MONDAY) == 3
        assert log.read(TUESDAY) == []
        assert list(log.append(entries(TUESDAY, 1, 1))) == [4]

    def test_a_version_that_would_leave_a_gap_is_refused(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 1))

        with pytest.raises(LogError, match="gap"):
            log.append(entries(MONDAY, 3, 1))
        with pytest.raises(LogError, match="does not follow"):
            log.append([*entries(MONDAY, 2, 1), *entries(MONDAY, 4, 1)])

        assert log.last_version(MONDAY) == 1

    def test_a_batch_over_several_streams_is_recorded_whole(
        self, log: EventLog
    ) -> None:
        log.append(
            [
                *entries(MONDAY, 1, 2),
                *entries(TUESDAY, 1, 1),
                *entries(EVALUATION, 1, 1),
                *entries(MONDAY, 3, 1),
            ]
        )

        assert log.last_version(MONDAY) == 3
        assert log.last_version(TUESDAY) == 1
        assert log.last_version(EVALUATION) == 1

    def test_a_large_batch_is_one_transaction(self, log: EventLog) -> None:
        count = 5_003

        log.append(entries(MONDAY, 1, count))

        assert [r.version for r in log.read(MONDAY)] == list(range(1, count + 1))
        assert log.read_all(count - 1, 10)[0].position == count

    def test_the_whole_log_is_read_in_pages(self, log: EventLog) -> None:
        log.append(entries(MONDAY, 1, 7))
        log.append(entries(TUESDAY, 1, 3))

        pages, after = [], 0
        while page := log.read_all(after, 4):
            pages.append([r.position for r in page])
            after = page[-1].position

        assert pages == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]

    def test_streams_are_found_by_what_they_begin_with(self, log: EventLog) -> None:
        log.append(
            [
                *entries(TUESDAY, 1, 2),
                *entries(MONDAY, 1, 2),
                *entries("hall-day/citygate/2026-11-02", 1, 1),
                *entries("hall-day/大厅/2026-11-02", 1, 1),
                *entries(EVALUATION, 1, 1),
            ]
        )

        assert log.streams("hall-day/city/") == [MONDAY, TUESDAY]
        assert log.streams("hall-day/大厅/") == ["hall-day/大厅/2026-11-02"]
        assert log.streams("profile/") == []
        assert len(log.streams("")) == 5

    def test_writers_in_several_threads_lose_nothing(self, log: EventLog) -> None:
        def write(stream: str) -> None:
            for version in range(1, 41):
                log.append(entries(stream, version, 1))

        streams = [f"evaluation/t{n}.1" for n in range(6)]
        threads = [threading.Thread(target=write, args=(s,)) for s in streams]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        recorded = log.read_all(0, 1_000)
        assert [r.position for r in recorded] == list(range(1, 241))
        for stream in streams:
            assert [r.version for r in recorded if r.stream == stream] == list(
                range(1, 41)
            )

    def test_of_writers_who_want_the_same_version_one_is_first(
        self, log: EventLog
    ) -> None:
        together = threading.Barrier(4)
        taken: list[int] = []
        refused: list[int] = []

        def write(writer: int) -> None:
            for version in range(1, 21):
                together.wait()
                try:
                    log.append([(MONDAY, version, pinned(str(writer)))])
                    taken.append(version)
                except Conflict:
                    refused.append(version)

        threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(taken) == list(range(1, 21))
        assert len(refused) == 60
        assert [r.version for r in log.read(MONDAY)] == list(range(1, 21))

    def test_a_reader_sees_a_transaction_whole_or_not_at_all(
        self, log: EventLog
    ) -> None:
        torn: list[int] = []
        written = threading.Event()

        def watch() -> None:
            while not written.is_set():
                seen = len(log.read_all(0, 1_000))
                if seen % 5:
                    torn.append(seen)

        reader = threading.Thread(target=watch)
        reader.start()
        for turn in range(40):
            log.append(entries(MONDAY, turn * 5 + 1, 5))
        written.set()
        reader.join()

        assert torn == []
        assert log.last_version(MONDAY) == 200

    def test_the_next_process_finds_everything(self) -> None:
        log = self.make_log()
        log.append(entries(MONDAY, 1, 3))

        log = self.open_again(log)

        assert [r.version for r in log.read(MONDAY)] == [1, 2, 3]
        assert list(log.append(entries(MONDAY, 4, 1))) == [4]
        log.close()

    def test_a_closed_log_says_so(self) -> None:
        log = self.make_log()
        log.close()

        with pytest.raises(LogError):
            log.read(MONDAY)
        with pytest.raises(LogError):
            log.append(entries(MONDAY, 1, 1))
