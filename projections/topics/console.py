"""A clerk's console: the ticket at the window, and who waits for it.

    state    [duty, clerk, pause_reason, current, held, waiting, parked, open_windows,
              notices, undo]
    current  None or [ticket, number, class, queue, items, stage (1 called, 2 serving),
              call, announcements, since_at, service]
    held     [[ticket, number, items, since_at]]
    waiting  [[ticket, number, class, queue, items, issued_at, effective_at,
               offset_seconds, flags, sequence]], in dispatch order for this window
    parked   [[ticket, number, reason, queue, since_at]], by instant of parking
    notices  as ``notices.py`` tells them
    undo     None or [what (0 missed, 1 completed), ticket, number, until_at]
    changes  [0, duty, clerk, pause_reason] · [1, current] · [2, held]
             [3, waiting row] add or replace · [4, ticket] no longer waiting
             [5, parked row] add or replace · [6, ticket] no longer parked
             [7, ticket, number] this window should call it (arrival rule)
             [8, open_windows] the other windows on duty
             [9, notices] · [10, undo] what the window did last and may undo until then

Flags: 1 pinned, 2 sent to this window, 4 returned after a miss, 8 not due before
``effective_at``. The console of a closed window shows what the window may serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.live_hall import LiveWindow
from queue_core.values import CLASS_RANK

from .notices import notices_for_clerk


if TYPE_CHECKING:
    from projections.live.effects import Effects
    from projections.live.places import LiveTicket
    from projections.live_hall import LiveHall

PINNED, SENT_HERE, RETURNED, NOT_DUE = 1, 2, 4, 8


def console_state(live: LiveHall, name: str) -> list[Any]:
    """Return what the console of a window shows."""
    window = live.windows.get(name) or LiveWindow(window=name, zone="", offsets={})
    return [
        *_duty(window),
        _current(window),
        _held(window),
        [waiting_row(ticket, offset) for ticket, offset in live.waiting_for(window)],
        [_parked_row(ticket) for ticket in live.parked_for(window)],
        _open_windows(live, name),
        notices_for_clerk(live, window),
        _undo(live, window),
    ]


def waiting_row(ticket: LiveTicket, offset_seconds: int) -> list[Any]:
    """Return the row of a waiting ticket for a window with this offset."""
    flags = (
        (PINNED if ticket.pinned else 0)
        | (SENT_HERE if ticket.only_window else 0)
        | (RETURNED if ticket.returned else 0)
        | (NOT_DUE if ticket.is_early else 0)
    )
    return [
        ticket.ticket,
        ticket.number,
        CLASS_RANK[ticket.ticket_class],
        ticket.queue,
        list(ticket.items),
        ticket.issued_at,
        ticket.effective_at,
        offset_seconds,
        flags,
        ticket.sequence,
    ]


class Rows:
    """The rows of one event, made once for all consoles that show them alike."""

    __slots__ = ("_parked", "_waiting")

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, int], list[Any]] = {}
        self._parked: dict[str, list[Any]] = {}

    def waiting(self, ticket: LiveTicket, offset_seconds: int) -> list[Any]:
        """Return the change that adds or replaces a waiting row."""
        key = (ticket.ticket, offset_seconds)
        change = self._waiting.get(key)
        if change is None:
            change = self._waiting[key] = [3, waiting_row(ticket, offset_seconds)]
        return change

    def parked(self, ticket: LiveTicket) -> list[Any]:
        """Return the change that adds or replaces a parked row."""
        change = self._parked.get(ticket.ticket)
        if change is None:
            change = self._parked[ticket.ticket] = [5, _parked_row(ticket)]
        return change


class ConsoleView:
    """Gathers the changes of a followed console, event by event."""

    def __init__(self, live: LiveHall, window: LiveWindow) -> None:
        self.live = live
        self.window = window
        self.changes: list[list[Any]] = []
        self.offsets = window.offsets
        self.extended = window.extended
        self.duty = _duty(window)
        self.current = _current(window)
        self.held = _held(window)
        self.open_windows = _open_windows(live, window.window)
        self.notices = notices_for_clerk(live, window)
        self.undo = _undo(live, window)

    def note_lines(self, effects: Effects, rows: Rows) -> None:
        """Note who left and joined the lines and the parked that the window sees."""
        window, changes = self.window, self.changes
        for line, ticket in effects.left:
            if window.may_call_from(line):
                changes.append([4, ticket.ticket])
        for ticket in (*effects.joined, *effects.rows):
            line = ticket.line
            if window.may_call_from(line):
                changes.append(rows.waiting(ticket, window.offset_for(line)))
        for line, ticket in effects.unparked:
            if window.may_call_from(line):
                changes.append([6, ticket.ticket])
        for ticket in effects.parked:
            if window.may_call_from(ticket.line):
                changes.append(rows.parked(ticket))

    def note_window(self) -> None:
        """Note that an event touched the window itself."""
        window = self.window
        if window.offsets != self.offsets or window.extended != self.extended:
            self._change_skills()
        duty, current, held = _duty(window), _current(window), _held(window)
        if duty != self.duty:
            self.changes.append([0, *duty])
        if current != self.current:
            self.changes.append([1, current])
        if held != self.held:
            self.changes.append([2, held])
        undo = _undo(self.live, window)
        if undo != self.undo:
            self.changes.append([10, undo])
        self.duty, self.current, self.held, self.undo = duty, current, held, undo

    def note_open_windows(self) -> None:
        """Note that a window of the hall was opened or closed."""
        open_windows = _open_windows(self.live, self.window.window)
        if open_windows != self.open_windows:
            self.open_windows = open_windows
            self.changes.append([8, open_windows])

    def note_notices(self) -> None:
        """Note that a notice was broadcast or withdrawn somewhere in the hall."""
        notices = notices_for_clerk(self.live, self.window)
        if notices != self.notices:
            self.notices = notices
            self.changes.append([9, notices])

    def note_offer(self, ticket: LiveTicket) -> None:
        """Note that this window should call the ticket that has just arrived."""
        self.changes.append([7, ticket.ticket, ticket.number])

    def finish(self) -> list[list[Any]]:
        """Return the changes of the commit."""
        changes, self.changes = self.changes, []
        return changes

    def _change_skills(self) -> None:
        """Show the rows of the queues that the window serves now, and only these."""
        window = self.window
        before = LiveWindow(
            window=window.window,
            zone=window.zone,
            offsets=self.offsets,
            extended=self.extended,
        )
        self.offsets, self.extended = window.offsets, window.extended
        shown = {t.ticket: waiting_row(t, o) for t, o in self.live.waiting_for(before)}
        rows = [waiting_row(t, o) for t, o in self.live.waiting_for(window)]
        gone = shown.keys() - {row[0] for row in rows}
        self.changes += [[4, ticket] for ticket in sorted(gone)]
        self.changes += [[3, row] for row in rows if shown.get(row[0]) != row]
        parked = {t.ticket: _parked_row(t) for t in self.live.parked_for(before)}
        rows = [_parked_row(t) for t in self.live.parked_for(window)]
        gone = parked.keys() - {row[0] for row in rows}
        self.changes += [[6, ticket] for ticket in sorted(gone)]
        self.changes += [[5, row] for row in rows if row[0] not in parked]


def _duty(window: LiveWindow) -> list[Any]:
    return [window.duty, window.clerk or None, window.pause_reason or None]


def _current(window: LiveWindow) -> list[Any] | None:
    ticket = window.ticket
    if ticket is None:
        return None
    return [
        ticket.ticket,
        ticket.number,
        CLASS_RANK[ticket.ticket_class],
        ticket.queue,
        list(ticket.items),
        window.stage,
        ticket.call,
        ticket.announcements,
        ticket.since_at,
        ticket.service or None,
    ]


def _held(window: LiveWindow) -> list[list[Any]]:
    return [
        [ticket.ticket, ticket.number, list(ticket.items), ticket.since_at]
        for ticket in window.held.values()
    ]


def _parked_row(ticket: LiveTicket) -> list[Any]:
    return [
        ticket.ticket,
        ticket.number,
        ticket.parked_reason,
        ticket.queue,
        ticket.since_at,
    ]


def _undo(live: LiveHall, window: LiveWindow) -> list[Any] | None:
    done = live.undoable(window)
    if done is None or live.rules is None:
        return None
    until_at = done.at + live.rules.undo_seconds * 1000
    what = 0 if done.what == "missed" else 1
    return [what, done.ticket, live.tickets[done.ticket].number, until_at]


def _open_windows(live: LiveHall, name: str) -> list[str]:
    return [w.window for w in live.windows_on_duty() if w.window != name]
