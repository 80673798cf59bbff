"""Who wants to be told on his phone, and when: three are ahead, and it is his turn.

A subscription belongs to a ticket, lies in memory only and is forgotten when the ticket
ends, when its holder wishes, and when the house stops; the page gives it again when it
is opened. Nothing waits for a message: it is written beside the work of the hall.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass

import aiohttp
import msgspec

from projections.halls import Hall
from projections.live.places import LiveTicket
from queue_core.log.event_log import Recorded

from .web_push import PushSender, Subscription


logger = logging.getLogger(__name__)

SOON = 3
AT_ONCE = 16
"""How many messages are under way at the same time."""
MOST = 20_000
"""Subscriptions of a house; more are refused."""


@dataclass(slots=True)
class Wish:
    """One phone's wish to be told about one ticket."""

    hall: Hall
    ticket: str
    subscription: Subscription
    path: str
    """Where the ticket's page is, with its secret."""
    told: str = ""
    """The announcement that was told last."""
    is_near: bool = False
    """It was near already, so that it is not told again."""


class PushDesk:
    """Tells phones about their tickets."""

    def __init__(self, sender: PushSender, services: tuple[str, ...]) -> None:
        self.sender = sender
        self.services = services
        self.outcomes: Counter[str] = Counter()
        """What became of messages → how many."""
        self._wishes: dict[str, Wish] = {}
        self._changed = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def is_full(self) -> bool:
        """Return whether no more phones can be told."""
        return len(self._wishes) >= MOST

    def want(self, wish: Wish) -> None:
        """Tell a phone from now on; what it can see already is not told."""
        ticket = wish.hall.live.tickets[wish.ticket]
        wish.told = announcement_of(ticket)
        ahead = wish.hall.live.people_ahead(ticket)
        wish.is_near = ahead is not None and ahead <= SOON
        self._wishes[wish.ticket] = wish

    def forget(self, ticket: str) -> None:
        """Tell nobody about a ticket any longer."""
        self._wishes.pop(ticket, None)

    def wants(self, ticket: str) -> bool:
        """Return whether a phone is told about a ticket."""
        return ticket in self._wishes

    def follow(self, _recorded: list[Recorded]) -> None:
        """Take note that something was recorded in a hall."""
        if self._wishes:
            self._changed.set()

    async def run(self) -> None:
        """Look at the tickets after every change, until cancelled."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            for wish in list(self._wishes.values()):
                self._look_at(wish)
            # Others have the loop before the next look, however much is recorded.
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Give up what is under way, and forget everybody."""
        self._wishes.clear()
        for task in list(self._sending):
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self.sender.close()

    def _look_at(self, wish: Wish) -> None:
        ticket = wish.hall.live.tickets.get(wish.ticket)
        if ticket is None or ticket.place == "ended":
            self.forget(wish.ticket)
            return
        announcement = announcement_of(ticket)
        if announcement and announcement != wish.told:
            wish.told = announcement
            self._tell(wish, "turn", ticket)
            return
        ahead = wish.hall.live.people_ahead(ticket)
        if ahead is not None and ahead <= SOON and not wish.is_near:
            wish.is_near = True
            self._tell(wish, "near", ticket, ahead)

    def _tell(self, wish: Wish, what: str, ticket: LiveTicket, ahead: int = 0) -> None:
        message = msgspec.json.encode(
            {
                "what": what,
                "number": ticket.number,
                "window": ticket.window,
                "ahead": ahead,
                "language": ticket.language,
                "path": wish.path,
            }
        )
        task = asyncio.create_task(self._send(wish, message))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, wish: Wish, message: bytes) -> None:
        async with self._room:
            try:
                heard = await self.sender.send(wish.subscription, message)
            except (OSError, aiohttp.ClientError, TimeoutError) as error:
                self.outcomes["failed"] += 1
                # The address of a browser is personal: it stands in no log.
                logger.warning("a phone was not told: %s", type(error).__name__)
                return
        self.outcomes["sent" if heard else "gone"] += 1
        # The phone may have subscribed anew while we were writing to it.
        if not heard and self._wishes.get(wish.ticket) is wish:
            self.forget(wish.ticket)


def announcement_of(ticket: LiveTicket) -> str:
    """Return what tells one call and recall of a ticket from the next, or nothing."""
    if ticket.place != "called":
        return ""
    return f"{ticket.call}.{ticket.announcements}"
