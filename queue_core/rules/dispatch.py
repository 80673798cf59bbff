"""Who is next: the earliest effective time (EET).

The next person called is the one with the earliest effective time: the time the ticket
was taken (or the booked time), moved forward by the fixed, published minutes of the
ticket's category. A key never changes while its ticket waits, so the log alone decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from queue_core.values import CLASS_RANK, TicketClass


if TYPE_CHECKING:
    from collections.abc import Iterator

    from queue_core.values import HallRules

    from .lines import Line
    from .state import HallDay
    from .tickets import Key, Ticket, Window


class Placement(NamedTuple):
    """The class that counts for a new ticket, and its effective time."""

    ticket_class: TicketClass
    effective_at: int


class Choice(NamedTuple):
    """The ticket to call next, with the offset that the window has for it."""

    ticket: Ticket
    offset_seconds: int


def place(
    rules: HallRules, ticket_class: TicketClass, *, at: int, booked_at: int
) -> Placement:
    """Return where a ticket taken at ``at`` stands in the order of effective times.

    A booked citizen who comes early gains nothing; one who checks in more than
    ``appointment_late_seconds`` after the booked time is an ordinary visitor.
    """
    if ticket_class == "green":
        return Placement("green", at - rules.green_credit_seconds * 1000)
    is_on_time = at <= booked_at + rules.appointment_late_seconds * 1000
    if ticket_class == "appointment" and is_on_time:
        credit = rules.appointment_credit_seconds * 1000
        return Placement("appointment", booked_at - credit)
    return Placement("ordinary", at - rules.ordinary_credit_seconds * 1000)


def rank_of(ticket_class: TicketClass) -> int:
    """Return the class's place when effective times are equal."""
    return CLASS_RANK[ticket_class]


def lines_of(state: HallDay, window: Window) -> Iterator[tuple[Line, int]]:
    """Yield (line, offset_seconds) for every line the window may call from."""
    for queue, skill in window.skills.items():
        for extended in (False, True) if window.extended else (False,):
            line = state.lines.get((queue, extended))
            if line is not None:
                yield line, skill.offset_seconds


def returns_due(state: HallDay, window: Window, at: int) -> list[Ticket]:
    """Return the parked tickets of the window's lines that come back into line now."""
    due: list[Ticket] = []
    for line, _ in lines_of(state, window):
        prepared = []
        if line.preparing:
            prepared = [state.by_sequence[s - 1] for s in line.prepared(at)]
            due += prepared
        if line.missed:
            due += line.missed_due(at, state.rules, someone_returns=bool(prepared))
    return due


def window_waited_for(state: HallDay, ticket: Ticket) -> str:
    """Return the one window a ticket goes back to, if it may still be served there."""
    window = state.windows.get(ticket.only_window)
    return window.window if window is not None and ticket.queue in window.skills else ""


def choose(
    state: HallDay, window: Window, returning: list[Ticket], at: int
) -> Choice | None:
    """Choose the ticket that ``window`` calls at ``at``, or None if nobody may come.

    The least (effective time + offset, class rank, sequence) among the heads of the
    window's lines, its own line and the ``returning`` tickets wins. A booked ticket
    before its time is chosen only if the window has nothing else.
    """
    best: tuple[bool, int, int, int] | None = None
    best_offset = 0
    for key, offset in _candidates(state, window, returning):
        order = (key[0] > at, key[0] + offset * 1000, key[1], key[2])
        if best is None or order < best:
            best, best_offset = order, offset
    if best is None:
        return None
    return Choice(state.by_sequence[best[3] - 1], best_offset)


def _candidates(
    state: HallDay, window: Window, returning: list[Ticket]
) -> Iterator[tuple[Key, int]]:
    for line, offset in lines_of(state, window):
        head = line.head()
        if head is not None:
            yield head, offset
    own = state.window_lines.get(window.window)
    if own:
        yield own[0], 0
    for ticket in returning:
        only = window_waited_for(state, ticket)
        if not only:
            yield ticket.key, window.skills[ticket.queue].offset_seconds
        elif only == window.window:
            yield ticket.key, 0


def window_to_offer(state: HallDay, queue: str, extended: bool) -> str:
    """Return the idle window that should call a ticket that arrives in ``queue``.

    Lowest offset for the ticket, then fewest skills, then longest idle, then lowest
    window number. A window with a live offer is not offered a second ticket.
    """
    best: tuple[int, int, int, int] | None = None
    chosen = ""
    for window in state.windows_of_queue.get(queue, {}).values():
        if not _is_idle(window) or (extended and not window.extended):
            continue
        order = (
            window.skills[queue].offset_seconds,
            len(window.skills),
            window.idle_since,
            state.window_order.get(window.window, len(state.window_order)),
        )
        if best is None or order < best:
            best, chosen = order, window.window
    return chosen


def _is_idle(window: Window) -> bool:
    if window.paused or window.ticket is not None:
        return False
    return window.offered is None or window.offered.place != "waiting"
