"""The stage of the link's measures: a hall, the raw side, and screens, each a process.

A screen costs its process little, and there are as few processes at work at a time as
can be: one that sends and one that reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from .children import Child, child
from .city_hall import CityHall
from .plan import Run


GREETING = 96
"""The raw side greets with as many bytes as a phone's snapshot has."""
SPARE_FILES = 200
"""What a process needs beside its connections."""


class Sent(NamedTuple):
    """What it took to send one message to every socket."""

    cpu_seconds: float
    last_seconds: float
    """Until the last socket had it."""


class Stage:
    """A hall with its link, the raw side, and whoever listens to either."""

    def __init__(self, hall: Child, raw: Child, closing: ExitStack, run: Run) -> None:
        self.hall = hall
        self.raw = raw
        self.tickets: list[str] = hall.ready["tickets"]
        """Who waits, in the order of the line."""
        self.window: str = hall.ready["window"]
        self.many, self.few, self.plain = (
            closing.enter_context(
                child("live_sockets_child", {}, run.folder / f"{name}.log")
            )
            for name in ("many", "few", "plain")
        )
        """Thousands of screens, some beside them, and the sockets of the raw side."""

    def follow(self, screens: Child, topics: list[str]) -> float:
        """Open a link for each topic; return the seconds until all had a snapshot."""
        port = self.hall.ready["port"]
        told = screens.ask("connect", port=port, topics=topics, raw=False)
        return float(told["seconds"])

    def listen(self, count: int) -> float:
        """Connect so many sockets to the raw side; return the seconds it took."""
        port = self.raw.ready["port"]
        told = self.plain.ask("connect", port=port, topics=[""] * count, raw=True)
        return float(told["seconds"])

    def send_raw(self, count: int, size: int) -> Sent:
        """Let the raw side send one message of so many bytes to each socket."""
        self.plain.ask("mark", frames=count)
        told = self.raw.ask("send", size=size)
        came = self.plain.ask("wait")
        return Sent(told["cpu_seconds"], (came["last"] - told["began"]) / 1e9)

    def clear(self) -> None:
        """Cut all connections."""
        for screens in (self.many, self.few, self.plain):
            screens.ask("close")
        self.raw.ask("drop")


@contextmanager
def stage(run: Run, waiting: int) -> Iterator[Stage]:
    """Open a hall in which so many wait for one window, and the raw side."""
    profile = run.folder / "city"
    CityHall(profile)
    said = {
        "folder": str(run.folder),
        "profile": str(profile),
        "waiting": waiting,
        "stall_seconds": run.sizes.live_stall_seconds,
    }
    with ExitStack() as closing:
        hall = child("live_hall_child", said, run.folder / "hall.log")
        raw = child("live_raw_child", {"greeting": GREETING}, run.folder / "raw.log")
        yield Stage(
            closing.enter_context(hall), closing.enter_context(raw), closing, run
        )


def within_files(run: Run, stage: Stage, wanted: int) -> int:
    """Return how many connections one process may have, and say if they are fewer."""
    most = int(stage.hall.ready["files"]) - SPARE_FILES
    if wanted > most:
        text = f"{wanted:,} connections: this machine lets a process open {most:,}"
        run.left_out.append(f"live: {text}")
    return min(wanted, most)
