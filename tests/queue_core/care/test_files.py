"""Files and folders that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.care.files import whole_file, whole_folder
from queue_core.errors import LogError


def names_in(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_an_older_one_when_it_is_whole(
    tmp_path: Path,
) -> None:
    target = tmp_path / "e.jsonl"
    target.write_text("old")

    with whole_file(target) as partial:
        partial.write_text("new")
        assert target.read_text() == "old"

    assert target.read_text() == "new"
    assert names_in(tmp_path) == ["e.jsonl"]


def test_a_file_that_could_not_be_finished_leaves_the_older_one(tmp_path: Path) -> None:
    target = tmp_path / "e.jsonl"
    target.write_text("old")

    with pytest.raises(TypeError), whole_file(target) as partial:
        partial.write_text(b"half")  # type: ignore[arg-type]

    assert target.read_text() == "old"
    assert names_in(tmp_path) == ["e.jsonl"]


def test_a_folder_is_filled_under_another_name(tmp_path: Path) -> None:
    target = tmp_path / "new" / "b"

    with whole_folder(target) as partial:
        (partial / "one").write_text("1")
        assert not target.exists()

    assert names_in(target) == ["one"]
    assert names_in(tmp_path / "new") == ["b"]


def test_what_dead_processes_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".b.12.partial").mkdir()
    (tmp_path / ".b.12.partial" / "half").write_text("half")
    (tmp_path / ".b.34.partial").write_text("half")
    for other in (".other.12.partial", "b.partial", ".b.notes"):
        (tmp_path / other).write_text("kept")

    with whole_folder(tmp_path / "b"), whole_folder(tmp_path / "c"):
        pass

    assert names_in(tmp_path) == [
        ".b.notes",
        ".other.12.partial",
        "b",
        "b.partial",
        "c",
    ]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with (
        pytest.raises(LogError, match="cannot be used"),
        whole_folder(tmp_path / "file" / "b"),
    ):
        pass
    with (
        pytest.raises(LogError, match="cannot be used"),
        whole_file(tmp_path / "nowhere" / "e"),
    ):
        pass
