"""Archives: old days in files, read again; removed only when the archive is sound."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from projections.day_record import read_day, read_evaluations, recorded_dates
from queue_core.care.archive_file import ArchiveDamaged
from queue_core.care.archive_log import archived_dates, log_of_day, read_archive
from queue_core.care.archives import archive, due_days
from queue_core.errors import LogError
from queue_core.events import EvaluationGiven, ServiceCompleted

from .recorded import (
    MONDAY,
    Fill,
    Played,
    append,
    days_from,
    notes,
    open_log,
    rows_in,
    some_days,
    spoil,
)


LATER = "2027-01-01"


def test_every_closed_day_gets_a_file_and_the_log_stays_as_it_is(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    before = rows_in(place)
    monday, tuesday, wednesday, thursday = days_from(MONDAY, 4)
    told: list[tuple[int, int]] = []

    done = archive(
        place, tmp_path / "a", "city", LATER, progress=lambda *n: told.append(n)
    )

    assert [day.date for day in done.days] == [monday, tuesday, wednesday]
    assert not any(day.removed for day in done.days)
    assert [(left.stream, left.reason) for left in done.left] == [
        (f"hall-day/city/{thursday}", "it was never closed")
    ]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        f"city-{date}.jsonl.gz" for date in (monday, tuesday, wednesday)
    ]
    assert rows_in(place) == before
    assert told == [(n, 4) for n in (1, 2, 3, 4)]


def test_only_days_before_the_date_are_archived(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with([*some_days(4), *some_days(2, hall="citygate")])

    done = archive(place, tmp_path, "city", "2026-11-04")

    assert [(day.hall, day.date) for day in done.days] == [
        ("city", "2026-11-02"),
        ("city", "2026-11-03"),
    ]


def test_a_person_can_read_an_archive_without_the_house(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(2))

    (day,) = archive(place, tmp_path, "city", "2026-11-03").days

    heading, *lines, ending = [
        json.loads(line) for line in gzip.decompress(day.file.read_bytes()).splitlines()
    ]
    assert (heading["hall"], heading["date"]) == ("city", MONDAY)
    issued = next(line for line in lines if line[3] == "ticket-issued.1")
    named = dict(zip(heading["fields"]["ticket-issued.1"], issued[4], strict=True))
    assert (named["number"], named["channel"]) == ("A001", "kiosk")
    assert "A001" in {line[4][4] for line in lines if line[3] == "ticket-called.1"}
    assert ending["rows"] == len(lines)


def test_the_same_day_always_gives_the_same_file(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(2))

    (one,) = archive(place, tmp_path / "a", "city", "2026-11-03").days
    (other,) = archive(place, tmp_path / "b", "city", "2026-11-03").days

    assert one.file.read_bytes() == other.file.read_bytes()


def test_reports_and_history_find_an_archived_day_as_it_was(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(2))
    (day,) = archive(place, tmp_path, "city", "2026-11-03").days
    log = open_log(place)

    archived = read_archive(day.file)

    events = read_day(log, "city", MONDAY)
    assert read_day(archived, "city", MONDAY) == events
    assert recorded_dates(archived, "city") == [MONDAY]
    evaluations = read_evaluations(log, events)
    assert len(evaluations) == 2
    assert read_evaluations(archived, events) == evaluations
    assert archived.read("profile/city") == [
        one._replace(position=1) for one in log.read("profile/city")
    ]
    with pytest.raises(LogError, match="nothing is added"):
        archived.append(notes(1))
    log.close()


def test_a_day_is_found_in_the_log_or_else_in_its_archive(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(3))
    archive(place, tmp_path, "city", "2026-11-03", remove=True, kept_days=1)
    log = open_log(place)

    archived = log_of_day(log, tmp_path, "city", MONDAY)

    assert len(read_day(log, "city", MONDAY)) == 0
    assert len(read_day(archived, "city", MONDAY)) == 23
    assert log_of_day(log, tmp_path, "city", "2026-11-03") is log
    assert log_of_day(log, tmp_path, "city", "2020-01-01") is log
    log.close()


@pytest.fixture
def archived_day(tmp_path: Path) -> Path:
    append(tmp_path / "record.sqlite", some_days(2))
    done = archive(tmp_path / "record.sqlite", tmp_path / "a", "city", "2026-11-03")
    return done.days[0].file


def test_an_archive_that_is_cut_off_is_named(archived_day: Path) -> None:
    content = archived_day.read_bytes()

    for length in range(0, len(content), 97):
        archived_day.write_bytes(content[:length])
        with pytest.raises(ArchiveDamaged):
            read_archive(archived_day)


def test_an_archive_in_which_something_was_changed_is_named(archived_day: Path) -> None:
    lines = gzip.decompress(archived_day.read_bytes()).splitlines(keepends=True)

    for changed in (
        lines[:3] + lines[4:],
        [*lines[:-1], lines[-2], lines[-1]],
        [line.replace(b"A001", b"A999") for line in lines],
        [line.replace(b"2026-11-02", b"2026-11-01") for line in lines],
        lines[1:],
        lines[:-1],
        [b'{"format":"other"}\n', *lines[1:]],
    ):
        archived_day.write_bytes(gzip.compress(b"".join(changed)))
        with pytest.raises(ArchiveDamaged):
            read_archive(archived_day)


def test_bytes_that_json_cannot_carry_are_archived_as_they_are(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(2))
    before = [row for row in rows_in(place) if row.stream == "profile/city"]

    (day,) = archive(place, tmp_path, "city", "2026-11-03").days

    content = gzip.decompress(day.file.read_bytes()).splitlines()[1]
    assert json.loads(content)[4].keys() == {"base64"}
    assert read_archive(day.file).rows[:1] == before


def test_a_day_that_is_archived_already_is_not_written_again(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(2))
    (first,) = archive(place, tmp_path, "city", "2026-11-03").days
    written = first.file.stat()

    (again,) = archive(place, tmp_path, "city", "2026-11-03").days

    assert again == first
    assert again.file.stat().st_ino == written.st_ino


def late_evaluation(date: str) -> tuple[str, int, EvaluationGiven]:
    """Return the evaluation of a day's second service, which had none."""
    day = Played("city", date)
    version, done = next(
        (version, event)
        for _, version, event in day.entries
        if isinstance(event, ServiceCompleted) and event.service.endswith("-1.1")
    )
    stream, first, given = day.evaluation(version, done)
    assert isinstance(given, EvaluationGiven)
    return stream, first, given


