"""What managers, inspectors and administrators ask, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from projections.answers import Answer, DayState, TicketState
from projections.behind import FigureName
from queue_core.access.roles import DeviceKind, Role
from queue_core.interface.fields import (
    ONE_LINE,
    CalendarDate,
    FilledLine,
    Instant,
    Line,
    Name,
    NewPassword,
    Password,
)
from queue_core.values import Grade, Language, TicketClass


class Asked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What staff ask."""


# Signing in.

Code = Annotated[str, msgspec.Meta(max_length=20, pattern=ONE_LINE)]
"""A code of six digits, or a recovery code."""


class SignInAsked(Asked, kw_only=True):
    """An account and its password."""

    account: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    password: Password
    code: Code = ""
    """Of the second factor, where the account has one; or a recovery code."""


class SessionAnswer(Answer, frozen=True, kw_only=True):
    """Who is signed in. ``csrf`` goes with every command of a page."""

    account: str
    name: str
    role: Role
    hall: str
    """Empty: every hall of the house."""
    csrf: str


class SignedIn(SessionAnswer, frozen=True, kw_only=True):
    """A new session. ``token`` is for programs; pages have the cookie."""

    token: str


class SignInWays(Answer, frozen=True, kw_only=True):
    """How staff may sign in beside account and password."""

    unified: bool


class SignOnBegun(Answer, frozen=True, kw_only=True):
    """Where the page goes to ask, and what it must keep and bring back."""

    address: str
    begun: str


Brought = Annotated[str, msgspec.Meta(min_length=1, max_length=4096, pattern=ONE_LINE)]


class SignOnAsked(Asked, kw_only=True):
    """What the provider sent along, and what the page kept."""

    begun: Brought
    state: Brought
    code: Brought


class FactorAnswer(Answer, frozen=True, kw_only=True):
    """Whether an account is asked for codes."""

    confirmed: bool


class FactorBegun(Answer, frozen=True, kw_only=True):
    """A new secret: to be scanned, or typed."""

    secret: str
    uri: str


class FactorCodeAsked(Asked, kw_only=True):
    """A code of one's own second factor."""

    code: Code = ""


class FactorConfirmed(Answer, frozen=True, kw_only=True):
    """Codes that open once each, when the phone is lost."""

    recovery_codes: list[str]


class SignedOut(Answer, frozen=True, kw_only=True):
    """The session has ended."""

    signed_out: bool


# The day, and tickets in it.


class DayAnswer(Answer, frozen=True, kw_only=True):
    """The business day after it was opened or closed."""

    hall: str
    date: str
    state: DayState
    version: int


class AdoptedAnswer(Answer, frozen=True, kw_only=True):
    """The profile the hall works by, and whether it is a changed one."""

    hall: str
    revision: str
    changed: bool
    version: int


class PinAsked(Asked, kw_only=True):
    """Why a ticket may be called out of order."""

    reason: FilledLine


class TicketQuery(Asked, kw_only=True):
    """Tickets of a day: all, by a number or a part of one, or behind a figure."""

    date: CalendarDate | None = None
    """Today without it."""
    at: Annotated[int, msgspec.Meta(ge=1, le=9_999_999_999)] | None = None
    """A version of the day: the tickets as they stood then."""
    number: Line = ""
    part: Line = ""
    """Only those whose number contains it: ``12`` finds A012 and B120."""
    behind: FigureName | None = None
    """Only those that the figure counts, those first who matter first."""
    zone: Line = ""
    window: Line = ""
    """Only those that were served at the window."""
    from_at: Instant = 0
    until_at: Instant = 0
    """Only those issued, or first called, in [from_at, until_at); 0: no limit."""
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100


class TicketRow(Answer, frozen=True, kw_only=True):
    """A ticket in a list."""

    ticket: str
    number: str
    class_: TicketClass
    queue: str
    zone: str
    items: list[str]
    state: TicketState
    window: str | None
    pinned: bool
    issued_at: int
    called_at: int | None
    since_at: int
    """Since when it is in its state."""
    waited_seconds: int | None
    """Until its first call; None before that."""
    served_by: str | None
    """The window at which it was served last."""
    grade: Grade | None
    """How it was evaluated; the bad one where there are several."""
    misses: int
    ended_reason: str | None


