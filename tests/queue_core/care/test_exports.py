"""Exports: one event a line, every field by its name."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest

from queue_core.care.archives import archive
from queue_core.care.exports import (
    Selection,
    export,
    write_archived,
    write_export,
)
from queue_core.log.event_log import Unreadable
from queue_core.log.event_names import EVENT_NAMES
from tests.queue_core.log.samples import SAMPLES

from .recorded import MONDAY, Fill, days_from, notes, rows_in, some_days, spoil


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Return what stands in an export."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_every_event_is_a_line_in_the_order_of_the_log(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days())
    told: list[tuple[int, int]] = []

    count = export(
        place, tmp_path / "e.jsonl", progress=lambda *done: told.append(done)
    )

    rows = rows_in(place)
    assert [
        (line["position"], line["stream"], line["version"])
        for line in lines_of(tmp_path / "e.jsonl")
    ] == [(row.position, row.stream, row.version) for row in rows]
    assert count == len(rows)
    assert told[-1] == (len(rows), len(rows))


def test_every_kind_of_event_has_its_fields_by_name(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with([("any/stream", n, event) for n, event in enumerate(SAMPLES, 1)])

    export(place, tmp_path / "e.jsonl")

    for event, line in zip(SAMPLES, lines_of(tmp_path / "e.jsonl"), strict=True):
        name, number = EVENT_NAMES[type(event)]
        assert (line["event"], line["event_version"]) == (name, number)
        assert list(line["fields"]) == list(event.__struct_fields__)
        assert line["fields"]["at"] == event.at
    rules = lines_of(tmp_path / "e.jsonl")[0]["fields"]["rules"]
    assert rules["windows"][0]["skills"][1] == {
        "queue": "land",
        "level": "backup",
        "offset_seconds": 300,
    }
    lines = lines_of(tmp_path / "e.jsonl")
    adopted = next(line for line in lines if line["event"] == "profile-adopted")
    content = adopted["fields"]["content"]
    assert base64.b64decode(content) == b"\x81\xa1a\x01"


def exported_streams(place: Any, selection: Selection) -> list[str]:
    """Return the streams that are in an export, in the order of the log."""
    out = io.BytesIO()
    write_export(place, out, selection=selection)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    return list(dict.fromkeys(line["stream"] for line in lines))


def test_dates_select_days_and_the_evaluations_of_their_services(
    file_with: Fill,
) -> None:
    place = file_with(some_days(4, tickets=1))
    _, tuesday, wednesday, thursday = days_from(MONDAY, 4)

    between = exported_streams(place, Selection(tuesday, wednesday))
    since = exported_streams(place, Selection(from_date=thursday))

    assert between == [
        f"hall-day/city/{tuesday}",
        f"evaluation/city-{tuesday}-0.1",
        f"hall-day/city/{wednesday}",
        f"evaluation/city-{wednesday}-0.1",
    ]
    assert since == [f"hall-day/city/{thursday}", f"evaluation/city-{thursday}-0.1"]
    until = exported_streams(place, Selection(to_date=MONDAY))
    assert [name.partition("/")[0] for name in until] == ["hall-day", "evaluation"]


def test_streams_select_themselves_or_all_below_a_slash(file_with: Fill) -> None:
    place = file_with([*some_days(2), *some_days(2, hall="citygate")])
    monday, tuesday = (f"hall-day/city/{date}" for date in days_from(MONDAY, 2))

    one = exported_streams(place, Selection(streams=[tuesday]))
    below = exported_streams(place, Selection(streams=["hall-day/city/"]))
    both = exported_streams(place, Selection("2026-11-03", streams=["hall-day/city/"]))

    assert one == [tuesday]
    assert below == [monday, tuesday]
    assert both == [tuesday]


def test_bytes_that_nobody_understands_end_an_export_without_a_file(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(notes(5))
    spoil(place, "UPDATE yihao_events SET topic = %s WHERE position = 3", "gone.1")
    (tmp_path / "e.jsonl").write_text("of yesterday")

    with pytest.raises(Unreadable) as trouble:
        export(place, tmp_path / "e.jsonl")

    assert trouble.value.version == 3
    assert (tmp_path / "e.jsonl").read_text() == "of yesterday"
    assert list(tmp_path.glob("*.partial")) == []


def test_an_archived_day_is_exported_as_it_was_from_the_log(
    fill: Fill, tmp_path: Path
) -> None:
    place = fill(some_days(2))
    (day,) = archive(place, tmp_path, "city", "2026-11-03").days
    chosen = Selection(from_date=MONDAY, to_date=MONDAY)
    before, after = io.BytesIO(), io.BytesIO()
    write_export(place, before, selection=chosen)

    count = write_archived(day.file, after, selection=chosen)

    assert after.getvalue() == before.getvalue()
    assert count == day.events
    assert write_archived(day.file, io.BytesIO()) == day.events + 1
