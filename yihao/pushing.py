"""Telling phones, where the house is told whom their services may turn to."""

from __future__ import annotations

from displays.push_desk import PushDesk
from displays.web_push import PUSH_SERVICES, PushSender, push_key

from .settings import Settings


def push_desk_of(settings: Settings) -> PushDesk | None:
    """Return who tells phones; nobody, unless there is an address to turn to.

    Raises:
        LogError: The key cannot be read or made.
    """
    if not settings.push_contact:
        return None
    sender = PushSender(push_key(settings.push_key), settings.push_contact)
    return PushDesk(sender, (*PUSH_SERVICES, *settings.push_services))
