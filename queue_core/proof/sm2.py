"""Signing with SM2 and SM3 (GB/T 32918.2, GB/T 32905), as OpenSSL does it too.

The signer's identifier is the standard's own, ``1234567812345678``; a signature is the
DER of its two numbers. Importing this needs ``yihao[sm]``.
"""

from __future__ import annotations

import base64
import textwrap

import gmalg
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from .signing import Provider


IDENTIFIER = b"1234567812345678"

NUMBER_BYTES = 32

PUBLIC_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""A SubjectPublicKeyInfo of this curve up to the point, which is 04, x and y."""

PRIVATE_PREFIX = bytes.fromhex(
    "308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420"
)
"""A PKCS 8 key of this curve up to the number (RFC 5958, RFC 5915)."""

POINT_TAG = bytes.fromhex("a144034200")
"""What stands between the number and the point."""

BEGIN, END = b"-----BEGIN PRIVATE KEY-----", b"-----END PRIVATE KEY-----"


class Sm2Signer:
    """A private key in memory."""

    algorithm = "sm2"

    def __init__(self, number: bytes, point: bytes) -> None:
        self._sm2 = gmalg.SM2(number, IDENTIFIER, point)
        self.public_key = PUBLIC_PREFIX + point

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, in DER."""
        r, s = self._sm2.sign(message)
        return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def new_key() -> bytes:
    """Return a new private key as PEM."""
    number, point = gmalg.SM2().generate_keypair()
    number = number.rjust(NUMBER_BYTES, b"\0")
    der = PRIVATE_PREFIX + number + POINT_TAG + point
    lines = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64)).encode()
    return BEGIN + b"\n" + lines + b"\n" + END + b"\n"


def signer(pem: bytes) -> Sm2Signer | None:
    """Return who signs with a private key; None if it is another kind of key."""
    inside = pem.partition(BEGIN)[2].partition(END)[0]
    try:
        der = base64.b64decode(b"".join(inside.split()), validate=True)
    except ValueError:
        return None
    if not der.startswith(PRIVATE_PREFIX):
        return None
    number = der[len(PRIVATE_PREFIX) :][:NUMBER_BYTES]
    try:
        return Sm2Signer(number, gmalg.SM2(number).generate_pk(number))
    except (ValueError, gmalg.errors.GMError):
        return None


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature fits."""
    if not public_key.startswith(PUBLIC_PREFIX):
        return False
    point = public_key[len(PUBLIC_PREFIX) :]
    try:
        r, s = (
            number.to_bytes(NUMBER_BYTES, "big")
            for number in decode_dss_signature(signature)
        )
        return bool(gmalg.SM2(None, IDENTIFIER, point).verify(message, r, s))
    except (ValueError, OverflowError, gmalg.errors.GMError):
        return False


PROVIDER = Provider(new_key, signer, verify)
