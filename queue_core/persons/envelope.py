"""A person's key, and his identifiers under it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from .ciphers import Cipher, cipher_named
from .identifiers import Field
from .master_key import MasterKey


VERSION = 1
"""How identifiers are sealed; bound to each, so that an older way cannot be passed off
for a newer one."""


class Envelope:
    """Seals and opens identifiers. New persons get the cipher of the setting."""

    def __init__(self, master: MasterKey, cipher: str) -> None:
        """Seal under a cipher from now on.

        Raises:
            SealBroken: there is none of this name.
        """
        self._master = master
        self._cipher = cipher_named(cipher)

    @property
    def cipher(self) -> str:
        """Return the name of the cipher for new persons."""
        return self._cipher.name

    @property
    def fingerprint(self) -> str:
        """Return what tells one master key from another."""
        return self._master.fingerprint

    def new_key(self, hall: str, subject: str) -> bytes:
        """Return a new person's key, wrapped: there is no other copy of it."""
        key = secrets.token_bytes(self._cipher.key_bytes)
        bound = _bound(hall, subject, "key")
        return self._master.wrap(self._cipher, key, bound)

    def opened(self, hall: str, subject: str, cipher: str, wrapped: bytes) -> OpenKey:
        """Return a person's key, ready for his identifiers.

        Raises:
            SealBroken: it is another person's, or wrapped with another master key.
        """
        of_row = cipher_named(cipher)
        bound = _bound(hall, subject, "key")
        key = self._master.unwrap(of_row, wrapped, bound)
        return OpenKey(hall, subject, of_row, key)


class OpenKey:
    """One person's key in use."""

    def __init__(self, hall: str, subject: str, cipher: Cipher, key: bytes) -> None:
        self._hall = hall
        self._subject = subject
        self._cipher = cipher
        self._key = key

    def seal(self, field: Field, text: str) -> bytes:
        """Return an identifier, sealed for this person and field."""
        bound = _bound(self._hall, self._subject, field)
        return self._cipher.seal(self._key, text.encode(), bound)

    def open(self, sealed: Mapping[Field, bytes]) -> dict[Field, str]:
        """Return identifiers in the clear.

        Raises:
            SealBroken: one is not what was sealed for this person and field.
        """
        return {
            field: self._cipher.open(
                self._key, text, _bound(self._hall, self._subject, field)
            ).decode()
            for field, text in sealed.items()
        }


def _bound(hall: str, subject: str, what: str) -> bytes:
    return "\0".join((hall, subject, what, str(VERSION))).encode()
