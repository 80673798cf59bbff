"""What must be known of a hall-day to go on folding it at any event.

It is kept beside the figures while the day is open, so that whoever goes on after a
restart, or in another process, needs nothing of the record that was read before.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from queue_core.profiles.profile import HallProfile

from .service_rows import ServiceRow


class OpenTicket(msgspec.Struct, array_like=True, gc=False):
    """A ticket that has not ended, or whose end may still be undone.

    An instant or version of 0 means: not yet.
    """

    number: str
    ticket_class: str
    channel: str
    item: str
    department: str
    queue: str
    zone: str
    half_hour: int
    issued_at: int
    issued_version: int
    due_at: int
    """When the number was taken, or the booked time, if that is later."""
    called_queue: str = ""
    """The queue from which it was called last."""
    calls: int = 0
    missed: int = 0
    wait_ms: int = 0
    """From ``due_at`` to the first call."""
    step_at: int = 0
    """When this step of the visit began."""
    step_called_at: int = 0
    step_called_version: int = 0
    service: str = ""
    """The service that goes on; empty: none."""
    window: str = ""
    clerk: str = ""
    started_at: int = 0
    started_version: int = 0
    held_at: int = 0
    held_ms: int = 0
    ended: str = ""
    """How it ended; it is counted when that cannot be undone any more."""
    done_at: str = ""
    """The window that missed or served it last, until that has another ticket."""
    reopened: ServiceRow | None = None
    """The row of its service that was finished by mistake and goes on again."""


class LastDone(msgspec.Struct, array_like=True, gc=False):
    """What a window did last, and how its ticket was before: it may be undone."""

    ticket: str
    row: ServiceRow | None
    """The service that it finished; None: it missed the ticket."""
    step_at: int
    step_called_at: int
    step_called_version: int


class OpenDuty(msgspec.Struct, array_like=True, gc=False):
    """A clerk who is on duty at a window."""

    clerk: str
    opened_at: int


class OpenDay(msgspec.Struct, array_like=True):
    """A hall-day that goes on."""

    zone_of_queue: dict[str, str] = msgspec.field(default_factory=dict)
    tickets: dict[str, OpenTicket] = msgspec.field(default_factory=dict)
    duties: dict[str, OpenDuty] = msgspec.field(default_factory=dict)
    """By window."""
    last: dict[str, LastDone] = msgspec.field(default_factory=dict)
    """By window, until it has another ticket."""


class KeptHall(msgspec.Struct, frozen=True, kw_only=True):
    """What the profile says by which a hall works, as far as figures need it."""

    timezone: str = "Asia/Shanghai"
    department_of_item: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The hall's time zone."""
        return ZoneInfo(self.timezone)


def kept_hall(profile: HallProfile) -> KeptHall:
    """Return what figures need of a profile."""
    return KeptHall(
        timezone=profile.timezone,
        department_of_item={item.item: item.department for item in profile.items},
    )
