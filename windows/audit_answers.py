"""What an auditor asks, and what he is answered."""

from __future__ import annotations

from typing import Annotated

import msgspec

from projections.answers import Answer
from queue_core.interface.fields import CalendarDate, Line

from .staff_answers import Asked


class AuditQuery(Asked, kw_only=True):
    """Which hall (``house`` for what concerns none), dates, account and action."""

    hall: Line = ""
    first: CalendarDate | None = None
    """Without dates: today, by the machine's clock."""
    last: CalendarDate | None = None
    account: Line = ""
    action: Line = ""
    commands: bool = True
    """Whether the commands of staff in the halls' days are wanted, too."""
    limit: Annotated[int, msgspec.Meta(ge=1, le=2000)] = 500


class AuditRow(Answer, frozen=True, kw_only=True):
    """One thing that was done or refused, with the event that proves it."""

    at: int
    hall: str
    by: str
    action: str
    whom: str
    place: str
    address: str
    times: int
    since_at: int
    detail: str
    stream: str
    version: int


class AuditList(Answer, frozen=True, kw_only=True):
    """The newest first."""

    lines: list[AuditRow]
    count: int
    """How many there are; the list holds the first of them."""
