"""What the account store must do on every database: one case, a subclass each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator

import pytest
from argon2 import PasswordHasher

from queue_core.access.accounts import AccountStore
from queue_core.access.identities import SignedIn
from queue_core.access.passwords import Passwords
from queue_core.access.refusals import (
    AccountExists,
    AccountUnknown,
    DeviceUnknown,
    OwnAccount,
    PasswordTooShort,
    SignInLocked,
    SignInRefused,
)
from queue_core.access.tables import AccessTables
from queue_core.errors import LogError, Refused


HOUR = 3_600_000
PASSWORD = "三号窗口 open sesame"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Wall:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_793_581_200_000

    def __call__(self) -> int:
        return self.now


class AccountContract(ABC):
    """The tests. A subclass says how its tables are made and opened again."""

    @abstractmethod
    def open_tables(self) -> AccessTables:
        """Return the tables; a second call returns the same ones, opened anew."""

    def open_store(self, hasher: PasswordHasher = CHEAP) -> AccountStore:
        """Return a store whose passwords are cheap to check."""
        passwords = Passwords(hasher)
        return AccountStore(self.open_tables(), passwords=passwords, now=self.wall)

    @pytest.fixture(autouse=True)
    def _wall(self) -> None:
        self.wall = Wall()

    @pytest.fixture
    async def store(self) -> AsyncIterator[AccountStore]:
        store = self.open_store()
        await self.add(store, "li")
        yield store
        await store.close()

    async def add(self, store: AccountStore, account: str) -> None:
        await store.add_account(
            account, name="李", role="clerk", hall="city", password=PASSWORD, by="root"
        )

    async def sign_in(self, store: AccountStore, account: str = "li") -> SignedIn:
        return await store.sessions.sign_in(account, PASSWORD)

    async def refusal(
        self, store: AccountStore, account: str, password: str
    ) -> Refused:
        with pytest.raises(Refused) as refusal:
            await store.sessions.sign_in(account, password)
        return refusal.value

    # Signing in.

    async def test_a_clerk_signs_in_and_is_recognised(
        self, store: AccountStore
    ) -> None:
        token, session = await self.sign_in(store)

        found = await store.sessions.find(token)

        assert found == session
        assert (session.account, session.name) == ("li", "李")
        assert (session.role, session.hall) == ("clerk", "city")
        assert session.ends_at == self.wall.now + 14 * HOUR
        assert len(session.csrf) == 22
        assert session.csrf not in token

    async def test_every_session_has_its_own_token(self, store: AccountStore) -> None:
        first, second = await self.sign_in(store), await self.sign_in(store)

        await store.sessions.sign_out(first.token)

        assert first.token != second.token
        assert await store.sessions.find(first.token) is None
        assert await store.sessions.find(second.token) == second.session
        await store.sessions.sign_out(first.token)

    async def test_an_account_is_the_same_however_it_is_typed(
        self, store: AccountStore
    ) -> None:
        assert (await self.sign_in(store, " LI ")).session.account == "li"

    @pytest.mark.parametrize(
        ("account", "password"),
        [("li", "wrong"), ("li", ""), ("nobody", PASSWORD), ("", ""), ("li", "\ud800")],
    )
    async def test_nobody_learns_whether_account_or_password_is_wrong(
        self, store: AccountStore, account: str, password: str
    ) -> None:
        refusal = await self.refusal(store, account, password)

        assert isinstance(refusal, SignInRefused)
        assert refusal.details() == {}

    @pytest.mark.parametrize("token", ["", "s.", "s.x", "d.x", "\ud800", "s.\ud800"])
    async def test_a_token_that_was_not_given_opens_nothing(
        self, store: AccountStore, token: str
    ) -> None:
        assert await store.sessions.find(token) is None
        assert await store.devices.find(token) is None

    @pytest.mark.parametrize("account", ["li", "nobody"])
    async def test_after_five_failures_each_further_one_costs_twice_the_wait(
        self, store: AccountStore, account: str
    ) -> None:
        for _ in range(5):
            assert isinstance(
                await self.refusal(store, account, "wrong"), SignInRefused
            )

        waits = []
        for _ in range(4):
            locked = await self.refusal(store, account, PASSWORD)
            assert isinstance(locked, SignInLocked)
            waits.append(locked.retry_after_seconds)
            self.wall.now += locked.retry_after_seconds * 1000
            await self.refusal(store, account, "wrong")

        assert waits == [1, 2, 4, 8]

    async def test_many_guesses_at_once_gain_nothing(self, store: AccountStore) -> None:
        guesses = [self.refusal(store, "li", f"guess {n}") for n in range(20)]

        refusals = [await guess for guess in guesses]

        kinds = [type(refusal) for refusal in refusals]
        assert kinds == [SignInRefused] * 5 + [SignInLocked] * 15

    async def test_a_right_password_clears_the_failures(
        self, store: AccountStore
    ) -> None:
        for _ in range(2):
            for _ in range(4):
                await self.refusal(store, "li", "wrong")
            await self.sign_in(store)

        assert isinstance(await self.refusal(store, "li", "wrong"), SignInRefused)

    async def test_failures_of_an_hour_ago_count_no_more(
        self, store: AccountStore
    ) -> None:
        for _ in range(5):
            await self.refusal(store, "li", "wrong")

        self.wall.now += HOUR + 1

        await self.sign_in(store)

    async def test_the_failures_of_one_lock_nobody_else(
        self, store: AccountStore
    ) -> None:
        await self.add(store, "wang")
        for _ in range(6):
            await self.refusal(store, "li", "wrong")

        assert (await self.sign_in(store, "wang")).session.account == "wang"

    async def test_a_session_ends_when_nothing_is_done_for_long(
        self, store: AccountStore
    ) -> None:
        token, _ = await self.sign_in(store)

        for _ in range(3):
            self.wall.now += 3 * HOUR
            assert await store.sessions.find(token) is not None
        self.wall.now += 4 * HOUR + 1

        assert await store.sessions.find(token) is None

    async def test_a_session_ends_after_a_long_shift_at_the_latest(
        self, store: AccountStore
    ) -> None:
        token, session = await self.sign_in(store)

        while self.wall.now + HOUR <= session.ends_at:
            self.wall.now += HOUR
            assert await store.sessions.find(token) is not None
        self.wall.now += 1

        assert await store.sessions.find(token) is None

    async def test_an_aged_hash_is_renewed_at_the_next_sign_in(
        self, store: AccountStore
    ) -> None:
        stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
        later = self.open_store(stronger)

        await self.sign_in(later)
        stored = self.open_tables().select_account("li")

        assert stored is not None
        assert stored.password_hash.startswith("$argon2id$v=19$m=16,t=2,p=1$")
        await self.sign_in(later)
        await later.close()

    # Accounts.

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

    async def test_who_changed_what_is_kept(self, store: AccountStore) -> None:
        await store.set_role("li", "manager", by="root")
        await store.set_role("li", "manager", by="root")
        await store.set_password("li", "another password", by="li")

        changes = [(c.by, c.what, c.whom) for c in await store.changes()]

        assert changes == [
            ("li", "password changed", "li"),
            ("root", "role changed to manager", "li"),
            ("root", "account added", "li"),
        ]

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
