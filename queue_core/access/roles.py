"""Who may do what: one table, to be read line by line.

A role is given to a member of staff by an administrator; a device has a kind; a
citizen is whoever holds a ticket's secret. What else must hold is checked where the
facts are: a clerk acts at the window where he is on duty, a citizen on his own ticket,
a pad on the services of its window, and nobody outside his own hall.
"""

from __future__ import annotations

from typing import Literal, get_args


Role = Literal["clerk", "help-desk", "manager", "inspector", "administrator", "auditor"]
"""窗口人员, 导办台, 大厅管理, 巡查, 系统管理, 安全审计."""

DeviceKind = Literal["kiosk", "pad", "sign"]
"""取号机, 评价器, 窗口屏."""

Right = Literal[
    "see-hall",
    "sign-in",
    "wish-device",
    "take-number",
    "take-number-for-others",
    "see-printer",
    "see-ticket",
    "change-ticket",
    "hear-of-ticket",
    "see-service",
    "evaluate",
    "see-window",
    "see-console",
    "serve-window",
    "see-person",
    "find-ticket",
    "pin-ticket",
    "broadcast-notice",
    "run-day",
    "see-manager-page",
    "see-reports",
    "adopt-profile",
    "erase-person",
    "manage-devices",
    "manage-accounts",
    "see-audit",
    "have-session",
    "have-second-factor",
]

TopicKind = Literal["board", "window", "ticket", "console", "manager"]
"""The pictures that the live link tells, and goes on telling."""

ROLES: tuple[Role, ...] = get_args(Role)
DEVICE_KINDS: tuple[DeviceKind, ...] = get_args(DeviceKind)

ANYONE = frozenset({"anyone"})
STAFF = frozenset[str](ROLES)

RIGHTS: dict[Right, frozenset[str]] = {
    # Open to everybody who comes in.
    "see-hall": ANYONE,
    "sign-in": ANYONE,
    "take-number": ANYONE,
    # A machine that nobody has enrolled yet shows a code, and asks whether it is.
    "wish-device": ANYONE,
    # Numbers of any class, printed at a machine or given at the help desk.
    "take-number-for-others": frozenset({"kiosk", "help-desk", "manager"}),
    # A machine asks for the printer beside it.
    "see-printer": frozenset({"kiosk"}),
    # A ticket and what became of it.
    "see-ticket": frozenset({"citizen"}) | STAFF,
    "change-ticket": frozenset({"citizen", "help-desk", "manager"}),
    "hear-of-ticket": frozenset({"citizen"}),
    "see-service": frozenset({"citizen", "pad"}) | STAFF,
    # Nobody evaluates in a citizen's place: no role of the staff stands here.
    "evaluate": frozenset({"citizen", "pad"}),
    # A window.
    "see-window": frozenset({"pad", "sign"}) | STAFF,
    "see-console": STAFF,
    "serve-window": frozenset({"clerk"}),
    # Who stands at his own window, behind masks.
    "see-person": frozenset({"clerk"}),
    # The hall.
    "find-ticket": STAFF,
    "pin-ticket": frozenset({"manager"}),
    "broadcast-notice": frozenset({"manager"}),
    "run-day": frozenset({"manager"}),
    "see-manager-page": frozenset({"manager", "inspector", "auditor"}),
    "see-reports": frozenset({"manager", "inspector", "auditor"}),
    # The house.
    "adopt-profile": frozenset({"administrator"}),
    # And hold, and release.
    "erase-person": frozenset({"administrator"}),
    "manage-devices": frozenset({"manager", "administrator"}),
    "manage-accounts": frozenset({"administrator"}),
    # Whoever can change accounts does not read what is noted about it, nor the other
    # way round: the auditor reads, and has no right that changes anything.
    "see-audit": frozenset({"auditor"}),
    "have-session": STAFF,
    # Clerks share windows and sign in many times a day; who decides more, shows more.
    "have-second-factor": frozenset(
        {"manager", "inspector", "administrator", "auditor"}
    ),
}

TOPICS: dict[TopicKind, Right] = {
    "board": "see-hall",
    "window": "see-window",
    "ticket": "see-ticket",
    "console": "see-console",
    "manager": "see-manager-page",
}
"""The right that a topic of the live link needs, as a route needs its own."""


def is_open(right: Right) -> bool:
    """Return whether anybody has the right, known or not."""
    return RIGHTS[right] == ANYONE


def has_right(who: str, right: Right) -> bool:
    """Return whether a role, a kind of device or ``citizen`` has the right."""
    return is_open(right) or who in RIGHTS[right]
