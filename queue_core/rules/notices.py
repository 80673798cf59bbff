"""Notices to the hall: broadcast until a time, and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import (
    NoticeOver,
    NoticesEnough,
    NoticeUnknown,
    WindowUnknown,
    ZoneUnknown,
)
from queue_core.events import HallDayEvent, NoticeBroadcast, NoticeWithdrawn


if TYPE_CHECKING:
    from queue_core.commands import BroadcastNotice, WithdrawNotice

    from .state import HallDay

NOTICES_LIMIT = 8
"""So many may stand at a time: a board that says everything says nothing."""


def broadcast_notice(state: HallDay, command: BroadcastNotice) -> list[HallDayEvent]:
    """Tell the hall something; with the day, whatever was told in it is over."""
    known = {queue.zone for queue in state.rules.queues}
    known |= {window.zone for window in state.rules.windows}
    for zone in command.zones:
        if zone not in known:
            raise ZoneUnknown(zone)
    for window in command.windows:
        if window not in state.window_rules:
            raise WindowUnknown(window)
    ends_at = state.hours.ends_at
    until_at = min(command.until_at or ends_at, ends_at)
    if until_at <= command.at:
        raise NoticeOver(until_at)
    standing = [end for end in state.notices.values() if end > command.at]
    if len(standing) >= NOTICES_LIMIT:
        raise NoticesEnough(NOTICES_LIMIT)
    return [
        NoticeBroadcast(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            notice=command.notice,
            zh=command.zh,
            en=command.en,
            audience="staff" if command.windows else command.audience,
            zones=list(dict.fromkeys(command.zones)),
            windows=list(dict.fromkeys(command.windows)),
            until_at=until_at,
        )
    ]


def withdraw_notice(state: HallDay, command: WithdrawNotice) -> list[HallDayEvent]:
    """Take back a notice that stands."""
    if state.notices.get(command.notice, 0) <= command.at:
        raise NoticeUnknown(command.notice)
    return [
        NoticeWithdrawn(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            notice=command.notice,
        )
    ]
