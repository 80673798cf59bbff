"""The public HTTP interface, as a client outside the house uses it.

A request that got no answer, or "not now" from the server itself, is sent again under
the same idempotency key: the house promises that it then happens once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import aiohttp


ATTEMPTS = 12
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 3.0
NOT_NOW = frozenset({429, 503})
TIMEOUT = aiohttp.ClientTimeout(total=30)


class ServerGone(Exception):
    """The server gave no answer, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status and its JSON."""

    status: int
    body: dict[str, Any]

    @property
    def is_ok(self) -> bool:
        """Tell whether the house did what was asked."""
        return self.status < 400

    @property
    def code(self) -> str:
        """Return the code of a refusal; empty if there was none."""
        error = self.body.get("error")
        return str(error.get("code", "")) if isinstance(error, dict) else ""

    @property
    def version(self) -> int:
        """Return the hall's version that the answer names; 0 if it names none."""
        version = self.body.get("version", 0)
        return version if isinstance(version, int) else 0


@dataclass
class Traffic:
    """What went over the interface, for the table at the end."""

    requests: int = 0
    repeated: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    """Refusals nobody had to expect, by what was asked and by code."""
    expected: Counter[str] = field(default_factory=Counter)
    """Refusals that belong to a hall's day, such as a number given up too late."""


@dataclass(frozen=True, slots=True)
class _Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] | None
    query: dict[str, str]


class HallApi:
    """Asks the server; one session for all players, one token each."""

    def __init__(
        self,
        server: str,
        session: aiohttp.ClientSession,
        *,
        attempts: int = ATTEMPTS,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """Ask up to ``attempts`` times, with pauses in between that grow."""
        self.server = server.rstrip("/")
        self.attempts, self.first_pause = attempts, first_pause
        self.session = session
        self.traffic = Traffic()

    async def get(self, path: str, token: str = "", **query: str) -> Reply:
        """Ask for something."""
        headers = _headers(token)
        return await self._ask(_Asked("GET", path, headers, None, query), ())

    async def post(
        self,
        path: str,
        token: str = "",
        body: dict[str, Any] | None = None,
        *,
        expected: Collection[str] = (),
    ) -> Reply:
        """Ask for something to be done, once. ``expected`` refusals are no errors."""
        headers = _headers(token) | {"Idempotency-Key": secrets.token_hex(16)}
        return await self._ask(_Asked("POST", path, headers, body or {}, {}), expected)

    async def delete(self, path: str, token: str = "") -> Reply:
        """Ask for something to be taken away."""
        return await self._ask(_Asked("DELETE", path, _headers(token), None, {}), ())

    async def _ask(self, asked: _Asked, expected: Collection[str]) -> Reply:
        pause, why = self.first_pause, ""
        for attempt in range(self.attempts):
            self.traffic.requests += 1
            self.traffic.repeated += attempt > 0
            try:
                reply = await self._once(asked)
            except (aiohttp.ClientError, TimeoutError) as error:
                why = repr(error)
            else:
                if reply.status not in NOT_NOW:
                    self._note(asked, reply, expected)
                    return reply
                why = f"{reply.status} {reply.code}"
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        raise ServerGone(f"{asked.method} {asked.path}: {why}")

    async def _once(self, asked: _Asked) -> Reply:
        request = self.session.request(
            asked.method,
            self.server + asked.path,
            headers=asked.headers,
            json=asked.body,
            params=asked.query,
            timeout=TIMEOUT,
        )
        async with request as response:
            try:
                content = await response.json(content_type=None)
            except ValueError:
                # What stands before a server answers troubles in HTML.
                if response.ok:
                    why = f"{self.server} is no server of Yihao"
                    raise ServerGone(f"{asked.method} {asked.path}: {why}") from None
                content = {}
        return Reply(response.status, content if isinstance(content, dict) else {})

    def _note(self, asked: _Asked, reply: Reply, expected: Collection[str]) -> None:
        if reply.is_ok:
            return
        code = reply.code or str(reply.status)
        if code in expected:
            self.traffic.expected[code] += 1
        else:
            what = asked.path.rsplit("/", 1)[-1]
            self.traffic.errors[f"{asked.method} {what}: {code}"] += 1


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
