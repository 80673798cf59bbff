"""The one way to an SMS gateway: a message is one POST of JSON.

    {"id": "…", "to": "13812345678", "text": "…"}

The id is the same however often a message is tried, so that a gateway that has taken
it already can say so. Any answer below 300 means: taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp


TIMEOUT = aiohttp.ClientTimeout(total=10)
PAUSES = (2.0, 15.0)
"""Seconds before the second and the third attempt."""


class SmsGateway:
    """Sends messages by one gateway."""

    def __init__(
        self, address: str, token: str = "", *, pauses: Sequence[float] = PAUSES
    ) -> None:
        """Send to an address, with a bearer token if the gateway wants one."""
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._pauses = pauses
        self._http: aiohttp.ClientSession | None = None

    async def send(self, message: str, phone: str, text: str) -> None:
        """Send a message, however often it has to be tried.

        Raises:
            OSError, aiohttp.ClientError, TimeoutError: The gateway did not take it.
        """
        for pause in self._pauses:
            try:
                return await self._post(message, phone, text)
            except (OSError, aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(pause)
        return await self._post(message, phone, text)

    async def close(self) -> None:
        """Let the connections go."""
        if self._http is not None:
            await self._http.close()

    async def _post(self, message: str, phone: str, text: str) -> None:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=TIMEOUT, headers=self._headers)
        body = {"id": message, "to": phone, "text": text}
        async with self._http.post(
            self._address, json=body, allow_redirects=False
        ) as answer:
            if answer.status >= 300:
                # What a gateway says may repeat the phone: only its status is told.
                raise OSError(f"the gateway answered {answer.status}")
