"""A full disk: nothing half done, nothing lost, and all well once there is room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from queue_core.care.archives import archive
from queue_core.care.backups import backup, check_backup
from queue_core.care.copies import copy
from queue_core.care.exports import export
from queue_core.care.places import Place
from queue_core.care.restoration import restore
from queue_core.care.unfinished import RestoreUnfinished, require_whole
from queue_core.errors import LogError
from yihao.soak.full_disk import files_may_not_grow_beyond

from .recorded import Fill, NewPlace, append, notes, rows_in, some_days


ROOM = 100_000


@pytest.mark.parametrize(
    "work",
    [
        lambda place, folder: backup(place, folder / "b"),
        lambda place, folder: export(place, folder / "e.jsonl"),
    ],
    ids=["backup", "export"],
)
def test_what_does_not_fit_is_not_there_at_all(
    fill: Fill, tmp_path: Path, work: Callable[[Place, Path], object]
) -> None:
    place = fill(notes(1_000, size=500))
    folder = tmp_path / "full"
    folder.mkdir()

    with files_may_not_grow_beyond(ROOM), pytest.raises(LogError):
        work(place, folder)
    assert list(folder.iterdir()) == []

    work(place, folder)
    assert len(list(folder.iterdir())) == 1


def test_an_archive_that_does_not_fit_takes_nothing_from_the_log(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(3))
    before = rows_in(place)

    with files_may_not_grow_beyond(500), pytest.raises(LogError):
        archive(place, tmp_path / "a", "city", "2026-11-03", remove=True, kept_days=1)

    assert list((tmp_path / "a").iterdir()) == []
    assert rows_in(place) == before


def test_a_copy_goes_on_when_there_is_room_again(
    fill: Fill, new_place: NewPlace
) -> None:
    place, target = fill(notes(4_000, size=500)), new_place("sqlite")

    with files_may_not_grow_beyond(2_000_000), pytest.raises(LogError):
        copy(place, target)
    begun = len(rows_in(target))
    assert 0 < begun < 4_000

    assert copy(place, target).events == 4_000 - begun
    assert rows_in(target) == rows_in(place)


def test_a_restoration_that_does_not_fit_is_done_again_when_there_is_room(
    new_place: NewPlace, tmp_path: Path
) -> None:
    place, target = new_place("sqlite"), new_place("sqlite")
    append(place, notes(1_000, size=500))
    backup(place, tmp_path / "b")

    with files_may_not_grow_beyond(ROOM), pytest.raises(LogError):
        restore(tmp_path / "b", target)

    with pytest.raises(RestoreUnfinished):
        require_whole(target)
    restore(tmp_path / "b", target)
    require_whole(target)
    assert len(rows_in(target)) == check_backup(tmp_path / "b").events == 1_000
