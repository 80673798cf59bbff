"""What signing in must do on every database: one case, a subclass each."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from queue_core.access.accounts import AccountStore
from queue_core.access.lockout import ADDRESS_FREE_FAILURES
from queue_core.access.refusals import SignInLocked, SignInRefused

from .store_case import HOUR, PASSWORD, StoreCase


class SessionContract(StoreCase):
    """The tests of sessions."""

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

    async def test_who_signs_in_elsewhere_is_signed_out_here(
        self, store: AccountStore
    ) -> None:
        first, second = await self.sign_in(store), await self.sign_in(store)

        assert first.token != second.token
        assert await store.sessions.find(first.token) is None
        assert await store.sessions.find(second.token) == second.session
        await store.sessions.sign_out(first.token)
        assert await store.sessions.find(second.token) == second.session
        actions = {note.action for note in await store.notes.waiting(9)}
        assert actions == {"account-added", "signed-in", "session-ended"}

    async def test_the_sessions_of_clerks_end_with_the_day_of_their_hall(
        self, store: AccountStore
    ) -> None:
        await store.add_account(
            "zhao", name="赵", role="manager", hall="city", password=PASSWORD, by="root"
        )
        clerk, manager = await self.sign_in(store), await self.sign_in(store, "zhao")

        await store.sessions.end_with_the_day("township")
        assert await store.sessions.find(clerk.token) == clerk.session
        await store.sessions.end_with_the_day("city")

        assert await store.sessions.find(clerk.token) is None
        assert await store.sessions.find(manager.token) == manager.session

    async def test_from_one_address_names_cannot_be_tried_without_end(
        self, store: AccountStore
    ) -> None:
        for n in range(ADDRESS_FREE_FAILURES):
            with pytest.raises(SignInRefused):
                await store.sessions.sign_in(f"n{n}", "x", address="10.0.0.5")
        with pytest.raises(SignInLocked):
            await store.sessions.sign_in("n", "x", address="10.0.0.5")

        again = self.open_store()
        with pytest.raises(SignInLocked):
            await again.sessions.sign_in("li", PASSWORD, address="10.0.0.5")
        elsewhere = await again.sessions.sign_in("li", PASSWORD, address="10.0.0.6")
        assert elsewhere.session.account == "li"
        await again.close()

    async def test_who_signs_in_at_last_leaves_nothing_behind_at_his_address(
        self, store: AccountStore
    ) -> None:
        for _ in range(ADDRESS_FREE_FAILURES + 9):
            await store.sessions.sign_in("li", PASSWORD, address="10.0.0.5")

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
        tables = self.open_tables()
        stored = tables.select_account("li")
        tables.close()

        assert stored is not None
        assert stored.password_hash.startswith("$argon2id$v=19$m=16,t=2,p=1$")
        await self.sign_in(later)
        await later.close()
