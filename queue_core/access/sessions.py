"""Signing in and out: sessions that end when idle, and after a shift at the latest."""

from __future__ import annotations

from .identities import Account, Session, SignedIn
from .lockout import (
    ADDRESS_FREE_FAILURES,
    FORGOTTEN_AFTER_SECONDS,
    FREE_FAILURES,
    is_forgotten,
    seconds_to_wait,
)
from .notes import Notes
from .passwords import Passwords, Verdict
from .recognised import Recognised
from .refusals import SignInLocked, SignInRefused
from .roles import Role
from .second_factors import SecondFactors
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

OF_THE_DAY: frozenset[Role] = frozenset({"clerk", "help-desk"})
"""Whose sessions end with the hall's day: nobody works at an open console at night."""


class Sessions:
    """Begins, recognises and ends sessions."""

    def __init__(
        self,
        tables: AccessTables,
        thread: TablesThread,
        passwords: Passwords,
        notes: Notes,
        second_factors: SecondFactors,
        *,
        idle_seconds: int,
        longest_seconds: int,
        remembered_ms: int,
    ) -> None:
        self._tables = tables
        self._thread = thread
        self._passwords = passwords
        self._notes = notes
        self._second_factors = second_factors
        self._now = notes.now
        self._idle_ms = idle_seconds * 1000
        self._longest_ms = longest_seconds * 1000
        self._recognised: Recognised[Session] = Recognised(remembered_ms)

    async def sign_in(
        self, account: str, password: str, *, code: str = "", address: str = ""
    ) -> SignedIn:
        """Begin a session; the account's earlier ones end.

        ``code`` is of the second factor, ``address`` the caller's in the network.

        Raises:
            SignInRefused: no such account, another password, or disabled.
            SignInLocked: too many failures under this name, or from this address.
            SecondFactorMissing: the password is right, and a code is wanted.
            SecondFactorRefused: the code is wrong.
            Overloaded: too many passwords are being checked.
        """
        name = account_name(account)
        stored = await self._thread.do(lambda: self._charge(name, address))
        shut_out = stored is None or stored.account.disabled
        password_hash = None if shut_out or stored is None else stored.password_hash
        verdict = await self._passwords.verify(password_hash, password)
        if stored is None or not verdict.right:
            raise SignInRefused
        signed_in = await self._thread.do(
            lambda: self._begin(stored, verdict, code, address)
        )
        self.forget()
        return signed_in

    async def begin_for(self, account: str, *, address: str, by: str) -> SignedIn:
        """Begin a session for somebody whom another house has recognised.

        Raises:
            SignInRefused: there is no such account here, or it is disabled.
        """
        name = account_name(account)

        def begin() -> SignedIn:
            with self._tables.transaction():
                stored = self._tables.select_account(name)
                if stored is None or stored.account.disabled:
                    raise SignInRefused
                return self._put(stored.account, address, by)

        signed_in = await self._thread.do(begin)
        self.forget()
        return signed_in

    async def end_with_the_day(self, hall: str) -> None:
        """End the sessions of those who serve a hall whose day is over."""

        def end() -> None:
            with self._tables.transaction():
                for account in self._tables.select_accounts():
                    if account.hall != hall or account.role not in OF_THE_DAY:
                        continue
                    if self._tables.delete_sessions_of(account.account):
                        self._note_end(account, "the day is over")

        await self._thread.do(end)
        self.forget()

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

    async def sign_out(self, token: str, *, address: str = "") -> None:
        """End a session; one that has ended already does no harm."""
        key = hash_of(token)

        def end() -> None:
            with self._tables.transaction():
                stored = self._tables.select_session(key)
                self._tables.delete_session(key)
                if stored is not None:
                    account = stored.account
                    self._notes.put(
                        "signed-out",
                        by=account.account,
                        whom=account.account,
                        hall=account.hall,
                        address=address,
                    )

        await self._thread.do(end)
        self.forget()

    def forget(self) -> None:
        """Look into the tables again for every session: something has changed."""
        self._recognised.forget()

    def _charge(self, name: str, address: str) -> StoredAccount | None:
        # A failure is counted before the check: many guesses at once gain nothing.
        now = self._now()
        with self._tables.transaction():
            self._count(name, now, FREE_FAILURES)
            if address:
                self._count(place_of(address), now, ADDRESS_FREE_FAILURES)
            self._tables.delete_failures_before(now - FORGOTTEN_AFTER_SECONDS * 1000)
            return self._tables.select_account(name)

    def _count(self, name: str, now: int, free: int) -> None:
        before = self._tables.select_failures(name)
        wait = seconds_to_wait(before.times, before.last_at, now, free)
        if wait:
            raise SignInLocked(wait)
        times = 0 if is_forgotten(before.last_at, now) else before.times
        self._tables.put_failures(name, Failures(times + 1, now))

    def _begin(
        self, stored: StoredAccount, verdict: Verdict, code: str, address: str
    ) -> SignedIn:
        account = stored.account
        with self._tables.transaction():
            if self._tables.select_account(account.account) != stored:
                # The account was changed while the password was being checked.
                raise SignInRefused
            self._second_factors.require(account.account, account.hall, code)
            if verdict.new_hash:
                self._tables.update_account(StoredAccount(account, verdict.new_hash))
            self._tables.delete_failures(account.account)
            self._take_back(place_of(address))
            return self._put(account, address, "")

    def _take_back(self, place: str) -> None:
        before = self._tables.select_failures(place)
        if before.times:
            self._tables.put_failures(place, before._replace(times=before.times - 1))

    def _put(self, account: Account, address: str, by: str) -> SignedIn:
        now, token = self._now(), new_token(SESSION_PREFIX)
        self._tables.delete_sessions_before(now - self._longest_ms, now - self._idle_ms)
        if self._tables.delete_sessions_of(account.account):
            self._note_end(account, "signed in elsewhere")
        self._tables.insert_session(hash_of(token), account.account, now)
        self._notes.put(
            "signed-in",
            by=account.account,
            whom=account.account,
            hall=account.hall,
            address=address,
            detail=by,
        )
        return SignedIn(token, self._session(token, StoredSession(account, now, now)))

    def _note_end(self, account: Account, why: str) -> None:
        self._notes.put(
            "session-ended",
            by="house",
            whom=account.account,
            hall=account.hall,
            detail=why,
        )

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


def place_of(address: str) -> str:
    """Return the name under which failures from an address are counted.

    No account can have it.
    """
    return f"@{address}"
