"""Whatever happened before: a mistake that is undone leaves the state as it was."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_core import commands as c
from queue_core.rules.hall_day import HallDay, fold
from queue_core.rules.tickets import Ticket, Window
from queue_core.values import HallRules

from .hall import Hall
from .moves import Move, moves, play, some_rules


DEAD: dict[str, set[str]] = {
    "called": {"parked_at", "calls_when_parked", "ready_at", "until_at"},
    "serving": {"parked_at", "calls_when_parked", "ready_at", "until_at"},
}
"""What nobody looks at while a ticket is at a window."""


def picture(day: HallDay) -> dict[str, Any]:
    """Return the state in plain values, but for versions, times and answers."""
    return {
        "tickets": {name: ticket_picture(t) for name, t in day.tickets.items()},
        "windows": {name: window_picture(w) for name, w in day.windows.items()},
        "live": {*day.live},
        "live_items": {key: t.ticket for key, t in day.live_items.items()},
        "finished": {*day.finished},
        "lines": {
            key: (
                [*line.waiting],
                sorted(line.missed),
                [*line.preparing],
                line.calls,
            )
            for key, line in day.lines.items()
            if line.waiting or line.missed or line.preparing or line.calls
        },
        "own lines": {key: [*keys] for key, keys in day.window_lines.items() if keys},
        "counts": (
            day.last_in_series,
            day.issued_in_queue,
            day.issued_for_item,
            day.issued_to_subject,
        ),
    }


def ticket_picture(ticket: Ticket) -> dict[str, Any]:
    """Return what counts about a ticket where it is."""
    dead = DEAD.get(ticket.place, set())
    return {name: getattr(ticket, name) for name in {*Ticket.__slots__} - dead}


def window_picture(window: Window) -> dict[str, Any]:
    """Return what counts about a window; how long it is idle is a time."""
    return {
        "clerk": window.clerk,
        "paused": window.paused,
        "ticket": window.ticket and window.ticket.ticket,
        "held": [*window.held],
        "offered": window.offered and window.offered.ticket,
        "done": window.done and (window.done.what, window.done.ticket.ticket),
    }


@settings(max_examples=150, deadline=None)
@given(some_rules, moves, st.sampled_from(["done", "left"]), st.integers(0, 30))
def test_whatever_is_done_and_undone_at_once_leaves_the_state_as_it_was(
    rules: HallRules, what: list[Move], outcome: str, seconds: int
) -> None:
    hall = play(Hall(rules), what)
    for name in hall.state.windows:
        window = hall.state.windows[name]
        if window.ticket is None:
            continue
        before = picture(hall.state)

        if window.ticket.place == "serving":
            hall.at_window(c.CompleteService, name, outcome=outcome)
        else:
            hall.miss(name)
        hall.wait(seconds=seconds)
        hall.at_window(c.UndoLast, name)

        assert picture(hall.state) == before
        assert picture(fold(hall.log)) == before
