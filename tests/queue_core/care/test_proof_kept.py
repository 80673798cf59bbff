"""Backups, restorations, copies and archives carry the proof of a record."""

from __future__ import annotations

from pathlib import Path

from projections.proof.sealing import seals
from queue_core.care.archives import archive
from queue_core.care.backups import backup
from queue_core.care.copies import copy
from queue_core.care.places import Place
from queue_core.care.proof_checks import verify_proofs
from queue_core.care.restoration import restore
from queue_core.log.event_log import EventLog

from .recorded import Fill, NewPlace, open_log, some_days, spoil
from .sealed import MONDAY, change, found, seal_all


def test_backup_restoration_and_copy_carry_the_proof(
    signed: Place, new_place: NewPlace, tmp_path: Path
) -> None:
    backup(signed, tmp_path / "backup")
    other = "postgresql" if isinstance(signed, Path) else "sqlite"
    restored, copied = new_place(other), new_place(other)

    restore(tmp_path / "backup", restored)
    copy(signed, copied)
    copy(signed, copied)

    for kept in (tmp_path / "backup" / "record.sqlite", restored, copied):
        assert found(kept) == []
        row = change(kept, MONDAY)
        assert found(kept) == [(MONDAY, row.version, "it was changed")]


def test_a_day_that_was_archived_and_removed_is_proven_by_its_file(
    signed: Place, tmp_path: Path
) -> None:
    folder = tmp_path / "archives"
    archive(signed, folder, "city", "2026-11-03", remove=True, kept_days=1)

    assert found(signed) == []
    assert found(signed, archives=folder) == []
    marks = [mark.text for mark in verify_proofs(signed).marks]
    assert "archived and removed; only its noted leaves were compared" in marks


def test_days_of_an_older_program_are_signed_and_proven_without_notes(
    fill: Fill,
) -> None:
    place = fill(some_days(3))
    table = "leaves" if isinstance(place, Path) else "yihao_leaves"
    spoil(place, f"DELETE FROM {table}")
    seal_all(place)

    assert found(place) == []

    change(place, MONDAY)
    assert found(place)[0][:2] == (MONDAY, 0)


def test_every_day_is_signed_once_and_each_head_holds_the_one_before(
    signed: Place,
) -> None:
    seal_all(signed)
    log: EventLog = open_log(signed)

    chain = list(seals(log, "city"))

    assert [one.date for one in chain] == ["2026-11-02", "2026-11-03"]
    assert chain[1].seal.previous == chain[0].seal.head
    # The profile and six evaluations; the second was signed at once after the first.
    assert [one.seal.beside_size for one in chain] == [7, 0]
    log.close()
