"""How large a run is, where it works, and whom it tells how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from displays.link.transport import Limits
from yihao.progress_bar import Progress


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    """Subject and rival take so many turns."""
    callers: int
    """Callers in process, and connections over HTTP."""
    desk_commands: int
    """In one round of 64 callers."""
    single_commands: int
    """In one round of one caller."""
    http_requests: int
    """In one round and of one kind."""
    waiting: tuple[int, int, int]
    """The lengths of the line, the shortest first."""
    calls: int
    """Call-next in one round, for each length of the line."""
    history_days: int
    """Days in the log of the old hall."""
    day_tickets: int
    """Tickets of the day that is folded and reported."""
    rival_commands: int
    """In one round of the library's own aggregates."""
    memory_tickets: int
    rebuilt_days: int
    live_boards: tuple[int, int]
    """Connections that follow one board."""
    live_phones: int
    """Connections that follow a ticket each, all waiting in one line."""
    live_calls: int
    """Calls in one round of the live link."""
    live_reconnects: int
    live_stall_seconds: float
    """How long a reader may take nothing before it is cut off."""
    year_cases: int
    year_days: int
    """Open days of the year that are written; 0: all."""


FULL = Sizes(
    rounds=5,
    callers=64,
    desk_commands=20_000,
    single_commands=400,
    http_requests=3_840,
    waiting=(100, 5_000, 100_000),
    calls=1_500,
    history_days=250,
    day_tickets=5_000,
    rival_commands=400,
    memory_tickets=5_000,
    rebuilt_days=20,
    live_boards=(1_000, 5_000),
    live_phones=5_000,
    live_calls=5,
    live_reconnects=2_000,
    live_stall_seconds=Limits().stall_seconds,
    year_cases=233_350,
    year_days=0,
)

QUICK = Sizes(
    rounds=2,
    callers=8,
    desk_commands=120,
    single_commands=10,
    http_requests=48,
    waiting=(42, 84, 210),
    calls=20,
    history_days=3,
    day_tickets=60,
    rival_commands=12,
    memory_tickets=24,
    rebuilt_days=2,
    live_boards=(4, 8),
    live_phones=20,
    live_calls=1,
    live_reconnects=10,
    live_stall_seconds=0.1,
    year_cases=90,
    year_days=3,
)
"""Small enough for a test; its figures mean nothing."""


def tell_nobody(done: int, total: int) -> None:
    """Say nothing."""


@dataclass(slots=True)
class Run:
    """One run of the bench, as its measures find it."""

    sizes: Sizes
    folder: Path
    """Empty at the beginning; on the disk that is measured."""
    kept: Path
    """Where a year is kept from run to run."""
    database: str = ""
    """A PostgreSQL in which databases may be made; without it its rows are left out."""
    tell: Progress = tell_nobody
    left_out: list[str] = field(default_factory=list)
    """What was not measured, and why."""
