"""Duty at a window: open, pause, resume, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import (
    ClerkElsewhere,
    QueueUnknown,
    TicketsHeld,
    WindowNotPaused,
    WindowOccupied,
    WindowUnknown,
)
from queue_core.events import (
    HallDayEvent,
    TicketTransferred,
    WindowClosed,
    WindowOpened,
    WindowPaused,
    WindowResumed,
)


if TYPE_CHECKING:
    from queue_core.commands import (
        CloseWindow,
        OpenWindow,
        PauseWindow,
        ResumeWindow,
    )
    from queue_core.values import Skill, WindowRules

    from .state import HallDay
    from .tickets import Ticket


def open_window(state: HallDay, command: OpenWindow) -> list[HallDayEvent]:
    """Sign a clerk on; a clerk is at one window, a window has one clerk."""
    rules = state.window_rules.get(command.window)
    if rules is None:
        raise WindowUnknown(command.window)
    on_duty = state.windows.get(command.window)
    if on_duty is not None:
        if on_duty.clerk == command.clerk:
            return []
        raise WindowOccupied(command.window, on_duty.clerk)
    elsewhere = state.window_of_clerk.get(command.clerk)
    if elsewhere is not None:
        raise ClerkElsewhere(command.clerk, elsewhere)
    return [
        WindowOpened(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            window=command.window,
            clerk=command.clerk,
            skills=_skills(rules, command.queues),
            extended=command.extended,
        )
    ]


def pause_window(state: HallDay, command: PauseWindow) -> list[HallDayEvent]:
    """Stop calling, between two tickets, for a stated reason."""
    window = state.require_duty(command)
    state.require_free(window)
    if window.paused:
        return []
    return [
        WindowPaused(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            window=command.window,
            clerk=command.clerk,
            reason=command.reason,
        )
    ]


def resume_window(state: HallDay, command: ResumeWindow) -> list[HallDayEvent]:
    """Go on calling."""
    window = state.require_duty(command)
    if not window.paused:
        raise WindowNotPaused(command.window)
    return [
        WindowResumed(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            window=command.window,
            clerk=command.clerk,
        )
    ]


def close_window(state: HallDay, command: CloseWindow) -> list[HallDayEvent]:
    """Sign off; tickets that wait for this window alone go back to their queues."""
    window = state.require_duty(command)
    state.require_free(window)
    if window.held:
        raise TicketsHeld(command.window, [t.number for t in window.held.values()])
    closed = WindowClosed(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        window=command.window,
        clerk=command.clerk,
    )
    own = state.window_lines.get(command.window, ())
    sent_back = [_sent_back(command, state.ticket_of(key)) for key in own]
    return [*sent_back, closed]


def _sent_back(command: CloseWindow, ticket: Ticket) -> TicketTransferred:
    return TicketTransferred(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        from_window=command.window,
        queue=ticket.queue,
        to_window="",
        reason="window-closed",
        ready_at=0,
    )


def _skills(rules: WindowRules, queues: list[str] | None) -> list[Skill]:
    if queues is None:
        return list(rules.skills)
    if not queues:
        raise QueueUnknown("")
    by_queue = {skill.queue: skill for skill in rules.skills}
    for queue in queues:
        if queue not in by_queue:
            raise QueueUnknown(queue)
    return [by_queue[queue] for queue in dict.fromkeys(queues)]
