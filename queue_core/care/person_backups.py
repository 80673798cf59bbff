"""The store of persons in a file of its own, apart from the backups of the record.

A backup of the record may be kept for years: it knows nobody. That of the persons is
one file, written anew each time, so that whoever has been erased since does not stay in
an older one. What comes back from it passes the erasures in the record first.
"""

from __future__ import annotations

from pathlib import Path

from queue_core.events_of_persons import PersonsErased
from queue_core.log.event_log import EventLog
from queue_core.log.streams import PERSONS
from queue_core.persons.tables import Rows

from .files import told_as_log_error, whole_file
from .opening import open_person_tables
from .places import Place, told
from .restoration import NotEmpty


KEYS, MASTER = "persons", "person_master"
"""The tables of the keys, a row for every person, and of the master key's print."""


def back_up_persons(place: Place, file: Path) -> int:
    """Write the store into a file, in the place of the one that was there.

    Returns how many persons are in it. Servers may go on.

    Raises:
        LogError: something cannot be read or written.
    """
    rows = _rows_of(place)
    with told_as_log_error(file), whole_file(file) as partial:
        _put(partial, rows)
    return len(rows[KEYS])


def restore_persons(file: Path, place: Place, log: EventLog) -> tuple[int, int]:
    """Put persons back where none are, but for those whom the record says erased.

    Returns how many are there now, and how many were erased meanwhile.

    Raises:
        NotEmpty: there are persons already.
        LogError: something cannot be read or written.
    """
    with told_as_log_error(file):
        file.stat()
    rows = _rows_of(file)
    kept, erased = _without(rows, erased_in(log))
    there = _rows_of(place)
    if there[KEYS]:
        raise NotEmpty(f"{told(place)} has persons in it already")
    if there[MASTER] and there[MASTER] != rows[MASTER]:
        raise NotEmpty(f"{told(place)} was begun with another master key")
    # A house that has looked after nobody yet has its key noted there already.
    _put(place, {**kept, MASTER: [] if there[MASTER] else rows[MASTER]})
    return len(kept[KEYS]), erased


def erased_in(log: EventLog) -> set[str]:
    """Return the subject keys of all whom the record says erased.

    Raises:
        LogError: the record cannot be read.
    """
    return {
        subject
        for stream in log.streams(PERSONS)
        for one in log.read(stream)
        if isinstance(one.event, PersonsErased)
        for subject in one.event.subjects
    }


def _rows_of(place: Place) -> Rows:
    tables = open_person_tables(place)
    try:
        with tables.transaction():
            return tables.all_rows()
    finally:
        tables.close()


def _put(place: Place, rows: Rows) -> None:
    tables = open_person_tables(place)
    try:
        with tables.transaction():
            tables.put_rows(rows)
        tables.scrub()
    finally:
        tables.close()


def _without(rows: Rows, erased: set[str]) -> tuple[Rows, int]:
    """Return the rows of those who were not erased, and how many were."""
    known = {row[0] for row in rows[KEYS]}
    gone = known & erased
    # Keys have no like: wherever one of an erased person stands, the row is his.
    kept = {
        name: [row for row in of_table if gone.isdisjoint(_texts(row))]
        for name, of_table in rows.items()
    }
    return kept, len(gone)


def _texts(row: tuple[object, ...]) -> list[str]:
    return [one for one in row if isinstance(one, str)]
