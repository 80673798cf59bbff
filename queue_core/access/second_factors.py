"""A second factor beside the password: codes of half a minute (RFC 6238, by pyotp).

The secret is sealed under the house's key, so that whoever has only the database
makes no codes. A code is taken once; ten recovery codes open once each.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyotp.utils import strings_equal

from queue_core.errors import LogError

from .notes import Notes
from .refusals import SecondFactorMissing, SecondFactorRefused
from .shared_tables import StoredFactor
from .tables import AccessTables, account_name
from .tables_thread import TablesThread


ISSUER = "Yihao"
RECOVERY_CODES = 10
STEP_MS = 30_000
NONCE_BYTES = 12

RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class BegunFactor(NamedTuple):
    """A second factor that its owner has not shown a code of yet."""

    secret: str
    """To be typed where nothing can be scanned."""
    uri: str
    """To be scanned by a phone's authenticator."""


class SecondFactors:
    """Begins, confirms, checks and removes second factors."""

    def __init__(
        self, tables: AccessTables, thread: TablesThread, notes: Notes, key: bytes
    ) -> None:
        """Seal secrets under a key of 32 bytes, the same as ever."""
        self._tables = tables
        self._thread = thread
        self._notes = notes
        self._cipher = AESGCM(key)

    async def has(self, account: str) -> bool:
        """Tell whether an account is asked for codes."""
        stored = await self._thread.do(lambda: self._tables.select_factor(account))
        return stored is not None and stored.confirmed_at > 0

    async def begin(self, account: str) -> BegunFactor:
        """Make a new secret; it counts once a code of it has been shown."""
        secret = pyotp.random_base32()
        sealed = self._seal(account, secret)

        def begin() -> None:
            with self._tables.transaction():
                known = self._tables.select_factor(account)
                if known is not None and known.confirmed_at:
                    raise SecondFactorRefused
                self._tables.put_factor(account, StoredFactor(sealed, 0, 0, ""))

        await self._thread.do(begin)
        uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
        return BegunFactor(secret, uri)

    async def confirm(self, account: str, hall: str, code: str) -> list[str]:
        """Begin to ask for codes, and return the recovery codes, told this once.

        Raises:
            SecondFactorRefused: The code is not right, or nothing was begun.
        """
        codes = [recovery_code() for _ in range(RECOVERY_CODES)]

        def confirm() -> None:
            with self._tables.transaction():
                known = self._tables.select_factor(account)
                if known is None or known.confirmed_at:
                    raise SecondFactorRefused
                step = self._step_of(account, known, code)
                self._tables.put_factor(
                    account,
                    StoredFactor(
                        known.sealed,
                        self._notes.now(),
                        step,
                        "\n".join(map(hash_of_code, codes)),
                    ),
                )
                self._notes.put(
                    "second-factor-added", by=account, whom=account, hall=hall
                )

        await self._thread.do(confirm)
        return codes

    async def remove(self, account: str, *, by: str, hall: str, code: str = "") -> None:
        """Ask an account for codes no longer; its owner shows one, others need not.

        Raises:
            SecondFactorRefused: The owner's code is not right.
        """
        name = account_name(account)

        def remove() -> None:
            with self._tables.transaction():
                known = self._tables.select_factor(name)
                if known is None:
                    return
                if by == name and known.confirmed_at:
                    self.require(name, hall, code)
                self._tables.delete_factor(name)
                self._notes.put("second-factor-removed", by=by, whom=name, hall=hall)

        await self._thread.do(remove)

    def require(self, account: str, hall: str, code: str) -> None:
        """Pass if the account has no second factor, or the code is one of it.

        To be called in the tables' thread, in a transaction that is kept.

        Raises:
            SecondFactorMissing: A code is wanted.
            SecondFactorRefused: It is wrong, or was taken before.
        """
        known = self._tables.select_factor(account)
        if known is None or not known.confirmed_at:
            return
        if not code:
            raise SecondFactorMissing
        hashed = hash_of_code(code)
        if hashed in known.recovery.split("\n"):
            left = "\n".join(one for one in known.recovery.split("\n") if one != hashed)
            self._tables.put_factor(account, known._replace(recovery=left))
            self._notes.put("recovery-code-used", by=account, whom=account, hall=hall)
            return
        step = self._step_of(account, known, code)
        self._tables.put_factor(account, known._replace(last_step=step))

    def _step_of(self, account: str, known: StoredFactor, code: str) -> int:
        totp = pyotp.TOTP(self._open(account, known.sealed))
        now = self._notes.now() // STEP_MS
        plain = code.replace(" ", "")
        # A phone's clock may be half a minute off; what was taken is taken.
        for step in (now - 1, now, now + 1):
            is_right = strings_equal(totp.generate_otp(step), plain)
            if is_right and step > known.last_step:
                return step
        raise SecondFactorRefused

    def _seal(self, account: str, secret: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret.encode(), account.encode())

    def _open(self, account: str, sealed: bytes) -> str:
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, account.encode()).decode()
        except InvalidTag as error:
            why = f"the second factor of {account} belongs to another key of the house"
            raise LogError(why) from error


def recovery_code() -> str:
    """Return a code that opens once: ten letters, 49 random bits."""
    letters = "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def hash_of_code(code: str) -> str:
    """Return what is kept of a recovery code, however it was typed."""
    plain = code.strip().lower().replace("-", "")
    return hashlib.sha256(f"recovery\0{plain}".encode("utf-8", "replace")).hexdigest()
