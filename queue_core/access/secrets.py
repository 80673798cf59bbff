"""The house's key, and what is made with it: ticket secrets and keyed hashes.

A ticket's secret is not stored anywhere: it is the ticket's id under the house's key.
By a keyed hash a person is found again who has been in a hall before; without the
house's key nobody can find out whether it is that of a certain identity number.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from pathlib import Path

from queue_core.errors import LogError
from queue_core.key_files import write_new_key


KEY_BYTES = 32
SECRET_BYTES = 16
"""128 bits: 22 characters in an address, and beyond any guessing."""


class SecretKeeper:
    """Makes and checks secrets with one key, always in constant time."""

    def __init__(self, key: bytes) -> None:
        """Use ``key``: the same as ever, or every secret out there is worthless."""
        if len(key) < KEY_BYTES:
            raise ValueError(f"the key has {len(key)} of {KEY_BYTES} bytes")
        self._key = hmac.new(key, digestmod="sha256")

    @classmethod
    def from_file(cls, path: Path) -> SecretKeeper:
        """Use the key in a file; make it, for the owner's eyes only, if there is none.

        Raises:
            LogError: the file cannot be read or made, or holds no key.
        """
        return cls(key_in(path))

    @property
    def fingerprint(self) -> str:
        """Return what tells one key from another and gives nothing of it away."""
        return self._made("fingerprint")

    def ticket_secret(self, ticket: str) -> str:
        """Return what a citizen shows to prove that a ticket is his."""
        return self._made("ticket", ticket)

    def is_ticket_secret(self, ticket: str, secret: str) -> bool:
        """Return whether ``secret`` belongs to the ticket."""
        return same(self.ticket_secret(ticket), secret)

    def keyed_hash(self, hall: str, what: str, plain: str) -> str:
        """Return by what an identifier is found again in a hall's store of persons."""
        return self._made("person", hall, what, plain)

    def key_near(self, address: str, key: str) -> str:
        """Return what stands for a short key of somebody at an address."""
        return self._made("near", address, key)

    def key_for(self, purpose: str) -> bytes:
        """Return a key of 32 bytes that is only for one purpose."""
        made = self._key.copy()
        made.update(f"key\0{purpose}".encode())
        return made.digest()

    def _made(self, purpose: str, *parts: str) -> str:
        said = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
        made = self._key.copy()
        made.update(said)
        digest = made.digest()[:SECRET_BYTES]
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def same(expected: str, given: str) -> bool:
    """Compare two secrets without telling by the time how much of them is right."""
    return hmac.compare_digest(
        expected.encode("utf-8", "surrogatepass"),
        given.encode("utf-8", "surrogatepass"),
    )


def key_in(path: Path) -> bytes:
    """Return the key in a file; make it, for the owner's eyes only, if there is none.

    Raises:
        LogError: the file cannot be read or made, or holds no key.
    """
    try:
        if not path.exists():
            write_new_key(path, secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise LogError(f"the key {path} cannot be used: {error}") from error
    if len(key) < KEY_BYTES:
        raise LogError(f"{path} holds no key; restore it from a backup")
    return key
