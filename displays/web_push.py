"""Web Push: a word to a phone whose page is asleep, by its browser's own service.

A message is encrypted for the one browser that subscribed (RFC 8291) and signed with
the house's key (RFC 8292): the service that carries it can read nothing of it. That
service is somebody else's and may be out of reach; nobody in the hall waits for it.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import msgspec

from queue_core.errors import LogError


if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

# What encrypts and signs is imported when the first key is wanted: it takes 6 MB, and
# a house that writes to no phones needs none of it.

PUSH_SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)
"""Whose addresses a browser may give; anything else is not written to."""

TIMEOUT = aiohttp.ClientTimeout(total=10)
KEPT_SECONDS = 600
"""How long a service keeps a message for a phone that is off."""
SIGNED_SECONDS = 3600
GONE = (404, 410)


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser gives to whoever may write to it."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class PushKey:
    """The house's key, by which a service knows who writes."""

    file: Path
    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """Return the public key as a browser wants it."""
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
            Encoding,
            PublicFormat,
        )

        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def push_key(file: Path) -> PushKey:
    """Return the key in a file; it is made if there is none yet.

    Raises:
        LogError: The file holds no such key, or cannot be read or written.
    """
    from py_vapid import Vapid02, VapidException  # noqa: PLC0415

    try:
        if not file.exists():
            made = Vapid02()
            made.generate_keys()
            draft = file.with_suffix(".part")
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as written:
                written.write(made.private_pem())
            os.replace(draft, file)
        return PushKey(file, Vapid02.from_file(str(file)).private_key)
    except (OSError, ValueError, VapidException) as error:
        raise LogError(f"{file} is no key for messages to phones: {error}") from error


def is_push_service(endpoint: str, services: tuple[str, ...]) -> bool:
    """Tell whether an address belongs to a service that may be written to.

    A service is a name, with all names under it, by https; or a whole origin.
    """
    try:
        parts = urlsplit(endpoint)
        name = parts.hostname or ""
        plain = parts.port in (None, 443) and not (parts.username or parts.password)
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    known = any(name == one or name.endswith(f".{one}") for one in services)
    return parts.scheme == "https" and plain and known


class PushSender:
    """Writes to browsers by their services."""

    def __init__(self, key: PushKey, contact: str) -> None:
        """Sign with a key; ``contact`` (``mailto:…``) is told to the services."""
        self.key = key
        self._contact = contact
        self._http: aiohttp.ClientSession | None = None

    async def send(self, to: Subscription, message: bytes) -> bool:
        """Write to a browser; return False when it does not listen any longer.

        Raises:
            OSError, aiohttp.ClientError, TimeoutError: The service did not take it.
        """
        headers, body = await asyncio.to_thread(self._sealed, to, message)
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=TIMEOUT)
        async with self._http.post(
            to.endpoint, data=body, headers=headers, allow_redirects=False
        ) as answer:
            if answer.status in GONE:
                return False
            answer.raise_for_status()
            return True

    async def close(self) -> None:
        """Let the connections go."""
        if self._http is not None:
            await self._http.close()

    def _sealed(self, to: Subscription, message: bytes) -> tuple[dict[str, str], bytes]:
        """Encrypt a message for its browser, and sign it for the service."""
        from py_vapid import Vapid02  # noqa: PLC0415
        from pywebpush import WebPusher  # noqa: PLC0415

        keys = {"p256dh": to.p256dh, "auth": to.auth}
        sealed = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(message)
        parts = urlsplit(to.endpoint)
        claims = {
            "sub": self._contact,
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + SIGNED_SECONDS,
        }
        headers = dict(Vapid02(self.key.private).sign(claims))
        headers |= {
            "Content-Encoding": "aes128gcm",
            "TTL": str(KEPT_SECONDS),
            "Urgency": "high",
        }
        return headers, bytes(sealed["body"])


def is_browser_key(p256dh: str, auth: str) -> bool:
    """Tell whether these are the keys of a browser: a point of the curve, a secret."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    try:
        point = base64.urlsafe_b64decode(p256dh + "=" * (-len(p256dh) % 4))
        secret = base64.urlsafe_b64decode(auth + "=" * (-len(auth) % 4))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return len(secret) == 16
