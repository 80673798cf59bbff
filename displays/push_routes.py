"""The wish to be told on the phone, and its end."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from projections.answers import Answer
from projections.house import House
from queue_core import errors
from queue_core.interface.fields import END, Nothing
from queue_core.interface.refusals import NotAcceptable, NotFound
from queue_core.interface.routes import Call, Route

from .push_desk import PushDesk, Wish
from .web_push import Subscription, is_browser_key, is_push_service


Key = Annotated[
    str, msgspec.Meta(max_length=128, pattern=r"^[A-Za-z0-9_-]+={0,2}" + END)
]
Address = Annotated[str, msgspec.Meta(max_length=1024, pattern=r"^[!-~]+" + END)]


class PushKeyAnswer(Answer, frozen=True, kw_only=True):
    """The key by which a browser lets the house write; null: the house does not."""

    key: str | None


class WantPush(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a browser gives to whoever may write to it."""

    endpoint: Address
    p256dh: Key
    auth: Key


class PushAnswer(Answer, frozen=True, kw_only=True):
    """Whether a phone is told about its ticket."""

    ticket: str
    on: bool
    version: int


async def show_push_key(call: Call[House, Nothing]) -> PushKeyAnswer:
    """Tell the key by which browsers let the house write to them."""
    desk = call.house.push
    key = desk.sender.key.public if isinstance(desk, PushDesk) else None
    return PushKeyAnswer(key=key)


async def want_push(call: Call[House, WantPush]) -> PushAnswer:
    """Tell a phone when its ticket is near and when it is called."""
    desk, asked = desk_of(call.house), call.asked
    hall, ticket = await call.house.ticket(call.path["ticket"])
    if ticket.place == "ended":
        reason = ticket.ended_reason or "served"
        raise errors.TicketGone(ticket.ticket, ticket.number, reason)
    if not is_push_service(asked.endpoint, desk.services):
        raise NotAcceptable(field="endpoint", why="no push service that is known here")
    if not is_browser_key(asked.p256dh, asked.auth):
        raise NotAcceptable(field="p256dh", why="no keys of a browser")
    if desk.is_full and not desk.wants(ticket.ticket):
        raise NotAcceptable(field="endpoint", why="too many phones are told already")
    secret = call.house.secrets.ticket_secret(ticket.ticket)
    desk.want(
        Wish(
            hall=hall,
            ticket=ticket.ticket,
            subscription=Subscription(
                endpoint=asked.endpoint, p256dh=asked.p256dh, auth=asked.auth
            ),
            path=f"/t/{ticket.ticket}#{secret}",
        )
    )
    return PushAnswer(ticket=ticket.ticket, on=True, version=hall.live.version)


async def forget_push(call: Call[House, Nothing]) -> PushAnswer:
    """Tell a phone nothing more about its ticket, and forget how to reach it."""
    desk = desk_of(call.house)
    hall, ticket = await call.house.ticket(call.path["ticket"])
    desk.forget(ticket.ticket)
    return PushAnswer(ticket=ticket.ticket, on=False, version=hall.live.version)


def desk_of(house: House) -> PushDesk:
    """Return who tells phones.

    Raises:
        NotFound: This house does not.
    """
    if not isinstance(house.push, PushDesk):
        raise NotFound(what="push", name="key")
    return house.push


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/push",
        summary="Tell the key by which browsers let the house write to them.",
        right="see-hall",
        handler=show_push_key,
        asks=Nothing,
        answers=PushKeyAnswer,
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/push",
        summary="Tell a phone when its ticket is near and when it is called.",
        right="hear-of-ticket",
        handler=want_push,
        asks=WantPush,
        answers=PushAnswer,
        remembered=False,
        refuses=(
            errors.TicketUnknown,
            errors.TicketGone,
            NotFound,
        ),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/push/forget",
        summary="Tell a phone nothing more about its ticket.",
        right="hear-of-ticket",
        handler=forget_push,
        asks=Nothing,
        answers=PushAnswer,
        remembered=False,
        refuses=(errors.TicketUnknown, NotFound),
    ),
]
