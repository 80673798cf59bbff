"""The receiving end: a topic's state and some changes give its next state.

The pages do the same in TypeScript; ``tests/link_vectors/reduce.json`` holds both to
one behaviour. States are changed in place where that is possible: use what is returned
and keep no other reference.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

State = list[Any]
Change = list[Any]


CONSOLE_PARTS = {1: 3, 2: 4, 8: 7, 9: 8, 10: 9}
"""Changes that bring a part of a console whole: the ticket at it, those it holds, the
other open windows, notices, what may be undone; and where each stands."""


def reduce(topic: str, state: State, changes: Sequence[Change]) -> State:
    """Return the state of ``topic`` after ``changes``, applied in order."""
    apply = REDUCERS[topic.partition("/")[0]]
    for change in changes:
        state = apply(state, change)
    return state


def reduce_board(state: State, change: Change) -> State:
    """Apply one change to a board."""
    calls, zones = state[2], state[3]
    match change:
        case [0, call, number, window, called_at, rank]:
            if all(row[0] != call for row in calls):
                calls.append([call, number, window, called_at, 1, 0, rank])
            for row in zones:
                row[3] = [one for one in row[3] if one != number]
        case [1, call, announcements, _]:
            _set(calls, call, 4, announcements)
        case [2, call]:
            _set(calls, call, 5, 1)
        case [3, call]:
            state[2] = _without(calls, call)
        case [5, date, day_state]:
            state[0], state[1] = date, day_state
        case [6, notices]:
            state[5] = notices
        case [4 | 7 | 8, zone, *_] if zone < len(zones):
            _reduce_zone(zones[zone], change)
    return state


def _reduce_zone(row: list[Any], change: Change) -> None:
    """Apply one change to a zone of a board."""
    match change:
        case [4, _, waiting, following]:
            row[1], row[3] = waiting, list(following)
        case [7, _, open_windows]:
            row[2] = open_windows
        case [8, _, waiting, *added]:
            row[1] = waiting
            if added and added[1] not in row[3]:
                row[3].insert(*added)


def reduce_window(state: State, change: Change) -> State:
    """Apply one change to a window's sign and pad: its state comes whole."""
    return list(change[1]) if change[0] == 0 else state


def reduce_ticket(state: State, change: Change) -> State:
    """Apply one change to a ticket."""
    match change:
        case [0, whole]:
            return list(whole)
        case [1, ahead]:
            state[2] = ahead
        case [2, notices]:
            state[12] = notices
    return state


def reduce_console(state: State, change: Change) -> State:
    """Apply one change to a console."""
    match change:
        case [0, duty, clerk, pause_reason]:
            state[0:3] = [duty, clerk, pause_reason]
        case [part, whole] if part in CONSOLE_PARTS:
            state[CONSOLE_PARTS[part]] = whole
        case [3, row]:
            state[5] = _without(state[5], row[0])
            insort(state[5], row, key=_dispatch_order)
        case [4, ticket]:
            state[5] = _without(state[5], ticket)
        case [5, row]:
            state[6] = _without(state[6], row[0])
            insort(state[6], row, key=_parking_order)
        case [6, ticket]:
            state[6] = _without(state[6], ticket)
    return state


def reduce_manager(state: State, change: Change) -> State:
    """Apply one change to the manager's page."""
    match change:
        case [0, row]:
            _put(state[2], row)
        case [1, row]:
            _put(state[3], row)
        case [2, figures]:
            state[4] = figures
        case [3, longest]:
            state[5] = longest
        case [4, date, day_state]:
            state[0], state[1] = date, day_state
        case [5, notices]:
            state[6] = notices
        case [6, row]:
            _put(state[7], row)
    return state


REDUCERS: dict[str, Callable[[State, Change], State]] = {
    "board": reduce_board,
    "window": reduce_window,
    "ticket": reduce_ticket,
    "console": reduce_console,
    "manager": reduce_manager,
}


def _put(rows: list[Any], row: list[Any]) -> None:
    """Replace the row of the same name, or add it as the last."""
    for index, known in enumerate(rows):
        if known[0] == row[0]:
            rows[index] = row
            return
    rows.append(row)


def _set(rows: list[Any], name: Any, index: int, value: Any) -> None:
    for row in rows:
        if row[0] == name:
            row[index] = value


def _without(rows: list[Any], name: Any) -> list[Any]:
    return [row for row in rows if row[0] != name]


def _dispatch_order(row: list[Any]) -> tuple[int, int, int]:
    return (row[6] + row[7] * 1000, row[2], row[9])


def _parking_order(row: list[Any]) -> tuple[int, str]:
    return (row[4], row[0])
