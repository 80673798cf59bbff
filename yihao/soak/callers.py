"""Who gives commands in a drill: kiosks that issue numbers, windows that serve them.

The n-th command of a caller is always the same, under the same id. So whoever was not
answered gives it again, in the next process too, and whoever was answered can be asked
for the first answer.
"""

from __future__ import annotations

from typing import NamedTuple

from queue_core import commands as c

from .small_hall import ITEMS, RULES, WINDOWS, hours_of, ten_o_clock


SERVING: tuple[type[c.ClerkCommand], ...] = (
    c.CallNext,
    c.StartService,
    c.CompleteService,
)
"""What a clerk does, again and again."""


class Caller(NamedTuple):
    """A kiosk, or a window with its clerk."""

    name: str
    """Different for every caller of a hall's day, in every process."""
    window: str = ""
    """Empty: a kiosk."""

    def command(self, date: str, n: int) -> c.HallDayCommand:
        """Return the command number ``n`` of a day, from 0."""
        return self._clerks(date, n) if self.window else self._kiosks(date, n)

    def _kiosks(self, date: str, n: int) -> c.HallDayCommand:
        ticket = f"{date}-{self.name}-{n}"
        return c.IssueTicket(
            command_id=ticket,
            at=ten_o_clock(date) + n,
            by=self.name,
            ticket=ticket,
            items=[ITEMS[n % len(ITEMS)]],
            channel="kiosk",
        )

    def _clerks(self, date: str, n: int) -> c.HallDayCommand:
        by, clerk = self.name, f"clerk {self.window}"
        command_id, at = f"{date}-{self.name}-{n}", ten_o_clock(date) + n
        if n == 0:
            return c.OpenWindow(
                command_id=command_id, at=at, by=by, window=self.window, clerk=clerk
            )
        kind = SERVING[(n - 1) % len(SERVING)]
        more = {"outcome": "done"} if kind is c.CompleteService else {}
        return kind(
            command_id=command_id, at=at, by=by, window=self.window, clerk=clerk, **more
        )


def callers(process: str, kiosks: int) -> list[Caller]:
    """Return the callers of one process: all windows, and so many kiosks."""
    return [
        # First: where no window is open, nobody is given a number.
        *(Caller(f"{process}window{window}", window) for window in WINDOWS),
        *(Caller(f"{process}kiosk{n}") for n in range(kiosks)),
    ]


def opening(process: str, date: str) -> c.OpenDay:
    """Return the command that opens the hall's day."""
    hours = hours_of(date)
    return c.OpenDay(
        command_id=f"{date}-{process}open",
        at=hours.doors_at,
        by="drill",
        date=date,
        hours=hours,
        rules=RULES,
    )
