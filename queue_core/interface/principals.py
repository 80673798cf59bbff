"""Who is calling: a member of staff, a device of the hall, a citizen, or anyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

import msgspec


PrincipalKind = Literal["anyone", "citizen", "device", "staff"]


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """One caller, as far as the house knows him."""

    kind: PrincipalKind
    name: str = ""
    """The account, the device or the ticket."""
    display_name: str = ""
    role: str = ""
    """The role of a member of staff, the kind of a device."""
    hall: str = ""
    """The hall he belongs to; empty for one who belongs to every hall."""
    place: str = ""
    """The window of a pad or sign, the spot of a kiosk."""
    csrf: str = ""
    token: str = ""
    by_cookie: bool = False

    @property
    def actor(self) -> str:
        """Return the name under which his commands are numbered."""
        return f"{self.kind}/{self.name}" if self.name else self.kind

    @property
    def by(self) -> str:
        """Return what stands in events: the account, the device or ``citizen``."""
        return self.name if self.kind in {"staff", "device"} else "citizen"


ANYONE = Principal(kind="anyone")


class Callers(Protocol):
    """Recognises callers by what they send along."""

    async def recognise(
        self, bearer: str, cookie: str, path: Mapping[str, str]
    ) -> Principal:
        """Return who calls. A cookie that has expired is nobody's.

        Raises:
            NotSignedIn: A token or secret was sent that is not, or no longer, valid.
        """

    def key_near(self, address: str, key: str) -> str:
        """Return a key that only those at one address have in common.

        Nobody can make it himself, and it does not tell the address.
        """
