"""The kept tables in SQL that SQLite and PostgreSQL both understand.

Names of types are PostgreSQL's; SQLite takes them by their sound. Statements are
written with PostgreSQL's placeholder; ``Sql`` puts in the store's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, get_type_hints

import msgspec

from .open_day import KeptHall
from .service_rows import ServiceKey, ServiceRow
from .store import Changes, DayRow, Evaluated, Standing


Values = Sequence[Any]

HALL = msgspec.msgpack.Decoder(KeptHall)
ENCODER = msgspec.msgpack.Encoder()

GENERATIONS = """
CREATE TABLE IF NOT EXISTS yihao_kept_generations (
    generation bigint PRIMARY KEY,
    schema_number bigint NOT NULL,
    position bigint NOT NULL,
    mark text NOT NULL,
    whole boolean NOT NULL
)
"""

TYPES = {str: "text", int: "bigint", float: "double precision"}

SERVICE_COLUMNS = [
    f'"{name}" {TYPES[kind]} NOT NULL'
    for name, kind in get_type_hints(ServiceRow).items()
]
HALLS = "(hall text PRIMARY KEY, content bytea NOT NULL)"
DAYS = """(hall text NOT NULL, date text NOT NULL, version bigint NOT NULL,
    last_at bigint NOT NULL, closed boolean NOT NULL, figures bytea NOT NULL,
    open_day bytea NOT NULL, PRIMARY KEY (hall, date))"""
SERVICES = f"({', '.join(SERVICE_COLUMNS)}, PRIMARY KEY (hall, date, service))"
TABLES = {"halls": HALLS, "days": DAYS, "services": SERVICES}

DAY_FIELDS = ", ".join(DayRow._fields)
# Quoted, because ``window`` is a word of SQL.
SERVICE_FIELDS = ", ".join(f'"{name}"' for name in ServiceRow._fields)

SERVICES_AT_ONCE = 500
"""So many rows are asked for in one statement."""


class Cursor(Protocol):
    """What both libraries' cursors can do."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""

    def execute(self, statement: Any, values: Any = (), /) -> Any:
        """Run a statement."""

    def executemany(self, statement: Any, values: Any, /) -> Any:
        """Run a statement for many rows."""

    def fetchall(self) -> list[Any]:
        """Return what was found."""

    def __iter__(self) -> Iterator[Any]:
        """Iterate over what was found."""


