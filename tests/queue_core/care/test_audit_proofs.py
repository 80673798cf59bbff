"""Whoever touches the audit is found out as if he had touched a day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from projections.proof.sealing import seals
from queue_core.care.places import Place
from queue_core.care.proof_checks import verify_proofs
from queue_core.care.rows import Row
from queue_core.events import AccessNoted
from queue_core.events_of_proof import DaySealed
from queue_core.log import codec
from queue_core.log.event_log import Entry
from queue_core.log.streams import audit_stream
from queue_core.proof.heads import head_hash, head_of
from tests.queue_core.rules.hall import NINE

from .recorded import Fill, append, open_log, rows_in, some_days, spoil
from .sealed import PROOF, found, note_again, seal_all, signer


HOUSE = audit_stream("", "2026-11-02")
CITY = audit_stream("city", "2026-11-02")


def notes(stream: str, first: int, count: int) -> list[Entry]:
    """Return what was noted one after another."""
    return [
        (
            stream,
            version,
            AccessNoted(
                at=NINE,
                by="root",
                command_id=f"{stream} {version}",
                action="role-changed",
                whom=f"clerk{version}",
                address="10.0.0.5",
                detail="clerk",
                times=1,
                since_at=NINE,
            ),
        )
        for version in range(first, first + count)
    ]


@pytest.fixture
def audited(fill: Fill) -> Place:
    """Three days, two of them signed, and an audit of hall and house, partly signed."""
    before = [
        one
        for n in range(1, 5)
        for stream in (HOUSE, CITY)
        for one in notes(stream, n, 1)
    ]
    made = fill([*some_days(3), *before])
    seal_all(made)
    append(made, [*notes(HOUSE, 5, 1), *notes(CITY, 5, 2)])
    return made


def noted(place: Place, stream: str, version: int) -> Row:
    """Return a stored note."""
    rows = rows_in(place)
    return next(r for r in rows if (r.stream, r.version) == (stream, version))


def take_out(place: Place, row: Row) -> None:
    """Take an event out of the log."""
    spoil(place, "DELETE FROM yihao_events WHERE position = %s", row.position)


def put(place: Place, position: int, row: Row) -> None:
    """Put a row into the log."""
    spoil(
        place,
        "INSERT INTO yihao_events (position, stream, version, topic, state) "
        "VALUES (%s, %s, %s, %s, %s)",
        position,
        *row[1:],
    )


def test_an_audit_that_nobody_has_touched_is_proven(audited: Place) -> None:
    verdict = verify_proofs(audited)

    assert verdict.faults == []
    assert [(one.stream, one.text) for one in verdict.marks][1:] == [
        ("audit/city", "2 of its notes are not signed yet"),
        ("audit/house", "1 of its notes are not signed yet"),
    ]


@pytest.mark.parametrize("stream", [HOUSE, CITY])
@pytest.mark.parametrize("version", [2, 5])
def test_a_note_that_was_changed_is_named(
    audited: Place, stream: str, version: int
) -> None:
    row = noted(audited, stream, version)
    changed = row.state.replace(b"clerk", b"admin")
    spoil(
        audited,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        changed,
        row.position,
    )

    assert found(audited) == [(stream, version, "it was changed")]


def test_a_note_that_was_taken_out_is_named(audited: Place) -> None:
    take_out(audited, noted(audited, HOUSE, 2))

    ((stream, version, text),) = found(audited)

    assert (stream, version) == (HOUSE, 2)
    assert text.startswith("it is missing")


@pytest.mark.parametrize("count", [2, 4])
def test_an_audit_whose_end_was_cut_off_is_named(audited: Place, count: int) -> None:
    for version in range(7 - count, 7):
        take_out(audited, noted(audited, CITY, version))

    ((stream, version, text),) = found(audited)

    assert (stream, version) == (CITY, 7 - count)
    assert text == f"it and {count - 1} more are missing"


def test_of_every_stream_that_was_touched_the_first_note_is_named(
    audited: Place,
) -> None:
    for stream, version in ((HOUSE, 4), (CITY, 3), (CITY, 2)):
        row = noted(audited, stream, version)
        take_out(audited, row)
        put(audited, row.position, change_note(row))

    assert found(audited) == [
        (CITY, 2, "it was changed"),
        (HOUSE, 4, "it was changed"),
    ]


def test_a_note_that_was_put_in_is_named(audited: Place) -> None:
    last = rows_in(audited)[-1]
    made_up = noted(audited, HOUSE, 5)._replace(version=6)

    put(audited, last.position + 1, made_up)

    assert found(audited) == [(HOUSE, 6, "it was inserted after the last")]


def test_notes_that_changed_places_are_named(audited: Place) -> None:
    two, three = noted(audited, CITY, 2), noted(audited, CITY, 3)
    take_out(audited, two)
    take_out(audited, three)
    put(audited, three.position, two._replace(version=3))
    put(audited, two.position, three._replace(version=2))

    assert found(audited) == [(CITY, 2, "what stands here now was version 3")]


def test_notes_that_changed_places_in_the_log_alone_are_named(audited: Place) -> None:
    city, house = noted(audited, CITY, 2), noted(audited, HOUSE, 2)
    take_out(audited, city)
    take_out(audited, house)
    put(audited, house.position, city)
    put(audited, city.position, house)

    ((_, _, text), *_) = found(audited)

    assert text == "it stands at another place of the log than it was noted at"


def change_note(row: Row) -> Row:
    """Return a note that says somebody else had done it."""
    event = codec.decode(row.topic, row.state)
    return row._replace(state=codec.encode(msgspec.structs.replace(event, by="li"))[1])


@pytest.mark.parametrize("touch", [lambda row: None, change_note])
def test_who_touches_notes_and_leaves_does_not_agree_with_the_signed_head(
    audited: Place, touch: Callable[[Row], Row | None]
) -> None:
    row = noted(audited, HOUSE, 4)
    take_out(audited, row)
    if (touched := touch(row)) is not None:
        put(audited, row.position, touched)
    note_again(audited)

    told = found(audited)

    text = "2026-11-02: 8 notes of the audit are not what was signed"
    assert told == [(PROOF, 0, text)]


def test_leaves_of_notes_that_were_changed_alone_are_told(audited: Place) -> None:
    row = noted(audited, HOUSE, 4)
    touched = change_note(row)
    take_out(audited, row)
    put(audited, row.position, touched)
    note_again(audited)
    take_out(audited, touched)
    put(audited, row.position, row)

    text = "the leaf noted of it was changed; the event was not"
    assert found(audited) == [(HOUSE, 4, text)]


def without_audit(place: Place) -> None:
    """Make the first signed head one of the format that said nothing of the audit."""
    row = next(r for r in rows_in(place) if r.stream == PROOF)
    event = codec.decode(row.topic, row.state)
    assert isinstance(event, DaySealed)
    seal = msgspec.structs.replace(event.seal, audit_size=0, audit_root="")
    older = msgspec.structs.replace(event, seal=seal)
    signature = signer().sign(head_of(older).text())
    seal = msgspec.structs.replace(
        seal, signature=signature.hex(), head=head_hash(head_of(older), signature)
    )
    body = codec.encode(msgspec.structs.replace(event, seal=seal))[1]
    spoil(place, "DELETE FROM yihao_events WHERE stream = %s", PROOF)
    put(place, row.position, row._replace(state=body))
    note_again(place)


def test_the_first_head_that_speaks_of_the_audit_speaks_of_all_of_it(
    audited: Place,
) -> None:
    without_audit(audited)
    before = found(audited)
    seal_all(audited)
    log = open_log(audited)
    older, newer = seals(log, "city")
    log.close()

    assert before == found(audited) == []
    assert (older.seal.audit_root, newer.seal.audit_size) == ("", 11)
    assert b"yihao day head 1\n" in head_of(older).text()
    assert b"\naudit 11 " in head_of(newer).text()


def test_every_hall_signs_what_was_noted_about_the_house(
    file_with: Fill, tmp_path: Path
) -> None:
    place = file_with(
        [
            *some_days(2),
            *some_days(2, hall="town"),
            *notes(HOUSE, 1, 3),
            *notes(audit_stream("town", "2026-11-02"), 1, 2),
        ]
    )
    seal_all(place)
    seal_all(place, hall="town")
    log = open_log(place)
    sizes = [
        one.seal.audit_size for hall in ("city", "town") for one in seals(log, hall)
    ]
    log.close()

    assert sizes == [3, 5]
    assert found(place) == []
    take_out(place, noted(place, HOUSE, 3))
    note_again(place)
    assert [stream for stream, *_ in found(place)] == ["proof/city", "proof/town"]
