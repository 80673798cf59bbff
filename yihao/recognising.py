"""Recognising callers by what they send along: session, device token, ticket secret."""

from __future__ import annotations

from collections.abc import Mapping

from queue_core.access.accounts import AccountStore
from queue_core.access.secrets import SecretKeeper
from queue_core.access.tokens import DEVICE_PREFIX, SESSION_PREFIX
from queue_core.interface.principals import ANYONE, Principal
from queue_core.interface.refusals import NotSignedIn


class Recognition:
    """Knows staff by their sessions, devices by their tokens, citizens by secrets."""

    def __init__(self, accounts: AccountStore, secrets: SecretKeeper) -> None:
        self._accounts = accounts
        self.secrets = secrets

    async def recognise(
        self, bearer: str, cookie: str, path: Mapping[str, str]
    ) -> Principal:
        """Return who calls. A cookie that has expired is nobody's.

        Raises:
            NotSignedIn: A token or secret was sent that is not, or no longer, valid.
        """
        if not bearer:
            return await self.staff(cookie, by_cookie=True) or ANYONE
        if bearer.startswith(SESSION_PREFIX):
            found = await self.staff(bearer)
        elif bearer.startswith(DEVICE_PREFIX):
            found = await self.device(bearer)
        else:
            found = self.citizen(bearer, ticket_in(path))
        if found is None:
            raise NotSignedIn
        return found

    async def staff(self, token: str, *, by_cookie: bool = False) -> Principal | None:
        """Return the member of staff whose session has the token."""
        session = await self._accounts.sessions.find(token) if token else None
        if session is None:
            return None
        return Principal(
            kind="staff",
            name=session.account,
            role=session.role,
            hall=session.hall,
            csrf=session.csrf,
            token=token,
            by_cookie=by_cookie,
        )

    async def device(self, token: str) -> Principal | None:
        """Return the device that has the token."""
        device = await self._accounts.devices.find(token)
        if device is None:
            return None
        return Principal(
            kind="device",
            name=device.device,
            role=device.kind,
            hall=device.hall,
            place=device.place,
            token=token,
        )

    def key_near(self, address: str, key: str) -> str:
        """Return a key that only those at one address have in common."""
        return self.secrets.key_near(address, key)

    def citizen(self, secret: str, ticket: str) -> Principal | None:
        """Return the holder of a ticket, if the secret is the ticket's."""
        if not ticket or not self.secrets.is_ticket_secret(ticket, secret):
            return None
        return Principal(kind="citizen", name=ticket)


def ticket_in(path: Mapping[str, str]) -> str:
    """Return the ticket that an address is about; a service is named after one."""
    service = path.get("service", "")
    return path.get("ticket", "") or service.rpartition(".")[0]
