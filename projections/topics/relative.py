"""How what is new in a frame stands in its bytes: relative to the frame.

A call on a board is told with its id, which is the version of the hall-day that it
brought, and with its instant. The frame carries the version that it leads to and the
instant at which it is sent, so in a delta both stand as what they lie before these:

    [0, call, number, window, called_at, class]
    [0, version - call, number, window, sent_at - called_at, class]

That is one byte or two each instead of three and nine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.live.effects import CALLED


if TYPE_CHECKING:
    from collections.abc import Sequence


def turned(
    topic: str, changes: Sequence[list[Any]], version: int, sent_at: int
) -> list[list[Any]]:
    """Return a topic's changes as they stand in a frame; or, from there, as they are.

    The one is the other's opposite as well as itself.
    """
    if not topic.startswith("board/"):
        return list(changes)
    return [
        [CALLED, version - change[1], *change[2:4], sent_at - change[4], *change[5:]]
        if change[0] == CALLED
        else change
        for change in changes
    ]
