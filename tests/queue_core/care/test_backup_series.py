"""Backups one after another: named by their time, and the oldest make room."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.care.backup_series import dated_backups, dated_folder, thin_out
from queue_core.care.backups import backup, check_backup
from queue_core.errors import LogError

from .recorded import append, notes


HALF_PAST_SIX = 1_793_644_200_000
"""2026-11-02 18:30 UTC."""


def series(tmp_path: Path, count: int) -> list[Path]:
    """Make some backups, one an hour."""
    append(tmp_path / "record.sqlite", notes(1))
    made = [
        dated_folder(tmp_path / "kept", HALF_PAST_SIX + hour * 3_600_000)
        for hour in range(count)
    ]
    for folder in made:
        backup(tmp_path / "record.sqlite", folder)
    return made


def test_a_backup_bears_the_instant_it_was_made_at(tmp_path: Path) -> None:
    assert dated_folder(tmp_path, HALF_PAST_SIX).name == "2026-11-02T183000Z"
    assert len(dated_folder(tmp_path).name) == len("2026-11-02T183000Z")


def test_the_newest_backups_stay_and_are_whole(tmp_path: Path) -> None:
    made = series(tmp_path, 4)

    removed = thin_out(tmp_path / "kept", 2)

    assert removed == made[:2]
    assert dated_backups(tmp_path / "kept") == made[2:]
    assert [check_backup(folder).events for folder in made[2:]] == [1, 1]
    assert not any(folder.exists() for folder in removed)


def test_the_last_backup_is_never_removed(tmp_path: Path) -> None:
    made = series(tmp_path, 2)

    assert thin_out(tmp_path / "kept", 0) == made[:1]


def test_nothing_else_is_taken_for_a_backup(tmp_path: Path) -> None:
    series(tmp_path, 1)
    others = [
        "2020-01-01T000000Z",
        "notes",
        "2020-01-01",
        ".2020-01-01T000000Z.partial",
    ]
    for name in others:
        (tmp_path / "kept" / name).mkdir()

    assert thin_out(tmp_path / "kept", 1) == []
    assert {one.name for one in (tmp_path / "kept").iterdir()} >= set(others)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="nowhere"):
        dated_backups(tmp_path / "nowhere")
