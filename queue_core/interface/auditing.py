"""Which refusals the audit hears of: whoever knocks at a door that is not his."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from queue_core.access.audit import Refusal

from .principals import Principal
from .refusals import CsrfTokenMissing, NotAllowed, NotSignedIn, TooManyRequests


class Auditor(Protocol):
    """Whoever keeps the audit."""

    def refused(self, refusal: Refusal) -> None:
        """Count a refusal."""

    def seen(self, account: str, hall: str, address: str) -> None:
        """Hear from where a member of staff gives a command."""


def refusal_of(
    error: Exception,
    *,
    route: str,
    principal: Principal,
    path: Mapping[str, str],
    address: str,
    showed_token: bool,
) -> Refusal | None:
    """Return what the audit hears of an error; None: it is nobody's trespass.

    A page that finds out whether somebody is signed in shows nothing and knocks at
    nothing; a token that is worth nothing any more is another matter.
    """
    match error:
        case NotAllowed() | CsrfTokenMissing() | TooManyRequests():
            pass
        case NotSignedIn() if showed_token:
            pass
        case _:
            return None
    hall = principal.hall or path.get("hall", "")[:64]
    return trespass(principal, hall, address, f"{route}: {error.code}")


def trespass(principal: Principal, hall: str, address: str, detail: str) -> Refusal:
    """Return what the audit hears of somebody who was refused something."""
    who = principal.name if principal.kind in {"staff", "device"} else principal.kind
    return Refusal("refused", who, hall, address, detail)
