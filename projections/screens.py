"""The screens of a hall, as whoever looks after them must know them."""

from __future__ import annotations

from typing import NamedTuple

from .topics.names import Topic


class Watched(NamedTuple):
    """The screens of one topic, by their own reports."""

    topic: Topic
    screens: int
    """Those that are there and have reported."""
    stale: int
    """Those of them that show an old picture, or have not reported for long."""
    stale_seconds: float
    """For how long the worst of them."""
    missing: int
    """Those that were there and have gone."""
    missing_seconds: float
    """Since the last of them has gone."""
