"""The demo's accounts and devices: made once, kept in a file of the data folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from argon2 import PasswordHasher

from queue_core.access.accounts import AccountStore
from queue_core.access.passwords import Passwords
from queue_core.access.refusals import AccountExists
from queue_core.access.roles import DeviceKind, Role
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.ranges import windows_in

from .access_office import new_password
from .rehearsal.accounts import Accounts, Devices, Person
from .settings import Settings


BY = "demo"
KIOSKS = 4
AT_ONCE = 8
"""Passwords that are hashed at the same time."""


class DemoAccounts(Accounts, frozen=True, kw_only=True):
    """Who plays the rehearsal, and who is left to whoever looks at the demo."""

    manager: Person
    clerk: Person
    inspector: Person
    administrator: Person
    help_desk: Person
    sign: str
    """Token of the sign above the visitor's window."""
    kiosk: str


async def demo_accounts(settings: Settings, profile: HallProfile) -> DemoAccounts:
    """Return the demo's accounts; the first time they are made.

    Raises:
        LogError: The accounts cannot be kept.
    """
    file = accounts_file(settings, profile.hall)
    if file.exists() and settings.accounts.exists():
        with contextlib.suppress(msgspec.ValidationError):
            return msgspec.json.decode(file.read_bytes(), type=DemoAccounts)
        # Written when the demo had fewer screens: what is missing is made.
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    tables = SqliteTables(settings.accounts)
    store = AccountStore(tables, passwords=demo_passwords())
    try:
        made = await make_accounts(store, profile)
    finally:
        await store.close()
    write_private(file, msgspec.json.encode(made))
    return made


def demo_passwords() -> Passwords:
    """Return cheaper hashes: the demo's passwords are random, nobody can guess them."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))


def accounts_file(settings: Settings, hall: str) -> Path:
    """Return the file in which the demo's accounts are kept."""
    return settings.data / f"demo-{hall}.json"


async def make_accounts(store: AccountStore, profile: HallProfile) -> DemoAccounts:
    """Make an account for every role, a clerk for every staffed window, and devices."""
    windows = staffed_windows(profile)
    visitors = visitors_window(profile, windows)
    makers = Makers(store, profile.hall)
    clerk, manager, inspector, administrator, help_desk = await asyncio.gather(
        makers.person("clerk", "clerk", visitors),
        makers.person("manager", "manager"),
        makers.person("inspector", "inspector"),
        makers.person("administrator", "administrator"),
        makers.person("help-desk", "help-desk"),
    )
    clerks = await asyncio.gather(
        *(makers.person("clerk", f"clerk-{w}", w) for w in windows if w != visitors)
    )
    spots = ["entrance", *(f"rehearsal-{n}" for n in range(1, KIOSKS + 1))]
    kiosks = [await makers.device("kiosk", spot) for spot in spots]
    with_pad = dict.fromkeys([*windows, visitors])
    pads = {window: await makers.device("pad", window) for window in with_pad}
    return DemoAccounts(
        hall=profile.hall,
        clerks=list(clerks),
        devices=Devices(kiosk=kiosks[1:], pad=pads),
        manager=manager,
        visitor_window=visitors,
        clerk=clerk,
        inspector=inspector,
        administrator=administrator,
        help_desk=help_desk,
        sign=await makers.device("sign", visitors),
        kiosk=kiosks[0],
    )


class Makers:
    """Makes people and devices of one hall, a few at the same time."""

    def __init__(self, store: AccountStore, hall: str) -> None:
        self._store = store
        self._hall = hall
        self._places = asyncio.Semaphore(AT_ONCE)

    async def person(self, role: Role, account: str, window: str = "") -> Person:
        """Make an account with a random password."""
        password = new_password()
        name = f"{window} 号窗口工作人员" if window else ROLE_NAMES[role]
        hall = "" if role == "administrator" else self._hall
        async with self._places:
            try:
                await self._store.add_account(
                    account, name=name, role=role, hall=hall, password=password, by=BY
                )
            except AccountExists:
                # Left from a first start that was broken off, or from an older demo.
                await self._store.set_password(account, password, by=BY)
        return Person(account=account, password=password, window=window)

    async def device(self, kind: DeviceKind, place: str) -> str:
        """Enrol a device and return its token."""
        enrolled = await self._store.devices.enrol(
            kind, hall=self._hall, place=place, by=BY
        )
        return enrolled.token


ROLE_NAMES: dict[Role, str] = {
    "clerk": "窗口工作人员",
    "help-desk": "导办台",
    "manager": "大厅值班经理",
    "inspector": "巡查员",
    "administrator": "系统管理员",
}


def staffed_windows(profile: HallProfile) -> list[str]:
    """Return the windows that a rehearsed day opens, in the profile's order."""
    texts = [text for zone in profile.rehearsal.zones for text in zone.staffed]
    staffed = {window for text in texts for window in windows_in(text)}
    return [w.window for w in profile.windows if w.window in staffed]


def visitors_window(profile: HallProfile, staffed: Iterable[str]) -> str:
    """Return a window that is free, in the busiest zone where it may serve.

    A zone is busy where many come for each window that is staffed. In a hall whose
    windows are all staffed, the last one is left to the visitor.
    """
    taken = list(staffed)
    crowds = {
        zone.zone: zone.share_percent * zone.mean_minutes / len(zone.staffed)
        for zone in profile.rehearsal.zones
    }
    busy = {
        skill.queue
        for window in profile.windows
        if window.window in taken
        for skill in window.skills
    }
    free = [
        window
        for window in profile.windows
        if window.window not in taken
        and any(s.queue in busy and s.level == "primary" for s in window.skills)
    ]
    if free:
        return max(free, key=lambda window: crowds.get(window.zone, 0)).window
    return taken[-1] if taken else profile.windows[0].window


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    new = file.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as draft:
        draft.write(content)
    new.replace(file)
