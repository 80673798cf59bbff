"""The ciphers under which identifiers lie, behind one small interface.

All are authenticated: what was changed, or put in another's place, does not open. A
new one is a class here and a row in ``CIPHERS``; what was sealed under an older one
still opens, because every person's row names its cipher.
"""

from __future__ import annotations

import secrets
from typing import Protocol

from queue_core.errors import LogError


NONCE_BYTES = 12
"""96 bits, as NIST SP 800-38D and RFC 8998 want them, at random for every sealing: a
person's key seals a few dozen texts at most."""


class SealBroken(LogError):
    """What was sealed was changed, or belongs to another key, person or field."""


class Cipher(Protocol):
    """Seals short texts under a key."""

    name: str
    key_bytes: int

    def seal(self, key: bytes, plain: bytes, associated: bytes) -> bytes:
        """Return nonce, ciphertext and tag; ``associated`` is bound to them."""

    def open(self, key: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            SealBroken: it was not sealed so.
        """


class AesGcm:
    """AES-256-GCM (NIST SP 800-38D)."""

    name = "aes-256-gcm"
    key_bytes = 32

    def seal(self, key: bytes, plain: bytes, associated: bytes) -> bytes:
        """Return nonce, ciphertext and tag."""
        from .sealing import seal_aes_gcm  # noqa: PLC0415

        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + seal_aes_gcm(key, nonce, plain, associated)

    def open(self, key: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Return what was sealed."""
        from .sealing import NOT_SEALED_SO, open_aes_gcm  # noqa: PLC0415

        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return open_aes_gcm(key, nonce, rest, associated)
        except NOT_SEALED_SO as error:
            raise SealBroken("an identifier does not open under its key") from error


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998), by OpenSSL."""

    name = "sm4-gcm"
    key_bytes = 16

    def seal(self, key: bytes, plain: bytes, associated: bytes) -> bytes:
        """Return nonce, ciphertext and tag."""
        from .sealing import seal_sm4_gcm  # noqa: PLC0415

        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + seal_sm4_gcm(key, nonce, plain, associated)

    def open(self, key: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Return what was sealed."""
        from .sealing import NOT_SEALED_SO, open_sm4_gcm  # noqa: PLC0415

        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return open_sm4_gcm(key, nonce, rest, associated)
        except NOT_SEALED_SO as error:
            raise SealBroken("an identifier does not open under its key") from error


USUAL = AesGcm.name

CIPHERS: dict[str, Cipher] = {one.name: one for one in (AesGcm(), Sm4Gcm())}
"""The ciphers by name: the setting of the house, and what every row says."""


def cipher_named(name: str) -> Cipher:
    """Return a cipher.

    Raises:
        SealBroken: there is none of this name.
    """
    if name not in CIPHERS:
        raise SealBroken(f"no cipher is called {name}: there are {', '.join(CIPHERS)}")
    return CIPHERS[name]