def test_an_evaluation_that_comes_late_gets_into_the_archive(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(2))
    (first,) = archive(place, tmp_path, "city", "2026-11-03").days
    append(place, [late_evaluation(MONDAY)])

    (again,) = archive(place, tmp_path, "city", "2026-11-03").days

    assert again.events == first.events + 1
    assert len(read_archive(again.file).streams("evaluation/")) == 3


def test_the_archive_of_another_house_is_never_overwritten(
    file_with: Fill, tmp_path: Path
) -> None:
    append(tmp_path / "other.sqlite", some_days(2, tickets=5))
    (other,) = archive(tmp_path / "other.sqlite", tmp_path, "city", "2026-11-03").days
    before = other.file.read_bytes()

    with pytest.raises(LogError, match="archive of another"):
        archive(file_with(some_days(2)), tmp_path, "city", "2026-11-03")

    assert other.file.read_bytes() == before


def test_a_day_that_cannot_be_read_is_left_alone(fill: Fill, tmp_path: Path) -> None:
    place = fill(some_days(2))
    spoil(place, "UPDATE yihao_events SET topic = 'gone.1' WHERE position = 4")

    done = archive(place, tmp_path, "city", "2026-11-03", remove=True, kept_days=1)

    assert done.days == []
    assert "gone.1" in done.left[0].reason


def test_what_would_come_of_archiving_is_told_before(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    archive(place, tmp_path, "city", "2026-11-03")
    before = rows_in(place)

    due = due_days(place, tmp_path, "city", LATER, kept_days=2)

    monday, tuesday, wednesday, thursday = days_from(MONDAY, 4)
    assert [(day.date, day.is_written, day.stays) for day in due] == [
        (monday, True, ""),
        (tuesday, False, ""),
        (wednesday, False, "it is one of the 2 newest days"),
        (thursday, False, "it was never closed"),
    ]
    assert rows_in(place) == before
    assert archived_dates(tmp_path, "city") == [monday]
    done = archive(place, tmp_path, "city", LATER, remove=True, kept_days=2)
    assert [(day.date, day.events) for day in done.days if day.removed] == [
        (day.date, day.events) for day in due if not day.stays
    ]


def test_archives_of_another_hall_and_other_files_are_not_a_halls_days(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with([*some_days(2), *some_days(2, hall="city-2026")])
    for hall in ("city", "city-2026"):
        archive(place, tmp_path, hall, "2026-11-03")
    (tmp_path / "city-notes.jsonl.gz").touch()

    assert archived_dates(tmp_path, "city") == [MONDAY]
    assert archived_dates(tmp_path, "city-2026") == [MONDAY]
    assert archived_dates(tmp_path / "nowhere", "city") == []
