"""What the generator of rehearsed days is told about a hall.

The defaults were measured in real halls or are assumptions; a shipped ``hall.toml``
says of each which it is.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from queue_core.values import Grade

from .kinds import (
    ClockTime,
    Limit,
    Percent,
    Positive,
    Seconds,
    Share,
    Slug,
    WindowRanges,
)
from .parts import Part, usual


class RehearsalZone(Part, frozen=True, kw_only=True, omit_defaults=True):
    """What a rehearsed day brings to one zone."""

    zone: Slug
    share_percent: Percent
    """Share of the day's tickets."""
    mean_minutes: Positive
    """Mean of the service time; its coefficient of variation is ``cv``."""
    cv: Positive
    staffed: list[WindowRanges]
    """The windows that are open; together they serve every queue of the zone."""
    basis: Literal["assumption", "measured"] = "assumption"


class ChannelPercents(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Where tickets are taken."""

    kiosk: Percent = 65.0
    phone: Percent = 30.0
    help_desk: Percent = 5.0


class Rehearsal(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The parameters of the generator that rehearses a day."""

    tickets_per_day: Limit = 393
    stress_tickets_per_day: Limit = 933
    first_half_hour: ClockTime = "08:30"
    half_hour_percents: list[Share] = usual(
        *(3.0, 11.0, 11.5, 11.0, 9.5, 7.0, 3.5, 1.0, 2.0),
        *(7.0, 7.0, 7.0, 6.5, 5.5, 4.5, 2.5, 0.5),
    )
    weekday_factors: list[Positive] = usual(1.22, 1.04, 0.98, 0.94, 0.82)
    """Monday first; a weekday that is missing has the last factor."""
    day_factor_sd: Share = 0.10
    item_zipf: Share = 0.9
    item_factor_sd: Share = 0.25
    clerk_factor_sd: Share = 0.18
    shortest_service_seconds: Seconds = 30
    channels: ChannelPercents = ChannelPercents()
    green_percent: Percent = 6.0
    appointment_percent: Percent = 6.6
    appointment_early_mean_minutes: Share = 8.0
    appointment_early_sd_minutes: Share = 9.0
    appointment_no_show_percent: Percent = 12.0
    missed_percent: Percent = 8.0
    missed_return_percent: Percent = 60.0
    patience_mean_minutes: Positive = 120.0
    transfer_percent: Percent = 7.0
    several_items_percent: Percent = 12.0
    three_of_several_percent: Percent = 20.0
    evaluation_percent: Percent = 98.52
    grade_weights: dict[Grade, Share] = msgspec.field(
        default_factory=lambda: {
            "very-satisfied": 0.935,
            "satisfied": 0.0612,
            "basically-satisfied": 0.0034,
            "dissatisfied": 0.0003,
            "very-dissatisfied": 0.0001,
        }
    )
    zones: list[RehearsalZone] = usual()
