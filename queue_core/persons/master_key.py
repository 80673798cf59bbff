"""The key that wraps the keys of persons: one file, kept apart from what it opens."""

from __future__ import annotations

import hmac
from pathlib import Path

from queue_core.access.secrets import KEY_BYTES, key_in

from .ciphers import Cipher


class MasterKey:
    """Gives every cipher a key of its own (HKDF, RFC 5869), and wraps with it."""

    def __init__(self, key: bytes) -> None:
        """Use ``key``: the same as ever, or nobody's identifiers can be read."""
        if len(key) < KEY_BYTES:
            raise ValueError(f"the key has {len(key)} of {KEY_BYTES} bytes")
        self._key = key

    @classmethod
    def from_file(cls, path: Path) -> MasterKey:
        """Use the key in a file; make it, for the owner's eyes only, if there is none.

        Raises:
            LogError: the file cannot be read or made, or holds no key.
        """
        return cls(key_in(path))

    @property
    def fingerprint(self) -> str:
        """Return what tells one key from another and gives nothing of it away."""
        said = b"yihao/persons/fingerprint"
        return hmac.digest(self._key, said, "sha256")[:16].hex()

    def wrap(self, cipher: Cipher, key: bytes, associated: bytes) -> bytes:
        """Return a person's key, sealed."""
        return cipher.seal(self._wrapping(cipher), key, associated)

    def unwrap(self, cipher: Cipher, wrapped: bytes, associated: bytes) -> bytes:
        """Return a person's key.

        Raises:
            SealBroken: it was not wrapped so, or with another master key.
        """
        return cipher.open(self._wrapping(cipher), wrapped, associated)

    def _wrapping(self, cipher: Cipher) -> bytes:
        from .sealing import derived_key  # noqa: PLC0415

        info = f"yihao/persons/wrap/{cipher.name}".encode()
        return derived_key(self._key, info, cipher.key_bytes)
