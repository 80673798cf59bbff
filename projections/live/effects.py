"""What one event touched: the notes from which the topics make their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from .places import LineKey, LiveCall, LiveTicket


CALLED, RECALLED, HERE, OFF = 0, 1, 2, 3
"""What happened to a call, as boards number it."""


class Effects:
    """The notes of one event. They refer to the live picture: read them at once."""

    __slots__ = (
        "calls",
        "day",
        "duties",
        "figures",
        "joined",
        "left",
        "notices",
        "offered",
        "parked",
        "rows",
        "rules",
        "tickets",
        "unparked",
        "windows",
        "zones",
    )

    def __init__(self) -> None:
        self.calls: list[tuple[int, LiveCall]] = []
        """What happened to calls, in order."""
        self.windows: list[str] = []
        """Windows whose duty, ticket or held tickets may have changed."""
        self.duties: list[str] = []
        """Windows that were opened, paused, resumed or closed."""
        self.tickets: list[LiveTicket] = []
        """Tickets whose own state may have changed."""
        self.left: list[tuple[LineKey, LiveTicket]] = []
        self.joined: list[LiveTicket] = []
        self.rows: list[LiveTicket] = []
        """Waiting tickets that stay where they are but look different now."""
        self.unparked: list[tuple[LineKey, LiveTicket]] = []
        self.parked: list[LiveTicket] = []
        self.zones: set[str] = set()
        self.offered: tuple[str, LiveTicket] | None = None
        """The window that should call a new ticket, by the arrival rule."""
        self.figures = False
        self.day = False
        self.notices = False
        """A notice was broadcast or withdrawn."""
        self.rules = False
        """The zones, windows or queues of the hall may be others now."""

    @property
    def moves_rows(self) -> bool:
        """Tell whether the waiting or the parked changed anywhere."""
        return bool(
            self.left or self.joined or self.rows or self.unparked or self.parked
        )
