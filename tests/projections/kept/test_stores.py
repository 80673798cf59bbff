"""What every store of kept tables must do: one case, one small subclass each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from projections.kept.open_day import KeptHall
from projections.kept.postgres_store import PostgresKept
from projections.kept.service_rows import ServiceRow
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import (
    SCHEMA,
    Changes,
    DayRow,
    Evaluated,
    KeptStore,
    NotKept,
    Pen,
    PenTaken,
    Standing,
)
from queue_core.errors import LogError


MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def day(date: str = MONDAY, *, hall: str = "city", version: int = 5) -> DayRow:
    """Return the row of some day."""
    return DayRow(hall, date, version, 1_000, False, b"figures", b"open")


def service(name: str, version: int, *, date: str = MONDAY) -> ServiceRow:
    """Return the row of some service."""
    return ServiceRow(
        hall="city",
        date=date,
        service=name,
        ticket=name[:-2],
        number="A001",
        ticket_class="ordinary",
        channel="kiosk",
        item="CARD",
        items=1,
        department="人社局",
        zone="social",
        queue="civil",
        window="1",
        clerk="wang.fang",
        issued_at=1_793_577_600_000,
        called_at=1_793_577_660_000,
        started_at=1_793_577_670_000,
        finished_at=1_793_577_970_000,
        wait_seconds=60.25,
        service_seconds=300.5,
        held_seconds=0,
        outcome="done",
        calls=1,
        missed_calls=0,
        issued_version=2,
        called_version=3,
        started_version=4,
        finished_version=version,
    )


def changes(*days: DayRow, services: tuple[ServiceRow, ...] = ()) -> Changes:
    """Return what some page changes."""
    return Changes({}, list(days), list(services), [])


def keep(pen: Pen, what: Changes, upto: int) -> None:
    """Keep a page."""
    pen.write(what, pen.standing.position, upto, f"mark {upto}")


class KeptContract(ABC):
    """The tests."""

    @abstractmethod
    def make_store(self, schema: int) -> KeptStore:
        """Return the one place of the test, as another process would open it."""

    @pytest.fixture
    def store(self) -> Iterator[KeptStore]:
        store = self.make_store(SCHEMA)
        yield store
        store.close()

    @pytest.fixture
    def other(self) -> Iterator[KeptStore]:
        """The same place, opened by another process."""
        other = self.make_store(SCHEMA)
        yield other
        other.close()

    # Reading.

    def test_where_nothing_was_kept_there_is_nothing_to_read(
        self, store: KeptStore
    ) -> None:
        assert store.standing() is None
        with pytest.raises(NotKept):
            store.days("city", MONDAY, TUESDAY)
        with pytest.raises(NotKept):
            store.all_days()

    def test_what_was_kept_is_read_back_with_its_position(
        self, store: KeptStore, other: KeptStore
    ) -> None:
        rows = (service("t1.1", 5), service("t2.1", 9))
        with store.pen() as pen:
            keep(pen, changes(day(TUESDAY), day(), services=rows), 17)
            pen.finish(carry_over=False)

        assert other.standing() == Standing(1, 17, "mark 17", whole=True)
        assert other.days("city", MONDAY, TUESDAY) == (17, [day(), day(TUESDAY)])
        assert other.days("city", TUESDAY, TUESDAY).days == [day(TUESDAY)]
        assert other.days("township", MONDAY, TUESDAY).days == []
        assert other.all_days() == [("city", MONDAY), ("city", TUESDAY)]
        assert [*other.services("city", MONDAY, MONDAY)] == [*rows]

    def test_services_are_told_as_they_were_finished(self, store: KeptStore) -> None:
        monday = (service("t9.1", 5), service("t1.1", 9))
        tuesday = service("t5.1", 3, date=TUESDAY)
        with store.pen() as pen:
            keep(pen, changes(services=(tuesday, *reversed(monday))), 1)
            pen.finish(carry_over=False)

        assert [*store.services("city", MONDAY, TUESDAY)] == [*monday, tuesday]

    def test_readers_see_no_tables_that_are_still_being_made(
        self, store: KeptStore
    ) -> None:
        with store.pen() as pen:
            keep(pen, changes(day()), 17)

        assert store.standing() is None
        with pytest.raises(NotKept):
            store.days("city", MONDAY, MONDAY)

    # Writing.

    def test_a_later_page_changes_the_rows_of_an_earlier_one(
        self, store: KeptStore
    ) -> None:
        given = Evaluated("city", MONDAY, "t1.1", "satisfied", 77, "pad")
        with store.pen() as pen:
            keep(pen, changes(day(), services=(service("t1.1", 5),)), 17)
            later = Changes({}, [day(version=9)], [], [given])
            keep(pen, later, 21)
            pen.finish(carry_over=False)

        assert store.days("city", MONDAY, MONDAY) == (21, [day(version=9)])
        (row,) = store.services("city", MONDAY, MONDAY)
        assert row == service("t1.1", 5)._replace(
            grade="satisfied", evaluated_at=77, evaluation_channel="pad"
        )

    def test_a_page_is_never_kept_twice(self, store: KeptStore) -> None:
        with store.pen() as pen:
            keep(pen, changes(day(), services=(service("t1.1", 5),)), 17)
            with pytest.raises(LogError, match="kept already"):
                pen.write(changes(day(version=99)), 0, 17, "mark 17")
            pen.finish(carry_over=False)

        assert store.days("city", MONDAY, MONDAY) == (17, [day()])

    def test_a_page_that_fails_leaves_nothing_behind(self, store: KeptStore) -> None:
        twice = (service("t1.1", 5), service("t1.1", 6))
        with store.pen() as pen:
            keep(pen, changes(day()), 17)
            with pytest.raises(LogError):
                keep(pen, changes(day(version=99), services=twice), 21)
        with store.pen() as pen:
            assert pen.standing.position == 17
            pen.finish(carry_over=False)

        assert store.days("city", MONDAY, MONDAY) == (17, [day()])
        assert [*store.services("city", MONDAY, MONDAY)] == []

    def test_the_pen_finds_what_was_kept_of_days_halls_and_services(
        self, store: KeptStore
    ) -> None:
        hall = KeptHall(timezone="Asia/Urumqi", department_of_item={"CARD": "人社局"})
        rows = tuple(service(f"t{n}.1", n + 1) for n in range(700))
        with store.pen() as pen:
            kept = changes(day(), services=rows)._replace(halls={"city": hall})
            keep(pen, kept, 17)

            assert pen.day("city", MONDAY) == day()
            assert pen.day("city", TUESDAY) is None
            assert pen.hall("city") == hall
            assert pen.hall("township") is None
            wanted = [("city", MONDAY, row.service) for row in rows]
            found = pen.services_of([*wanted, ("city", MONDAY, "t9999.1")])
            assert found == {row.service: row for row in rows}
            assert pen.services_of([]) == {}

    # Alone.

    def test_one_writes_at_a_time_and_all_may_read(
        self, store: KeptStore, other: KeptStore
    ) -> None:
        with store.pen() as pen:
            keep(pen, changes(day()), 17)
            pen.finish(carry_over=False)

        with store.pen(), pytest.raises(PenTaken), other.pen():
            pass
        with store.pen() as pen:
            keep(pen, changes(day(version=9)), 21)
            assert other.days("city", MONDAY, MONDAY).position == 21
        with other.pen() as pen:
            assert pen.standing.position == 21

    # Generations.

    def test_readers_keep_the_tables_they_have_until_new_ones_are_whole(
        self, store: KeptStore, other: KeptStore
    ) -> None:
        with store.pen() as pen:
            keep(pen, changes(day()), 17)
            pen.finish(carry_over=False)
        with store.pen() as pen:
            pen.begin_anew()
            keep(pen, changes(day(version=9)), 21)

            assert other.days("city", MONDAY, MONDAY) == (17, [day()])
            assert pen.earlier == Standing(1, 17, "mark 17", whole=True)
            pen.finish(carry_over=False)

        assert other.days("city", MONDAY, MONDAY) == (21, [day(version=9)])

    def test_whoever_comes_next_goes_on_with_tables_that_are_half_made(
        self, store: KeptStore, other: KeptStore
    ) -> None:
        with store.pen() as pen:
            keep(pen, changes(day()), 17)
            pen.finish(carry_over=False)
        with store.pen() as pen:
            pen.begin_anew()
            keep(pen, changes(day(version=9)), 12)

        with other.pen() as pen:
            assert pen.standing == Standing(2, 12, "mark 12", whole=False)
            assert pen.earlier == Standing(1, 17, "mark 17", whole=True)
            pen.begin_anew()
            assert pen.standing == Standing(3, 0, "", whole=False)
            assert pen.day("city", MONDAY) is None

    def test_days_that_only_the_earlier_tables_have_are_taken_over(
        self, store: KeptStore
    ) -> None:
        monday, tuesday = service("t1.1", 5), service("t2.1", 5, date=TUESDAY)
        with store.pen() as pen:
            both = changes(day(), day(TUESDAY), services=(monday, tuesday))
            keep(pen, both, 17)
            pen.finish(carry_over=False)
        with store.pen() as pen:
            pen.begin_anew()
            keep(pen, changes(day(TUESDAY, version=9)), 17)
            carried = pen.finish(carry_over=True)

        assert carried == 1
        kept = store.days("city", MONDAY, TUESDAY).days
        assert kept == [day(), day(TUESDAY, version=9)]
        assert [*store.services("city", MONDAY, TUESDAY)] == [monday]

    def test_tables_of_an_older_program_are_made_anew_beside_them(
        self, store: KeptStore
    ) -> None:
        with store.pen() as pen:
            keep(pen, changes(day()), 17)
            pen.finish(carry_over=False)
        newer = self.make_store(SCHEMA + 1)
        with newer.pen() as pen:
            assert pen.standing == Standing(2, 0, "", whole=False)
            assert pen.earlier is None
            assert newer.standing() is None
            assert store.days("city", MONDAY, MONDAY).days == [day()]
            keep(pen, changes(day(version=9)), 17)
            pen.finish(carry_over=True)

        assert newer.days("city", MONDAY, MONDAY).days == [day(version=9)]
        assert store.standing() is None
        newer.close()

    def test_tables_of_a_newer_program_are_left_alone(self, store: KeptStore) -> None:
        newer = self.make_store(SCHEMA + 1)
        with newer.pen() as pen:
            keep(pen, changes(day()), 17)
            pen.finish(carry_over=False)

        with pytest.raises(NotKept, match="newer"), store.pen():
            pass
        assert newer.days("city", MONDAY, MONDAY).days == [day()]
        newer.close()


class TestSqliteKept(KeptContract):
    """Tables in a file."""

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "projections.db"

    def make_store(self, schema: int) -> KeptStore:
        return SqliteKept(self.path, schema=schema)

    def test_a_file_that_holds_something_else_is_refused(self) -> None:
        self.path.write_bytes(b"no database at all" * 100)

        with pytest.raises(LogError, match="cannot be used"):
            self.make_store(SCHEMA).days("city", MONDAY, MONDAY)


@pytest.fixture(scope="module")
def one_database(postgres: Callable[[], str]) -> str:
    """Return a database; each test empties it first."""
    return postgres()


class TestPostgresKept(KeptContract):
    """Tables in a database."""

    @pytest.fixture(autouse=True)
    def _place(self, one_database: str) -> None:
        self.database = one_database
        with psycopg.connect(one_database, autocommit=True) as connection:
            connection.execute(
                "SET client_min_messages = warning; "
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
            )

    def make_store(self, schema: int) -> KeptStore:
        return PostgresKept(self.database, schema=schema)

    def test_a_database_that_cannot_be_reached_is_an_error_of_the_store(self) -> None:
        store = PostgresKept("postgresql://yihao@127.0.0.1:1/none")

        with pytest.raises(LogError, match="cannot be read"):
            store.standing()
