"""The business day: opened under rules, changed by a profile, closed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import DayAlreadyOpen, TicketsLeft
from queue_core.events import (
    DayClosed,
    DayOpened,
    HallDayEvent,
    RulesAdopted,
    TicketEnded,
    WindowClosed,
)


if TYPE_CHECKING:
    from queue_core.commands import AdoptRules, CloseDay, OpenDay

    from .state import HallDay
    from .tickets import Ticket


def open_day(state: HallDay, command: OpenDay) -> list[HallDayEvent]:
    """Begin the day; its stream is empty until then."""
    if state.opened:
        raise DayAlreadyOpen(state.date)
    return [
        DayOpened(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            date=command.date,
            hours=command.hours,
            rules=command.rules,
        )
    ]


def adopt_rules(state: HallDay, command: AdoptRules) -> list[HallDayEvent]:
    """Follow a changed profile from now on; tickets in line keep their keys."""
    if command.rules == state.rules:
        return []
    return [
        RulesAdopted(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            rules=command.rules,
        )
    ]


def close_day(state: HallDay, command: CloseDay) -> list[HallDayEvent]:
    """End the day with everything in it.

    Until ``hours.ends_at`` nobody is sent away whom an open window may still serve;
    from then on, and when a later day has begun, whatever is left expires.
    """
    forced = command.overdue or command.at >= state.hours.ends_at
    if not forced:
        left = sum(1 for t in state.live.values() if _may_be_served(state, t))
        if left:
            raise TicketsLeft(left)
    expired: list[HallDayEvent] = [
        TicketEnded(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            reason="expired",
        )
        for ticket in state.live.values()
    ]
    signed_off: list[HallDayEvent] = [
        WindowClosed(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            window=window.window,
            clerk=window.clerk,
        )
        for window in state.windows.values()
    ]
    closed = DayClosed(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        overdue=command.overdue,
    )
    return [*expired, *signed_off, closed]


def _may_be_served(state: HallDay, ticket: Ticket) -> bool:
    if ticket.place in ("called", "serving", "held"):
        return True
    if ticket.parked_reason == "paused":
        return False
    windows = state.windows_of_queue.get(ticket.queue, {}).values()
    return any(window.extended or not ticket.extended for window in windows)
