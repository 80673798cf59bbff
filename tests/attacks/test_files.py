"""Files that mean no good: profiles and archives that unfold, repeat or nest."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest

from queue_core.care.archive_file import ArchiveDamaged, read_rows
from queue_core.profiles.faults import MOST_FAULTS
from queue_core.profiles.reading import check_profile
from yihao.soak.townships import PROFILE, profile_named


MEGABYTE = 1 << 20


def zip_bomb() -> bytes:
    """Return a workbook of some kilobytes that would unfold to 64 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(64 * MEGABYTE))
    return packed.getvalue()


BOMBS = {
    "a zip bomb": zip_bomb(),
    "a key of half a million parts": b"a" + b".a" * 500_000 + b" = 1\n",
    "a table of half a million parts": b"[a" + b".'a'" * 100_000 + b"]\n",
    "nested lists": b"x = " + b"[" * 500_000,
    "nested tables": b"x = " + b"{a=" * 100_000,
    "a number without end": b"x = " + b"9" * 900_000 + b"\n",
    "a text without end": b'x = """' + b"\\" * 900_000,
    "more than a hall's file may have": b"#" * (6 * MEGABYTE),
    "a million short lines": b"a\n" * (2 * MEGABYTE),
    "many quotes": b'"\n' * (MEGABYTE // 8),
    "a heading of a million cells": b"," * (4 * MEGABYTE),
    "nothing but zeros": bytes(4 * MEGABYTE),
}


@pytest.mark.parametrize("name", ["hall.toml", "items.csv"])
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_profile_that_is_a_bomb_is_refused_soon_and_in_few_words(
    tmp_path: Path, bomb: bytes, name: str
) -> None:
    folder = profile_named(PROFILE, tmp_path / PROFILE)
    (folder / name).write_bytes(bomb)

    started = time.process_time()
    faults = check_profile(folder)

    assert any(fault.file == name for fault in faults)
    assert len(faults) <= 2 * MOST_FAULTS
    assert time.process_time() - started < 10


def test_an_archive_that_unpacks_to_far_more_than_a_day_is_none(
    tmp_path: Path,
) -> None:
    file = tmp_path / "2026-03-02.jsonl.gz"
    with gzip.open(file, "wb") as bomb:
        for _ in range(64):
            bomb.write(bytes(MEGABYTE))

    with pytest.raises(ArchiveDamaged, match="unpacks to far too much"):
        read_rows(file)
