"""What managers and inspectors ask about a hall as it stood, and what is answered."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from projections.answers import Answer
from projections.places_told import HoursToday, Places
from queue_core.interface.fields import CalendarDate, Line
from queue_core.values import Language, TicketClass

from .staff_answers import Asked, HistoryRow


MOMENT = r"^([0-9]{1,13}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"


class MomentQuery(Asked, kw_only=True):
    """When: a version, an instant or a local date and time; and how to tell it."""

    at: Annotated[
        str,
        msgspec.Meta(
            max_length=19,
            pattern=MOMENT,
            description="A version of the day, an instant in milliseconds since 1970 "
            "UTC, or local date and time as 2026-03-02T09:30. Empty: the latest.",
        ),
    ] = ""
    date: CalendarDate | None = None
    """Which day a version belongs to; today without it."""
    language: Language = "zh"
    labels: Line = ""
    """The labels that the caller has already: he is not told them again."""


class WaitingShown(Answer, frozen=True, kw_only=True):
    """A ticket in its line."""

    ticket: str
    number: str
    class_: TicketClass
    items: list[str]
    issued_at: int
    waiting_since: int
    effective_at: int
    pinned: bool
    returned: bool
    """It came back into line after a missed call."""


class LineShown(Answer, frozen=True, kw_only=True):
    """Who waits in a queue, or for one window alone, in the order of dispatch."""

    queue: str
    """Empty: the line of one window."""
    window: str | None
    extended: bool
    zone: str
    waiting: list[WaitingShown]


class ParkedShown(Answer, frozen=True, kw_only=True):
    """A ticket that is not in line for a while."""

    ticket: str
    number: str
    queue: str
    zone: str
    reason: str
    since_at: int


class Moment(Answer, frozen=True, kw_only=True):
    """A hall as it stood at one version of one day, from its record alone.

    ``board`` and ``manager`` are the states that the live link told the board and the
    manager's page then, place by place as ``projections/topics`` describes them.
    """

    hall: str
    date: str
    version: int
    at: int
    """The instant that is shown: the one asked for, or that of the version's event."""
    first_version: int
    last_version: int
    first_at: int
    last_at: int
    event: HistoryRow
    """The event that led to this version."""
    previous: HistoryRow | None
    next: HistoryRow | None
    board: list[Any]
    manager: list[Any]
    lines: list[LineShown]
    parked: list[ParkedShown]
    wait_target_seconds: int
    hours: HoursToday | None
    labels: str
    """Which labels the hall had then."""
    places: Places | None
    """Those labels; None where the caller has them."""