class TicketList(Answer, frozen=True, kw_only=True):
    """Tickets of a day, in order of issue or as the figure wants it."""

    date: str
    tickets: list[TicketRow]
    count: int
    """How many there are; ``tickets`` are the first of them."""
    version: int


class PinAnswer(Answer, frozen=True, kw_only=True):
    """A ticket that may be called out of order."""

    ticket: str
    number: str
    reason: str
    version: int


class HistoryQuery(Asked, kw_only=True):
    """The day, today without a date, and the language of the history's sentences."""

    date: CalendarDate | None = None
    language: Language = "zh"


class HistoryRow(Answer, frozen=True, kw_only=True):
    """One step of a ticket's way, with the version that proves it."""

    version: int
    at: int
    time: str
    """Local time, as ``09:05:31``."""
    event: str
    by: str
    text: str


class HistoryAnswer(Answer, frozen=True, kw_only=True):
    """A ticket's way through the day."""

    date: str
    ticket: str
    number: str
    lines: list[HistoryRow]
    version: int


class ReportQuery(Asked, kw_only=True):
    """Which day, and in which form; without a date, today."""

    date: CalendarDate | None = None
    format: Literal["html", "xlsx"] = "html"
    language: Language = "zh"


class YearQuery(Asked, kw_only=True):
    """Which year, and in which form; without a year, this one."""

    year: Annotated[int, msgspec.Meta(ge=2000, le=9999)] | None = None
    format: Literal["html", "xlsx"] = "html"
    language: Language = "zh"


# Devices.


class DeviceAsked(Asked, kw_only=True):
    """A device and its place: the window of a pad or sign, the spot of a kiosk."""

    kind: DeviceKind
    place: Name


class DeviceGranted(DeviceAsked, kw_only=True):
    """A device that shows a code, and where it stands."""

    code: Annotated[str, msgspec.Meta(min_length=8, max_length=12, pattern=ONE_LINE)]


class DeviceWish(Asked, kw_only=True):
    """A machine that nobody has enrolled yet."""

    kind: DeviceKind


class DeviceWished(Answer, frozen=True, kw_only=True):
    """What it shows, and a token that is good once a manager has typed that in."""

    token: str
    code: str
    seconds: int


class DeviceSelf(Answer, frozen=True, kw_only=True):
    """Whether a machine is enrolled by now, and where it stands."""

    enrolled: bool
    device: str = ""
    hall: str = ""
    place: str = ""


class DeviceRow(Answer, frozen=True, kw_only=True):
    """A device of the hall."""

    device: str
    kind: DeviceKind
    place: str
    hall: str
    revoked: bool


class DeviceAnswer(DeviceRow, frozen=True, kw_only=True):
    """One device of the hall."""

    version: int


class DeviceList(Answer, frozen=True, kw_only=True):
    """The devices of the hall."""

    devices: list[DeviceRow]
    version: int


class DeviceEnrolled(DeviceAnswer, frozen=True, kw_only=True):
    """A new device, with the token that is told this once."""

    token: str


# Accounts.


class AccountAsked(Asked, kw_only=True):
    """A new account."""

    account: Name
    name: FilledLine
    role: Role
    password: NewPassword
    hall: Annotated[str, msgspec.Meta(max_length=64, pattern=ONE_LINE)] = ""
    """Empty: every hall; only for administrators."""


class RoleAsked(Asked, kw_only=True):
    """The role an account gets."""

    role: Role


class PasswordAsked(Asked, kw_only=True):
    """The password an account gets."""

    password: NewPassword


class DisabledAsked(Asked, kw_only=True):
    """Whether the account is shut out; false lets it in again."""

    disabled: bool = True


class AccountAnswer(Answer, frozen=True, kw_only=True):
    """An account."""

    account: str
    name: str
    role: Role
    hall: str
    disabled: bool


class AccountList(Answer, frozen=True, kw_only=True):
    """All accounts of the house."""

    accounts: list[AccountAnswer]
