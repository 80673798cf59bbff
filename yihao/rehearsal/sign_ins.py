"""Staff who are signed in. A password takes the server a while, a session does not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from .accounts import Person
from .hall_api import HallApi, ServerGone


AT_ONCE = 6
"""So many passwords are sent at a time: a server checks only a few at once."""


class SignIns:
    """One session for every account, kept from day to day."""

    def __init__(self, api: HallApi) -> None:
        self._api = api
        self._tokens: dict[str, str] = {}

    async def token(self, person: Person) -> str:
        """Return the session of an account, signing in if it has none.

        Raises:
            ServerGone: the account may not sign in.
        """
        if token := self._tokens.get(person.account):
            reply = await self._api.get("/api/session", token)
            if reply.is_ok:
                return token
        body = {"account": person.account, "password": person.password}
        reply = await self._api.post("/api/session", body=body)
        if not reply.is_ok:
            raise ServerGone(f"{person.account} cannot sign in: {reply.code}")
        self._tokens[person.account] = str(reply.body["token"])
        return self._tokens[person.account]

    async def sign_in(self, people: Iterable[Person]) -> None:
        """Sign everybody in.

        Raises:
            ServerGone: an account may not sign in.
        """
        door = asyncio.Semaphore(AT_ONCE)

        async def come_in(person: Person) -> None:
            async with door:
                await self.token(person)

        await asyncio.gather(*map(come_in, people))

    async def sign_out(self) -> None:
        """Sign everybody out."""
        tokens, self._tokens = list(self._tokens.values()), {}
        await asyncio.gather(*(self._api.delete("/api/session", t) for t in tokens))
