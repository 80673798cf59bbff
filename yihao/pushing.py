"""Telling phones, where the house is told whom their services may turn to."""

from __future__ import annotations

from contextlib import AsyncExitStack

from displays.push_desk import PushDesk
from displays.web_push import PUSH_SERVICES, PushSender, push_key

from .settings import Settings


def push_desk_of(settings: Settings, closing: AsyncExitStack) -> PushDesk | None:
    """Return who tells phones; nobody, unless there is an address to turn to.

    Raises:
        LogError: The key cannot be read or made.
    """
    if not settings.push_contact:
        return None
    sender = PushSender(push_key(settings.push_key), settings.push_contact)
    desk = PushDesk(sender, (*PUSH_SERVICES, *settings.push_services))
    closing.push_async_callback(desk.stop)
    return desk
