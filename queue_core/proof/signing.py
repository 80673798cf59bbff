"""Who signs the head of a day, and who can tell whether it was he.

A way of signing is a provider: ``ed25519`` is always there, ``sm2`` with
``yihao[sm]``. Public keys are told as the DER of a SubjectPublicKeyInfo, which begins
with what kind of key it is; private keys are files in PEM (PKCS 8).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from queue_core.errors import ParseError


ALGORITHMS = ("ed25519", "sm2")


class Signer(Protocol):
    """Holds a private key."""

    @property
    def algorithm(self) -> str:
        """The name of the way in which it signs."""

    @property
    def public_key(self) -> bytes:
        """The DER of the SubjectPublicKeyInfo."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""


class Provider(NamedTuple):
    """One way of signing."""

    new_key: Callable[[], bytes]
    """Makes a private key, as PEM."""
    signer: Callable[[bytes], Signer | None]
    """Makes a signer of a PEM; None if it is another kind of key."""
    verify: Callable[[bytes, bytes, bytes], bool]
    """Tells whether a signature fits: public key, message, signature."""


def provider_of(algorithm: str) -> Provider:
    """Return a way of signing.

    Raises:
        ParseError: there is none of this name, or what it needs is not installed.
    """
    if algorithm == "ed25519":
        from . import ed25519  # noqa: PLC0415

        return ed25519.PROVIDER
    if algorithm == "sm2":
        try:
            # A library of the extra "sm".
            from . import sm2  # noqa: PLC0415
        except ImportError as error:
            text = "SM2 needs more than is installed: pip install 'yihao[sm]'"
            raise ParseError(text) from error
        return sm2.PROVIDER
    raise ParseError(f"nothing is signed with {algorithm!r} here")


def is_signed(
    algorithm: str, public_key: bytes, message: bytes, signature: bytes
) -> bool:
    """Tell whether a message was signed with the private key of a public one.

    Raises:
        ParseError: nobody here knows the algorithm.
    """
    return provider_of(algorithm).verify(public_key, message, signature)
