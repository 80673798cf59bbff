"""What the account store must do on every database: one case, a subclass each."""

from __future__ import annotations

import pytest

from queue_core.access.accounts import AccountStore
from queue_core.access.refusals import (
    AccountExists,
    AccountUnknown,
    DeviceUnknown,
    OwnAccount,
    PasswordTooShort,
    SignInRefused,
)
from queue_core.errors import LogError

from .store_case import PASSWORD, StoreCase


class AccountContract(StoreCase):
    """The tests of accounts, devices and the store as a whole."""

    async def test_accounts_are_listed_by_name_without_their_passwords(
        self, store: AccountStore
    ) -> None:
        await self.add(store, "chen")

        accounts = await store.accounts()

        assert [account.account for account in accounts] == ["chen", "li"]
        assert await store.account("LI") == accounts[1]
        assert "argon2" not in repr(accounts)

    async def test_a_name_is_given_once(self, store: AccountStore) -> None:
        with pytest.raises(AccountExists):
            await self.add(store, "Li")

    async def test_a_short_password_is_refused(self, store: AccountStore) -> None:
        with pytest.raises(PasswordTooShort):
            await store.set_password("li", "short", by="root")

        await self.sign_in(store)

    async def test_nobody_changes_his_own_role_or_shuts_himself_out(
        self, store: AccountStore
    ) -> None:
        with pytest.raises(OwnAccount):
            await store.set_role("li", "administrator", by="LI")
        with pytest.raises(OwnAccount):
            await store.set_disabled("li", True, by="li")

        assert (await store.account("li")).role == "clerk"

    async def test_a_changed_role_holds_at_once_and_asks_for_a_new_sign_in(
        self, store: AccountStore
    ) -> None:
        token, _ = await self.sign_in(store)
        assert await store.sessions.find(token) is not None

        changed = await store.set_role("li", "manager", by="root")

        assert changed.role == "manager"
        assert await store.sessions.find(token) is None
        assert (await self.sign_in(store)).session.role == "manager"

    async def test_a_disabled_account_is_out_at_once_until_it_is_enabled(
        self, store: AccountStore
    ) -> None:
        token, _ = await self.sign_in(store)
        assert await store.sessions.find(token) is not None

        await store.set_disabled("li", True, by="root")
        out = await store.sessions.find(token)
        refused = await self.refusal(store, "li", PASSWORD)
        await store.set_disabled("li", False, by="root")

        assert out is None
        assert isinstance(refused, SignInRefused)
        await self.sign_in(store)
        assert await store.sessions.find(token) is None

    async def test_a_changed_password_ends_all_sessions_and_unlocks(
        self, store: AccountStore
    ) -> None:
        token, _ = await self.sign_in(store)
        for _ in range(6):
            await self.refusal(store, "li", "wrong")

        await store.set_password("li", "another password", by="root")

        assert await store.sessions.find(token) is None
        assert (await store.sessions.sign_in("li", "another password")).token

    async def test_an_account_that_is_not_there_cannot_be_changed(
        self, store: AccountStore
    ) -> None:
        with pytest.raises(AccountUnknown):
            await store.account("nobody")
        with pytest.raises(AccountUnknown):
            await store.set_role("nobody", "clerk", by="root")
        with pytest.raises(AccountUnknown):
            await store.set_password("nobody", PASSWORD, by="root")

    async def test_who_changed_what_is_noted_once(self, store: AccountStore) -> None:
        await store.set_role("li", "manager", by="root")
        await store.set_role("li", "manager", by="root")
        await store.set_password("li", "another password", by="li")

        notes = await store.notes.waiting(9)

        assert sorted((n.by, n.action, n.whom, n.detail) for n in notes) == [
            ("li", "password-changed", "li", ""),
            ("root", "account-added", "li", "clerk"),
            ("root", "role-changed", "li", "clerk → manager"),
        ]
        assert {note.hall for note in notes} == {"city"}

    async def test_what_was_set_down_is_forgotten(self, store: AccountStore) -> None:
        await store.set_password("li", "another password", by="li")
        first, *others = await store.notes.waiting(9)

        await store.notes.forget([first])

        assert await store.notes.waiting(9) == others

    # Devices.

    async def test_a_device_is_recognised_by_its_token(
        self, store: AccountStore
    ) -> None:
        token, pad = await store.devices.enrol("pad", hall="city", place="3", by="root")

        assert await store.devices.find(token) == pad
        assert (pad.kind, pad.hall, pad.place) == ("pad", "city", "3")
        assert await store.sessions.find(token) is None
        assert await store.devices.of_hall("city") == [pad]
        assert await store.devices.of_hall("township") == []

    async def test_a_revoked_device_is_out_at_once_and_stays_in_the_list(
        self, store: AccountStore
    ) -> None:
        token, pad = await store.devices.enrol("pad", hall="city", place="3", by="root")
        assert await store.devices.find(token) is not None

        revoked = await store.devices.revoke(pad.device, hall="city", by="root")
        again = await store.devices.revoke(pad.device, hall="city", by="root")

        assert revoked.revoked
        assert again == revoked
        assert await store.devices.find(token) is None
        assert await store.devices.of_hall("city") == [revoked]

    async def test_a_manager_cannot_revoke_what_stands_in_another_hall(
        self, store: AccountStore
    ) -> None:
        token, pad = await store.devices.enrol("pad", hall="city", place="3", by="root")

        with pytest.raises(DeviceUnknown):
            await store.devices.revoke(pad.device, hall="township", by="zhao")

        assert await store.devices.find(token) is not None

    # The store as a whole.

    async def test_another_process_sees_accounts_sessions_and_devices(
        self, store: AccountStore
    ) -> None:
        token, session = await self.sign_in(store)
        device_token, pad = await store.devices.enrol(
            "pad", hall="city", place="3", by="root"
        )

        other = self.open_store()

        assert await other.sessions.find(token) == session
        assert await other.devices.find(device_token) == pad
        await other.close()

    async def test_what_another_process_revokes_ends_within_seconds(
        self, store: AccountStore
    ) -> None:
        token, _ = await self.sign_in(store)
        assert await store.sessions.find(token) is not None
        other = self.open_store()
        await other.set_disabled("li", True, by="root")
        await other.close()

        self.wall.now += 5_000

        assert await store.sessions.find(token) is None

    async def test_a_closed_store_says_so(self) -> None:
        store = self.open_store()
        await store.close()

        with pytest.raises(LogError):
            await store.accounts()
