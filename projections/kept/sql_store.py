"""Kept tables in any database that speaks SQL: generations, readers, the pen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from queue_core.errors import LogError

from .open_day import KeptHall
from .service_rows import ServiceKey, ServiceRow
from .sql_tables import Cursor, Sql
from .store import SCHEMA, Changes, DayRow, KeptDays, NotKept, Pen, Standing


Transaction = Callable[[], AbstractContextManager[Cursor]]


class SqlStore(ABC):
    """A ``KeptStore``. A subclass says how to read, and how to write alone."""

    def __init__(self, sql: Sql, *, schema: int = SCHEMA) -> None:
        self._sql = sql
        self._schema = schema

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Cursor]:
        """Read from one moment.

        Raises:
            NotKept: there are no tables at all.
            LogError: the store failed.
        """

    @abstractmethod
    def _alone(self) -> AbstractContextManager[Transaction]:
        """Hold the lock of the writer, and give transactions to write in.

        Raises:
            PenTaken: somebody else holds it.
            LogError: the store failed.
        """

    # Reading.

    def standing(self) -> Standing | None:
        """Return how far the tables are that readers see; None if there are none."""
        try:
            with self._reading() as c:
                return self._seen(c)
        except NotKept:
            return None

    def days(self, hall: str, first: str, last: str) -> KeptDays:
        """Return the days of a hall between two dates, both included, in order."""
        with self._reading() as c:
            seen = self._seen(c)
            days = self._sql.days(c, seen.generation, hall, first, last)
            return KeptDays(seen.position, days)

    def services(self, hall: str, first: str, last: str) -> Iterator[ServiceRow]:
        """Yield the services of a hall between two dates, as they were finished."""
        with self._reading() as c:
            generation = self._seen(c).generation
            yield from self._sql.services(c, generation, hall, first, last)

    def all_days(self) -> list[tuple[str, str]]:
        """Return hall and date of every kept day, in order."""
        with self._reading() as c:
            return self._sql.all_days(c, self._seen(c).generation)

    def _seen(self, c: Cursor) -> Standing:
        for schema, standing in self._sql.standings(c):
            if standing.whole and schema == self._schema:
                return standing
        raise NotKept("the figures of earlier days are still being gathered")

    # Writing.

    @contextmanager
    def pen(self) -> Iterator[Pen]:
        """Take the right to write, at once or not at all."""
        with self._alone() as transaction:
            pen = SqlPen(self._sql, transaction, self._schema)
            pen.begin()
            yield pen


class SqlPen:
    """The right to write. It ends with the lock that its store holds."""

    standing: Standing

    def __init__(self, sql: Sql, transaction: Transaction, schema: int) -> None:
        self._sql = sql
        self._transaction = transaction
        self._schema = schema
        self.earlier: Standing | None = None

    def begin(self) -> None:
        """Find the generation to write, or begin one.

        Raises:
            NotKept: a newer program has made the tables.
        """
        with self._transaction() as c:
            self._sql.prepare(c)
            known = self._sql.standings(c)
            if any(schema > self._schema for schema, _ in known):
                raise NotKept("a newer program keeps these figures; use that one")
            mine = [one for schema, one in known if schema == self._schema]
            self.earlier = next((one for one in mine if one.whole), None)
            if mine:
                # The newest: a half made one is newer than the whole one.
                self.standing = mine[0]
            else:
                self._begin_another(c)
        if self.standing.whole:
            self.earlier = None

    def begin_anew(self) -> None:
        """Give up what was being made, and begin another generation."""
        with self._transaction() as c:
            if self.standing.whole:
                self.earlier = self.standing
            self._begin_another(c)

    def _begin_another(self, c: Cursor) -> None:
        known = self._sql.standings(c)
        for _, one in known:
            if not one.whole:
                self._sql.drop(c, one.generation)
        number = max((one.generation for _, one in known), default=0) + 1
        self._sql.create(c, number, self._schema)
        self.standing = Standing(number, 0, "", whole=False)

    def day(self, hall: str, date: str) -> DayRow | None:
        """Return what is kept of a day; None if nothing is."""
        with self._transaction() as c:
            days = self._sql.days(c, self.standing.generation, hall, date, date)
        return days[0] if days else None

    def hall(self, hall: str) -> KeptHall | None:
        """Return what is kept of a hall's profile; None if nothing is."""
        with self._transaction() as c:
            return self._sql.hall(c, self.standing.generation, hall)

    def services_of(self, wanted: Iterable[ServiceKey]) -> dict[str, ServiceRow]:
        """Return some rows, by service; those that are not there are left out."""
        keys = list(wanted)
        if not keys:
            return {}
        with self._transaction() as c:
            return self._sql.services_of(c, self.standing.generation, keys)

    def write(self, changes: Changes, after: int, upto: int, mark: str) -> None:
        """Keep what a page changes, and that it was read, in one transaction."""
        generation = self.standing.generation
        with self._transaction() as c:
            if not self._sql.move_on(c, generation, after, upto, mark):
                raise LogError(f"what follows position {after} is kept already")
            self._sql.write(c, generation, changes)
        self.standing = self.standing._replace(position=upto, mark=mark)

    def finish(self, *, carry_over: bool) -> int:
        """Let readers see this generation, and drop all others."""
        mine, carried = self.standing.generation, 0
        with self._transaction() as c:
            if carry_over and self.earlier is not None:
                carried = self._sql.carry_over(c, self.earlier.generation, mine)
            self._sql.show(c, mine)
            for _, one in self._sql.standings(c):
                if one.generation != mine:
                    self._sql.drop(c, one.generation)
        self.standing = self.standing._replace(whole=True)
        self.earlier = None
        return carried
