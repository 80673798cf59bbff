"""The store of accounts, with their sessions and the hall's devices.

It stands apart from the log: it forgets, the log does not. It keeps real time, because
a session must not end sooner when the hall's clock runs faster.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

import msgspec

from queue_core.clock import wall_clock
from queue_core.values import AuditAction

from .devices import Devices
from .identities import Account
from .notes import Notes
from .passwords import Passwords
from .refusals import AccountExists, AccountUnknown, OwnAccount
from .roles import Role
from .second_factors import SecondFactors
from .sessions import Sessions
from .tables import AccessTables, StoredAccount, account_name
from .tables_thread import TablesThread


class AccountStore:
    """Keeps accounts, sessions and devices, and no token or password in the clear.

    Everything belongs to one event loop; the tables are used in a thread. Every
    method raises ``LogError`` when the tables fail.
    """

    def __init__(
        self,
        tables: AccessTables,
        *,
        passwords: Passwords | None = None,
        sealing_key: bytes | None = None,
        now: Callable[[], int] = wall_clock,
        idle_seconds: int = 4 * 3600,
        longest_seconds: int = 14 * 3600,
        remembered_ms: int = 5_000,
    ) -> None:
        """Use the tables; what another process revokes ends in ``remembered_ms``.

        Without ``sealing_key`` second factors can be taken away, and no code is right.
        """
        self._tables = tables
        self._thread = TablesThread()
        self._passwords = passwords if passwords is not None else Passwords()
        self._now = now
        self.notes = Notes(tables, self._thread, now)
        self.second_factors = SecondFactors(
            tables, self._thread, self.notes, sealing_key or secrets.token_bytes(32)
        )
        self.sessions = Sessions(
            tables,
            self._thread,
            self._passwords,
            self.notes,
            self.second_factors,
            idle_seconds=idle_seconds,
            longest_seconds=longest_seconds,
            remembered_ms=remembered_ms,
        )
        self.devices = Devices(
            tables, self._thread, self.notes, remembered_ms=remembered_ms
        )

    async def close(self) -> None:
        """Give tables and threads back."""
        await self._thread.do(self._tables.close)
        self._thread.close()
        self._passwords.close()

    async def accounts(self) -> list[Account]:
        """Return all accounts by name."""
        return await self._thread.do(self._tables.select_accounts)

    async def account(self, account: str) -> Account:
        """Return an account.

        Raises:
            AccountUnknown: there is none of this name.
        """
        return (await self._thread.do(lambda: self._stored(account))).account

    async def add_account(
        self, account: str, *, name: str, role: Role, hall: str, password: str, by: str
    ) -> Account:
        """Add an account.

        Raises:
            AccountExists: the name is taken.
            PasswordTooShort: the password has too few characters.
        """
        added = Account(
            account=account_name(account),
            name=name,
            role=role,
            hall=hall,
            created_at=self._now(),
        )
        stored = StoredAccount(added, await self._passwords.hash(password))

        def add() -> None:
            with self._tables.transaction():
                if self._tables.select_account(added.account) is not None:
                    raise AccountExists(added.account)
                self._tables.insert_account(stored)
                self.notes.put(
                    "account-added",
                    by=by,
                    whom=added.account,
                    hall=added.hall,
                    detail=added.role,
                )

        await self._thread.do(add)
        return added

    async def set_role(self, account: str, role: Role, *, by: str) -> Account:
        """Give an account another role; its sessions end.

        Raises:
            OwnAccount: nobody changes his own role.
            AccountUnknown: there is none of this name.
        """
        return await self._change(account, by, "role-changed", role=role)

    async def set_disabled(self, account: str, disabled: bool, *, by: str) -> Account:
        """Shut an account out, at once and everywhere, or let it in again.

        Raises:
            OwnAccount: nobody shuts himself out.
            AccountUnknown: there is none of this name.
        """
        action: AuditAction = "account-disabled" if disabled else "account-enabled"
        return await self._change(account, by, action, disabled=disabled)

    async def set_password(self, account: str, password: str, *, by: str) -> None:
        """Give an account another password; its sessions end.

        Raises:
            AccountUnknown: there is none of this name.
            PasswordTooShort: the password has too few characters.
        """
        password_hash = await self._passwords.hash(password)

        def change() -> None:
            with self._tables.transaction():
                stored = self._stored(account)._replace(password_hash=password_hash)
                self._put(stored, by, "password-changed")
                self._tables.delete_failures(stored.account.account)

        await self._thread.do(change)
        self.sessions.forget()

    async def _change(
        self, account: str, by: str, action: AuditAction, **values: Role | bool
    ) -> Account:
        if account_name(account) == account_name(by):
            raise OwnAccount(account)

        def change() -> Account:
            with self._tables.transaction():
                stored = self._stored(account)
                changed = msgspec.structs.replace(stored.account, **values)
                if changed != stored.account:
                    self._put(
                        stored._replace(account=changed),
                        by,
                        action,
                        f"{stored.account.role} → {changed.role}"
                        if "role" in values
                        else "",
                    )
                return changed

        changed = await self._thread.do(change)
        self.sessions.forget()
        return changed

    def _stored(self, account: str) -> StoredAccount:
        stored = self._tables.select_account(account_name(account))
        if stored is None:
            raise AccountUnknown(account)
        return stored

    def _put(
        self, stored: StoredAccount, by: str, action: AuditAction, detail: str = ""
    ) -> None:
        account = stored.account
        self._tables.update_account(stored)
        self._tables.delete_sessions_of(account.account)
        self.notes.put(
            action, by=by, whom=account.account, hall=account.hall, detail=detail
        )
