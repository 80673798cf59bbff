"""The plain values that commands, events and rules share.

Instants are whole milliseconds since 1970-01-01 UTC (fields named ``at`` or ending in
``_at``); durations are whole seconds (fields ending in ``_seconds``). Every structure
here is stored as a MessagePack array inside an event, so a field is never removed,
changed in meaning or put before another: new ones are added at the end with a default.
"""

from __future__ import annotations

from typing import Literal

import msgspec


UNSEEN = (
    r"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb"
)
"""Characters, for a pattern's brackets, that nobody sees and that change what others
see: controls, overrides of the direction of writing (CVE-2021-42574), spaces without
width. The joiners U+200C and U+200D stay: some scripts and many signs need them."""


TicketClass = Literal["green", "appointment", "ordinary"]
"""The category whose published credit moves a ticket forward: 绿色通道, 预约, 普通."""

Channel = Literal["kiosk", "phone", "help-desk"]
"""Where a ticket was taken: 取号机, 手机, 导办台."""

Language = Literal["zh", "en"]

Outcome = Literal[
    "done", "accepted", "needs-supplement", "consulted", "wrong-item", "left"
]
"""How a service ended: 办结, 受理, 补正, 咨询, 事项不符, 离开."""

EndReason = Literal["served", "cancelled", "no-show", "expired"]
"""Why a ticket is no longer live: 办毕, 取消, 过号作废, 日终作废."""

ParkedReason = Literal["missed", "paused", "preparing"]
"""Why a live ticket is not in line: 过号, 暂离, 准备材料."""

CallGround = Literal["rule", "pinned", "transferred", "held"]
"""What allowed a call: the dispatch rule, a manager's pin, a transfer, a hold."""

SkillLevel = Literal["primary", "backup"]

Grade = Literal[
    "very-satisfied",
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "very-dissatisfied",
]
"""The five grades of 好差评, by name: national codes run in both directions."""

BAD_GRADES: frozenset[str] = frozenset({"dissatisfied", "very-dissatisfied"})

EvaluationChannel = Literal["pad", "phone", "counter-code"]
"""Where an evaluation was given: 评价器, 手机, 窗口静态码."""

AuditAction = Literal[
    "signed-in",
    "signed-out",
    "session-ended",
    "came-from",
    "sign-in-refused",
    "locked-out",
    "refused",
    "account-added",
    "role-changed",
    "account-disabled",
    "account-enabled",
    "password-changed",
    "second-factor-added",
    "second-factor-removed",
    "recovery-code-used",
    "device-added",
    "device-revoked",
]
"""What the audit tells of accounts and devices. One is only ever added."""

Audience = Literal["everyone", "staff"]
"""Whom a notice is for: all who are in the hall, or the clerks at their consoles."""

ErasureGround = Literal["asked", "days-over"]
"""Why persons were erased: they asked for it, or the profile's days were over."""

CLASS_RANK: dict[str, int] = {"green": 0, "appointment": 1, "ordinary": 2}
"""The order of classes when two effective times are equal."""


class Value(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """A plain structure that stands inside commands and events."""


class Skill(Value, frozen=True, kw_only=True, array_like=True):
    """A window serves ``queue``; as a backup only ``offset_seconds`` later."""

    queue: str
    level: SkillLevel = "primary"
    offset_seconds: int = 0


class QueueRules(Value, frozen=True, kw_only=True, array_like=True):
    """A queue: its zone, its letter and number range, its quota for a day (0: none)."""

    queue: str
    zone: str
    letter: str
    first_number: int = 1
    last_number: int = 999
    daily_quota: int = 0


class WindowRules(Value, frozen=True, kw_only=True, array_like=True):
    """A window of the hall and what it may serve. List order is window order."""

    window: str
    zone: str
    skills: list[Skill]


class ItemRules(Value, frozen=True, kw_only=True, array_like=True):
    """An item, the queue that serves it, and its quota for a day (0: none)."""

    item: str
    queue: str
    daily_quota: int = 0


class HallRules(Value, frozen=True, kw_only=True, array_like=True):
    """The part of a hall profile that decisions need. It stands whole in the log."""

    revision: str
    """Content hash of the profile that these rules were read from."""
    queues: list[QueueRules]
    windows: list[WindowRules]
    items: list[ItemRules]
    green_credit_seconds: int = 1200
    appointment_credit_seconds: int = 600
    ordinary_credit_seconds: int = 0
    appointment_early_seconds: int = 1800
    """A booked citizen may check in this long before the booked time at no loss."""
    appointment_late_seconds: int = 600
    """Checked in later than this after the booked time, the ticket is ordinary."""
    announcements_limit: int = 3
    """How often one call may be announced: the call itself and its recalls."""
    missed_limit: int = 3
    missed_return_after_calls: int = 3
    missed_not_before_seconds: int = 60
    pause_limit_seconds: int = 1800
    pauses_limit: int = 1
    subject_daily_limit: int = 5
    """Tickets one subject may take in a day (0: no limit)."""
    green_channels: list[Channel] = msgspec.field(
        default_factory=lambda: ["kiosk", "help-desk"]
    )
    help_desk: str = "导办台"
    """Where a citizen is sent when no open window serves the item."""
    wait_target_seconds: int = 900
    """How long nobody should wait: no decision asks, but the day is judged by it."""
    undo_seconds: int = 30
    """A mistaken miss or completion may be undone for so long (0: never)."""


class Session(Value, frozen=True, kw_only=True, array_like=True):
    """A stretch of the day in which windows serve: [opens_at, closes_at)."""

    opens_at: int
    closes_at: int


class DayHours(Value, frozen=True, kw_only=True, array_like=True):
    """The instants of one business day, computed from local hours by the profile."""

    doors_at: int
    """From here tickets are issued."""
    sessions: list[Session]
    closing_soon_at: int
    """From here tickets carry the note "closing soon, you may not be served"."""
    cut_off_at: int
    """From here no walk-in ticket is issued."""
    closes_at: int
    """The end of ordinary hours; only extended windows go on calling."""
    ends_at: int
    """From here the day is closed whatever still waits."""


class Seal(Value, frozen=True, kw_only=True, array_like=True):
    """The signed head of a day, in hexadecimal; see ``docs/proof.md``."""

    size: int
    """How many events the day has."""
    root: str
    """The head of the tree of the day's events."""
    beside_upto: int
    """The last position that was looked through for events beside the days."""
    beside_size: int
    """How many there are, such as evaluations, since the day that was sealed before."""
    beside_root: str
    """The head of their tree, in the order of the log."""
    previous: str
    """The hash of the signed head before this one; empty in the hall's first."""
    algorithm: str
    key: str
    """The id of the key: the SHA-256 of the public key."""
    public_key: str
    """DER of a SubjectPublicKeyInfo."""
    signature: str
    head: str
    """The hash of this signed head."""
    audit_size: int = 0
    """How many notes of the audit there are, the hall's own and the house's, since
    the head before."""
    audit_root: str = ""
    """The head of their tree, in the order of the log; empty in heads of format 1,
    which say nothing of the audit."""
