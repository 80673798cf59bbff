"""The persons of the house, and who reminds them, where there is an SMS gateway."""

from __future__ import annotations

from contextlib import AsyncExitStack

from displays.reminders import ReminderDesk
from displays.sms_gateway import SmsGateway
from queue_core.access.secrets import SecretKeeper
from queue_core.clock import HallClock
from queue_core.persons.person_store import PersonStore

from .settings import Settings
from .stores import open_persons


def person_store_of(
    settings: Settings, keeper: SecretKeeper, closing: AsyncExitStack
) -> PersonStore:
    """Open the store of persons for the house.

    Raises:
        LogError: It cannot be opened, or its master key is another.
    """
    store = PersonStore(open_persons(settings, keeper))
    closing.push_async_callback(store.close)
    return store


def reminder_desk_of(
    settings: Settings,
    persons: PersonStore,
    clock: HallClock,
    closing: AsyncExitStack,
) -> ReminderDesk | None:
    """Return who reminds by SMS; nobody, unless there is a gateway."""
    if not settings.sms_gateway:
        return None
    gateway = SmsGateway(settings.sms_gateway, settings.sms_token)
    desk = ReminderDesk(persons, gateway, clock)
    closing.push_async_callback(desk.stop)
    return desk
