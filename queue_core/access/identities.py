"""What an account, a session and a device are."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from queue_core.values import AuditAction

from .roles import DeviceKind, Role


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff who can sign in."""

    account: str
    name: str
    """His name, for colleagues; it never stands in an event."""
    role: Role
    hall: str
    """The hall he works in; empty for somebody who works in every hall."""
    disabled: bool = False
    created_at: int = 0


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """An account that is signed in."""

    account: str
    name: str
    role: Role
    hall: str
    csrf: str
    """What a page sends with every change, to show that the page meant it."""
    started_at: int
    ends_at: int
    """When it ends at the latest; earlier, when nothing is done for long."""


class SignedIn(NamedTuple):
    """A new session and its token, which is told this once."""

    token: str
    session: Session


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A kiosk, pad or sign of a hall."""

    device: str
    kind: DeviceKind
    hall: str
    place: str
    """The window of a pad or sign, the spot of a kiosk."""
    created_at: int
    created_by: str
    revoked_at: int = 0

    @property
    def revoked(self) -> bool:
        """Return whether its token is worthless."""
        return self.revoked_at > 0


class Enrolled(NamedTuple):
    """A new device and its token, which is told this once."""

    token: str
    device: Device


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A device that shows a code and waits until a manager types it in."""

    code: str
    kind: DeviceKind
    at: int
    address: str


class Wished(NamedTuple):
    """A device's token, worth nothing until a manager types its code in."""

    token: str
    code: str
    seconds: int
    """How long the code can be typed in."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to whom, from where: waits here until it stands in the audit.

    It is written in the transaction of what it tells, so nothing happens without it.
    """

    note: str
    """Names it, so that it is set down once."""
    at: int
    by: str
    action: AuditAction
    whom: str = ""
    """The account, the device or the person it was done to."""
    hall: str = ""
    """Empty: it concerns the whole house."""
    address: str = ""
    """The network address it came from, where it came by the network."""
    detail: str = ""
    times: int = 1
    """How often, since ``since_at``: a flood is one note."""
    since_at: int = 0
