"""The accounts and devices that a rehearsal plays with, from a file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from queue_core.errors import ParseError


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff who can sign in; a clerk has a window."""

    account: str
    password: str
    window: str = ""


class Devices(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens of the hall's devices."""

    kiosk: list[str] = []
    pad: dict[str, str] = {}
    """Window → token of its evaluation pad."""


class Accounts(msgspec.Struct, frozen=True, kw_only=True):
    """Who plays: clerks at their windows, kiosks, pads, and a manager."""

    hall: str
    clerks: list[Person]
    devices: Devices = Devices()
    manager: Person | None = None
    visitor_window: str = ""
    """The window that is left to whoever looks at the demo."""

    @property
    def played_clerks(self) -> list[Person]:
        """The clerks whom the rehearsal plays."""
        return [c for c in self.clerks if c.window and c.window != self.visitor_window]


def read_accounts(path: Path) -> Accounts:
    """Read the accounts file.

    Raises:
        ParseError: it cannot be read or is no accounts file.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Accounts)
    except OSError as error:
        raise ParseError(f"cannot read {path}: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise ParseError(f"{path} is no accounts file: {error}") from error
