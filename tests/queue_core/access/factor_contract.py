"""What a second factor must do on every database: one case, a subclass each."""

from __future__ import annotations

import pyotp
import pytest

from queue_core.access.accounts import AccountStore
from queue_core.access.identities import SignedIn
from queue_core.access.refusals import (
    SecondFactorMissing,
    SecondFactorRefused,
    SignInLocked,
)

from .store_case import PASSWORD, StoreCase


class FactorContract(StoreCase):
    """The tests of second factors."""

    def code(self, secret: str) -> str:
        """Return what a phone shows now."""
        return pyotp.TOTP(secret).generate_otp(self.wall.now // 30_000)

    async def sign_in_with(self, store: AccountStore, code: str) -> SignedIn:
        return await store.sessions.sign_in("li", PASSWORD, code=code)

    async def enrolled(self, store: AccountStore) -> tuple[str, list[str]]:
        """Give the account a second factor; return the secret and recovery codes."""
        secret, uri = await store.second_factors.begin("li")
        assert f"secret={secret}" in uri
        codes = await store.second_factors.confirm("li", "city", self.code(secret))
        self.wall.now += 30_000
        return secret, codes

    async def test_a_factor_counts_once_a_code_of_it_was_shown(
        self, store: AccountStore
    ) -> None:
        await store.second_factors.begin("li")
        with pytest.raises(SecondFactorRefused):
            await store.second_factors.confirm("li", "city", "000000")
        await self.sign_in(store)

        secret, _ = await self.enrolled(store)

        assert await store.second_factors.has("li")
        with pytest.raises(SecondFactorMissing):
            await self.sign_in(store)
        with pytest.raises(SecondFactorRefused):
            await self.sign_in_with(store, "000000")
        assert (await self.sign_in_with(store, self.code(secret))).token

    async def test_a_code_is_taken_once(self, store: AccountStore) -> None:
        secret, _ = await self.enrolled(store)
        code = self.code(secret)
        await self.sign_in_with(store, code)

        with pytest.raises(SecondFactorRefused):
            await self.sign_in_with(store, code)
        self.wall.now += 30_000
        with pytest.raises(SecondFactorRefused):
            await self.sign_in_with(store, code)
        assert (await self.sign_in_with(store, self.code(secret))).token

    async def test_a_phone_may_be_half_a_minute_late_and_no_more(
        self, store: AccountStore
    ) -> None:
        secret, _ = await self.enrolled(store)
        late, too_late = self.code(secret), self.code(secret)
        self.wall.now += 30_000
        await self.sign_in_with(store, late)
        self.wall.now += 60_000

        with pytest.raises(SecondFactorRefused):
            await self.sign_in_with(store, too_late)

    async def test_guessing_codes_is_slowed_down_like_passwords(
        self, store: AccountStore
    ) -> None:
        await self.enrolled(store)
        for n in range(5):
            with pytest.raises(SecondFactorRefused):
                await self.sign_in_with(store, f"00000{n}")

        with pytest.raises(SignInLocked):
            await self.sign_in_with(store, "000009")

    async def test_a_recovery_code_opens_once(self, store: AccountStore) -> None:
        _, codes = await self.enrolled(store)
        assert len(set(codes)) == 10

        assert (await self.sign_in_with(store, codes[3].upper())).token
        with pytest.raises(SecondFactorRefused):
            await self.sign_in_with(store, codes[3])
        assert (await self.sign_in_with(store, codes[4])).token

    async def test_its_owner_shows_a_code_to_remove_it_and_others_need_not(
        self, store: AccountStore
    ) -> None:
        secret, _ = await self.enrolled(store)
        factors = store.second_factors
        with pytest.raises(SecondFactorMissing):
            await factors.remove("li", by="li", hall="city")
        await factors.remove("li", by="li", hall="city", code=self.code(secret))
        assert not await factors.has("li")

        await self.enrolled(store)
        await factors.remove("li", by="root", hall="city")

        assert (await self.sign_in(store)).token

    async def test_whoever_has_the_database_alone_makes_no_codes(
        self, store: AccountStore
    ) -> None:
        secret, codes = await self.enrolled(store)

        tables = self.open_tables()
        stored = tables.select_factor("li")
        tables.close()

        assert stored is not None
        assert secret.encode() not in stored.sealed
        assert not any(code in stored.recovery for code in codes)
