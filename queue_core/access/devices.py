"""The hall's devices: each with a token of its own that can be revoked."""

from __future__ import annotations

import secrets

import msgspec

from queue_core.errors import Overloaded
from queue_core.values import AuditAction

from .identities import Device, Enrolled, Wish, Wished
from .notes import Notes
from .recognised import Recognised
from .refusals import CodeUnknown, DeviceUnknown
from .roles import DeviceKind
from .tables import AccessTables
from .tables_thread import TablesThread
from .tokens import DEVICE_PREFIX, hash_of, new_token


WISH_MS = 15 * 60_000
"""How long a device shows its code."""

WISHES_LIMIT = 200
WISHES_OF_ADDRESS = 20
"""So many codes one address may have shown at once: with one more its oldest is worth
nothing, and nobody can keep all others from showing theirs."""

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
"""40 random bits: nobody types a stranger's code by mistake."""


class Devices:
    """Enrols, recognises and revokes kiosks, pads and signs."""

    def __init__(
        self,
        tables: AccessTables,
        thread: TablesThread,
        notes: Notes,
        *,
        remembered_ms: int,
    ) -> None:
        self._tables = tables
        self._thread = thread
        self._notes = notes
        self._now = notes.now
        self._recognised: Recognised[Device] = Recognised(remembered_ms)

    async def enrol(
        self, kind: DeviceKind, *, hall: str, place: str, by: str
    ) -> Enrolled:
        """Add a device; its token is told this once."""
        token = new_token(DEVICE_PREFIX)
        device = self._new(kind, hall, place, by)

        def add() -> None:
            with self._tables.transaction():
                self._tables.insert_device(device, hash_of(token))
                self._note(device, by, "device-added")

        await self._thread.do(add)
        return Enrolled(token, device)

    async def wish(self, kind: DeviceKind, *, address: str) -> Wished:
        """Let a device show a code until a manager types it in.

        The token is worth nothing before; it is told this once.

        Raises:
            Overloaded: too many devices wait already.
        """
        token = new_token(DEVICE_PREFIX)
        wish = Wish(code=new_code(), kind=kind, at=self._now(), address=address)

        def add() -> None:
            with self._tables.transaction():
                self._tables.delete_wishes_before(self._now() - WISH_MS)
                self._tables.delete_wishes_of(address, WISHES_OF_ADDRESS - 1)
                if self._tables.count_wishes() >= WISHES_LIMIT:
                    raise Overloaded(f"{WISHES_LIMIT} devices wait to be enrolled")
                self._tables.insert_wish(wish, hash_of(token))

        await self._thread.do(add)
        return Wished(token, wish.code, WISH_MS // 1000)

    async def grant(
        self, code: str, kind: DeviceKind, *, hall: str, place: str, by: str
    ) -> Device:
        """Enrol the device that shows the code; its token is good from now on.

        Raises:
            CodeUnknown: no device of this kind shows it, or not any longer.
        """
        plain = plain_code(code)

        def grant() -> Device:
            with self._tables.transaction():
                found = self._tables.select_wish(plain)
                if found is None or found[0].at < self._now() - WISH_MS:
                    raise CodeUnknown(code)
                if found[0].kind != kind:
                    raise CodeUnknown(code)
                device = self._new(kind, hall, place, by)
                self._tables.delete_wish(plain)
                self._tables.insert_device(device, found[1])
                self._note(device, by, "device-added")
                return device

        return await self._thread.do(grant)

    async def find(self, token: str) -> Device | None:
        """Return the device a token belongs to; None if it has been revoked."""
        if not token.startswith(DEVICE_PREFIX):
            return None
        key, now = hash_of(token), self._now()
        device = self._recognised.get(key, now)
        if device is None:
            device = await self._thread.do(lambda: self._tables.select_device(key))
            if device is None or device.revoked:
                return None
            self._recognised.put(key, device, now)
        return device

    async def of_hall(self, hall: str) -> list[Device]:
        """Return the devices of a hall, oldest first, revoked ones too."""
        return await self._thread.do(lambda: self._tables.select_devices(hall))

    async def revoke(self, device: str, *, hall: str, by: str) -> Device:
        """Make a device's token worthless, at once. Twice does no harm.

        Raises:
            DeviceUnknown: the hall has no such device.
        """

        def revoke() -> Device:
            with self._tables.transaction():
                devices = self._tables.select_devices(hall)
                known = {found.device: found for found in devices}
                if device not in known:
                    raise DeviceUnknown(device)
                if known[device].revoked:
                    return known[device]
                revoked = msgspec.structs.replace(known[device], revoked_at=self._now())
                self._tables.update_device(revoked)
                self._note(revoked, by, "device-revoked")
                return revoked

        revoked = await self._thread.do(revoke)
        self._recognised.forget()
        return revoked

    def _new(self, kind: DeviceKind, hall: str, place: str, by: str) -> Device:
        return Device(
            device=f"{kind}-{secrets.token_hex(4)}",
            kind=kind,
            hall=hall,
            place=place,
            created_at=self._now(),
            created_by=by,
        )

    def _note(self, device: Device, by: str, action: AuditAction) -> None:
        self._notes.put(
            action,
            by=by,
            whom=device.device,
            hall=device.hall,
            detail=f"{device.kind} {device.place}",
        )


def new_code() -> str:
    """Return a code that can be read off a screen and typed."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def plain_code(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return code.upper().replace("-", "").replace(" ", "")
