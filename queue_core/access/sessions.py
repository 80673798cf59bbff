"""Signing in and out: sessions that end when idle, and after a shift at the latest."""

from __future__ import annotations

from collections.abc import Callable

from .identities import Session, SignedIn
from .lockout import FORGOTTEN_AFTER_SECONDS, is_forgotten, seconds_to_wait
from .passwords import Passwords, Verdict
from .recognised import Recognised
from .refusals import SignInLocked, SignInRefused
from .tables import (
    AccessTables,
    Failures,
    StoredAccount,
    StoredSession,
    account_name,
)
from .tables_thread import TablesThread
from .tokens import SESSION_PREFIX, csrf_of, hash_of, new_token


TOUCHED_EVERY_MS = 60_000


class Sessions:
    """Begins, recognises and ends sessions."""

    def __init__(
        self,
        tables: AccessTables,
        thread: TablesThread,
        passwords: Passwords,
        now: Callable[[], int],
        *,
        idle_seconds: int,
        longest_seconds: int,
        remembered_ms: int,
    ) -> None:
        self._tables = tables
        self._thread = thread
        self._passwords = passwords
        self._now = now
        self._idle_ms = idle_seconds * 1000
        self._longest_ms = longest_seconds * 1000
        self._recognised: Recognised[Session] = Recognised(remembered_ms)

    async def sign_in(self, account: str, password: str) -> SignedIn:
        """Begin a session.

        Raises:
            SignInRefused: no such account, another password, or disabled.
            SignInLocked: too many failures under this name.
            Overloaded: too many passwords are being checked.
        """
        name = account_name(account)
        stored = await self._thread.do(lambda: self._charge(name))
        shut_out = stored is None or stored.account.disabled
        password_hash = None if shut_out or stored is None else stored.password_hash
        verdict = await self._passwords.verify(password_hash, password)
        if stored is None or not verdict.right:
            raise SignInRefused
        return await self._thread.do(lambda: self._begin(stored, verdict))

    async def find(self, token: str) -> Session | None:
        """Return the session a token belongs to; None if it has ended or never was."""
        if not token.startswith(SESSION_PREFIX):
            return None
        key, now = hash_of(token), self._now()
        session = self._recognised.get(key, now)
        if session is None or now > session.ends_at:
            session = await self._thread.do(lambda: self._read(token, key))
            if session is not None:
                self._recognised.put(key, session, now)
        return session

    async def sign_out(self, token: str) -> None:
        """End a session; one that has ended already does no harm."""
        key = hash_of(token)
        await self._thread.do(lambda: self._tables.delete_session(key))
        self.forget()

    def forget(self) -> None:
        """Look into the tables again for every session: something has changed."""
        self._recognised.forget()

    def _charge(self, name: str) -> StoredAccount | None:
        # A failure is counted before the check: many guesses at once gain nothing.
        now = self._now()
        with self._tables.transaction():
            before = self._tables.select_failures(name)
            wait = seconds_to_wait(before.times, before.last_at, now)
            if wait:
                raise SignInLocked(wait)
            times = 0 if is_forgotten(before.last_at, now) else before.times
            self._tables.put_failures(name, Failures(times + 1, now))
            self._tables.delete_failures_before(now - FORGOTTEN_AFTER_SECONDS * 1000)
            return self._tables.select_account(name)

    def _begin(self, stored: StoredAccount, verdict: Verdict) -> SignedIn:
        account, now, token = stored.account, self._now(), new_token(SESSION_PREFIX)
        with self._tables.transaction():
            if self._tables.select_account(account.account) != stored:
                # The account was changed while the password was being checked.
                raise SignInRefused
            if verdict.new_hash:
                self._tables.update_account(StoredAccount(account, verdict.new_hash))
            self._tables.delete_failures(account.account)
            self._tables.delete_sessions_before(
                now - self._longest_ms, now - self._idle_ms
            )
            self._tables.insert_session(hash_of(token), account.account, now)
        session = self._session(token, StoredSession(account, now, now))
        return SignedIn(token, session)

    def _read(self, token: str, key: bytes) -> Session | None:
        stored, now = self._tables.select_session(key), self._now()
        if stored is None or stored.account.disabled:
            return None
        idle_ms, lasted_ms = now - stored.seen_at, now - stored.started_at
        if idle_ms > self._idle_ms or lasted_ms > self._longest_ms:
            self._tables.delete_session(key)
            return None
        if idle_ms > TOUCHED_EVERY_MS:
            self._tables.touch_session(key, now)
        return self._session(token, stored)

    def _session(self, token: str, stored: StoredSession) -> Session:
        return Session(
            account=stored.account.account,
            name=stored.account.name,
            role=stored.account.role,
            hall=stored.account.hall,
            csrf=csrf_of(token),
            started_at=stored.started_at,
            ends_at=stored.started_at + self._longest_ms,
        )
