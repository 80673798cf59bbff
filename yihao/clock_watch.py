"""Noticing that the machine's clock is behind the hall's: it was set back.

The hall's clock goes on as if nothing had happened, so numbers and order stay. Its
times are then ahead of the wall's; whoever reads the record must be able to know that.
"""

from __future__ import annotations

import asyncio
import logging

from queue_core.clock import RESYNC_MS, HallClock


logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


async def watch_clock(clock: HallClock, look_seconds: float = LOOK_SECONDS) -> None:
    """Tell when the machine's clock falls behind, and when it is right again."""
    was_behind = False
    while True:
        behind_ms = clock.set_back_ms()
        if (behind_ms > RESYNC_MS) != was_behind:
            was_behind = not was_behind
            if was_behind:
                logger.warning(
                    "the machine's clock is %d s behind the hall's, which goes on",
                    behind_ms // 1000,
                )
            else:
                logger.warning("the machine's clock is right again")
        await asyncio.sleep(look_seconds)
