"""One connection from its hello to its end: access, subscriptions, reports."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed

from .access import TryLater, session_in
from .frames import POLICY, TRY_LATER
from .protocol import Asked, Drew, Failed, Greeted, Left, Refusal, Refused


if TYPE_CHECKING:
    from .access import MayFollow
    from .hub import Hub
    from .protocol import Wish
    from .transport import LinkConnection


async def converse(connection: LinkConnection, hub: Hub, may_follow: MayFollow) -> None:
    """Serve one client until it goes, or breaks the protocol."""
    if connection.request is not None:
        cookies = connection.request.headers.get_all("Cookie")
        session = session_in(cookies)
        connection.credentials = connection.credentials._replace(session=session)
    connection.forget_handshake()
    try:
        wish = await _first_wish(connection)
        while not isinstance(wish, Failed):
            await _grant(connection, hub, may_follow, wish)
            wish = connection.side.receive(await connection.recv())
        await connection.close(wish.code, wish.reason)
    except TimeoutError:
        await connection.close(TRY_LATER, "access cannot be decided now")
    except TryLater as reason:
        await connection.close(TRY_LATER, str(reason))
    except ConnectionClosed:
        pass
    finally:
        hub.leave(connection.outlet)


async def _first_wish(connection: LinkConnection) -> Wish:
    late = connection.loop.call_later(
        connection.limits.hello_seconds,
        connection.end,
        POLICY,
        "hello comes first, and soon",
    )
    try:
        return connection.side.receive(await connection.recv())
    finally:
        late.cancel()


async def _grant(
    connection: LinkConnection, hub: Hub, may_follow: MayFollow, wish: Wish
) -> None:
    match wish:
        case Greeted(token=token):
            connection.credentials = connection.credentials._replace(token=token)
            connection.outlet.write(hub.press.welcome())
        case Asked():
            refusal = await _subscribe(connection, hub, may_follow, wish)
            if refusal is not None:
                connection.side.forget(wish.topic)
                hub.unsubscribe(connection.outlet, wish.topic)
                connection.outlet.write(hub.refusal(wish.topic.name, refusal))
        case Left(topic=topic):
            hub.unsubscribe(connection.outlet, topic)
        case Drew(topic=topic, epoch=epoch, seq=seq):
            hub.drew(connection.outlet, topic, epoch, seq)
        case Refused(name=name, refusal=refusal):
            connection.outlet.write(hub.refusal(name, refusal))


async def _subscribe(
    connection: LinkConnection, hub: Hub, may_follow: MayFollow, wish: Asked
) -> Refusal | None:
    credentials = connection.credentials._replace(secret=wish.secret)
    refusal = may_follow(wish.topic, credentials)
    if isawaitable(refusal):
        async with asyncio.timeout(connection.limits.access_seconds):
            refusal = await refusal
    if refusal is not None:
        return refusal
    return hub.subscribe(connection.outlet, wish.topic, wish.epoch, wish.seq)
