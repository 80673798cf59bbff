"""Noticing that the machine's clock was set back, or leapt hours ahead.

The hall's clock goes on as if nothing had happened, so numbers and order stay. Its
times then differ from the wall's; whoever reads the record must be able to know that.
"""

from __future__ import annotations

import asyncio
import logging

from queue_core.clock import DOUBT_SECONDS, RESYNC_MS, HallClock


logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


async def watch_clock(clock: HallClock, look_seconds: float = LOOK_SECONDS) -> None:
    """Tell when the machine's clock goes wrong, and when it is right again."""
    told = ""
    while True:
        behind_ms, ahead_ms = clock.set_back_ms(), clock.set_ahead_ms()
        found = "behind" if behind_ms > RESYNC_MS else "ahead" if ahead_ms else ""
        if found != told:
            told = found
            tell(behind_ms, ahead_ms)
        await asyncio.sleep(look_seconds)


def tell(behind_ms: int, ahead_ms: int) -> None:
    """Write down how the machine's clock stands to the hall's."""
    if behind_ms > RESYNC_MS:
        logger.warning(
            "the machine's clock is %d s behind the hall's, which goes on",
            behind_ms // 1000,
        )
    elif ahead_ms:
        logger.warning(
            "the machine's clock leapt %d s ahead; the hall follows in %d minutes",
            ahead_ms // 1000,
            DOUBT_SECONDS // 60,
        )
    else:
        logger.warning("the machine's clock is right again")
