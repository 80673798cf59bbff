"""Staff in front of their screens, and what is on record of their work."""

from __future__ import annotations

from playwright.async_api import Page

from queue_core.access.roles import Role
from queue_core.interface.serving import SESSION_COOKIE
from tests.open_house import Caller, OpenHouse


async def sign_in(page: Page, house: OpenHouse, role: Role, account: str) -> Caller:
    """Let somebody of that role sit at the page, past the sign-in page."""
    token = await house.staff(role, account)
    await page.context.add_cookies(
        [{"name": SESSION_COOKIE, "value": token, "url": house.running.address}]
    )
    return Caller(house.http, token)


async def way_of(reader: Caller, house: OpenHouse, ticket: str) -> list[dict[str, str]]:
    """Return what is on record about a ticket, line by line."""
    told = await reader.get(f"{house.path}/tickets/{ticket}/history")
    assert told.status == 200, told
    lines: list[dict[str, str]] = told.says["lines"]
    return lines


async def events_of(reader: Caller, house: OpenHouse, ticket: str) -> list[str]:
    """Return the names of what is on record about a ticket, in order."""
    return [line["event"] for line in await way_of(reader, house, ticket)]
