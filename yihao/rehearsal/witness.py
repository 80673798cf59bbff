"""What the clients of a rehearsal saw: every answer and every frame that matters.

Nothing here is judged. A version is that of the hall-day, as an answer or a frame named
it; ``asked_at`` and ``heard_at`` are hall time before and after an answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal

from displays.link.client import Update


What = Literal[
    "issued",
    "called",
    "nobody",
    "recalled",
    "missed",
    "started",
    "held",
    "taken-up",
    "transferred",
    "completed",
    "cancelled",
    "paused",
    "resumed",
    "window-opened",
    "window-closed",
]
"""``nobody`` is a call-next that found nobody to call."""


OFF = 3
"""The change that takes a call off the board."""


@dataclass(slots=True)
class Sight:
    """One answered command: what it did, and at which version."""

    version: int
    """The last version of what it did, or one that was seen shortly after."""
    what: What
    ticket: str = ""
    number: str = ""
    window: str = ""
    queue: str = ""
    after: int = 0
    """What it did came after this version; exactly at ``version`` if this is 0."""
    asked_at: int = 0
    heard_at: int = 0
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Announced:
    """A call on the hall board."""

    call: int
    number: str
    window: str
    at: int
    times: int = 1
    """How often the board was told of the call itself; not that it came back."""
    recalls: int = 0
    is_off: bool = False
    """It has left the board. If it comes back, nobody announces it again."""


@dataclass
class Witness:
    """Everything that was seen."""

    sights: list[Sight] = field(default_factory=list)
    board: dict[int, Announced] = field(default_factory=dict)
    rows: dict[str, dict[tuple[int, int], int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Ticket → (effective_at, flags) of its console rows → version first seen."""
    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Number → tickets, of every ticket seen anywhere."""
    latest: int = 0
    """The highest version that anybody has seen."""
    backward: list[str] = field(default_factory=list)
    """Answers or frames whose version was older than one seen before."""
    _last: dict[str, int] = field(default_factory=dict)

    def see(self, sight: Sight) -> None:
        """Note an answered command."""
        self.sights.append(sight)
        self.latest = max(self.latest, sight.version)
        if sight.number:
            self.numbers[sight.number].add(sight.ticket)

    def check_order(self, source: str, version: int) -> None:
        """Note a version from a source that must never go back."""
        last = self._last.get(source, 0)
        if version < last:
            self.backward.append(f"{source} went from version {last} to {version}")
        self._last[source] = max(last, version)
        self.latest = max(self.latest, version)

    def forget_order(self) -> None:
        """Forget the versions of an earlier day."""
        self._last.clear()
        self.latest = 0

    # Frames.

    def see_board(self, update: Update, state: Any) -> None:
        """Note a frame of the hall board."""
        self.check_order(update.topic, update.version)
        if update.changes is None:
            for call, number, window, at, announcements, *_ in state[2]:
                shown = Announced(call, number, window, at, 1, announcements - 1)
                self.board.setdefault(call, shown)
            return
        for change in update.changes:
            self._see_board_change(change)

    def _see_board_change(self, change: list[Any]) -> None:
        if change[0] == 0:
            _, call, number, window, at, *_ = change
            if call in self.board:
                shown = self.board[call]
                shown.times += not shown.is_off
                shown.is_off = False
            else:
                self.board[call] = Announced(call, number, window, at)
        elif change[0] == 1 and change[1] in self.board:
            self.board[change[1]].recalls += 1
        elif change[0] == OFF and change[1] in self.board:
            self.board[change[1]].is_off = True

    def see_console(self, update: Update, state: Any) -> None:
        """Note the waiting rows of a frame of a console."""
        self.check_order(update.topic, update.version)
        if update.changes is None:
            rows = list(state[5])
        else:
            rows = [change[1] for change in update.changes if change[0] == 3]
        for ticket, number, _, _, _, _, effective_at, _, flags, *_ in rows:
            self.numbers[number].add(ticket)
            self.rows[ticket].setdefault((effective_at, flags), update.version)
