"""The kept tables say what the log says, however and by whom it was read."""

from __future__ import annotations

import functools
import itertools
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.kept.postgres_store import PostgresKept
from projections.kept.rebuilding import Reading, rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import Changes, KeptStore, Pen, PenTaken
from queue_core.care.archives import archive
from queue_core.errors import LogError
from queue_core.events import ServiceCompleted, TicketCalled
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import hall_day_stream
from tests.queue_core.care.recorded import (
    MONDAY,
    Played,
    adopted,
    append,
    begin,
    some_days,
)

from .pictures import KeptDay, log_of, picture, two_halls


Picture = dict[tuple[str, str], KeptDay]

TWO_HALLS = two_halls()


def one_page(seconds: float) -> bool:
    """Stop after a page."""
    return True


@functools.cache
def in_one_go() -> Picture:
    """Return what is kept of the two halls when nobody interrupts."""
    with tempfile.TemporaryDirectory() as folder:
        return kept_of(TWO_HALLS, SqliteKept(Path(folder) / "projections.db"))


def kept_of(entries: Sequence[Entry], store: KeptStore) -> Picture:
    """Return what a store keeps of a log."""
    rebuild(log_of(entries), store)
    return picture(store)


@pytest.fixture
def store(tmp_path: Path) -> SqliteKept:
    return SqliteKept(tmp_path / "projections.db")


