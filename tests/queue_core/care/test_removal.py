"""Removing archived days: the log keeps every promise that it has made."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core import commands as c
from queue_core.care.archives import KEPT_DAYS, archive
from queue_core.care.opening import reading
from queue_core.care.verification import verify
from queue_core.desk import HallDesk
from queue_core.errors import DayEnded, LogError, ServiceUnknown
from tests.queue_core.rules.hall import HOURS, NINE, RULES

from .recorded import (
    MONDAY,
    Fill,
    NewPlace,
    append,
    begin,
    days_from,
    notes,
    open_log,
    rows_in,
    some_days,
)
from .removing import faults_of, remove, removed_from


TUESDAY, WEDNESDAY, THURSDAY = days_from("2026-11-03", 3)
LATER = "2027-01-01"


def test_a_removed_day_is_gone_and_all_else_is_where_it_was(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    before = rows_in(place)

    assert remove(place, tmp_path, WEDNESDAY) == [MONDAY, TUESDAY]

    after = rows_in(place)
    gone = [row for row in before if row not in after]
    assert {row.stream.partition("/")[0] for row in gone} == {"hall-day", "evaluation"}
    assert all(MONDAY in row.stream or TUESDAY in row.stream for row in gone)
    assert [row for row in before if row in after] == after
    assert after[0].stream == "profile/city"
    with reading(place) as rows:
        assert rows.streams("hall-day/") == [
            f"hall-day/city/{date}" for date in (WEDNESDAY, THURSDAY)
        ]


def test_a_log_from_which_days_were_removed_is_sound(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    remove(place, tmp_path, WEDNESDAY)

    verdict = verify(place, archives=tmp_path)

    assert verdict.faults == []
    assert (verdict.archived_days, verdict.days) == (2, 2)
    assert verdict.archived_rows + verdict.events == verdict.last_position


def test_no_position_is_ever_given_again(fill: Fill, tmp_path: Path) -> None:
    place = fill(some_days(4))
    last = rows_in(place)[-1].position
    remove(place, tmp_path, LATER)

    log = open_log(place)
    written = log.append([("evaluation/x.1", 1, notes(1)[0][2])])

    assert list(written) == [last + 1]
    pages, after = [], 0
    while page := log.read_all(after, 7):
        pages += [one.position for one in page]
        after = page[-1].position
    assert pages == [row.position for row in rows_in(place)]
    log.close()


def test_the_newest_day_of_a_hall_stays(fill: Fill, tmp_path: Path) -> None:
    place = fill(some_days(3))
    log = open_log(place)
    log.append([*some_days(2, hall="other")])
    log.close()

    done = archive(place, tmp_path, "other", LATER, remove=True, kept_days=0)

    assert [day.date for day in done.days if day.removed] == [MONDAY]
    assert f"hall-day/other/{TUESDAY}" in {row.stream for row in rows_in(place)}


def test_days_whose_services_may_still_be_evaluated_stay(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(some_days(KEPT_DAYS + 2, tickets=0))

    done = archive(place, tmp_path, "city", LATER, remove=True)

    assert [day.date for day in done.days if day.removed] == [MONDAY, TUESDAY]
    assert len(done.days) == KEPT_DAYS + 1
    assert {left.reason for left in done.left[:-1]} == {
        "it is one of the 31 newest days"
    }


def test_the_newest_row_of_the_log_stays(fill: Fill, tmp_path: Path) -> None:
    entries = some_days(3)
    late = next(
        n
        for n, (stream, _, _) in enumerate(entries)
        if stream.startswith("evaluation/")
    )
    entries.append(entries.pop(late))
    place = fill(entries)

    done = archive(place, tmp_path, "city", LATER, remove=True, kept_days=1)

    assert [day.date for day in done.days if day.removed] == [TUESDAY]
    reasons = {left.stream: left.reason for left in done.left}
    assert "newest row" in reasons[f"hall-day/city/{MONDAY}"]
    assert rows_in(place)[-1].stream == entries[-1][0]
    assert faults_of(place) == []


def test_days_of_two_halls_that_stand_among_each_other_are_kept_apart(
    fill: Fill, tmp_path: Path
) -> None:
    ours, theirs = some_days(3), some_days(3, hall="other")
    place = fill([one for pair in zip(ours, theirs, strict=True) for one in pair])

    assert remove(place, tmp_path, TUESDAY) == [MONDAY]

    spans = removed_from(place).spans
    assert len(spans) > 10
    assert all(first == last for first, last in spans)
    assert faults_of(place, tmp_path) == []
    archive(place, tmp_path, "other", TUESDAY, remove=True, kept_days=1)
    assert len(removed_from(place).spans) == 1
    assert faults_of(place, tmp_path) == []


def test_a_day_that_was_removed_is_not_archived_again(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    remove(place, tmp_path, TUESDAY)
    noted = removed_from(place)

    assert remove(place, tmp_path, TUESDAY) == []

    assert removed_from(place) == noted
    assert noted.days[0].archive == f"city-{MONDAY}.jsonl.gz"
    assert noted.days[0].removed_at == NINE


def test_a_file_that_a_server_holds_is_archived_but_not_taken_from(
    new_place: NewPlace, tmp_path: Path
) -> None:
    place = new_place("sqlite")
    append(place, some_days(3))
    server = open_log(place)

    with pytest.raises(LogError, match="only one server"):
        remove(place, tmp_path, TUESDAY)
    done = archive(place, tmp_path, "city", TUESDAY)

    assert [day.date for day in done.days] == [MONDAY]
    assert len(server.streams("hall-day/city/")) == 3
    server.close()


def test_a_day_that_changes_while_it_is_archived_is_not_removed(
    new_place: NewPlace, tmp_path: Path
) -> None:
    place = new_place("postgresql")
    entries = some_days(3)
    streams = [stream for stream, _, _ in entries]
    late = streams.index(f"evaluation/city-{TUESDAY}-0.1")
    evaluation = entries.pop(late)
    append(place, entries)
    server = open_log(place)

    def evaluate(done: int, total: int) -> None:
        server.append([evaluation, ("any/stream", 1, notes(1)[0][2])])

    with pytest.raises(LogError, match="has changed since it was archived"):
        archive(
            place, tmp_path, "city", WEDNESDAY,
            remove=True, kept_days=1, progress=evaluate,
        )  # fmt: skip

    assert [day.stream for day in removed_from(place).days] == [
        f"hall-day/city/{MONDAY}"
    ]
    assert faults_of(place, tmp_path) == []
    assert remove(place, tmp_path, WEDNESDAY) == [TUESDAY]
    server.close()


KILLED = """
import sys
from pathlib import Path
from queue_core.care.archives import archive
from queue_core.care.places import place_of

