"""A house whose record is worth looking after: some days, accounts and a key."""

from __future__ import annotations

from pathlib import Path

from queue_core.care.access_rows import write_access
from queue_core.care.places import Place
from tests.queue_core.care.people import SOME
from tests.queue_core.care.recorded import append, some_days
from yihao.cli import main


KEY = b"k" * 32


def run(*arguments: object) -> int:
    """Run a command in this process."""
    return main([str(argument) for argument in arguments])


def make_house(data: Path, database: str = "", *, days: int = 3) -> list[str]:
    """Make a house that has worked some days; return the options that name it."""
    data.mkdir()
    record: Place = database or data / "record.sqlite"
    append(record, some_days(days))
    write_access(database or data / "accounts.sqlite", SOME)
    (data / "house.key").write_bytes(KEY)
    return ["--data", str(data), "--database", database]