# Pages.


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 90), st.booleans()), max_size=12))
def test_any_pages_and_any_interruptions_lead_to_the_same_tables(
    plan: list[tuple[int, bool]],
) -> None:
    log = log_of(TWO_HALLS)
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteKept(Path(folder) / "projections.db")
        reading = Reading(log, store)
        for page, is_new_process in plan:
            if is_new_process:
                reading = Reading(log, store)
            reading.go_on(page=page, rest=one_page)
        rebuild(log, store)

        assert picture(store) == in_one_go()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_log_that_grows_is_read_on(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store: KeptStore
    if kind == "sqlite":
        store = SqliteKept(tmp_path / "projections.db")
    else:
        new_database: Callable[[], str] = request.getfixturevalue("postgres")
        store = PostgresKept(new_database())
    log = log_of(())
    reading = Reading(log, store)
    for start in range(0, len(TWO_HALLS), 150):
        log.append(TWO_HALLS[start : start + 150])
        # Every other time a process that has just been started does it.
        if start % 300:
            reading = Reading(log, store)
        done = reading.go_on()
        assert (done.events, done.position) == (
            len(TWO_HALLS[start : start + 150]),
            log.last_position(),
        )

    assert picture(store) == in_one_go()
    store.close()


def test_the_tables_of_a_running_day_say_how_it_stands(store: SqliteKept) -> None:
    kept = kept_of(some_days(2, tickets=5), store)

    assert {date: day.closed for (_, date), day in kept.items()} == {
        MONDAY: True,
        "2026-11-03": False,
    }
    assert kept["city", MONDAY].open_day == ""


def test_it_is_told_how_far_the_work_is(store: SqliteKept) -> None:
    told: list[tuple[int, int]] = []
    entries = some_days(2)

    done = rebuild(log_of(entries), store, lambda *far: told.append(far), page=10)

    last = len(entries)
    assert told == [(min(n, last), last) for n in range(10, last + 10, 10)]
    assert done._replace(seconds=0) == (last, 0, last, last, True, 0, 0)
    assert done.is_done


def test_an_evaluation_that_comes_days_later_changes_its_row_and_its_day(
    store: SqliteKept,
) -> None:
    monday = Played("city", MONDAY, tickets=2).close()
    tuesday = Played("city", "2026-11-03").close()
    log = log_of([adopted("city"), *monday.entries, *tuesday.entries])
    rebuild(log, store)
    before = picture(store)["city", MONDAY]
    open_ones = [row for row in before.services if not row.grade]
    row = open_ones[0]
    (done,) = log.read(
        hall_day_stream("city", MONDAY), row.finished_version - 1, row.finished_version
    )
    assert isinstance(done.event, ServiceCompleted)

    log.append([monday.evaluation(row.finished_version, done.event)])
    rebuild(log, store)

    after = picture(store)["city", MONDAY]
    changed = [
        new
        for old, new in zip(before.services, after.services, strict=True)
        if old != new
    ]
    assert [(one.service, one.grade) for one in changed] == [(row.service, "satisfied")]
    rebuild(log, store, anew=True)
    assert picture(store)["city", MONDAY] == after


# Anew.


def test_tables_made_anew_are_the_same(store: SqliteKept) -> None:
    log = log_of(TWO_HALLS)
    rebuild(log, store)

    done = rebuild(log, store, anew=True)

    assert (done.anew, done.events) == (True, len(TWO_HALLS))
    assert picture(store) == in_one_go()


def test_a_rebuild_that_was_ended_is_gone_on_with(store: SqliteKept) -> None:
    log = log_of(TWO_HALLS)
    rebuild(log, store)
    Reading(log, store).go_on(anew=True, page=100, rest=one_page)
    assert store.standing() is not None

    done = rebuild(log, store)

    assert (done.anew, done.events) == (True, len(TWO_HALLS) - 100)
    assert picture(store) == in_one_go()


def test_another_log_is_read_anew(store: SqliteKept) -> None:
    rebuild(log_of(some_days(3, hall="township", tickets=9)), store)

    done = rebuild(log_of(TWO_HALLS), store)

    assert (done.anew, done.carried_days) == (True, 0)
    assert picture(store) == in_one_go()


def test_an_older_copy_of_the_log_is_read_anew(store: SqliteKept) -> None:
    entries = some_days(3)
    rebuild(log_of(entries), store)

    done = rebuild(log_of(entries[:40]), store)

    assert (done.anew, done.position) == (True, 40)
    assert done.carried_days == 0


# Faults.


def test_a_record_that_makes_no_sense_stops_the_reading_and_is_named(
    store: SqliteKept,
) -> None:
    entries = some_days(1)
    place = next(n for n, one in enumerate(entries) if isinstance(one[2], TicketCalled))
    stream, version, event = entries[place]
    wrong = msgspec.structs.replace(event, ticket="nobody's")
    log = log_of([*entries[:place], (stream, version, wrong)])
    reading = Reading(log, store)

    for _ in range(2):
        with pytest.raises(LogError, match=f"{stream} version {version} cannot be"):
            reading.go_on(page=place)

    with store.pen() as pen:
        assert pen.standing.position == place


class FailingOnce:
    """A store whose pen cannot write one time."""

    def __init__(self, store: SqliteKept, page: int) -> None:
        self._store = store
        self._pages = itertools.count()
        self._fails_at = page

    @contextmanager
    def pen(self) -> Iterator[Pen]:
        with self._store.pen() as pen:
            write = pen.write

            def fail(changes: Changes, after: int, upto: int, mark: str) -> None:
                if next(self._pages) == self._fails_at:
                    raise LogError("the disk is full")
                write(changes, after, upto, mark)

            pen.write = fail  # type: ignore[method-assign]
            yield pen


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_page_that_could_not_be_kept_is_folded_again(
    store: SqliteKept, page: int
) -> None:
    failing: KeptStore = FailingOnce(store, page)  # type: ignore[assignment]
    reading = Reading(log_of(TWO_HALLS), failing)

    with pytest.raises(LogError, match="the disk is full"):
        reading.go_on(page=120)
    reading.go_on(page=120)

    assert picture(store) == in_one_go()


def test_two_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    log = log_of(TWO_HALLS)
    begun, done = threading.Event(), threading.Event()
    first = SqliteKept(tmp_path / "projections.db")
    second = SqliteKept(tmp_path / "projections.db")

    def wait_in_the_middle(seconds: float) -> bool:
        begun.set()
        done.wait()
        return False

    working = threading.Thread(
        target=lambda: Reading(log, first).go_on(page=90, rest=wait_in_the_middle)
    )
    working.start()
    begun.wait()
    with pytest.raises(PenTaken):
        rebuild(log, second)
    done.set()
    working.join()

    assert rebuild(log, second).events == 0
    assert picture(second) == in_one_go()


KILLED = """
import sys
from pathlib import Path
from projections.kept.rebuilding import Reading
from projections.kept.sqlite_store import SqliteKept
from queue_core.log.sqlite_log import SqliteLog

def say(done, total):
    print(done, flush=True)
    if done >= 300:
        sys.stdin.read()

log = SqliteLog(sys.argv[1], read_only=True)
Reading(log, SqliteKept(Path(sys.argv[2]))).go_on(say, page=100)
"""


def test_a_process_that_is_killed_leaves_tables_to_go_on_with(tmp_path: Path) -> None:
    record, kept = tmp_path / "record.sqlite", tmp_path / "projections.db"
    append(record, TWO_HALLS)
    process = begin(KILLED, record, kept)
    assert process.stdout is not None
    while int(process.stdout.readline()) < 300:
        pass
    process.kill()
    process.communicate()
    log, store = SqliteLog(record, read_only=True), SqliteKept(kept)

    done = rebuild(log, store)

    assert done.events == len(TWO_HALLS) - 300
    assert picture(store) == in_one_go()
    log.close()


# Days that were removed.


@contextmanager
def without_monday(record: Path, archives: Path) -> Iterator[EventLog]:
    """Archive and remove the first day of the city, and open the log."""
    archive(record, archives, "city", "2026-11-03", remove=True, kept_days=1)
    log = SqliteLog(record, read_only=True)
    assert not log.last_version(hall_day_stream("city", MONDAY))
    yield log
    log.close()


def test_days_that_were_archived_since_stay_in_the_tables(tmp_path: Path) -> None:
    record, store = tmp_path / "record.sqlite", SqliteKept(tmp_path / "projections.db")
    append(record, TWO_HALLS)
    whole = SqliteLog(record, read_only=True)
    rebuild(whole, store)
    whole.close()

    with without_monday(record, tmp_path / "archives") as log:
        assert rebuild(log, store).events == 0
        done = rebuild(log, store, anew=True)

    assert done.carried_days == 1
    assert picture(store) == in_one_go()


def test_archived_days_are_read_from_their_archives(tmp_path: Path) -> None:
    record, store = tmp_path / "record.sqlite", SqliteKept(tmp_path / "projections.db")
    append(record, TWO_HALLS)
    archives = tmp_path / "archives"

    with without_monday(record, archives) as log:
        without = rebuild(log, store)
        assert ("city", MONDAY) not in picture(store)
        done = rebuild(log, store, anew=True, archives=archives)

    assert (without.archived_days, done.archived_days) == (0, 1)
    assert picture(store) == in_one_go()