def stand_still(done, total):
    print(done, flush=True)
    sys.stdin.read()

archive(
    place_of(sys.argv[1]), Path(sys.argv[2]), "city", "2026-11-04",
    remove=True, kept_days=1, progress=stand_still,
)
"""


def test_an_archiving_that_was_killed_is_sound_and_can_be_done_again(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4))
    with begin(KILLED, place, tmp_path) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "1\n"
        killed.kill()

    assert faults_of(place, tmp_path) == []
    assert remove(place, tmp_path, WEDNESDAY) == [TUESDAY]
    assert faults_of(place, tmp_path) == []


async def test_the_hall_goes_on_when_old_days_are_removed(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(4, tickets=1))
    remove(place, tmp_path, WEDNESDAY)
    log = open_log(place)
    desk = HallDesk("city", log)
    await desk.start()

    def opening(date: str) -> c.OpenDay:
        return c.OpenDay(
            command_id=date, at=NINE, by="m", date=date, hours=HOURS, rules=RULES
        )

    def evaluation(service: str) -> c.GiveEvaluation:
        return c.GiveEvaluation(
            command_id=service,
            at=NINE,
            by="citizen",
            service=service,
            grade="satisfied",
            channel="phone",
        )

    with pytest.raises(DayEnded):
        await desk.submit(opening(MONDAY))
    with pytest.raises(ServiceUnknown):
        await desk.submit(evaluation(f"city-{MONDAY}-0.1"))
    opened = await desk.submit(opening("2026-11-09"))

    assert opened.stream == "hall-day/city/2026-11-09"
    await desk.stop()
    log.close()
