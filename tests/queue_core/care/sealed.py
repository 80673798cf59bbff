"""Logs whose days were signed, and what a verification finds in them."""

from __future__ import annotations

import functools
from pathlib import Path

from projections.proof.sealing import next_seal
from queue_core.care.places import Place
from queue_core.care.proof_checks import verify_proofs
from queue_core.care.rows import Row
from queue_core.events import TicketIssued
from queue_core.log import codec
from queue_core.log.event_log import Entry
from queue_core.log.streams import proof_stream
from queue_core.log.witness import leaves_of, witness_of
from queue_core.proof.heads import key_id
from queue_core.proof.signing import Signer, provider_of
from queue_core.rules import sealing
from queue_core.rules.sealing import SealedDays
from tests.queue_core.rules.hall import NINE

from .recorded import open_log, rows_in, spoil


MONDAY = "hall-day/city/2026-11-02"
TUESDAY = "hall-day/city/2026-11-03"
PROOF = "proof/city"


@functools.cache
def signer() -> Signer:
    """Return who signs here."""
    found = provider_of("ed25519").signer(provider_of("ed25519").new_key())
    assert found is not None
    return found


def seal_all(place: Place, who: Signer | None = None, *, hall: str = "city") -> None:
    """Sign every day that is over, as a house does when it is open."""
    log = open_log(place)
    state = SealedDays()
    stream = proof_stream(hall)
    for sealed in log.read(stream):
        sealing.evolve(state, sealed.event)
    while command := next_seal(log, hall, who or signer(), at=NINE, by="house"):
        for event in sealing.decide(state, command):
            sealing.evolve(state, event)
            log.append([(stream, state.version, event)])
    log.close()


def found(place: Place, **options: object) -> list[tuple[str, int, str]]:
    """Return what a verification finds: stream, version, words."""
    trusted = {key_id(signer().public_key)}
    verdict = verify_proofs(place, **{"trusted": trusted, **options})  # type: ignore[arg-type]
    assert all(fault.kind == "proof" for fault in verdict.faults)
    return [(fault.stream, fault.version, fault.text) for fault in verdict.faults]


def row_of(place: Place, kind: type, stream: str = "") -> Row:
    """Return the first stored event of a kind."""
    rows = (row for row in rows_in(place) if row.stream.startswith(stream))
    return next(r for r in rows if isinstance(codec.decode(r.topic, r.state), kind))


def change(place: Place, stream: str) -> Row:
    """Change the number of the first ticket of a day."""
    row = row_of(place, TicketIssued, stream)
    spoil(
        place,
        "UPDATE yihao_events SET state = %s WHERE position = %s",
        row.state.replace(b"A001", b"A009"),
        row.position,
    )
    return row


def note_again(place: Place) -> None:
    """Make the notes of all leaves fit the events, as an attacker would."""
    table = "leaves" if isinstance(place, Path) else "yihao_leaves"
    rows = rows_in(place)
    spoil(place, f"DELETE FROM {table}")
    for row in rows:
        entry: Entry = (row.stream, row.version, codec.decode(row.topic, row.state))
        noted = witness_of([entry], leaves_of([row[1:]]))
        spoil(
            place,
            f"INSERT INTO {table} VALUES (%s, %s, %s)",
            row.position,
            noted.runs,
            noted.hashes,
        )
