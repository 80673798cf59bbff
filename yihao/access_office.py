"""``yihao account`` and ``yihao device``, beside a running server or without one."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable

from queue_core.access.accounts import AccountStore

from .stores import open_tables, settings_of


BY = "command-line"
"""By whom these changes are made, in the accounts' own history."""

WORDS = "abcdefghjkmnpqrstuvwxyz23456789"


def add_account(options: argparse.Namespace) -> int:
    """Add an account and print its password, unless that was given."""
    password, told = password_of(options)

    async def add(store: AccountStore) -> None:
        await store.add_account(
            options.account,
            name=options.name,
            role=options.role,
            hall=options.hall,
            password=password,
            by=BY,
        )
        print(f"{options.account}{told}")

    return with_store(options, add)


def list_accounts(options: argparse.Namespace) -> int:
    """Print one line for each account."""

    async def tell(store: AccountStore) -> None:
        for one in await store.accounts():
            state = "disabled" if one.disabled else ""
            print(f"{one.account:<20}{one.role:<15}{one.hall:<15}{one.name}  {state}")

    return with_store(options, tell)


def change_role(options: argparse.Namespace) -> int:
    """Give an account another role."""

    async def change(store: AccountStore) -> None:
        await store.set_role(options.account, options.role, by=BY)

    return with_store(options, change)


def change_password(options: argparse.Namespace) -> int:
    """Give an account another password, and print it unless that was given."""
    password, told = password_of(options)

    async def change(store: AccountStore) -> None:
        await store.set_password(options.account, password, by=BY)
        print(f"{options.account}{told}")

    return with_store(options, change)


def disable_account(options: argparse.Namespace) -> int:
    """Shut an account out, or let it in again."""

    async def change(store: AccountStore) -> None:
        await store.set_disabled(options.account, not options.undo, by=BY)

    return with_store(options, change)


def add_device(options: argparse.Namespace) -> int:
    """Add a device and print its token."""

    async def add(store: AccountStore) -> None:
        token, device = await store.devices.enrol(
            options.kind, hall=options.hall, place=options.place, by=BY
        )
        print(f"{device.device}  {token}")

    return with_store(options, add)


def list_devices(options: argparse.Namespace) -> int:
    """Print one line for each device of a hall."""

    async def tell(store: AccountStore) -> None:
        for one in await store.devices.of_hall(options.hall):
            state = "revoked" if one.revoked else ""
            print(f"{one.device:<20}{one.kind:<8}{one.place:<12}{state}")

    return with_store(options, tell)


def revoke_device(options: argparse.Namespace) -> int:
    """Make a device's token worthless."""

    async def revoke(store: AccountStore) -> None:
        await store.devices.revoke(options.device, hall=options.hall, by=BY)

    return with_store(options, revoke)


def new_password() -> str:
    """Return a password that can be read out on the telephone: four groups of four."""
    groups = ("".join(secrets.choice(WORDS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def password_of(options: argparse.Namespace) -> tuple[str, str]:
    """Return the password, and what is printed of it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\n"), ""
    password = new_password()
    return password, f"  {password}"


def with_store(
    options: argparse.Namespace, do: Callable[[AccountStore], Awaitable[None]]
) -> int:
    """Do something with the account store of the data folder."""

    async def work() -> None:
        settings = settings_of(options)
        if not settings.database:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = AccountStore(open_tables(settings))
        try:
            await do(store)
        finally:
            await store.close()

    asyncio.run(work())
    return 0
