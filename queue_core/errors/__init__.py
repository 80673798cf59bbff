"""What can go wrong, in one tree.

    YihaoError
    ├── Refused           the rules say no, now (one class per reason, below)
    ├── ParseError        a request, profile or stored byte cannot be understood
    ├── Conflict          another writer was first; read on and decide again
    └── LogError          storage failed; nothing was recorded
        └── Overloaded    too many commands wait already; nothing was recorded

A refusal has a stable ``code``, a sentence with its values, and the values themselves
as ``details()``. Which HTTP status a code maps to stands in ``interface/statuses.py``.
"""

from __future__ import annotations

from .duty import (
    ClerkElsewhere,
    NotOnDuty,
    QueueUnknown,
    TicketsHeld,
    WindowBusy,
    WindowNotOpen,
    WindowNotPaused,
    WindowOccupied,
    WindowPausedNow,
    WindowUnknown,
)
from .evaluation import (
    AlreadyEvaluated,
    CommandIdReused,
    GroundMissing,
    IndicatorUnknown,
    ServiceNotFinished,
    ServiceUnknown,
)
from .notices import NoticeOver, NoticesEnough, NoticeUnknown, ZoneUnknown
from .taking import (
    ClassNotAllowed,
    DayAlreadyOpen,
    DayEnded,
    DayNotOpen,
    DoorsClosed,
    ItemUnknown,
    LiveTicketExists,
    NoWindowServes,
    NumbersExhausted,
    QuotaReached,
    TicketsLeft,
)
from .ticket import (
    AnnouncedEnough,
    NothingToUndo,
    NoTicketAtWindow,
    PauseUsed,
    ServiceNotStarted,
    ServiceStartedAlready,
    SupplementMissing,
    TicketBusy,
    TicketGone,
    TicketMovedOn,
    TicketNotCallable,
    TicketNotHeld,
    TicketUnknown,
    TransferTargetUnclear,
    UndoTooLate,
)
from .tree import (
    Conflict,
    LogError,
    Overloaded,
    ParseError,
    Refused,
    YihaoError,
)


__all__ = [
    "AlreadyEvaluated",
    "AnnouncedEnough",
    "ClassNotAllowed",
    "ClerkElsewhere",
    "CommandIdReused",
    "Conflict",
    "DayAlreadyOpen",
    "DayEnded",
    "DayNotOpen",
    "DoorsClosed",
    "GroundMissing",
    "IndicatorUnknown",
    "ItemUnknown",
    "LiveTicketExists",
    "LogError",
    "NoTicketAtWindow",
    "NoWindowServes",
    "NotOnDuty",
    "NothingToUndo",
    "NoticeOver",
    "NoticeUnknown",
    "NoticesEnough",
    "NumbersExhausted",
    "Overloaded",
    "ParseError",
    "PauseUsed",
    "QueueUnknown",
    "QuotaReached",
    "Refused",
    "ServiceNotFinished",
    "ServiceNotStarted",
    "ServiceStartedAlready",
    "ServiceUnknown",
    "SupplementMissing",
    "TicketBusy",
    "TicketGone",
    "TicketMovedOn",
    "TicketNotCallable",
    "TicketNotHeld",
    "TicketUnknown",
    "TicketsHeld",
    "TicketsLeft",
    "TransferTargetUnclear",
    "UndoTooLate",
    "WindowBusy",
    "WindowNotOpen",
    "WindowNotPaused",
    "WindowOccupied",
    "WindowPausedNow",
    "WindowUnknown",
    "YihaoError",
    "ZoneUnknown",
]
