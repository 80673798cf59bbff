"""A push service and a browser that listens to it: nothing leaves the machine."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def url_text(data: bytes) -> str:
    """Write bytes as browsers do."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """A browser with its own keys; it alone can read what is written to it."""

    def __init__(self, service: FakePushService) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self.endpoint = f"{service.origin}/to/{os.urandom(6).hex()}"

    @property
    def subscription(self) -> dict[str, str]:
        """Return what it gives to whoever may write to it."""
        point = self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": self.endpoint,
            "p256dh": url_text(point),
            "auth": url_text(self._secret),
        }

    def read(self, body: bytes) -> Any:
        """Decrypt a message."""
        opened = http_ece.decrypt(
            body,
            private_key=self._private,
            auth_secret=self._secret,
            version="aes128gcm",
        )
        return json.loads(opened)


class Letter(NamedTuple):
    """A message as a push service carries it."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class FakePushService:
    """Takes messages for browsers, or does what a test says."""

    def __init__(self) -> None:
        self.status = 201
        self.origin = ""
        self.letters: asyncio.Queue[Letter] = asyncio.Queue()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    @asynccontextmanager
    async def on(self) -> AsyncIterator[FakePushService]:
        """Listen until the block ends."""
        app = web.Application()
        app.router.add_post("/to/{browser}", self._take)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self.may_answer.set()
            await runner.cleanup()

    async def letter_to(self, browser: Browser) -> Any:
        """Wait for the next message, and let its browser read it."""
        async with asyncio.timeout(30):
            letter = await self.letters.get()
        assert browser.endpoint.endswith(letter.path)
        signed = letter.headers["Authorization"]
        assert signed.startswith("vapid ")
        assert Vapid02.verify(signed)
        assert letter.headers["Content-Encoding"] == "aes128gcm"
        return browser.read(letter.body)

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.letters.put_nowait(Letter(request.path, request.headers, body))
        await self.may_answer.wait()
        return web.Response(status=self.status)
