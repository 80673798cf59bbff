"""What notices change in the live picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .places import LiveNotice


if TYPE_CHECKING:
    from projections.live_hall import LiveHall
    from queue_core import events as e

    from .effects import Effects


def notice_broadcast(
    live: LiveHall, event: e.NoticeBroadcast, effects: Effects
) -> None:
    """A notice stands; those that are over by now are forgotten.

    Screens do not wait for that: they know when a notice is over.
    """
    over = [name for name, one in live.notices.items() if one.until_at <= event.at]
    for name in over:
        del live.notices[name]
    live.notices[event.notice] = LiveNotice(
        notice=event.notice,
        at=event.at,
        until_at=event.until_at,
        zh=event.zh,
        en=event.en,
        audience=event.audience,
        zones=tuple(event.zones),
        windows=tuple(event.windows),
        by=event.by,
    )
    effects.notices = True


def notice_withdrawn(
    live: LiveHall, event: e.NoticeWithdrawn, effects: Effects
) -> None:
    """A notice was taken back."""
    live.notices.pop(event.notice, None)
    effects.notices = True
