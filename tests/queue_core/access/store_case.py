"""A store of accounts on some database, and a wall clock that is set by hand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator

import pytest
from argon2 import PasswordHasher

from queue_core.access.accounts import AccountStore
from queue_core.access.identities import SignedIn
from queue_core.access.passwords import Passwords
from queue_core.access.tables import AccessTables
from queue_core.errors import Refused


HOUR = 3_600_000
PASSWORD = "三号窗口 open sesame"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Wall:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_793_581_200_000

    def __call__(self) -> int:
        return self.now


class StoreCase(ABC):
    """What the tests share. A subclass says how its tables are opened."""

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
