"""Notices as topics tell them.

    notice   [notice, at, until_at, zh, en, zones]
             the manager's page adds [..., audience, windows, by]

``en`` is empty where the Chinese words stand for both, ``zones`` where the whole hall
is told; ``audience`` is 0 everyone, 1 staff. A notice is over at ``until_at``: the
screen takes it away by its own clock. Their list always comes whole, oldest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from projections.live.places import LiveNotice, LiveWindow
    from projections.live_hall import LiveHall


def notices_for_citizens(live: LiveHall, zone: str = "") -> list[list[Any]]:
    """Return what boards and phones of a zone, or of the hall, say to everyone."""
    notices = live.notices.values()
    return [_row(one) for one in notices if one.concerns_citizens(zone)]


def notices_for_clerk(live: LiveHall, window: LiveWindow) -> list[list[Any]]:
    """Return what the console of a window says."""
    return [_row(one) for one in live.notices.values() if one.concerns_clerk(window)]


def all_notices(live: LiveHall) -> list[list[Any]]:
    """Return every notice with whom it is for and who broadcast it."""
    return [
        [*_row(one), int(one.audience == "staff"), list(one.windows), one.by]
        for one in live.notices.values()
    ]


def _row(one: LiveNotice) -> list[Any]:
    return [one.notice, one.at, one.until_at, one.zh, one.en, list(one.zones)]
