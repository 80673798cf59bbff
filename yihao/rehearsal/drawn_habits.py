"""What people do in a hall besides waiting and being served."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from queue_core.profiles.rehearsed_day import Rehearsal
from queue_core.values import Channel, Outcome, TicketClass

from .visitors import Habits


WALK_MEDIAN_SECONDS = 12.0
WALK_SIGMA = 0.35
FOLLOWS_SHARE = 0.7
"""Of those who took a number by phone, so many follow it on the phone."""
PAUSES_SHARE = 0.12
GIVES_BACK_SHARE = 0.6
ADDS_ITEM_SHARE = 0.3
HELD_SHARE = 0.03
RATES_BY_PHONE_SHARE = 0.5
TO_WINDOW_SHARE = 0.3
PREPARES_SHARE = 0.4
PREPARES_SECONDS = 300
OUTCOMES: tuple[tuple[Outcome, float], ...] = (
    ("done", 0.62),
    ("accepted", 0.84),
    ("needs-supplement", 0.91),
    ("consulted", 0.96),
    ("wrong-item", 0.985),
    ("left", 1.0),
)
"""How services end, as cumulated shares (an assumption)."""


class DrawnHabits:
    """The habits of everybody who comes on one day."""

    def __init__(self, settings: Rehearsal, random: Generator, count: int) -> None:
        self.channels = settings.channels
        self.draws = random.random((count, 11))
        self.walks = random.normal(np.log(WALK_MEDIAN_SECONDS), WALK_SIGMA, count)

    def channel(self, n: int, ticket_class: TicketClass) -> Channel:
        """Return where the number is taken; only ordinary ones come by phone."""
        channels = self.channels
        total = channels.kiosk + channels.phone + channels.help_desk
        drawn = self.draws[n][0] * total
        if drawn < channels.help_desk:
            return "help-desk"
        by_phone = drawn < channels.help_desk + channels.phone
        return "phone" if by_phone and ticket_class == "ordinary" else "kiosk"

    def habits(self, n: int, items: int, channel: Channel) -> Habits:
        """Return the habits of the n-th person, who brings so many items."""
        draws = [float(draw) for draw in self.draws[n]]
        by_phone = channel == "phone"
        return Habits(
            walk_seconds=float(np.exp(self.walks[n])),
            follows=by_phone and draws[1] < FOLLOWS_SHARE,
            pauses=by_phone and draws[2] < PAUSES_SHARE,
            gives_back=by_phone or draws[3] < GIVES_BACK_SHARE,
            adds_item=items > 1 and draws[4] < ADDS_ITEM_SHARE,
            held=draws[5] < HELD_SHARE,
            rates_by_phone=by_phone and draws[6] < RATES_BY_PHONE_SHARE,
            transfer_to_window=draws[7] < TO_WINDOW_SHARE,
            prepares_seconds=PREPARES_SECONDS if draws[8] < PREPARES_SHARE else 0,
            outcome=next(name for name, bound in OUTCOMES if draws[9] < bound),
        )
