"""Removed days, wherever the log goes, and what a verification says about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.care.archives import archive
from queue_core.care.backups import RECORD, backup
from queue_core.care.copies import NotAPrefix, copy
from queue_core.care.restoration import restore
from queue_core.care.verification import verify

from .recorded import (
    MONDAY,
    Fill,
    NewPlace,
    append,
    days_from,
    rows_in,
    some_days,
    spoil,
)
from .removing import faults_of, remove, removed_from


TUESDAY, WEDNESDAY = days_from("2026-11-03", 2)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_was_removed_is_noted_in_backups_and_copies_too(
    fill: Fill, new_place: NewPlace, target: str, tmp_path: Path
) -> None:
    place, copied, restored = fill(some_days(4)), new_place(target), new_place(target)
    remove(place, tmp_path / "a", WEDNESDAY)

    copy(place, copied)
    backup(place, tmp_path / "b")
    restore(tmp_path / "b", restored)

    for other in (copied, tmp_path / "b" / RECORD, restored):
        assert rows_in(other) == rows_in(place)
        assert removed_from(other) == removed_from(place)
        assert faults_of(other, tmp_path / "a") == []


def test_a_copy_does_not_go_on_when_its_source_was_archived_since(
    fill: Fill, kind: str, new_place: NewPlace, tmp_path: Path
) -> None:
    place, target = fill(some_days(4)), new_place(kind)
    copy(place, target)
    remove(place, tmp_path, WEDNESDAY)

    with pytest.raises(NotAPrefix, match="other days are archived"):
        copy(place, target)


# What a verification says about it.


def test_an_archive_that_is_lost_or_changed_is_named(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(4))
    remove(place, tmp_path, WEDNESDAY)
    (tmp_path / f"city-{MONDAY}.jsonl.gz").unlink()
    append(tmp_path / "other.sqlite", some_days(2, tickets=5))
    archive(tmp_path / "other.sqlite", tmp_path / "o", "city", TUESDAY)
    other = tmp_path / "o" / f"city-{MONDAY}.jsonl.gz"
    other.replace(tmp_path / f"city-{TUESDAY}.jsonl.gz")

    found = faults_of(place, tmp_path)

    assert len(found) == 2
    assert MONDAY in found[0]
    assert "is not the one that was written" in found[1]


def test_a_row_that_is_missing_beyond_what_was_archived_is_named(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    remove(place, tmp_path, TUESDAY)
    first = removed_from(place).spans[0].last + 1
    spoil(place, "DELETE FROM yihao_events WHERE position = %s", first + 2)

    verdict = verify(place)

    (missing, gap) = verdict.faults
    assert missing.text == f"position {first + 2} is missing"
    assert (gap.kind, gap.stream) == ("version", f"hall-day/city/{TUESDAY}")


def test_a_day_that_stands_in_the_log_although_it_was_removed_is_named(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    remove(place, tmp_path, TUESDAY)
    stream = f"hall-day/city/{MONDAY}"
    spoil(
        place,
        "INSERT INTO yihao_events (position, stream, version, topic, state) "
        "SELECT 1000, %s, 1, topic, state FROM yihao_events WHERE version = 1 "
        "AND topic = 'day-opened.1' LIMIT 1",
        stream,
    )

    found = [str(fault) for fault in verify(place).faults]

    assert any("the day was removed, and stands here" in text for text in found)
