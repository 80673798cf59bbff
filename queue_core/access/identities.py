"""What an account, a session and a device are."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

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


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Who changed what about whom: the store's own small history."""

    at: int
    by: str
    what: str
    whom: str
    detail: str = ""
