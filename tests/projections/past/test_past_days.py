"""The days somebody looks back at, read from the log as they are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from projections.past.past_days import DAYS, PastDays
from queue_core.errors import LogError
from queue_core.events import ProfileAdopted
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import hall_day_stream, profile_stream
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.profile import serialize_profile
from queue_core.profiles.reading import read_profile
from tests.queue_core.rules.hall import NINE, Hall, rules_with


class CountingLog(MemoryLog):
    """A log that tells how often a day was read."""

    reads = 0

    def read(self, stream: str, after: int = 0, upto: int | None = None):  # type: ignore[no-untyped-def]
        """Count, and read."""
        self.reads += stream.startswith("hall-day")
        return super().read(stream, after, upto)


def record(log: MemoryLog, hall: Hall, date: str, known: int = 0) -> None:
    """Record what has happened in the small hall since ``known``."""
    stream = hall_day_stream("city", date)
    entries = enumerate(hall.log[known:], start=known + 1)
    log.append([(stream, version, event) for version, event in entries])


def test_a_day_is_read_once_and_one_that_goes_on_is_read_on(tmp_path: Path) -> None:
    log, hall = CountingLog(), Hall()
    record(log, hall, "2026-09-21")
    days = PastDays(log, tmp_path)
    first = days.day("city", "2026-09-21")
    known = len(hall.log)
    hall.take()
    record(log, hall, "2026-09-21", known)

    still = days.day("city", "2026-09-21")
    assert first is still is not None
    assert (still.last_version, log.reads) == (known, 1)

    days.day("city", "2026-09-21", upto=len(hall.log))
    assert still.last_version == len(hall.log)
    assert days.picture(still, still.last_version).figures.issued == 1


def test_a_day_that_never_opened_is_nothing_to_look_at(tmp_path: Path) -> None:
    assert PastDays(MemoryLog(), tmp_path).day("city", "2026-09-21") is None


def test_only_the_days_looked_at_last_are_kept(tmp_path: Path) -> None:
    log = CountingLog()
    dates = [f"2026-09-{day}" for day in range(10, 11 + DAYS)]
    for date in dates:
        record(log, Hall(), date)
    days = PastDays(log, tmp_path)
    for date in dates:
        days.day("city", date)
    read = log.reads

    days.day("city", dates[-1])
    days.day("city", dates[1])
    assert log.reads == read

    days.day("city", dates[0])
    assert log.reads == read + 1


def test_the_profile_is_the_one_that_the_days_rules_were_read_from(
    tmp_path: Path,
) -> None:
    log = MemoryLog()
    halls = [read_profile(shipped_profile_dir(name)) for name in ("city", "township")]
    adopted = [
        ProfileAdopted(
            at=NINE,
            by="admin",
            command_id=f"p{place}",
            hall="city",
            revision=profile.revision,
            content=serialize_profile(profile),
        )
        for place, profile in enumerate(halls)
    ]
    stream = profile_stream("city")
    log.append([(stream, place, event) for place, event in enumerate(adopted, 1)])
    record(log, Hall(), "2026-09-21")
    days = PastDays(log, tmp_path)
    day = days.day("city", "2026-09-21")
    assert day is not None

    found = [
        days.profile(day, rules_with(revision=revision)).name.zh
        for revision in (halls[0].revision, halls[1].revision, "unknown")
    ]

    assert found == [halls[0].name.zh, halls[1].name.zh, halls[1].name.zh]


def test_a_hall_that_never_adopted_a_profile_cannot_be_named(tmp_path: Path) -> None:
    log = MemoryLog()
    record(log, Hall(), "2026-09-21")
    days = PastDays(log, tmp_path)
    day = days.day("city", "2026-09-21")
    assert day is not None

    with pytest.raises(LogError, match="never adopted"):
        days.profile(day, rules_with())
