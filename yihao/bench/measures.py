"""All measures of the bench, by name. Nothing heavy is imported here."""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """A measure: where it lives, and whether it belongs to a usual run."""

    line: str
    modules: tuple[str, ...]
    """Each has a function ``measure(run)`` that returns rows."""
    usual: bool = True


MEASURES: dict[str, Measure] = {
    "desk": Measure(
        "answered commands of 64 callers and of one, beside raw inserts",
        (".desk", ".desk_postgres"),
    ),
    "http": Measure("a served house beside a bare aiohttp handler", (".http",)),
    "flat": Measure("calls with many waiting, and a hall with a history", (".flat",)),
    "fold": Measure("folding a day of 5,000 tickets", (".fold",)),
    "rival": Measure("the event sourcing library's own aggregates", (".rival",)),
    "live": Measure("the live link, beside a raw loop of send", (".live",)),
    "memory": Measure("the memory of a server after 5,000 tickets", (".memory",)),
    "report": Measure("the report of a day with 5,000 tickets", (".report",)),
    "rebuild": Measure("rebuilding the kept tables from the record", (".rebuild",)),
    "year": Measure(
        "a year written, rebuilt, started from and reported", (".year",), usual=False
    ),
}


def usual_names() -> list[str]:
    """Return the measures of a run that names none."""
    return [name for name, measure in MEASURES.items() if measure.usual]
