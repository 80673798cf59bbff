"""Whoever touches the record is found out, and the first event he touched is named."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from queue_core.care.places import Place
from queue_core.care.proof_checks import verify_proofs
from queue_core.events import EvaluationGiven, TicketIssued
from queue_core.log import codec
from queue_core.proof.signing import provider_of

from .recorded import rows_in, spoil
from .sealed import (
    MONDAY,
    PROOF,
    TUESDAY,
    change,
    found,
    note_again,
    row_of,
    seal_all,
)


def test_a_record_that_nobody_has_touched_is_proven(signed: Place) -> None:
    verdict = verify_proofs(signed)

    assert verdict.faults == []
    assert verdict.days == 2
    assert [(mark.stream, mark.text) for mark in verdict.marks] == [
        ("hall-day/city/2026-11-04", "not signed yet")
    ]


# Events touched, and nothing else.


@pytest.mark.parametrize(
    ("day", "version"), [(MONDAY, 7), (TUESDAY, 1), ("hall-day/city/2026-11-04", 5)]
)
def test_an_event_that_was_changed_is_named(
    signed: Place, day: str, version: int
) -> None:
    row = next(r for r in rows_in(signed) if (r.stream, r.version) == (day, version))
    changed = row.state.replace(b"somebody", b"nobody..")
    assert changed != row.state

    spoil(
        signed,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        changed,
        row.position,
    )

    assert found(signed) == [(day, version, "it was changed")]


def test_an_event_that_was_taken_out_is_named(signed: Place) -> None:
    row = row_of(signed, TicketIssued, MONDAY)

    spoil(signed, "DELETE FROM yihao_events WHERE position = %s", row.position)

    ((stream, version, text),) = found(signed)
    assert (stream, version) == (MONDAY, row.version)
    assert text.startswith("it is missing; what stands here now")


def test_an_event_that_was_taken_out_with_the_gap_closed_is_named(
    signed: Place,
) -> None:
    row = row_of(signed, TicketIssued, MONDAY)

    spoil(signed, "DELETE FROM yihao_events WHERE position = %s", row.position)
    spoil(
        signed,
        "UPDATE yihao_events SET version = version - 1 "
        "WHERE stream = %s AND version > %s AND version <= %s + 1",
        MONDAY,
        row.version,
        row.version,
    )

    ((stream, version, text),) = found(signed)
    assert (stream, version) == (MONDAY, row.version)
    assert text.startswith("it is missing")


def test_the_end_of_a_day_that_was_cut_off_is_named(signed: Place) -> None:
    last = [row for row in rows_in(signed) if row.stream == MONDAY][-1]

    spoil(signed, "DELETE FROM yihao_events WHERE position = %s", last.position)

    assert found(signed) == [(MONDAY, last.version, "it is missing")]


def test_an_event_that_was_put_in_is_named(signed: Place) -> None:
    rows = rows_in(signed)
    row = row_of(signed, TicketIssued, MONDAY)
    last = max(r.version for r in rows if r.stream == MONDAY)
    for version in range(last, row.version, -1):
        spoil(
            signed,
            "UPDATE yihao_events SET version = %s WHERE stream = %s AND version = %s",
            version + 1,
            MONDAY,
            version,
        )
    # Where it would have stood, had it been recorded: between two of the day's events.
    spoil(
        signed,
        "UPDATE yihao_events SET position = -position WHERE position > %s",
        row.position,
    )
    spoil(
        signed,
        "UPDATE yihao_events SET position = 1 - position WHERE position < 0",
    )
    spoil(
        signed,
        "INSERT INTO yihao_events (position, stream, version, topic, state) "
        "VALUES (%s, %s, %s, %s, %s)",
        row.position + 1,
        MONDAY,
        row.version + 1,
        row.topic,
        row.state.replace(b"somebody", b"friend.."),
    )

    named = [one for one in found(signed) if one[0] == MONDAY]

    assert named[0][1] == row.version + 1
    assert named[0][2].startswith("it was inserted")


def test_an_event_that_was_added_to_a_day_after_its_signing_is_named(
    signed: Place,
) -> None:
    rows = rows_in(signed)
    last = [row for row in rows if row.stream == MONDAY][-1]

    spoil(
        signed,
        "INSERT INTO yihao_events (position, stream, version, topic, state) "
        "VALUES (%s, %s, %s, %s, %s)",
        rows[-1].position + 1,
        MONDAY,
        last.version + 1,
        last.topic,
        last.state,
    )

    assert found(signed) == [(MONDAY, last.version + 1, "it came after the signing")]


def test_two_events_that_changed_places_are_named(signed: Place) -> None:
    for old, new in ((5, 1000), (6, 5), (1000, 6)):
        spoil(
            signed,
            "UPDATE yihao_events SET version = %s WHERE stream = %s AND version = %s",
            new,
            MONDAY,
            old,
        )
    # Their places in the log follow their versions, so only the leaves can tell.
    five, six = (
        next(
            r.position for r in rows_in(signed) if (r.stream, r.version) == (MONDAY, n)
        )
        for n in (5, 6)
    )
    for old, new in ((five, 100_000), (six, five), (100_000, six)):
        spoil(
            signed,
            "UPDATE yihao_events SET position = %s WHERE position = %s",
            new,
            old,
        )

    ((stream, version, text),) = found(signed)

    assert (stream, version) == (MONDAY, 5)
    assert text == "what stands here now was version 6"


def test_an_evaluation_that_was_made_better_is_named(signed: Place) -> None:
    row = row_of(signed, EvaluationGiven)
    event = codec.decode(row.topic, row.state)
    better = msgspec.structs.replace(event, grade="very-satisfied")

    spoil(
        signed,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        codec.encode(better)[1],
        row.position,
    )

    assert found(signed) == [(row.stream, 1, "it was changed")]


def test_an_evaluation_that_was_taken_away_is_named(signed: Place) -> None:
    row = row_of(signed, EvaluationGiven)

    spoil(signed, "DELETE FROM yihao_events WHERE position = %s", row.position)

    ((stream, version, text),) = found(signed)
    assert (stream, version) == (row.stream, 1)
    assert text.startswith("it is missing")


# Leaves and signed heads touched too.


def test_who_changes_events_and_leaves_does_not_agree_with_the_signed_head(
    signed: Place,
) -> None:
    change(signed, MONDAY)
    note_again(signed)

    ((stream, version, text),) = found(signed)

    assert (stream, version) == (MONDAY, 0)
    assert text.startswith("the day is not what was signed")


def test_leaves_that_were_changed_alone_are_named_and_the_events_are_proven(
    signed: Place,
) -> None:
    row = change(signed, MONDAY)
    note_again(signed)
    spoil(
        signed,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        row.state,
        row.position,
    )

    ((stream, version, text),) = found(signed)

    assert (stream, version) == (MONDAY, row.version)
    assert text.startswith("the leaves noted from here on were changed")


def test_who_signs_again_with_his_own_key_is_found_out(signed: Place) -> None:
    change(signed, MONDAY)
    spoil(signed, "DELETE FROM yihao_events WHERE stream = %s", PROOF)
    other = provider_of("ed25519").signer(provider_of("ed25519").new_key())
    seal_all(signed, other)
    note_again(signed)

    without_key = found(signed, trusted=None)
    with_key = found(signed)

    assert without_key == []
    assert [one[:2] for one in with_key] == [(PROOF, 1), (PROOF, 2)]
    assert "a key that is not the hall's" in with_key[0][2]


def test_a_signed_head_that_was_taken_out_breaks_the_chain(signed: Place) -> None:
    spoil(signed, "DELETE FROM yihao_events WHERE stream = %s AND version = 1", PROOF)

    assert (PROOF, 1, "it is missing") in found(signed)
    assert any("a signed head is missing" in text for *_, text in found(signed))


def test_a_signed_head_that_was_changed_is_wrong_by_itself(signed: Place) -> None:
    row = next(r for r in rows_in(signed) if r.stream == PROOF)
    spoil(
        signed,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        row.state.replace(b"2026-11-02", b"2026-11-01"),
        row.position,
    )

    assert (PROOF, 1, "its signature is wrong") in found(signed)


def test_notes_of_leaves_that_cannot_be_read_are_named(signed: Place) -> None:
    table = "leaves" if isinstance(signed, Path) else "yihao_leaves"
    spoil(signed, f"UPDATE {table} SET runs = hashes")

    assert any("are damaged" in text for *_, text in found(signed))
