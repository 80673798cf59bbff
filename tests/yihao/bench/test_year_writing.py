"""Writing a year of the record: as many cases as asked for, and resumable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from queue_core.errors import LogError
from queue_core.events import EvaluationGiven, ProfileAdopted
from queue_core.log.event_log import Entry
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import EVALUATION, HALL_DAY
from queue_core.rules.hall_day import fold
from yihao.bench.city_hall import CityHall
from yihao.bench.year_writing import YEAR, day_sizes, write_year


class FullLog(MemoryLog):
    """A log that takes only so many appends."""

    def __init__(self, appends: int) -> None:
        super().__init__()
        self.left = appends

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        if not self.left:
            raise LogError("the disk is full")
        self.left -= 1
        return super().append(entries)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> CityHall:
    return CityHall(Path(tmp_path_factory.mktemp("city")) / "city")


def everything(log: MemoryLog) -> list[object]:
    """Return the whole log."""
    return list(log.read_all(0, 1_000_000))


def test_the_days_of_a_year_add_up_to_what_was_asked_for(hall: CityHall) -> None:
    sizes = day_sizes(hall.profile, YEAR, 233_350, 0)

    assert sum(sizes.values()) == 233_350
    assert 240 < len(sizes) < 262
    assert list(sizes) == sorted(sizes)
    assert f"{YEAR}-10-01" not in sizes
    assert min(sizes.values()) > 300


def test_every_day_stands_in_the_record_whole(hall: CityHall) -> None:
    log = MemoryLog()
    sizes = day_sizes(hall.profile, YEAR, 60, 3)

    written = write_year(log, hall.profile, sizes, lambda done, total: None)

    streams = log.streams(HALL_DAY)
    assert (written.days, written.cases) == (3, 60)
    assert [stream.rpartition("/")[2] for stream in streams] == list(sizes)
    for stream in streams:
        assert fold(r.event for r in log.read(stream)).closed  # type: ignore[misc]
    assert isinstance(log.read_all(0, 1)[0].event, ProfileAdopted)
    for stream in log.streams(EVALUATION):
        assert isinstance(log.read(stream)[0].event, EvaluationGiven)


def test_whoever_is_interrupted_goes_on_where_he_was(hall: CityHall) -> None:
    sizes = day_sizes(hall.profile, YEAR, 60, 3)
    whole, broken = MemoryLog(), FullLog(appends=2)
    told: list[tuple[int, int]] = []
    write_year(whole, hall.profile, sizes, lambda done, total: None)

    with pytest.raises(LogError):
        write_year(broken, hall.profile, sizes, lambda done, total: None)
    broken.left = 10
    written = write_year(
        broken, hall.profile, sizes, lambda done, total: told.append((done, total))
    )

    assert written.days == 2
    assert everything(broken) == everything(whole)
    assert told[-1] == (60, 60)
