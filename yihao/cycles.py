"""Sparing the collector of cycles, which else stops a large house for a moment.

Most of what a house holds was made when it was opened: profiles, routes, the index of
the items. It lives as long as the house and is never part of a cycle that could be
given back, yet the collector walks through all of it whenever a quarter as much has
been added, and nobody is answered meanwhile.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable

from projections.halls import Hall


THRESHOLDS = (20_000, 20, 50)
"""New objects before the youngest are looked through, and how often the older ones.

Commands and events are known to the collector as what can hold no cycle; what is left
of a request is a few dozen objects.
"""


async def spare_what_stays(halls: Iterable[Hall]) -> None:
    """Leave what there is when all halls can be searched to no collector any more."""
    await asyncio.gather(*(hall.search_index() for hall in halls))
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
