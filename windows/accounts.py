"""The accounts of the house. Nobody changes his own role or shuts himself out."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.access.identities import Account
from queue_core.access.refusals import (
    AccountExists,
    AccountUnknown,
    OwnAccount,
    PasswordTooShort,
)
from queue_core.access.roles import Role
from queue_core.interface.fields import Nothing
from queue_core.interface.principals import Principal
from queue_core.interface.refusals import NotAcceptable, NotAllowed, shortened
from queue_core.interface.routes import Call, Route

from .staff_answers import (
    AccountAnswer,
    AccountAsked,
    AccountList,
    DisabledAsked,
    PasswordAsked,
    RoleAsked,
)


FOR_EVERY_HALL: frozenset[Role] = frozenset({"inspector", "administrator", "auditor"})
"""Roles whose holders may belong to no hall in particular."""


async def list_accounts(call: Call[House, Nothing]) -> AccountList:
    """List all accounts of the house, or of the administrator's hall."""
    accounts = await call.house.accounts.accounts()
    own = call.principal.hall
    seen = [one for one in accounts if own in {"", one.hall}]
    return AccountList(accounts=[account_answer(account) for account in seen])


async def add_account(call: Call[House, AccountAsked]) -> AccountAnswer:
    """Add an account."""
    asked = call.asked
    require_own(call.principal, asked.hall)
    require_hall(call.house, asked.hall, asked.role)
    account = await call.house.accounts.add_account(
        asked.account,
        name=asked.name,
        role=asked.role,
        hall=asked.hall,
        password=asked.password,
        by=call.principal.name,
    )
    return account_answer(account)


async def change_role(call: Call[House, RoleAsked]) -> AccountAnswer:
    """Give an account another role; its sessions end."""
    known = await account_meant(call)
    require_hall(call.house, known.hall, call.asked.role)
    account = await call.house.accounts.set_role(
        known.account, call.asked.role, by=call.principal.name
    )
    await call.house.recheck_links()
    return account_answer(account)


async def change_password(call: Call[House, PasswordAsked]) -> AccountAnswer:
    """Give an account another password; its sessions end."""
    accounts = call.house.accounts
    await accounts.set_password(
        (await account_meant(call)).account, call.asked.password, by=call.principal.name
    )
    await call.house.recheck_links()
    return account_answer(await accounts.account(call.path["account"]))


async def disable_account(call: Call[House, DisabledAsked]) -> AccountAnswer:
    """Shut an account out at once, or let it in again."""
    account = await call.house.accounts.set_disabled(
        (await account_meant(call)).account, call.asked.disabled, by=call.principal.name
    )
    await call.house.recheck_links()
    return account_answer(account)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/accounts",
        summary="List all accounts of the house.",
        right="manage-accounts",
        handler=list_accounts,
        asks=Nothing,
        answers=AccountList,
    ),
    Route(
        method="POST",
        path="/api/accounts",
        summary="Add an account.",
        right="manage-accounts",
        handler=add_account,
        asks=AccountAsked,
        answers=AccountAnswer,
        status=201,
        refuses=(AccountExists, PasswordTooShort),
    ),
    Route(
        method="POST",
        path="/api/accounts/{account}/role",
        summary="Give an account another role; never one's own.",
        right="manage-accounts",
        handler=change_role,
        asks=RoleAsked,
        answers=AccountAnswer,
        refuses=(AccountUnknown, OwnAccount),
    ),
    Route(
        method="POST",
        path="/api/accounts/{account}/password",
        summary="Give an account another password.",
        right="manage-accounts",
        handler=change_password,
        asks=PasswordAsked,
        answers=AccountAnswer,
        refuses=(AccountUnknown, PasswordTooShort),
    ),
    Route(
        method="POST",
        path="/api/accounts/{account}/disable",
        summary="Shut an account out at once, or let it in again.",
        right="manage-accounts",
        handler=disable_account,
        asks=DisabledAsked,
        answers=AccountAnswer,
        refuses=(AccountUnknown, OwnAccount),
    ),
]


def require_hall(house: House, hall: str, role: Role) -> None:
    """Pass if an account of the role may belong to the hall, or to every hall.

    Raises:
        NotAcceptable: The house has no such hall, or the role needs one.
    """
    if not hall and role not in FOR_EVERY_HALL:
        raise NotAcceptable(field="hall", why=f"a {role} belongs to one hall")
    if hall and not house.has_hall(hall):
        raise NotAcceptable(field="hall", why=f"there is no hall {shortened(hall)}")


async def account_meant(call: Call[House, Any]) -> Account:
    """Return the account of the path, if the caller may change it.

    Raises:
        AccountUnknown: There is none.
        NotAllowed: It is of another hall than the caller's, or of every hall.
    """
    account = await call.house.accounts.account(call.path["account"])
    require_own(call.principal, account.hall)
    return account


def require_own(principal: Principal, hall: str) -> None:
    """Pass if the caller manages the accounts of a hall; empty: of every hall.

    Raises:
        NotAllowed: He belongs to one hall, and it is not this.
    """
    if principal.hall not in {"", hall}:
        why = f"{principal.name} belongs to hall {principal.hall}"
        raise NotAllowed(right="manage-accounts", why=why)


def account_answer(account: Account) -> AccountAnswer:
    """Return an account for an answer."""
    return AccountAnswer(
        account=account.account,
        name=account.name,
        role=account.role,
        hall=account.hall,
        disabled=account.disabled,
    )
