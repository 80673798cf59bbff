"""Tokens of sessions and devices: random, told once, stored as a hash only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


SESSION_PREFIX = "s."
DEVICE_PREFIX = "d."


def new_token(prefix: str) -> str:
    """Return a token of 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """Return what is stored of a token. Random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def csrf_of(token: str) -> str:
    """Return the CSRF token of a session: known to its page, to no other site."""
    digest = hmac.digest(token.encode("utf-8", "surrogatepass"), b"csrf", "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode("ascii")