class Sql:
    """The statements, on a cursor in somebody's transaction."""

    def __init__(self, placeholder: str, *, suffix: str = "") -> None:
        self._placeholder = placeholder
        self._suffix = suffix

    def _said(self, statement: str) -> str:
        return statement.replace("%s", self._placeholder)

    # Generations.

    def prepare(self, c: Cursor) -> None:
        """Make the table of generations, if it is not there."""
        c.execute(GENERATIONS)

    def standings(self, c: Cursor) -> list[tuple[int, Standing]]:
        """Return schema and standing of all generations, the newest first."""
        c.execute(
            "SELECT schema_number, generation, position, mark, whole "
            "FROM yihao_kept_generations ORDER BY generation DESC"
        )
        return [
            (schema, Standing(generation, position, mark, bool(whole)))
            for schema, generation, position, mark, whole in c.fetchall()
        ]

    def create(self, c: Cursor, generation: int, schema: int) -> None:
        """Make the tables of another generation, with nothing in them."""
        for name, columns in TABLES.items():
            suffix = self._suffix if name == "services" else ""
            c.execute(f"CREATE TABLE {_table(name, generation)} {columns}{suffix}")
        c.execute(
            self._said("INSERT INTO yihao_kept_generations VALUES (%s, %s, 0, '', %s)"),
            (generation, schema, False),
        )

    def drop(self, c: Cursor, generation: int) -> None:
        """Remove a generation and its tables."""
        for name in TABLES:
            c.execute(f"DROP TABLE IF EXISTS {_table(name, generation)}")
        c.execute(
            self._said("DELETE FROM yihao_kept_generations WHERE generation = %s"),
            (generation,),
        )

    def move_on(
        self, c: Cursor, generation: int, after: int, upto: int, mark: str
    ) -> bool:
        """Note how far a generation is; False if it was not where we thought."""
        c.execute(
            self._said(
                "UPDATE yihao_kept_generations SET position = %s, mark = %s "
                "WHERE generation = %s AND position = %s"
            ),
            (upto, mark, generation, after),
        )
        return c.rowcount == 1

    def show(self, c: Cursor, generation: int) -> None:
        """Let readers see a generation."""
        c.execute(
            self._said(
                "UPDATE yihao_kept_generations SET whole = %s WHERE generation = %s"
            ),
            (True, generation),
        )

    def carry_over(self, c: Cursor, source: int, target: int) -> int:
        """Copy the days that only ``source`` has, with their services."""
        missing = (
            f"NOT EXISTS (SELECT 1 FROM {_table('days', target)} AS there "
            "WHERE there.hall = given.hall AND there.date = given.date)"
        )
        # The services first: they are missing by the days that are.
        for name in ("services", "days"):
            c.execute(
                f"INSERT INTO {_table(name, target)} "
                f"SELECT given.* FROM {_table(name, source)} AS given WHERE {missing}"
            )
        return c.rowcount

    # Reading.

    def hall(self, c: Cursor, generation: int, hall: str) -> KeptHall | None:
        """Return what is kept of a hall's profile."""
        c.execute(
            self._said(
                f"SELECT content FROM {_table('halls', generation)} WHERE hall = %s"
            ),
            (hall,),
        )
        found = c.fetchall()
        return HALL.decode(found[0][0]) if found else None

    def days(
        self, c: Cursor, generation: int, hall: str, first: str, last: str
    ) -> list[DayRow]:
        """Return the days of a hall between two dates, in order."""
        c.execute(
            self._said(
                f"SELECT {DAY_FIELDS} FROM {_table('days', generation)} "
                "WHERE hall = %s AND date BETWEEN %s AND %s ORDER BY date"
            ),
            (hall, first, last),
        )
        return [
            DayRow(*row)._replace(
                closed=bool(row[4]), figures=bytes(row[5]), open_day=bytes(row[6])
            )
            for row in c.fetchall()
        ]

    def all_days(self, c: Cursor, generation: int) -> list[tuple[str, str]]:
        """Return hall and date of every day, in order."""
        c.execute(
            f"SELECT hall, date FROM {_table('days', generation)} ORDER BY hall, date"
        )
        return [(hall, date) for hall, date in c.fetchall()]

    def services(
        self, c: Cursor, generation: int, hall: str, first: str, last: str
    ) -> Iterator[ServiceRow]:
        """Yield the services of a hall between two dates, as they were finished."""
        c.execute(
            self._said(
                f"SELECT {SERVICE_FIELDS} "
                f"FROM {_table('services', generation)} "
                "WHERE hall = %s AND date BETWEEN %s AND %s "
                "ORDER BY date, finished_version"
            ),
            (hall, first, last),
        )
        for row in c:
            yield ServiceRow(*row)

    def services_of(
        self, c: Cursor, generation: int, wanted: Iterable[ServiceKey]
    ) -> dict[str, ServiceRow]:
        """Return some rows, by service; those that are not there are left out."""
        keys = list(wanted)
        found: dict[str, ServiceRow] = {}
        for start in range(0, len(keys), SERVICES_AT_ONCE):
            part = keys[start : start + SERVICES_AT_ONCE]
            marks = ", ".join(["(%s, %s, %s)"] * len(part))
            # A join, because SQLite would look through the whole table for an IN.
            c.execute(
                self._said(
                    f"SELECT {SERVICE_FIELDS} FROM (VALUES {marks}) AS wanted "
                    f"CROSS JOIN {_table('services', generation)} AS kept "
                    "WHERE kept.hall = wanted.column1 AND kept.date = wanted.column2 "
                    "AND kept.service = wanted.column3"
                ),
                [value for key in part for value in key],
            )
            found |= {row[2]: ServiceRow(*row) for row in c.fetchall()}
        return found

    # Writing.

    def write(self, c: Cursor, generation: int, changes: Changes) -> None:
        """Keep what a page changes."""
        for hall, content in changes.halls.items():
            self._put(c, generation, "halls", [(hall, ENCODER.encode(content))])
        self._put(c, generation, "days", changes.days)
        self._remove_services(c, generation, changes.reopened)
        self.add_services(c, generation, changes.services)
        self._evaluate(c, generation, changes.evaluated)

    def add_services(
        self, c: Cursor, generation: int, rows: Sequence[ServiceRow]
    ) -> None:
        """Add services that were finished."""
        if rows:
            marks = ", ".join(["%s"] * len(ServiceRow._fields))
            table = _table("services", generation)
            c.executemany(self._said(f"INSERT INTO {table} VALUES ({marks})"), rows)

    def _remove_services(
        self, c: Cursor, generation: int, keys: Sequence[ServiceKey]
    ) -> None:
        if keys:
            c.executemany(
                self._said(
                    f"DELETE FROM {_table('services', generation)} "
                    "WHERE hall = %s AND date = %s AND service = %s"
                ),
                keys,
            )

    def _evaluate(
        self, c: Cursor, generation: int, evaluated: Sequence[Evaluated]
    ) -> None:
        if evaluated:
            c.executemany(
                self._said(
                    f"UPDATE {_table('services', generation)} "
                    "SET grade = %s, evaluated_at = %s, evaluation_channel = %s "
                    "WHERE hall = %s AND date = %s AND service = %s"
                ),
                [(*given[3:], *given[:3]) for given in evaluated],
            )

    def _put(
        self, c: Cursor, generation: int, name: str, rows: Sequence[Values]
    ) -> None:
        """Add rows, or put them in the place of those with the same key."""
        if not rows:
            return
        keys = ["hall"] if name == "halls" else ["hall", "date"]
        columns = ["hall", "content"] if name == "halls" else list(DayRow._fields)
        new = [f"{one} = excluded.{one}" for one in columns if one not in keys]
        c.executemany(
            self._said(
                f"INSERT INTO {_table(name, generation)} "
                f"VALUES ({', '.join(['%s'] * len(columns))}) "
                f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {', '.join(new)}"
            ),
            rows,
        )


def _table(name: str, generation: int) -> str:
    return f"yihao_kept_{name}_{generation}"
