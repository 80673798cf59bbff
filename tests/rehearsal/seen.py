"""What clients saw, written by hand or taken from a day that the real rules played."""

from __future__ import annotations

from typing import Any

from displays.link.client import Update
from queue_core.events import (
    HallDayEvent,
    ServiceCompleted,
    ServiceStarted,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    WindowOpened,
)
from queue_core.values import HallRules
from tests.projections.busy_day import BusyDay, busy_rules
from tests.projections.hall_day import at, small_hours, small_rules
from yihao.rehearsal.judge import judge
from yihao.rehearsal.witness import Announced, Sight, What, Witness


def hall_of(rules: HallRules) -> dict[str, Any]:
    """Return the public part of a hall, as ``GET /api/halls/{hall}`` tells it."""
    return {
        "rules": {
            "green_credit_seconds": rules.green_credit_seconds,
            "appointment_credit_seconds": rules.appointment_credit_seconds,
            "appointment_late_seconds": rules.appointment_late_seconds,
            "missed_limit": rules.missed_limit,
            "missed_return_after_calls": rules.missed_return_after_calls,
            "pause_limit_seconds": rules.pause_limit_seconds,
        },
        "windows": [
            {
                "window": window.window,
                "zone": window.zone,
                "skills": [
                    {"queue": s.queue, "offset_seconds": s.offset_seconds}
                    for s in window.skills
                ],
            }
            for window in rules.windows
        ],
        "hours": {"closes_at": small_hours().closes_at},
    }


class Seen:
    """Write down what was seen, one answer after another."""

    def __init__(self) -> None:
        self.witness = Witness()
        self.hall = hall_of(small_rules())
        self.version = 1
        self._queue: dict[str, str] = {}

    def broken(self) -> set[str]:
        """Return the names of the rules that the referee found broken."""
        return {v.rule for v in judge(self.witness, self.hall).violations}

    def see(self, what: What, time: str, number: str = "", **values: Any) -> Sight:
        """Note one answer at a local time."""
        self.version += 1
        sight = Sight(
            values.pop("version", self.version),
            what,
            ticket=f"t-{number}" if number else "",
            number=number,
            asked_at=at(time),
            heard_at=at(time),
            **values,
        )
        self.witness.see(sight)
        return sight

    def issue(
        self, time: str, number: str, kind: str = "ordinary", **more: Any
    ) -> None:
        """A number was taken; its letter says for which queue."""
        self._queue[number] = queue = "tax" if "B" in number else "civil"
        told = {"class": kind, "asked_class": kind, "booked_at": 0, "items": ["x"]}
        told |= {"issued_at": at(time)} | more
        self.see("issued", time, number, queue=queue, more=told)

    def call(self, time: str, number: str, window: str, **values: Any) -> None:
        """A number was called, and the board said so."""
        queue = values.pop("queue", self._queue[number])
        sight = self.see("called", time, number, window=window, queue=queue, **values)
        shown = Announced(sight.version, number, window, at(time))
        self.witness.board[sight.version] = shown

    def miss(self, time: str, number: str, window: str) -> None:
        """Nobody came."""
        self.see("missed", time, number, window=window)

    def serve(self, time: str, number: str, window: str) -> None:
        """The called one came and was served."""
        self.see("started", time, number, window=window)
        self.see("completed", time, number, window=window, more={"goes_on": False})


def seen_of(day: BusyDay) -> tuple[Witness, dict[str, Any]]:
    """Return what clients would have seen of a day played by the real rules."""
    witness = Witness()
    for version, event in day.pairs:
        if what := WHATS.get(type(event)):
            witness.see(_sight(version, what, event))
        _show(witness, version, event)
    for version, window, instant in day.in_vain:
        witness.see(Sight(version, "nobody", window=window, asked_at=instant))
    return witness, hall_of(busy_rules())


WHATS: dict[type[HallDayEvent], What] = {
    TicketIssued: "issued",
    TicketCalled: "called",
    TicketRecalled: "recalled",
    TicketMissed: "missed",
    ServiceStarted: "started",
    ServiceCompleted: "completed",
    WindowOpened: "window-opened",
}


def _sight(version: int, what: What, event: HallDayEvent) -> Sight:
    sight = Sight(version, what, asked_at=event.at, heard_at=event.at)
    for name in ("ticket", "number", "window", "queue"):
        setattr(sight, name, getattr(event, name, ""))
    if isinstance(event, TicketIssued):
        kind = event.ticket_class
        sight.more = {"class": kind, "asked_class": kind, "booked_at": 0}
        sight.more["issued_at"] = event.at
    return sight


def _show(witness: Witness, version: int, event: HallDayEvent) -> None:
    """Show an event on the board or on a console."""
    match event:
        case TicketIssued(ticket_class=kind, queue=queue, effective_at=effective_at):
            row = [event.ticket, event.number, kind, queue, [], event.at]
            state = [None] * 5 + [[[*row, effective_at, 0, 0, 1]], []]
            witness.see_console(Update("console", "snapshot", version, None), state)
        case TicketCalled(number=number, window=window):
            witness.board[version] = Announced(version, number, window, event.at)
        case TicketRecalled(number=number):
            last = max(
                c for c, shown in witness.board.items() if shown.number == number
            )
            witness.board[last].recalls += 1
        case _:
            pass
