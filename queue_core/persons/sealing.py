"""The authenticated ciphers themselves, by the ``cryptography`` library.

This module is imported when the first person is kept: the library takes 6 MB, and a
house that knows nobody needs none of it.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


TAG_BYTES = 16

NOT_SEALED_SO = (InvalidTag, ValueError)
"""What is raised when a text does not open."""


def seal_aes_gcm(key: bytes, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    """Return ciphertext and tag by AES-GCM."""
    return AESGCM(key).encrypt(nonce, plain, associated)


def open_aes_gcm(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return what was sealed by AES-GCM, or raise one of ``NOT_SEALED_SO``."""
    return AESGCM(key).decrypt(nonce, sealed, associated)


def seal_sm4_gcm(key: bytes, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    """Return ciphertext and tag by SM4-GCM."""
    sealing = Cipher(SM4(key), GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(associated)
    sealed = sealing.update(plain) + sealing.finalize()
    return sealed + sealing.tag


def open_sm4_gcm(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return what was sealed by SM4-GCM, or raise one of ``NOT_SEALED_SO``."""
    text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    opening = Cipher(SM4(key), GCM(nonce, tag)).decryptor()
    opening.authenticate_additional_data(associated)
    return opening.update(text) + opening.finalize()


def derived_key(master: bytes, info: bytes, length: int) -> bytes:
    """Return a key for one purpose (HKDF with SHA-256, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=info).derive(master)
